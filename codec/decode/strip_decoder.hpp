// Decoding strips in parallel, with the faults in the order of the strips.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "stream_reader.hpp"
#include "vqi/error.hpp"
#include "work.hpp"

namespace vqi::detail {

/// A strip of an index section with its number.
struct NumberedStrip {
  std::uint64_t number = 0;
  StripEntry entry;
};

/// A strip that could not be decoded, and why.
struct StripFault {
  std::uint64_t number = 0;
  Error error;
};

/// Takes the indices of a strip, from any thread.
using StripUse = std::function<void(std::uint64_t number, std::span<const std::uint16_t> indices)>;

/// Calls use(number, indices) for each of `strips` that decodes (`model` as for decode_strip), `at_once` at a time at
/// the most, and returns the faults of the others in the order of their numbers.
[[nodiscard]] std::vector<StripFault> try_strips(const StreamHeader& header, const IndexModel* model,
                                                 std::span<const NumberedStrip> strips, std::uint32_t at_once,
                                                 const Work& work, const StripUse& use);

/// Calls use(number, indices) for the strips begin .. end - 1. All are tried; then the Error of the
/// first damaged one is thrown.
void decode_strips(const StreamReader& reader, const IndexModel* model, std::uint64_t begin, std::uint64_t end,
                   std::uint32_t at_once, const Work& work, const StripUse& use);

}  // namespace vqi::detail
