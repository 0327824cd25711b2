// The memory limit of decoding: what fits to the byte, and how many strips at once.
#include "decode_memory.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "thrown_error.hpp"

using vqi::detail::DecodeMemory;
using vqi::detail::StreamHeader;
using vqi::test::thrown_by;

namespace {

/// Four strips of 64 rows, but for the last one of 100; K = 10 colours.
StreamHeader header_of_strips() {
  StreamHeader header;
  header.grid = {1024, 3 * 64 + 100, 3, 8};
  header.k = 10;
  header.strip_rows = 64;
  return header;
}

constexpr std::uint64_t codebook_bytes = 30;
constexpr std::uint64_t strip_bytes = 2 * 1024 * 64;
constexpr std::uint64_t last_bytes = 2 * 1024 * 100;

vqi::RunOptions limit_of(std::uint64_t bytes) {
  vqi::RunOptions run;
  run.max_memory_bytes = bytes;
  return run;
}

}  // namespace

TEST_CASE("an image's bytes are its samples', and none beyond 64 bits") {
  const vqi::detail::BlockGrid grid{7, 5, 3, 16};
  CHECK(vqi::detail::image_bytes(grid, 7, 5) == 210U);
  CHECK(vqi::detail::image_bytes(grid, 0, 5) == 0U);
  CHECK(vqi::detail::image_bytes({1, 1, 1, 8}, 0xFFFFFFFFU, 0xFFFFFFFFU) == 0xFFFFFFFE00000001U);
  CHECK_FALSE(vqi::detail::image_bytes({1, 1, 4, 16}, 0xFFFFFFFFU, 0xFFFFFFFFU));
}

TEST_CASE("as many strips are decoded at once as fit beside result and codebook, to the byte") {
  const StreamHeader header = header_of_strips();
  REQUIRE(header.strip_count() == 4);
  const std::uint64_t fixed = 1000 + codebook_bytes;
  const auto at_once = [&](std::uint64_t begin, std::uint64_t end, std::uint64_t bytes, std::uint64_t scratch) {
    return DecodeMemory(header, begin, end, 1000, limit_of(bytes), scratch).strips_at_once(0);
  };
  CHECK(at_once(0, 4, fixed + last_bytes, 0) == 1);
  CHECK(at_once(0, 4, fixed + 2 * last_bytes - 1, 0) == 1);
  CHECK(at_once(0, 4, fixed + 2 * last_bytes, 0) == 2);
  CHECK(at_once(0, 3, fixed + 2 * strip_bytes, 0) == 2);  // without the longer last one
  CHECK(at_once(0, 3, fixed + 2 * strip_bytes + 2 * 77, 77) == 2);
  CHECK(at_once(0, 3, fixed + 2 * strip_bytes + 2 * 77 - 1, 77) == 1);
  CHECK(at_once(0, 4, std::numeric_limits<std::uint64_t>::max(), 0) == 1024);
}

TEST_CASE("the state of a model counts for each strip") {
  const StreamHeader header = header_of_strips();
  const DecodeMemory memory(header, 0, 4, 1000, limit_of(1000 + codebook_bytes + 2 * (last_bytes + 50)));
  CHECK(memory.strips_at_once(50) == 2);
  CHECK(memory.strips_at_once(51) == 1);
  CHECK(thrown_by([&] { static_cast<void>(memory.strips_at_once(2 * last_bytes)); }).code ==
        vqi::ErrorCode::limit_exceeded);
}

TEST_CASE("one byte too few, or a result beyond 64 bits, is over the limit, and the message says how much is wanted") {
  const StreamHeader header = header_of_strips();
  const std::uint64_t least = 1000 + codebook_bytes + last_bytes;
  const auto error = thrown_by([&] { const DecodeMemory memory(header, 0, 4, 1000, limit_of(least - 1)); });
  CHECK(error.code == vqi::ErrorCode::limit_exceeded);
  CHECK(vqi::test::holds(error.message, "takes " + std::to_string(least) + " bytes"));
  const vqi::RunOptions none = limit_of(std::numeric_limits<std::uint64_t>::max());
  const auto unknown = thrown_by([&] { const DecodeMemory memory(header, 0, 4, std::nullopt, none); });
  CHECK(vqi::test::holds(unknown.message, "takes over 2^64 bytes"));
  // More than any address space holds is over every limit.
  const auto huge = thrown_by([&] { const DecodeMemory memory(header, 0, 4, std::uint64_t{1} << 63, none); });
  CHECK(huge.code == vqi::ErrorCode::limit_exceeded);
  const auto greatest =
      thrown_by([&] { const DecodeMemory memory(header, 0, 4, std::numeric_limits<std::uint64_t>::max(), none); });
  CHECK(greatest.code == vqi::ErrorCode::limit_exceeded);
}
