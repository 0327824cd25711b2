// Rows of Netpbm files: the samples of the reader of whole files, and files that are left to it.
#include "netpbm_rows.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "netpbm_reader.hpp"
#include "streams/counting_source.hpp"
#include "streams/read_rows.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"

using vqi::test::CountingSource;

namespace {

std::vector<std::byte> bytes_of(const std::string& text) {
  const std::span<const std::byte> bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

std::string numbered(std::size_t count) {
  std::string text(count, ' ');
  for (std::size_t i = 0; i < count; ++i) text[i] = static_cast<char>(i * 37 % 251);
  return text;
}

}  // namespace

TEST_CASE("rows of raw files are those of the whole file, and read alone") {
  const std::string pam = "P7\nWIDTH 5\nHEIGHT 4\nDEPTH 2\nMAXVAL 255\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n";
  for (const std::string& text :
       {"P5 5 4 255\n" + numbered(20), "P6\n# a comment\n5 4\n255\n" + numbered(60), "P5 5 4 65535 " + numbered(40),
        "P6 5 4 65535\n" + numbered(120), pam + numbered(40)}) {
    const std::vector<std::byte> file = bytes_of(text);
    CountingSource counting(file);
    const vqi::ImageRows image = vqi::detail::read_netpbm_rows(counting.source(), {}, {});
    CHECK(image.obstacle.empty());
    CHECK(vqi::test::check_rows_are_those_of_the_whole(file));
    const vqi::Image whole = vqi::detail::read_netpbm(file, {}).image;
    const vqi::ImageView& type = image.rows.type;
    CHECK(type.width_px == 5);
    CHECK(type.height_px == 4);
    CHECK(type.channels == whole.channels());
    CHECK(type.bit_depth == whole.bit_depth());
    vqi::Image rows(type.width_px, type.height_px, type.channels, type.bit_depth);
    CHECK(image.rows.read(1, 3, rows.samples().subspan(rows.row_bytes())) == 3);
    CHECK(image.rows.read(0, 1, rows.samples().first(rows.row_bytes())) == 1);
    CHECK(vqi::test::same_samples(rows, whole));
    CHECK(counting.wrong == 0);
  }
}

TEST_CASE("files whose rows are no samples, cut ones and those with more behind them are left to the other reader") {
  const std::string comment = "P5\n#" + std::string(5000, 'c') + "\n5 4 255\n" + numbered(20);
  for (const std::string& text :
       std::vector<std::string>{"P2 2 1 255 1 2", "P4 8 1\nx", "P5 5 4 254\n" + numbered(20),
                                "P5 5 4 255\n" + numbered(19), "P5 5 4 255\n" + numbered(21), comment}) {
    const std::vector<std::byte> file = bytes_of(text);
    INFO(text.substr(0, 12));
    CHECK_FALSE(vqi::test::read_by_rows(file).obstacle.empty());
  }
  for (const std::string& text : std::vector<std::string>{"P5 5", "P5 5 0 255\n"})
    CHECK(vqi::test::read_by_rows(bytes_of(text)).error == vqi::ErrorCode::corrupt_image);
  for (const std::string& text : std::vector<std::string>{"no image", ""}) {
    const std::vector<std::byte> file = bytes_of(text);
    CountingSource counting(file);
    CHECK_FALSE(vqi::read_image_rows(counting.source()));
    CHECK(counting.wrong == 0);
  }
  const std::vector<std::byte> file = bytes_of("P5 5 4 255\n" + numbered(20));
  CountingSource counting(file);
  vqi::ReadOptions options;
  options.limits.max_pixels = 19;
  CHECK(vqi::test::thrown_by([&] {
          static_cast<void>(vqi::detail::read_netpbm_rows(counting.source(), options, {}));
        }).limit == vqi::Limit::pixels);
}
