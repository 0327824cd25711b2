// Harness: what salvage returns of hostile bytes is what decode would return, but for the rows that it calls lost.
#include <algorithm>

#include "harness.hpp"
#include "promises.hpp"
#include "seed_streams.hpp"
#include "stream_limits.hpp"
#include "stream_mutator.hpp"
#include "vqi/codec.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

/// Promises that ranges of lost rows ascend inside the image and that no two touch.
void check_rows(const Salvaged& salvaged) {
  std::uint32_t free_from = 0;
  for (const RowRange& rows : salvaged.lost_rows) {
    promise(rows.begin >= free_from && rows.begin < rows.end && rows.end <= salvaged.image.height_px(),
            "lost rows ascend inside the image");
    free_from = rows.end + 1;
  }
}

bool run(std::span<const std::byte> input) {
  const DecodeLimits limits = small_limits();
  const RunOptions run = small_run();
  const auto salvaged = accepted(input.size(), [&] { return salvage(input, limits, run); });
  const auto whole = accepted(input.size(), [&] { return decode(input, limits, run); });
  promise(salvaged || !whole, "what is decoded can be salvaged");
  if (!salvaged) return false;
  check_rows(*salvaged);
  for (const Error& fault : salvaged->faults) check_error(fault, input.size(), {ErrorClass::data});
  promise(salvaged->faults.empty() == whole.has_value(), "a stream without faults is one that is decoded");
  if (!whole) return false;
  promise(salvaged->lost_rows.empty(), "a whole stream loses no rows");
  promise(std::equal(whole->samples().begin(), whole->samples().end(), salvaged->image.samples().begin(),
                     salvaged->image.samples().end()),
          "a whole stream is salvaged as it is decoded");
  promise(whole->metadata() == salvaged->image.metadata(), "metadata is the same either way");
  return true;
}

}  // namespace

const Harness salvage_harness{"salvage", run, make_seed_streams, 32768, mutate_stream};

}  // namespace vqi::fuzz
