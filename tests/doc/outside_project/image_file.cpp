// A program outside the tree: writes an image as a PNG file in memory and reads it back, with the installed
// vqi::image_io.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string_view>
#include <vqi/image_io.hpp>

int main() {
  vqi::Image image(20, 10, 4, 16);
  std::fill(image.samples().begin(), image.samples().end(), std::byte{99});
  const vqi::ReadImage read = vqi::read_image(vqi::write_image_bytes(image, ".png"));
  std::printf("%s, %u bits\n", read.format.c_str(), read.image.bit_depth());
  return std::equal(image.samples().begin(), image.samples().end(), read.image.samples().begin(),
                    read.image.samples().end())
             ? 0
             : 1;
}
