// Harness: decode, decode_indexed and decode_region agree with each other on hostile bytes.
#include <algorithm>
#include <optional>

#include "codebook_coding.hpp"
#include "crc32c.hpp"
#include "harness.hpp"
#include "promises.hpp"
#include "random.hpp"
#include "seed_streams.hpp"
#include "stream_limits.hpp"
#include "stream_mutator.hpp"
#include "stream_reader.hpp"
#include "taken_memory.hpp"
#include "vqi/codec.hpp"
#include "vqi/streaming.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

struct Region {
  std::uint32_t x_px;
  std::uint32_t y_px;
  std::uint32_t width_px;
  std::uint32_t height_px;
};

/// A rectangle inside `image`.
Region choose_region(const Image& image, Random& random) {
  const auto below = [&](std::uint32_t count) { return static_cast<std::uint32_t>(random.below(count)); };
  Region region{below(image.width_px()), below(image.height_px()), 0, 0};
  region.width_px = 1 + below(image.width_px() - region.x_px);
  region.height_px = 1 + below(image.height_px() - region.y_px);
  return region;
}

void check_region(const Image& whole, const Region& region, const Image& part) {
  promise(part.width_px() == region.width_px && part.height_px() == region.height_px, "a region has its size");
  const std::size_t skipped = region.x_px * whole.view().pixel_bytes();
  for (std::uint32_t y = 0; y < region.height_px; ++y)
    promise(std::equal(part.row(y), part.row(y) + part.row_bytes(), whole.row(region.y_px + y) + skipped),
            "a region is that part of the whole");
}

/// Promises that pixels are those of their indices' codewords; checks rows ever more sparsely, to save time.
void check_indexed(const Image& whole, const IndexedImage& indexed, const StreamInfo& info) {
  for (const std::uint16_t index : indexed.indices) promise(index < info.k, "an index is below K");
  const std::size_t pixel_bytes = whole.view().pixel_bytes();
  for (std::uint32_t y = 0; y < whole.height_px(); y += 1 + y / 8)
    for (std::uint32_t x = 0; x < whole.width_px(); ++x) {
      const std::size_t at = std::size_t{y / info.block_height_px} * indexed.map_width + x / info.block_width_px;
      const std::size_t column = std::size_t{indexed.indices[at]} * info.block_width_px + x % info.block_width_px;
      const std::byte* const codeword = indexed.codebook.row(y % info.block_height_px) + column * pixel_bytes;
      promise(std::equal(codeword, codeword + pixel_bytes, whole.row(y) + x * pixel_bytes),
              "a pixel is that of its index's codeword");
    }
}

bool has_right_codebook(const StreamReader& reader) {
  const StreamHeader& header = reader.header();
  if (header.detached_codebook) return false;
  return !header.coded_codebook || check_coded_codebook(reader.codebook_section().payload, header.k,
                                                        header.grid.dimension(), header.grid.bit_depth, {});
}

/// The input as a source that is read in pieces.
ByteSource source_of(std::span<const std::byte> input) {
  return {input.size(),
          [input](std::uint64_t offset, std::span<std::byte> bytes) {
            promise(!bytes.empty() && offset <= input.size() && bytes.size() <= input.size() - offset,
                    "a source is read inside of its bytes");
            std::copy_n(input.begin() + static_cast<std::ptrdiff_t>(offset), bytes.size(), bytes.begin());
          },
          {}};
}

/// Promises that a source is decoded where memory is, to the same pixels, within the memory limit.
void check_source(std::span<const std::byte> input, const std::optional<Image>& whole) {
  std::uint32_t next_row = 0;
  const RowSink sink{{}, [&](std::uint32_t first_row, const ImageView& rows) {
                       promise(first_row == next_row, "rows come in order");
                       for (std::uint32_t y = 0; whole && y < rows.height_px; ++y)
                         promise(std::equal(rows.row(y), rows.row(y) + rows.row_bytes(), whole->row(first_row + y)),
                                 "rows of a source are those of memory");
                       next_row += rows.height_px;
                     }};
  std::optional<SourceReport> report;
  check_memory_limit(taken_memory([&] {
    report = accepted(input.size(), [&] { return decode_stream(source_of(input), sink, small_limits(), small_run()); });
  }));
  if (!report) return;
  RunOptions roomy = small_run();  // decode counts all pixels, and may be refused where rows are not
  roomy.max_memory_bytes *= 2;
  promise(whole || accepted(input.size(), [&] { return decode(input, small_limits(), roomy); }),
          "a source is refused where memory is");
  promise(next_row == report->stream.height_px, "a source gives all rows");
}

/// Promises that decode took no more than its limit and than inspect says, and next to nothing for a stream whose
/// header, codebook or strip table is refused.
void check_memory(std::span<const std::byte> input, const TakenMemory& taken) {
  check_memory_limit(taken);
  const auto info = accepted(input.size(), [&] { return inspect(input, small_limits()); });
  if (info)
    promise(taken.peak_bytes <= info->decode_memory_bytes + memory_beside_limit, "decode takes what inspect says");
  const auto reader = accepted(input.size(), [&] { return StreamReader(input, small_limits()); });
  if (!reader || !has_right_codebook(*reader))
    promise(taken.all_bytes <= memory_beside_limit, "what is refused costs at most a megabyte");
}

bool run(std::span<const std::byte> input) {
  const DecodeLimits limits = small_limits();
  const RunOptions run = small_run();
  std::optional<Image> whole;
  check_memory(input,
               taken_memory([&] { whole = accepted(input.size(), [&] { return decode(input, limits, run); }); }));
  std::optional<IndexedImage> indexed;
  check_memory_limit(
      taken_memory([&] { indexed = accepted(input.size(), [&] { return decode_indexed(input, limits, run); }); }));
  promise(whole.has_value() == indexed.has_value(), "decode and decode_indexed accept the same");
  check_source(input, whole);
  if (!whole) {
    // The strips of a region may be whole although others are damaged; every image has a first pixel.
    check_memory_limit(taken_memory([&] {
      static_cast<void>(accepted(input.size(), [&] { return decode_region(input, 0, 0, 1, 1, limits, run); }));
    }));
    return false;
  }
  const StreamInfo info = inspect(input, limits);
  promise(!info.damage, "what is decoded is found whole");
  if (info.restore) {
    DecodeLimits unfiltered = limits;
    unfiltered.restore = false;
    check_indexed(decode(input, unfiltered, run), *indexed, info);
  } else {
    check_indexed(*whole, *indexed, info);
  }
  Random random(crc32c(input));
  const Region region = choose_region(*whole, random);
  check_region(*whole, region,
               decode_region(input, region.x_px, region.y_px, region.width_px, region.height_px, limits, run));
  if (const auto read = accepted(input.size(), [&] {
        return decode_region(source_of(input), region.x_px, region.y_px, region.width_px, region.height_px, limits,
                             run);
      }))
    check_region(*whole, region, read->image);
  promise(indexed->metadata == whole->metadata(), "metadata is the same either way");
  return true;
}

}  // namespace

const Harness decode_harness{"decode", run, make_seed_streams, 32768, mutate_stream};

}  // namespace vqi::fuzz
