// read_image and write_image: which reader, which errors, which files are left.
#include "vqi/image_io.hpp"

#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <tuple>

#include "byte_tools.hpp"
#include "image_tools.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;

/// A folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "vqi-image-io-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("bytes that are no image are told from damaged ones and from none") {
  const auto error = [](std::string_view text) {
    return vqi::testing::error_of([&] { return vqi::read_image(vqi::testing::bytes_of(text)); });
  };
  CHECK(error("") == ErrorCode::not_an_image);
  CHECK(vqi::testing::message_of([] { return vqi::read_image(std::span<const std::byte>{}); }) ==
        "file is empty; an image was expected");
  for (const std::string_view text : {"x", "P", "P5", "just some text", "Pretty text", "BMW builds cars and bikes",
                                      "\x89PNG\r\n", "RIFF....WAVEfmt "})
    CHECK(error(text) == ErrorCode::not_an_image);
  CHECK(error("\x89PNG\r\n\x1A\n") == ErrorCode::corrupt_image);
  CHECK(error("PF\n1 1\n-1.0\n....") == ErrorCode::not_an_image);
}

TEST_CASE("files that cannot be read give the system's words") {
  const TemporaryFolder folder;
  const auto message = [](const std::filesystem::path& path) {
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(path); }) == ErrorCode::io_failed);
    return vqi::testing::message_of([&] { return vqi::read_image(path); });
  };
  CHECK(message(folder / "missing.png") == "file cannot be read: No such file or directory");
  CHECK(message(folder / "") == "file cannot be read: Is a directory");
}

TEST_CASE("an image written to a file is read back, in the format of the extension") {
  const TemporaryFolder folder;
  const vqi::Image image = vqi::testing::gradient_image(50, 40, 3, 8);
  for (const auto& [name, format] : std::vector<std::pair<std::string_view, std::string>>{
           {"a.png", "PNG"}, {"a.PNG", "PNG"}, {"a.tif", "TIFF"}, {"a.Bmp", "BMP"}, {"a.ppm", "PNM"}}) {
    vqi::write_image(image, folder / name);
    const vqi::ReadImage read = vqi::read_image(folder / name);
    CHECK(read.format == format);
    CHECK((vqi::testing::samples_of(read.image) == vqi::testing::samples_of(image)));
  }
}

TEST_CASE("a file's name may be plain characters") {
  const TemporaryFolder folder;
  const std::string name = folder / "a.png";
  vqi::write_image(vqi::testing::gradient_image(5, 4, 3, 8), name.c_str());
  CHECK(vqi::read_image(name.c_str()).image.width_px() == 5);
}

TEST_CASE("a format that is not known is an error and leaves no file") {
  const TemporaryFolder folder;
  const vqi::Image image = vqi::testing::gradient_image(5, 4, 3, 8);
  for (const std::string_view name : {"a.gif", "a", "a.png.txt"}) {
    CHECK(vqi::testing::error_of([&] { vqi::write_image(image, folder / name); }) == ErrorCode::invalid_option);
    CHECK_FALSE(std::filesystem::exists(folder / name));
  }
  CHECK(vqi::testing::error_of([&] { vqi::write_image(image, folder / "missing/a.png"); }) == ErrorCode::io_failed);
  CHECK(vqi::testing::error_of([&] { vqi::write_image(vqi::ImageView{}, folder / "a.png"); }) ==
        ErrorCode::invalid_image);
  CHECK(vqi::can_write_image(".PNG"));
  CHECK(vqi::can_write_image(".jpeg"));
  CHECK_FALSE(vqi::can_write_image("png"));
  CHECK_FALSE(vqi::can_write_image(".gif"));
}

TEST_CASE("a full disk is an error with the system's words") {
  if (!std::filesystem::exists("/dev/full")) {
    WARN("skipped: no /dev/full here");
    return;
  }
  const TemporaryFolder folder;
  std::filesystem::create_symlink("/dev/full", folder / "a.png");
  const vqi::Image image = vqi::testing::gradient_image(500, 400, 3, 16);
  CHECK(vqi::testing::message_of([&] { vqi::write_image(image, folder / "a.png"); }) ==
        "file cannot be written: No space left on device");
  CHECK(std::filesystem::is_symlink(folder / "a.png"));  // a device is not removed, nor what leads to it
}

TEST_CASE("a file longer than the memory limit is refused as it is read") {
  const TemporaryFolder folder;
  vqi::write_image(vqi::testing::gradient_image(50, 40, 3, 8), folder / "a.bmp");
  vqi::RunOptions run;
  run.max_memory_bytes = 1000;
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(folder / "a.bmp", {}, run); }),
             Catch::Contains("limit of 1000 bytes of memory"));
}

TEST_CASE("what a format cannot hold is told without samples") {
  CHECK_NOTHROW(vqi::check_can_write(100, 100, 4, 16, ".PNG"));
  CHECK_NOTHROW(vqi::check_can_write(65500, 1, 3, 8, ".jpg"));
  for (const auto& [channels, depth, extension] :
       std::vector<std::tuple<std::uint32_t, std::uint32_t, std::string_view>>{
           {4, 8, ".jpg"}, {3, 16, ".webp"}, {3, 8, ".pgm"}, {3, 8, ".gif"}})
    CHECK(vqi::testing::error_of([&] { vqi::check_can_write(9, 9, channels, depth, extension); }) ==
          ErrorCode::invalid_option);
  CHECK(vqi::testing::error_of([] { vqi::check_can_write(65501, 1, 3, 8, ".jpg"); }) == ErrorCode::invalid_option);
}

TEST_CASE("what a format does not keep of metadata is told line by line, and what it keeps comes back") {
  vqi::Image image = vqi::testing::gradient_image(9, 9, 3, 8);
  vqi::ColourMetadata& metadata = image.metadata();
  metadata.gamma = 45455;
  metadata.srgb_intent = std::uint8_t{0};
  metadata.chromaticities = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};
  metadata.cicp = {9, 16, 0, 1};
  metadata.icc_profile = vqi::IccProfile{"x", vqi::testing::icc_profile("RGB ")};
  metadata.density = vqi::PixelDensity{2835, 2835, 1};
  for (const std::string_view extension : {".png", ".jpg", ".webp", ".tif", ".bmp", ".ppm"}) {
    const std::vector<std::string> losses = vqi::write_losses(metadata, 3, extension);
    const vqi::ColourMetadata read = vqi::read_image(vqi::write_image_bytes(image, extension)).image.metadata();
    const auto is_told = [&](std::string_view what) {
      return std::any_of(losses.begin(), losses.end(),
                         [&](const std::string& line) { return line.find(what) != std::string::npos; });
    };
    INFO(extension);
    CHECK(is_told("ICC") != read.icc_profile.has_value());
    CHECK(is_told("density") != read.density.has_value());
    CHECK(is_told("gAMA") != read.gamma.has_value());
    CHECK(is_told("cHRM") != read.chromaticities.has_value());
    CHECK(is_told("sRGB") != read.srgb_intent.has_value());
    CHECK(is_told("cICP") != read.cicp.has_value());
  }
  CHECK(vqi::write_losses({}, 3, ".bmp").empty());
  metadata.icc_profile->bytes = vqi::testing::icc_profile("GRAY");
  CHECK(vqi::write_losses(metadata, 3, ".png") ==
        std::vector<std::string>{"the PNG file does not keep the ICC colour profile"});
  CHECK(vqi::write_losses(metadata, 1, ".png").empty());
}
