// Encoding and decoding in pieces take what their memory limit says, whatever the size of the image.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <vector>

#include "counted_memory.hpp"
#include "streams/counting_source.hpp"
#include "vqi/codec.hpp"
#include "vqi/streaming.hpp"

namespace {

constexpr std::uint64_t megabyte = 1'000'000;
constexpr std::uint32_t width_px = 4000;

/// Grey rows that are made when they are asked for.
vqi::RowSource rows_of(std::uint32_t height_px) {
  return {{nullptr, width_px, height_px, 1, 8, width_px},
          [](std::uint32_t first_row, std::uint32_t rows_max, std::span<std::byte> samples) {
            for (std::size_t i = 0; i < samples.size(); ++i)
              samples[i] = static_cast<std::byte>((i % width_px * 7 + (first_row + i / width_px) * 13) >> 6 & 0xFFU);
            return rows_max;
          }};
}

vqi::EncodeOptions packed() {
  vqi::EncodeOptions options;
  options.k = 16;
  options.effort = 1;
  options.coding = vqi::Coding::packed;
  return options;
}

/// The stream of such an image; its bytes are the caller's, and not counted.
std::vector<std::byte> encoded(std::uint32_t height_px, vqi::test::Memory& memory, const vqi::RunOptions& run) {
  std::vector<std::byte> stream(std::size_t{width_px} * height_px);
  const vqi::ByteSink sink{[&](std::uint64_t offset, std::span<const std::byte> bytes) {
    std::copy(bytes.begin(), bytes.end(), stream.begin() + static_cast<std::ptrdiff_t>(offset));
  }};
  std::uint64_t size = 0;
  memory = vqi::test::memory_of([&] { size = vqi::encode_stream(rows_of(height_px), sink, packed(), run).bytes.file; });
  stream.resize(size);
  return stream;
}

vqi::RunOptions run_within(std::uint64_t bytes) {
  vqi::RunOptions run;
  run.threads = 2;
  run.max_memory_bytes = bytes;
  return run;
}

}  // namespace

TEST_CASE("encoding by rows keeps its memory limit, and takes the same for four times the rows") {
  const vqi::RunOptions run = run_within(9 * megabyte);
  vqi::test::Memory small;
  vqi::test::Memory large;
  static_cast<void>(encoded(2000, small, run));
  static_cast<void>(encoded(8000, large, run));
  INFO("8 megapixels took " << small.peak_bytes << " bytes, 32 megapixels " << large.peak_bytes);
  CHECK(large.peak_bytes <= run.max_memory_bytes);
  CHECK(large.peak_bytes <= small.peak_bytes + megabyte / 10);
}

TEST_CASE("decoding by rows and of a region of a source keep a limit that the image would pass") {
  vqi::test::Memory unused;
  const std::vector<std::byte> stream = encoded(4000, unused, run_within(9 * megabyte));  // 16 megapixels
  const vqi::RunOptions run = run_within(6 * megabyte);
  vqi::test::CountingSource counting(stream);
  std::uint64_t sum = 0;
  const vqi::RowSink sink{{}, [&](std::uint32_t, const vqi::ImageView& rows) {
                            for (std::uint32_t y = 0; y < rows.height_px; ++y)
                              sum += std::to_integer<unsigned>(*rows.row(y));
                          }};
  const auto all =
      vqi::test::memory_of([&] { static_cast<void>(vqi::decode_stream(counting.source(), sink, {}, run)); });
  INFO("all rows took " << all.peak_bytes);
  CHECK(all.peak_bytes <= run.max_memory_bytes + megabyte / 2);
  CHECK(sum > 0);
  vqi::DecodedRegion region;
  const auto part =
      vqi::test::memory_of([&] { region = vqi::decode_region(counting.source(), 1000, 1000, 100, 100, {}, run); });
  INFO("a region took " << part.peak_bytes);
  CHECK(part.peak_bytes <= megabyte);
  CHECK(region.image.width_px() == 100);
}
