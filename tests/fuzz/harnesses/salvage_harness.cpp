// Harness: what salvage returns of hostile bytes is what decode would return, but for the rows that it tells apart.
#include <algorithm>
#include <optional>
#include <vector>

#include "crc32c.hpp"
#include "harness.hpp"
#include "promises.hpp"
#include "restore_kernels.hpp"
#include "seed_streams.hpp"
#include "stream_limits.hpp"
#include "stream_mutator.hpp"
#include "taken_memory.hpp"
#include "vqi/codec.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

/// Marks the rows; promises that ranges ascend inside the image, that no two touch, and that no row is marked twice.
void mark_rows(const std::vector<RowRange>& ranges, std::vector<bool>& marked) {
  std::uint32_t free_from = 0;
  for (const RowRange& rows : ranges) {
    promise(rows.begin >= free_from && rows.begin < rows.end && rows.end <= marked.size(),
            "rows ascend inside the image");
    free_from = rows.end + 1;
    for (std::uint32_t y = rows.begin; y < rows.end; ++y) {
      promise(!marked[y], "a row is whole, unverified or lost");
      marked[y] = true;
    }
  }
}

/// Promises what holds of everything that is salvaged. Returns which rows are lost.
std::vector<bool> check_rows(const Salvaged& salvaged) {
  std::vector<bool> lost(salvaged.image.height_px());
  mark_rows(salvaged.lost_rows, lost);
  std::vector<bool> broken = lost;
  mark_rows(salvaged.unverified_rows, broken);
  promise(std::find(lost.begin(), lost.end(), false) != lost.end(), "some row is left");
  promise(!salvaged.faults.empty() || std::find(broken.begin(), broken.end(), true) == broken.end(),
          "rows are broken by faults");
  return lost;
}

/// Promises that a stream that is cut off gives rows of the whole one.
void check_cut(std::span<const std::byte> input, const Image& whole) {
  const std::span<const std::byte> cut = input.first(crc32c(input) % input.size());
  const auto salvaged = accepted(input.size(), [&] { return salvage(cut, small_limits(), small_run()); });
  if (!salvaged) return;
  const std::vector<bool> lost = check_rows(*salvaged);
  const std::uint32_t needed = inspect(input, small_limits()).restore ? restore_margin : 0;  // rows below a right one
  for (std::uint32_t y = 0; y < whole.height_px(); ++y) {
    const auto first = lost.begin() + y;
    const auto last = lost.begin() + std::min(whole.height_px(), y + needed + 1);
    promise(std::find(first, last, true) != last ||
                std::equal(whole.row(y), whole.row(y) + whole.row_bytes(), salvaged->image.row(y)),
            "rows before a cut are right");
  }
}

bool run(std::span<const std::byte> input) {
  const DecodeLimits limits = small_limits();
  const RunOptions run = small_run();
  RunOptions salvaging = run;
  salvaging.max_memory_bytes += 100'000;  // it remembers more of each strip than decode does
  std::optional<Salvaged> salvaged;
  check_memory_limit(
      taken_memory([&] { salvaged = accepted(input.size(), [&] { return salvage(input, limits, salvaging); }); }));
  const auto whole = accepted(input.size(), [&] { return decode(input, limits, run); });
  promise(salvaged || !whole, "what is decoded can be salvaged");
  if (!salvaged) return false;
  static_cast<void>(check_rows(*salvaged));
  for (const Error& fault : salvaged->faults) check_error(fault, input.size(), {ErrorClass::data});
  promise(salvaged->faults.empty() == whole.has_value(), "a stream without faults is one that is decoded");
  if (!whole) return false;
  promise(salvaged->lost_rows.empty() && salvaged->unverified_rows.empty(), "a whole stream loses no rows");
  promise(std::equal(whole->samples().begin(), whole->samples().end(), salvaged->image.samples().begin(),
                     salvaged->image.samples().end()),
          "a whole stream is salvaged as it is decoded");
  promise(whole->metadata() == salvaged->image.metadata(), "metadata is the same either way");
  check_cut(input, *whole);
  return true;
}

}  // namespace

const Harness salvage_harness{"salvage", run, make_seed_streams, 32768, mutate_stream};

}  // namespace vqi::fuzz
