// A stream that fails a check makes the library allocate at most a megabyte, whatever it claims.
#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "counted_memory.hpp"
#include "stream_builder.hpp"
#include "vqi/vqi.hpp"

namespace {

using Stream = std::vector<std::byte>;
using vqi::test::StreamBuilder;

constexpr std::uint64_t megabyte = 1'000'000;
constexpr std::uint32_t side_px = 1U << 14;  // 2^28 pixels, the most that the limits allow

/// The bytes that reading `stream` allocates; reading must fail with the class `expected`.
std::uint64_t cost_of_failure(const Stream& stream, vqi::ErrorClass expected,
                              const std::function<void(std::span<const std::byte>)>& read) {
  const std::uint64_t before = vqi::test::allocated_bytes();
  try {
    read(stream);
  } catch (const vqi::Error& error) {
    const std::uint64_t cost = vqi::test::allocated_bytes() - before;
    CHECK(error.error_class() == expected);
    return cost;
  }
  FAIL("the stream was read");
  return 0;
}

void check_cost(const Stream& stream, vqi::ErrorClass expected, const vqi::DecodeLimits& limits = {},
                const vqi::RunOptions& run = {}) {
  const auto check = [&](const char* name, const std::function<void(std::span<const std::byte>)>& read) {
    const std::uint64_t cost = cost_of_failure(stream, expected, read);
    INFO(name << " allocated " << cost << " bytes");
    CHECK(cost <= megabyte);
  };
  check("decode", [&](auto bytes) { static_cast<void>(vqi::decode(bytes, limits, run)); });
  check("decode_indexed", [&](auto bytes) { static_cast<void>(vqi::decode_indexed(bytes, limits, run)); });
  check("decode_region",
        [&](auto bytes) { static_cast<void>(vqi::decode_region(bytes, 0, 0, side_px, side_px, limits, run)); });
}

void check_inspect_cost(const Stream& stream) {
  const std::uint64_t before = vqi::test::allocated_bytes();
  const vqi::StreamInfo info = vqi::inspect(stream);
  const std::uint64_t cost = vqi::test::allocated_bytes() - before;
  INFO("inspect allocated " << cost << " bytes");
  CHECK(info.damage);
  CHECK(cost <= megabyte);
}

/// 2^28 pixels of four 16-bit samples, which would take two gigabytes.
StreamBuilder huge() { return StreamBuilder::flat(side_px, side_px, 4, 16); }

/// `count` sections of 16 bytes that may be skipped.
Stream many_sections(std::size_t count) {
  Stream sections;
  for (std::size_t i = 0; i < count; ++i)
    vqi::detail::append_section(sections, "many", vqi::detail::skippable_flag, {});
  return sections;
}

Stream flipped(Stream stream, std::size_t offset) {
  stream[offset] ^= std::byte{1};
  return stream;
}

}  // namespace

TEST_CASE("the counter sees what a whole stream's image takes") {
  const Stream stream = StreamBuilder::flat(1024, 1024, 4, 16).bytes();
  const std::uint64_t before = vqi::test::allocated_bytes();
  static_cast<void>(vqi::decode(stream));
  CHECK(vqi::test::allocated_bytes() - before >= std::uint64_t{8} * 1024 * 1024);
}

TEST_CASE("a damaged header, codebook or strip table costs at most a megabyte, whatever size is claimed") {
  StreamBuilder builder = huge();
  const Stream whole = builder.bytes();
  const std::size_t table = 64 + 16 + 8;
  for (const std::size_t offset : {std::size_t{13}, std::size_t{60}, std::size_t{64}, std::size_t{70}, std::size_t{77},
                                   std::size_t{84}, table, table + 6, table + 12, table + 20'000}) {
    INFO("damage at byte " << offset);
    check_cost(flipped(whole, offset), vqi::ErrorClass::data);
    if (offset > 64) check_inspect_cost(flipped(whole, offset));
  }
}

TEST_CASE("strips that cannot be, and indices that are missing, cost at most a megabyte") {
  StreamBuilder builder = huge();
  builder.table[0] = std::byte{1};  // an empty strip of one byte
  check_cost(builder.bytes(), vqi::ErrorClass::data);
  check_inspect_cost(builder.bytes());
  builder = huge();
  builder.indices.resize(1);
  check_cost(builder.bytes(), vqi::ErrorClass::data);
  builder = huge();
  builder.table.resize(8);
  check_cost(builder.bytes(), vqi::ErrorClass::data);
  builder = huge();
  builder.header.k = 2;  // now every strip takes 8 KiB
  builder.codebook.resize(16);
  check_cost(builder.bytes(), vqi::ErrorClass::data);
  builder.header.k = 65536;
  check_cost(builder.bytes(), vqi::ErrorClass::data);
  const Stream whole = huge().bytes();
  check_cost(Stream(whole.begin(), whole.end() - 1), vqi::ErrorClass::data);
  check_cost(Stream(whole.begin(), whole.end() - 24), vqi::ErrorClass::data);
}

TEST_CASE("limits cost at most a megabyte to find passed, for every size that a header can claim") {
  constexpr std::uint32_t u32_max = 0xFFFFFFFF;
  for (const auto& [width, height] : {std::pair{side_px, side_px + 1},
                                      {u32_max, u32_max},
                                      {u32_max, 1U},
                                      {1U, u32_max},
                                      {1U << 21, 1U},
                                      {1U, 1U << 21}}) {
    StreamBuilder builder = StreamBuilder::flat(1, 1);
    builder.header.grid.width_px = width;
    builder.header.grid.height_px = height;
    builder.header.strip_rows = vqi::detail::choose_strip_rows(builder.header.grid);
    check_cost(builder.bytes(), vqi::ErrorClass::limit);
  }
  vqi::RunOptions run;
  run.max_memory_bytes = 200 * megabyte;
  check_cost(huge().bytes(), vqi::ErrorClass::limit, {}, run);
}

TEST_CASE("a megabyte of sections or of metadata in a damaged stream costs at most a megabyte") {
  StreamBuilder builder = huge();
  builder.before_table = many_sections(60'000);
  Stream stream = builder.bytes();
  stream.pop_back();
  check_cost(stream, vqi::ErrorClass::data);
  check_inspect_cost(stream);
  builder.before_table.clear();
  Stream profile(megabyte, std::byte{'n'});
  profile[4] = std::byte{0};
  vqi::detail::append_section(builder.before_table, "iCCP", vqi::detail::skippable_flag, profile);
  check_cost(flipped(builder.bytes(), 64 + 16), vqi::ErrorClass::data);
  Stream bad_intent;
  vqi::detail::append_section(bad_intent, "sRGB", vqi::detail::skippable_flag, std::vector(1, std::byte{4}));
  builder.before_table.insert(builder.before_table.end(), bad_intent.begin(), bad_intent.end());
  check_cost(builder.bytes(), vqi::ErrorClass::data);
}

TEST_CASE("salvage allocates no image without header and codebook, nor over a limit") {
  const auto salvage = [](auto bytes) { static_cast<void>(vqi::salvage(bytes)); };
  const Stream whole = huge().bytes();
  for (const std::size_t offset : {13U, 60U, 64U, 70U, 77U, 84U})
    CHECK(cost_of_failure(flipped(whole, offset), vqi::ErrorClass::data, salvage) <= megabyte);
  vqi::RunOptions run;
  run.max_memory_bytes = 200 * megabyte;
  CHECK(cost_of_failure(flipped(whole, whole.size() - 1), vqi::ErrorClass::limit,
                        [&](auto bytes) { static_cast<void>(vqi::salvage(bytes, {}, run)); }) <= megabyte);
}
