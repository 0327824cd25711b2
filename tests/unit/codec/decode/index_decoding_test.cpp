// decode_indices: packed strips in full, cut anywhere, with an index of K or more, and their first rows alone.
#include "index_decoding.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "bit_packing.hpp"
#include "integer.hpp"
#include "random.hpp"
#include "uniform_range.hpp"

using vqi::detail::DecodedRows;
using vqi::detail::IndexCoding;
using vqi::detail::StreamHeader;
using vqi::detail::StripBytes;

namespace {

constexpr std::uint32_t width = 13;
constexpr std::uint32_t height = 40;

StreamHeader header_of(IndexCoding coding, std::uint32_t k) {
  StreamHeader header;
  header.grid = {width, height, 1, 8};
  header.k = k;
  header.coding = coding;
  header.strip_rows = height;
  return header;
}

std::vector<std::uint16_t> make_map(std::uint32_t k) {
  vqi::detail::Random random(k);
  std::vector<std::uint16_t> map(std::size_t{width} * height);
  for (std::uint16_t& index : map) index = static_cast<std::uint16_t>(random.below(k));
  return map;
}

std::vector<std::byte> coded(const StreamHeader& header, const std::vector<std::uint16_t>& map) {
  if (header.coding == IndexCoding::uniform_range) return vqi::detail::encode_uniform(map, header.k);
  const std::uint32_t bits = vqi::detail::bits_for(header.k);
  std::vector<std::byte> bytes(vqi::detail::packed_size_bytes(map.size(), bits));
  vqi::detail::pack_indices(map, bits, bytes);
  return bytes;
}

bool begins_with(const std::vector<std::uint16_t>& map, const std::vector<std::uint16_t>& indices, std::size_t rows) {
  return std::equal(indices.begin(), indices.begin() + static_cast<std::ptrdiff_t>(rows * width), map.begin());
}

const std::vector<StreamHeader> headers{
    header_of(IndexCoding::fixed_width, 1),   header_of(IndexCoding::fixed_width, 2),
    header_of(IndexCoding::fixed_width, 5),   header_of(IndexCoding::fixed_width, 512),
    header_of(IndexCoding::uniform_range, 3), header_of(IndexCoding::uniform_range, 1000)};

}  // namespace

TEST_CASE("packed strips come back whole, or their first rows alone, and the hook hears of the rows") {
  for (const StreamHeader& header : headers) {
    const std::vector<std::uint16_t> map = make_map(header.k);
    const std::vector<std::byte> bytes = coded(header, map);
    for (const std::size_t rows : {1U, 7U, 39U, 40U}) {
      std::vector<std::uint16_t> indices(rows * width);
      std::size_t heard = 0;
      const DecodedRows decoded = decode_indices(header, nullptr, bytes, StripBytes::complete, indices,
                                                 [&heard](std::size_t complete) { heard = complete; });
      CHECK(decoded.rows == rows);
      if (rows == height) CHECK(decoded.ended);
      CHECK(heard == rows);
      CHECK(begins_with(map, indices, rows));
    }
  }
}

TEST_CASE("of a packed strip that is cut all rows come whose bytes are there") {
  for (const StreamHeader& header : headers) {
    if (header.k == 1) continue;  // such strips have no bytes
    const std::vector<std::uint16_t> map = make_map(header.k);
    const std::vector<std::byte> bytes = coded(header, map);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      std::vector<std::uint16_t> indices(map.size());
      const DecodedRows decoded =
          decode_indices(header, nullptr, std::span(bytes).first(size), StripBytes::cut, indices, {});
      CHECK_FALSE(decoded.ended);
      CHECK(begins_with(map, indices, decoded.rows));
      if (header.coding == IndexCoding::fixed_width)
        CHECK(decoded.rows == size * 8 / (std::size_t{vqi::detail::bits_for(header.k)} * width));
    }
  }
}

TEST_CASE("rows end before an index of K or more, and bytes too many or unused bits are noticed") {
  const StreamHeader header = header_of(IndexCoding::fixed_width, 5);
  std::vector<std::uint16_t> map = make_map(5);
  const auto decoded = [&](const std::vector<std::byte>& bytes) {
    std::vector<std::uint16_t> indices(map.size());
    return decode_indices(header, nullptr, bytes, StripBytes::complete, indices, {});
  };
  std::vector<std::byte> bytes = coded(header, map);
  bytes.push_back(std::byte{0});
  CHECK(decoded(bytes).rows == height);
  CHECK_FALSE(decoded(bytes).ended);
  for (const std::size_t at : {std::size_t{17 * width + 3}, std::size_t{0}, map.size() - 1}) {
    std::vector<std::uint16_t> wrong = map;
    wrong[at] = 6;
    CHECK(decoded(coded(header, wrong)).rows == at / width);
    CHECK_FALSE(decoded(coded(header, wrong)).ended);
  }
}
