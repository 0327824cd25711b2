// The fixed header: a round trip, strips that tile the map, and a code and offset for each field out of its range.
#include "stream_header.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "bytes.hpp"
#include "crc32c.hpp"
#include "thrown_error.hpp"

using vqi::ErrorCode;
using vqi::detail::IndexCoding;
using vqi::detail::StreamHeader;
using vqi::test::thrown_by;

namespace {

StreamHeader plain_header() {
  StreamHeader header;
  header.grid = {70, 50, 3, 8, 2, 3};
  header.k = 5;
  header.coding = IndexCoding::uniform_range;
  header.strip_rows = 17;
  header.mse = 1.25;
  return header;
}

StreamHeader model_header() {
  StreamHeader header = plain_header();
  header.version_minor = 1;
  header.coding = IndexCoding::context_model;
  header.model = vqi::Model::max;
  header.coded_codebook = true;
  return header;
}

/// The header's bytes with `value` in `count` bytes at `offset`, and a checksum that fits.
std::vector<std::byte> with_field(const StreamHeader& header, std::size_t offset, std::uint64_t value,
                                  std::size_t count) {
  const auto written = vqi::detail::write_header(header);
  std::vector<std::byte> bytes(written.begin(), written.end());
  vqi::detail::store_le(bytes.data() + offset, value, count);
  vqi::detail::store_le(bytes.data() + 60, vqi::detail::crc32c(std::span(bytes).first(60)), 4);
  return bytes;
}

vqi::test::ThrownError error_of(const std::vector<std::byte>& bytes) {
  return thrown_by([&] { static_cast<void>(vqi::detail::read_header(bytes)); });
}

void expect(const std::vector<std::byte>& bytes, ErrorCode code, std::uint64_t offset) {
  const auto error = error_of(bytes);
  INFO("expected offset " << offset << ", message " << error.message);
  CHECK(error.code == code);
  CHECK(error.offset == offset);
}

}  // namespace

TEST_CASE("a header that was written is read back field by field") {
  for (const StreamHeader& header : {plain_header(), model_header()}) {
    const StreamHeader back = vqi::detail::read_header(vqi::detail::write_header(header));
    CHECK(back.version_minor == header.version_minor);
    CHECK(back.grid.width_px == 70);
    CHECK(back.grid.height_px == 50);
    CHECK(back.grid.channels == 3);
    CHECK(back.grid.bit_depth == 8);
    CHECK(back.grid.block_width_px == 2);
    CHECK(back.grid.block_height_px == 3);
    CHECK(back.k == 5);
    CHECK(back.coding == header.coding);
    CHECK(back.model == header.model);
    CHECK(back.coded_codebook == header.coded_codebook);
    CHECK(back.strip_rows == 17);
    CHECK(back.mse == 1.25);
    CHECK(back.codebook_bytes() == 5 * 18);
  }
}

TEST_CASE("header fields just out of their range are refused at their offset") {
  const StreamHeader plain = plain_header();
  expect(with_field(plain, 12, 0, 4), ErrorCode::corrupt_header, 12);
  expect(with_field(plain, 16, 0, 4), ErrorCode::corrupt_header, 16);
  for (const std::uint64_t channels : {0U, 5U, 255U})
    expect(with_field(plain, 20, channels, 1), ErrorCode::corrupt_header, 20);
  for (const std::uint64_t depth : {0U, 1U, 7U, 9U, 12U, 32U})
    expect(with_field(plain, 21, depth, 1), ErrorCode::corrupt_header, 21);
  for (const std::size_t offset : {22U, 23U})
    for (const std::uint64_t side : {0U, 17U})
      expect(with_field(plain, offset, side, 1), ErrorCode::corrupt_header, offset);
  for (const std::uint64_t k : {0U, 65537U}) expect(with_field(plain, 24, k, 4), ErrorCode::corrupt_header, 24);
  for (const std::uint64_t rows : {0U, 18U}) expect(with_field(plain, 32, rows, 4), ErrorCode::corrupt_header, 32);
  expect(with_field(plain, 32, 8, 4), ErrorCode::corrupt_header, 32);  // two strips of 280 vectors
  expect(with_field(plain, 24, 4, 4), ErrorCode::corrupt_header, 28);  // a power of two by uniform range
  for (const double mse : {-1.0, -0.0, std::numeric_limits<double>::infinity(), std::nan("")})
    expect(with_field(plain, 40, std::bit_cast<std::uint64_t>(mse), 8), ErrorCode::corrupt_header, 40);
}

TEST_CASE("unknown versions, codings and models ask for a newer release, at their byte") {
  for (const auto& [major, minor] : {std::pair{0U, 0U}, {2U, 0U}, {1U, 4U}, {1U, 255U}})
    expect(with_field(plain_header(), 8, major | minor << 8, 2), ErrorCode::unsupported_version, 8);
  for (const std::uint64_t coding : {0U, 4U, 255U})
    expect(with_field(plain_header(), 28, coding, 1), ErrorCode::unsupported_version, 28);
  for (const std::uint64_t model : {0U, 4U})
    expect(with_field(model_header(), 29, model, 1), ErrorCode::unsupported_version, 29);
  expect(with_field(model_header(), 30, 2, 1), ErrorCode::unsupported_version, 30);
  expect(with_field(model_header(), 9, 0, 1), ErrorCode::corrupt_header, 9);  // models came with 1.1
}

