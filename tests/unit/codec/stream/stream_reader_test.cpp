// StreamReader: what it tells of a whole stream, and the order and place of everything that it refuses.
#include "stream_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "bit_packing.hpp"
#include "crc32c.hpp"
#include "metadata_sections.hpp"
#include "stream_builder.hpp"
#include "strip_decoder.hpp"
#include "test_work.hpp"
#include "thrown_error.hpp"

using vqi::ErrorCode;
using vqi::detail::IndexCoding;
using vqi::detail::StreamHeader;
using vqi::detail::StreamReader;
using vqi::test::holds;
using vqi::test::StreamBuilder;
using vqi::test::thrown_by;

namespace {

/// 6 x 4 grey pixels of K = 5 in one strip of three bits an index.
StreamBuilder small_stream() {
  StreamBuilder builder;
  builder.header.grid = {6, 4, 1, 8};
  builder.header.k = 5;
  builder.header.strip_rows = 4;
  builder.codebook.resize(5, std::byte{9});
  builder.indices.resize(9);
  const std::vector<std::uint16_t> indices(24, 4);
  vqi::detail::pack_indices(indices, 3, builder.indices);
  vqi::detail::ByteWriter table(builder.table);
  table.integer(9, 4);
  table.integer(vqi::detail::crc32c(builder.indices), 4);
  return builder;
}

constexpr std::uint64_t table_at = 64 + 16 + 5;
constexpr std::uint64_t index_at = table_at + 16 + 8;
constexpr std::uint64_t end_at = index_at + 16 + 9;

std::vector<std::byte> section(std::string_view type, std::uint16_t flags, std::size_t payload_bytes) {
  std::vector<std::byte> bytes;
  vqi::detail::append_section(bytes, type, flags, std::vector<std::byte>(payload_bytes));
  return bytes;
}

void expect(const std::vector<std::byte>& bytes, ErrorCode code, std::uint64_t offset, const std::string& says) {
  const auto error = thrown_by([&] { const StreamReader reader(bytes, {}); });
  INFO(error.message);
  CHECK(error.code == code);
  CHECK(error.offset == offset);
  CHECK(holds(error.message, says));
}

}  // namespace

TEST_CASE("a whole stream is read without touching its strips, and its strips lie where the table says") {
  StreamBuilder builder = small_stream();
  builder.before_table = section("abcd", 1, 3);  // skippable and unknown
  vqi::ColourMetadata metadata;
  metadata.gamma = 45455;
  vqi::detail::append_metadata(builder.before_codebook, metadata);
  const std::vector<std::byte> bytes = builder.bytes();
  const StreamReader reader(bytes, {});
  CHECK(reader.header().k == 5);
  CHECK(reader.metadata() == metadata);
  CHECK(reader.metadata_bytes() == 20);
  CHECK(reader.codebook_section().payload.size() == 5);
  const std::vector<vqi::detail::StripEntry> strips = reader.strips();
  REQUIRE(strips.size() == 1);
  CHECK(strips[0].offset == reader.index_section().payload_offset());
  CHECK(strips[0].bytes.size() == 9);
  CHECK(strips[0].crc == vqi::detail::crc32c(strips[0].bytes));
  CHECK_NOTHROW(reader.check_index_section());
}

TEST_CASE("critical sections out of order, repeated, unknown or marked as skippable are refused") {
  StreamBuilder builder = small_stream();
  builder.before_codebook = section("STRP", 0, 8);
  expect(builder.bytes(), ErrorCode::corrupt_section, 64, "\"STRP\" stands where \"CBOK\" should");
  builder = small_stream();
  builder.before_table = section("CBOK", 0, 5);
  expect(builder.bytes(), ErrorCode::corrupt_section, table_at, "\"CBOK\" stands where \"STRP\" should");
  builder = small_stream();
  builder.before_table = section("news", 0, 0);
  expect(builder.bytes(), ErrorCode::corrupt_section, table_at, "use a newer release");
  builder = small_stream();
  builder.before_codebook = section("INDX", 1, 2);
  expect(builder.bytes(), ErrorCode::corrupt_section, 68, "may be skipped");
  builder = small_stream();
  builder.before_codebook = section("gAMA", 1, 4);
  builder.before_table = section("gAMA", 1, 4);
  expect(builder.bytes(), ErrorCode::corrupt_section, table_at + 20, "\"gAMA\" is repeated");
  builder.before_table = section("sRGB", 1, 2);
  expect(builder.bytes(), ErrorCode::corrupt_section, table_at + 20 + 6, "2 bytes, not 1");
}

