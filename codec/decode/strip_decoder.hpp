// Decoding strips in parallel, with the faults in the order of the strips.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "index_model.hpp"
#include "sample_array.hpp"
#include "stream_reader.hpp"
#include "strip_entry.hpp"
#include "vqi/error.hpp"
#include "work.hpp"

namespace vqi::detail {

/// A codebook, and the context model that decodes strips with it.
struct Codewords {
  SampleArray codebook;
  std::unique_ptr<const IndexModel> model;  ///< none for packed indices and at K = 1
  std::uint64_t state_bytes = 0;            ///< memory that the model takes for each strip under way
};

/// As read_codebook, with the model that the header names.
[[nodiscard]] Codewords read_codewords(const StreamHeader& header, const Section& section);

/// Checks the checksum of strip number `strip` and decodes its indices; `model` is that of the stream's Codewords.
/// Throws Error{checksum_mismatch, corrupt_indices} and what `between_rows` throws.
void decode_strip(const StreamHeader& header, const IndexModel* model, std::uint64_t strip, const StripEntry& entry,
                  std::span<std::uint16_t> indices, const RowHook& between_rows);

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

/// Decodes `strips` as decode_strip does, at most `at_once` at a time. Calls use(number, indices) for each strip that
/// decodes, and returns the faults of the others in the order of their numbers. Throws Error{cancelled}.
[[nodiscard]] std::vector<StripFault> try_strips(const StreamHeader& header, const IndexModel* model,
                                                 std::span<const NumberedStrip> strips, std::uint32_t at_once,
                                                 const Work& work, const StripUse& use);

/// Calls use(number, indices) for the strips begin .. end - 1. All are tried; then the Error of the first damaged one
/// is thrown.
void decode_strips(const StreamReader& reader, const IndexModel* model, std::uint64_t begin, std::uint64_t end,
                   std::uint32_t at_once, const Work& work, const StripUse& use);

}  // namespace vqi::detail