TEST_CASE("each reserved byte that is set is refused at its own offset") {
  for (const std::size_t offset : {10U, 11U, 31U, 36U, 37U, 38U, 39U, 48U, 53U, 59U})
    expect(with_field(plain_header(), offset, 0x80, 1), ErrorCode::reserved_set, offset);
  for (const std::size_t offset : {29U, 30U})  // fields of models are reserved without one
    expect(with_field(plain_header(), offset, 1, 1), ErrorCode::reserved_set, offset);
}

TEST_CASE("the fields of a decode filter are read back, and refused out of their ranges or for images that have none") {
  StreamHeader header;
  header.grid = {70, 50, 3, 8};
  header.k = 5;
  header.coding = IndexCoding::uniform_range;
  header.strip_rows = 50;
  header.restore = {9, 1234, 567};
  header.version_minor = vqi::detail::least_minor(header);
  CHECK(header.version_minor == 3);
  CHECK(vqi::detail::read_header(vqi::detail::write_header(header)).restore == header.restore);
  expect(with_field(header, 31, 16, 1), ErrorCode::unsupported_version, 31);
  expect(with_field(header, 36, 0, 2), ErrorCode::corrupt_header, 36);
  expect(with_field(header, 38, 0, 2), ErrorCode::corrupt_header, 38);
  expect(with_field(header, 31, 0, 1), ErrorCode::reserved_set, 36);  // a deviation without a filter
  expect(with_field(header, 9, 2, 1), ErrorCode::reserved_set, 31);   // filters came with 1.3
  expect(with_field(header, 22, 2, 1), ErrorCode::corrupt_header, 31);
  expect(with_field(header, 24, 4097, 4), ErrorCode::corrupt_header, 31);
  header.restore = {};
  CHECK(vqi::detail::least_minor(header) == 0);
}

TEST_CASE("signature, length and checksum are checked before all fields") {
  const auto written = vqi::detail::write_header(plain_header());
  const std::vector<std::byte> good(written.begin(), written.end());
  for (std::size_t size = 0; size < good.size(); ++size)
    expect({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)}, ErrorCode::truncated, size);
  for (std::size_t i = 0; i < 8; ++i) {
    std::vector<std::byte> bytes = good;
    bytes[i] ^= std::byte{0x20};
    expect(bytes, ErrorCode::bad_magic, i);
    bytes.resize(i + 1);  // also where the stream ends right after it
    expect(bytes, ErrorCode::bad_magic, i);
  }
  for (std::size_t i = 8; i < 64; ++i) {
    std::vector<std::byte> bytes = good;
    bytes[i] ^= std::byte{0x10};
    expect(bytes, ErrorCode::checksum_mismatch, 60);
  }
}

TEST_CASE("strips tile the map, and the last takes the rows that remain") {
  for (const std::uint32_t rows : {1U, 2U, 3U, 7U, 12U, 13U, 25U}) {
    StreamHeader header = plain_header();
    header.grid = {10, 25, 1, 8};
    header.strip_rows = rows;
    std::uint32_t next = 0;
    std::uint64_t vectors = 0;
    for (std::uint64_t i = 0; i < header.strip_count(); ++i) {
      CHECK(header.strip_begin(i) == next);
      CHECK(header.strip_row_count(i) >= rows);
      CHECK(header.strip_row_count(i) < 2 * rows);
      next += header.strip_row_count(i);
      vectors += header.strip_vectors(i);
    }
    CHECK(next == 25);
    CHECK(vectors == 250);
  }
}

TEST_CASE("an image that passes a limit by one is refused, and the error names the limit") {
  const StreamHeader header = plain_header();
  vqi::DecodeLimits limits;
  limits.max_pixels = 3500;
  limits.max_side_px = 70;
  CHECK_FALSE(thrown_by([&] { vqi::detail::check_limits(header, limits); }).code);
  limits.max_pixels = 3499;
  const auto pixels = thrown_by([&] { vqi::detail::check_limits(header, limits); });
  CHECK(pixels.code == ErrorCode::limit_exceeded);
  CHECK(pixels.limit == vqi::Limit::pixels);
  CHECK(pixels.message == "image of 70x50 has 3500 pixels and the limit is 3499");
  limits.max_pixels = 3500;
  limits.max_side_px = 69;
  const auto side = thrown_by([&] { vqi::detail::check_limits(header, limits); });
  CHECK(side.code == ErrorCode::limit_exceeded);
  CHECK(side.limit == vqi::Limit::side);
  CHECK(side.message == "image of 70x50 has a side over the limit of 69 pixels");
  StreamHeader greatest = header;
  greatest.grid.width_px = greatest.grid.height_px = 4294967295U;  // the product takes all 64 bits
  CHECK(thrown_by([&] { vqi::detail::check_limits(greatest, vqi::DecodeLimits{}); }).code == ErrorCode::limit_exceeded);
}
