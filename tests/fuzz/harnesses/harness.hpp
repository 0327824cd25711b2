// What a fuzzing harness is: a name, what it demands of one input, its seeds, and how it changes them.
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
  /// Returns whether the input was accepted; ends the process where a promise is broken.
  bool (*run)(std::span<const std::byte> input);
  /// Inputs to begin with. At least one of them is accepted.
  std::vector<Bytes> (*make_seeds)();
  /// Longer ones are slower and show nothing more.
  std::size_t input_size_max;
  /// Changes an input so that it passes checksums; none: `Mutation::change` does.
  void (*mutate)(Bytes& input, Mutation& mutation) = nullptr;
  /// How often the tests change each seed; a few times where a run is slow.
  int mutations_per_seed = 100;
};

extern const Harness arguments_harness;
extern const Harness codebook_harness;
extern const Harness decode_harness;
extern const Harness image_header_harness;
extern const Harness index_coding_harness;
extern const Harness index_model_harness;
extern const Harness inspect_harness;
extern const Harness png_harness;
extern const Harness round_trip_harness;
extern const Harness salvage_harness;
extern const Harness sections_harness;

/// All of them, in the order of their names.
[[nodiscard]] std::span<const Harness* const> all_harnesses() noexcept;

/// The harness of that name, or null.
[[nodiscard]] const Harness* find_harness(std::string_view name) noexcept;

/// `input` changed as the harness changes its inputs.
void mutate_input(const Harness& harness, Bytes& input, Mutation& mutation);

}  // namespace vqi::fuzz
