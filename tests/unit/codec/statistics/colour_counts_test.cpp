// Colours with their counts come back from their bytes, and any other bytes are refused.
#include "colour_counts.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "test_images.hpp"
#include "test_work.hpp"
#include "thrown_error.hpp"

using namespace vqi::detail;
using vqi::test::thrown_by;

namespace {

VectorRun run_of(std::uint32_t channels) {
  const vqi::Image image = vqi::test::make_image(40, 30, channels, 8, vqi::test::Content::smooth);
  vqi::test::TestWork work(1);
  MergedVectors merged(channels, 8);
  for (int times = 0; times < 40; ++times) merged.add(*find_distinct_vectors(image, {40, 30, channels, 8, 1, 1}, work));
  return merged.merged();
}

/// What reading `bytes` as `count` grey values throws.
vqi::test::ThrownError refusal(const std::vector<int>& bytes, std::uint64_t count) {
  std::vector<std::byte> file;
  for (const int byte : bytes) file.push_back(static_cast<std::byte>(byte));
  return thrown_by([&] { static_cast<void>(read_colours(file, 100, count, 1)); });
}

}  // namespace

TEST_CASE("colours of one to four channels come back with their counts") {
  for (std::uint32_t channels = 1; channels <= 4; ++channels) {
    const VectorRun run = run_of(channels);
    std::vector<std::byte> bytes;
    write_colours(run, channels, bytes);
    CHECK(bytes.size() < run.counts.size() * (channels + 2));
    const VectorRun back = read_colours(bytes, 0, run.counts.size(), channels);
    CHECK(back.rows == run.rows);
    CHECK(back.counts == run.counts);
  }
}

TEST_CASE("colours out of range, counts of 0 and numbers that are longer than need be are refused with their places") {
  CHECK(!refusal({0, 5, 254, 1, 1}, 2).code);
  for (const auto& [bytes, count, offset] : {std::tuple{std::vector<int>{0, 5, 255, 1, 1}, 2, 104},
                                             {{0, 0}, 1, 102},
                                             {{128, 0, 1}, 1, 102},
                                             {{0, 5, 0}, 1, 102},
                                             {{0}, 1, 101},
                                             {{0, 133}, 1, 102},
                                             {{0, 5}, 2, 102},
                                             {{0, 5, 129, 2, 1}, 2, 104},
                                             {{0, 255, 255, 255, 255, 255, 255, 255, 255, 127}, 1, 110}}) {
    const auto error = refusal(bytes, static_cast<std::uint64_t>(count));
    CHECK(error.code == vqi::ErrorCode::corrupt_section);
    CHECK(error.offset == static_cast<std::uint64_t>(offset));
  }
}