TEST_CASE("codebook, table, indices and end of a wrong length are refused at their length field") {
  StreamBuilder builder = small_stream();
  builder.codebook.pop_back();
  expect(builder.bytes(), ErrorCode::corrupt_section, 64 + 6, "4 bytes, not 5");
  builder = small_stream();
  builder.table.resize(16);
  expect(builder.bytes(), ErrorCode::corrupt_section, table_at + 6, "16 bytes, not 8");
  builder = small_stream();
  builder.indices.push_back(std::byte{0});
  expect(builder.bytes(), ErrorCode::corrupt_section, index_at + 6, "10 bytes, not 9");
  builder = small_stream();
  builder.table[0] = std::byte{8};
  expect(builder.bytes(), ErrorCode::corrupt_section, table_at + 12, "strip 0 of 24 vectors cannot have 8 bytes");
  std::vector<std::byte> bytes = small_stream().bytes();
  bytes.push_back(std::byte{0});
  expect(bytes, ErrorCode::trailing_bytes, bytes.size() - 1, "1 byte follows");
  bytes = small_stream().bytes();
  bytes.resize(end_at);
  expect(bytes, ErrorCode::truncated, end_at, "ends where a section should begin");
  std::vector<std::byte> end;
  vqi::detail::ByteWriter(end).integer(end_at + 25, 8);
  vqi::detail::append_section(bytes, "END ", 0, end);
  expect(bytes, ErrorCode::corrupt_section, end_at + 12, "ends after " + std::to_string(end_at + 24));
}

TEST_CASE("a checksum of the index section that fits no strip is noticed, and one of a strip by the strip") {
  std::vector<std::byte> bytes = small_stream().bytes();
  bytes[end_at - 1] ^= std::byte{1};
  const StreamReader reader(bytes, {});  // the section's checksum is checked after the strips
  const auto error = thrown_by([&] { reader.check_index_section(); });
  CHECK(error.code == ErrorCode::checksum_mismatch);
  CHECK(error.offset == index_at);
  std::vector<std::byte> damaged_strip = small_stream().bytes();
  damaged_strip[index_at + 12] ^= std::byte{1};
  const StreamReader damaged(damaged_strip, {});
  const vqi::detail::StripEntry strip = damaged.strips()[0];
  const std::optional<vqi::Error> fault = vqi::detail::strip_crc_fault(damaged.header(), 0, strip);
  REQUIRE(fault);
  CHECK(fault->error_code() == ErrorCode::checksum_mismatch);
  CHECK(fault->offset() == index_at + 12);
  CHECK(holds(fault->what(), "strip 0 (pixel rows 0 to 3)"));
  CHECK_FALSE(vqi::detail::strip_crc_fault(reader.header(), 0, reader.strips()[0]));
}

TEST_CASE("a strip that breaks its coding's rules is corrupt although its checksum fits") {
  StreamBuilder builder = small_stream();
  const std::vector<std::uint16_t> wrong(24, 5);  // not below K
  vqi::detail::pack_indices(wrong, 3, builder.indices);
  vqi::detail::store_le(builder.table.data() + 4, vqi::detail::crc32c(builder.indices), 4);
  const std::vector<std::byte> bytes = builder.bytes();
  const StreamReader reader(bytes, {});
  vqi::test::TestWork work;
  const auto error = thrown_by([&] {
    vqi::detail::decode_strips(reader, nullptr, {0, 1, 4, {}, 1}, work, [](auto, auto) {});
  });
  CHECK(error.code == ErrorCode::corrupt_indices);
  CHECK(error.offset == index_at + 12);
  CHECK_NOTHROW(reader.check_index_section());
}

TEST_CASE("limits are checked before the sections") {
  std::vector<std::byte> bytes = small_stream().bytes();
  bytes.resize(64);
  vqi::DecodeLimits limits;
  limits.max_pixels = 23;
  CHECK(thrown_by([&] { const StreamReader reader(bytes, limits); }).code == ErrorCode::limit_exceeded);
}
