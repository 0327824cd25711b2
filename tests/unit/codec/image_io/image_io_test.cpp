// read_image and write_image: which reader, which errors, which files are left.
#include "vqi/image_io.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

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
