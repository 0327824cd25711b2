// vqi_render_samples: renders the pictures of samples/images into the folder that it is given.
#include <array>
#include <cstdio>
#include <exception>
#include <filesystem>

#include "scenes.hpp"
#include "vqi/image_io.hpp"

namespace {

struct Scene {
  const char* file;
  vqi::Image (*render)();
};

constexpr std::array scenes{
    Scene{"landscape.png", vqi_samples::render_landscape}, Scene{"interface.png", vqi_samples::render_interface},
    Scene{"sprite.png", vqi_samples::render_sprite}, Scene{"gradient16.png", vqi_samples::render_gradient16}};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: vqi_render_samples FOLDER\n", stderr);
    return 2;
  }
  try {
    const std::filesystem::path folder(argv[1]);
    std::filesystem::create_directories(folder);
    for (const Scene& scene : scenes) vqi::write_image(scene.render(), folder / scene.file);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "vqi_render_samples: %s\n", error.what());
    return 1;
  }
  return 0;
}
