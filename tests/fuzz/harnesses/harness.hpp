// Harness: a name, a check of one input, seeds, and a way to change inputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "mutation.hpp"

namespace vqi::fuzz {
using namespace detail;

using Bytes = std::vector<std::byte>;

struct Harness {
  std::string_view name;
  /// Checks one input. Returns whether it was accepted; ends the process if a promise is broken.
  bool (*run)(std::span<const std::byte> input);
  /// The inputs to begin with, of which at least one is accepted.
  std::vector<Bytes> (*make_seeds)();
  /// Bytes; longer inputs are slower and find nothing more.
  std::size_t input_size_max;
  /// Changes an input so that the change gets past checksums; null: `Mutation::change` is used.
  void (*mutate)(Bytes& input, Mutation& mutation) = nullptr;
  /// How often the tests change each seed; less often if a run is slow.
  int mutations_per_seed = 100;
};

extern const Harness arguments_harness;
extern const Harness codebook_harness;
extern const Harness codebook_file_harness;
extern const Harness decode_harness;
extern const Harness image_header_harness;
extern const Harness image_rows_harness;
extern const Harness index_coding_harness;
extern const Harness index_model_harness;
extern const Harness inspect_harness;
extern const Harness jpeg_harness;
extern const Harness jpeg2000_harness;
extern const Harness onefile_harness;
extern const Harness palette_harness;
extern const Harness png_harness;
extern const Harness raster_harness;
extern const Harness round_trip_harness;
extern const Harness salvage_harness;
extern const Harness sections_harness;
extern const Harness statistics_harness;
extern const Harness tiff_harness;
extern const Harness webp_harness;

/// All harnesses, in the order of their names.
[[nodiscard]] std::span<const Harness* const> all_harnesses() noexcept;

/// The harness with this name, or null.
[[nodiscard]] const Harness* find_harness(std::string_view name) noexcept;

/// `input` changed as the harness changes its inputs.
void mutate_input(const Harness& harness, Bytes& input, Mutation& mutation);

}  // namespace vqi::fuzz
