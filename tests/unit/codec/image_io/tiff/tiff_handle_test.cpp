// TiffHandle: what libtiff says is kept and not printed, patches are seen, and limits end writing.
#include "tiff_handle.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "byte_tools.hpp"
#include "stderr_capture.hpp"
#include "tiff_builder.hpp"

namespace {

using vqi::detail::FileBytes;
using vqi::detail::TiffHandle;
using vqi::testing::Bytes;
using vqi::testing::TiffBuilder;

std::uint32_t width_of(const Bytes& file, std::vector<vqi::detail::TiffPatch> patches) {
  const FileBytes bytes(file, "TIFF");
  TiffHandle handle(bytes, std::move(patches), 1 << 20);
  return handle.run([](TIFF* tiff) {
    std::uint32_t width = 0;
    CHECK(TIFFReadDirectory(tiff) == 1);
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    return width;
  });
}

}  // namespace

TEST_CASE("libtiff sees patched bytes and the others as they are") {
  const Bytes file = TiffBuilder(3, 2, 1, 8, {1, 2, 3, 4, 5, 6}).build();
  CHECK(width_of(file, {}) == 3);
  const std::size_t directory = std::to_integer<std::size_t>(file[4]);
  const std::size_t width_value = directory + 2 + 8;
  CHECK(width_of(file, {{width_value, std::byte{7}}, {width_value + 1, std::byte{1}}}) == 263);
}

TEST_CASE("messages of several threads go to their own handles and nowhere else") {
  std::vector<std::string> reasons(4);
  const std::string printed = vqi::testing::stderr_of_process([&] {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < reasons.size(); ++i)
      threads.emplace_back([&, i] {
        const Bytes file = TiffBuilder(3, 2, 1, 8, {1, 2, 3, 4, 5, 6}).build();
        const FileBytes bytes(file, "TIFF");
        TiffHandle handle(bytes, {}, 1 << 20);
        for (int repeat = 0; repeat < 50; ++repeat) {
          handle.messages().clear();
          handle.run([&](TIFF* tiff) {
            TIFFReadDirectory(tiff);
            TIFFReadRawStrip(tiff, static_cast<std::uint32_t>(100 + i), nullptr, 0);  // there is no such strip
          });
        }
        reasons[i] = handle.messages().reason("nothing");
      });
    for (std::thread& thread : threads) thread.join();
  });
  CHECK(printed.empty());
  for (std::size_t i = 0; i < reasons.size(); ++i) CHECK_THAT(reasons[i], Catch::Contains(std::to_string(100 + i)));
}

TEST_CASE("bytes that are no TIFF are an error") {
  const Bytes file = vqi::testing::bytes_of("no TIFF at all");
  const FileBytes bytes(file, "TIFF");
  CHECK(vqi::testing::error_of([&] { TiffHandle(bytes, {}, 1 << 20); }) == vqi::ErrorCode::corrupt_image);
}

TEST_CASE("a file longer than its limit is not written") {
  TiffHandle handle(64, false);
  const Bytes strip(100);
  const bool is_written = handle.run([&](TIFF* tiff) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 10);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 10);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 10);
    return TIFFWriteRawStrip(tiff, 0, const_cast<std::byte*>(strip.data()), 100) == 100;
  });
  CHECK_FALSE(is_written);
  CHECK(vqi::testing::error_of([&] { handle.throw_write_failure(); }) == vqi::ErrorCode::limit_exceeded);
}
