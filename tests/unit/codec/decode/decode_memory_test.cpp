// The memory limit of decoding: what fits to the byte, and how many strips at once.
#include "decode_memory.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "index_model.hpp"
#include "restore_codewords.hpp"
#include "restore_kernels.hpp"
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

TEST_CASE("as many strips are decoded at once as fit beside all that lasts, to the byte") {
  const StreamHeader header = header_of_strips();
  REQUIRE(header.strip_count() == 4);
  CHECK(vqi::detail::strip_vectors_max(header, 0, 4, 292) * 2 == last_bytes);
  CHECK(vqi::detail::strip_vectors_max(header, 0, 3, 192) * 2 == strip_bytes);
  CHECK(vqi::detail::strip_vectors_max(header, 1, 2, 70) * 2 ==
        2 * 1024 * 8);  // six rows of the second strip, and two more
  CHECK(vqi::detail::strip_vectors_max(header, 0, 4, 200) * 2 == strip_bytes);  // eight rows of the last one
  constexpr std::uint64_t fixed = 1000 + codebook_bytes + 70 + 4 * 5;
  const auto at_once = [&](std::uint64_t vectors, std::uint64_t bytes, std::uint64_t scratch) {
    return DecodeMemory(header, {1000, 70, 4, 5, vectors, scratch}).strips_at_once(limit_of(bytes));
  };
  CHECK(at_once(last_bytes / 2, fixed + last_bytes, 0) == 1);
  CHECK(at_once(last_bytes / 2, fixed + 2 * last_bytes - 1, 0) == 1);
  CHECK(at_once(last_bytes / 2, fixed + 2 * last_bytes, 0) == 2);
  CHECK(at_once(100, fixed + 2 * (200 + 77), 77) == 2);
  CHECK(at_once(100, fixed + 2 * (200 + 77) - 1, 77) == 1);
  CHECK(at_once(last_bytes / 2, std::numeric_limits<std::uint64_t>::max(), 0) == 1024);
  CHECK(at_once(0, fixed, 0) == 1024);
}

TEST_CASE("a model counts once with its tables, and for each strip with its state") {
  StreamHeader header = header_of_strips();
  const DecodeMemory packed(header, vqi::detail::whole_call(header, 0, true));
  for (const vqi::Model model : {vqi::Model::fast, vqi::Model::balanced, vqi::Model::max}) {
    header.model = model;
    const vqi::detail::ModelMemory memory = vqi::detail::memory_of_model(model, 10, 1024);
    const DecodeMemory with_model(header, vqi::detail::whole_call(header, 0, true));
    CHECK(with_model.strip_bytes() == packed.strip_bytes() + memory.state_bytes);
    CHECK(with_model.bytes(3) == packed.bytes(3) + memory.tables_bytes + 3 * memory.state_bytes);
  }
}

TEST_CASE("the decode filter counts once with its codewords, and with each band under way") {
  StreamHeader header = header_of_strips();
  const DecodeMemory plain(header, vqi::detail::whole_call(header, 0, true));
  CHECK(plain.bands_at_once(limit_of(plain.bytes(1)), 1) == 0);
  header.restore = {8, 3000, 256};
  CHECK(DecodeMemory(header, vqi::detail::whole_call(header, 0, false)).bytes(2) == plain.bytes(2));
  const DecodeMemory memory(header, vqi::detail::whole_call(header, 0, true));
  const std::uint64_t band = vqi::detail::restore_state_bytes();
  CHECK(memory.strip_bytes() == plain.strip_bytes() + band);
  CHECK(memory.bytes(3) == plain.bytes(3) + 10 * vqi::detail::restore_word_bytes + 3 * band);
  CHECK(memory.bands_at_once(limit_of(memory.bytes(2)), 2) == 1);
  CHECK(memory.bands_at_once(limit_of(memory.bytes(2) + 4 * band - 1), 2) == 2);
  CHECK(memory.bands_at_once(limit_of(memory.bytes(2) + 4 * band), 2) == 3);
  CHECK(memory.bands_at_once({}, 2) == 1024);
}

TEST_CASE("one byte too few, or a result beyond 64 bits, is over the limit, and the message says how much is wanted") {
  const StreamHeader header = header_of_strips();
  const auto error_of = [&](std::optional<std::uint64_t> result_bytes, std::uint64_t limit) {
    return thrown_by([&] {
      static_cast<void>(DecodeMemory(header, {result_bytes, 0, 4, 0, last_bytes / 2}).strips_at_once(limit_of(limit)));
    });
  };
  const std::uint64_t least = 1000 + codebook_bytes + last_bytes;
  const auto error = error_of(1000, least - 1);
  CHECK(error.code == vqi::ErrorCode::limit_exceeded);
  CHECK(error.limit == vqi::Limit::memory);
  CHECK(vqi::test::holds(error.message, "takes " + std::to_string(least) + " bytes"));
  CHECK_FALSE(error_of(1000, least).code);
  constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();
  CHECK(vqi::test::holds(error_of(std::nullopt, none).message, "takes over 2^64 bytes"));
  // More than any address space holds is over every limit.
  CHECK(error_of(std::uint64_t{1} << 63, none).code == vqi::ErrorCode::limit_exceeded);
  CHECK(error_of(none, none).code == vqi::ErrorCode::limit_exceeded);
}
