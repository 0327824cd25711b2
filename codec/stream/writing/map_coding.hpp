// MapCoding: one way to code the indices of a map, strip by strip.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "index_model.hpp"
#include "sample_array.hpp"
#include "stream_header.hpp"
#include "vqi/options.hpp"
#include "work.hpp"

namespace vqi::detail {

/// How the caller wants indices to be coded.
struct IndexCodingChoice {
  Coding coding = Coding::packed;
  Model model = Model::fast;  ///< of all codings but packed
  std::size_t kept = 0;       ///< as many codewords, the first ones, keep their places
  RowOrder row_order = RowOrder::by_repeats;
};

/// Called after each row that a context model has coded.
using RowCoded = std::function<void()>;

struct MapCoding {
  StreamHeader header;              ///< with coding, model and strip rows
  std::vector<std::byte> codebook;  ///< the payload of CBOK
  /// The bytes of a strip, from any thread.
  std::function<std::vector<std::byte>(std::span<const std::uint16_t> indices, const RowCoded& row_coded)> code_strip;

  /// The bytes that differ between codings, with `index_bytes` of strips: codebook, strips and their entries in the
  /// table.
  [[nodiscard]] std::uint64_t size_bytes(std::uint64_t index_bytes) const noexcept {
    return codebook.size() + index_bytes + strip_entry_bytes * header.strip_count();
  }
};

// Each takes a header with grid and K.

[[nodiscard]] MapCoding fixed_width_coding(const StreamHeader& header, const SampleArray& codebook);
/// Only for K that is no power of two.
[[nodiscard]] MapCoding uniform_range_coding(const StreamHeader& header, const SampleArray& codebook);
/// A context model gets the codewords after the first `choice.kept` in an order of its own, and indices to match.
[[nodiscard]] MapCoding model_coding(const StreamHeader& header, const IndexCodingChoice& choice,
                                     const SampleArray& codebook, const Work& work);

/// The bytes of all strips of fixed width.
[[nodiscard]] std::uint64_t fixed_width_bytes(const MapCoding& coding) noexcept;

}  // namespace vqi::detail
