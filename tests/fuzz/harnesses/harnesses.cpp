// The list of all harnesses, by name.
#include <algorithm>
#include <array>

#include "harness.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

constexpr std::array harnesses{&arguments_harness,    &codebook_harness,   &codebook_file_harness, &decode_harness,
                               &image_header_harness, &image_rows_harness, &index_coding_harness,  &index_model_harness,
                               &inspect_harness,      &jpeg_harness,       &jpeg2000_harness,      &onefile_harness,
                               &palette_harness,      &png_harness,        &raster_harness,        &round_trip_harness,
                               &salvage_harness,      &sections_harness,   &statistics_harness,    &tiff_harness,
                               &webp_harness};

}  // namespace

std::span<const Harness* const> all_harnesses() noexcept { return harnesses; }

const Harness* find_harness(std::string_view name) noexcept {
  const auto* found =
      std::find_if(harnesses.begin(), harnesses.end(), [&](const Harness* harness) { return harness->name == name; });
  return found == harnesses.end() ? nullptr : *found;
}

void mutate_input(const Harness& harness, Bytes& input, Mutation& mutation) {
  if (harness.mutate != nullptr)
    harness.mutate(input, mutation);
  else
    mutation.change(input);
}

}  // namespace vqi::fuzz
