// StripPainter: turns the indices of strips into pixels of an image.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "rgb_expansion.hpp"
#include "sample_array.hpp"
#include "stream_header.hpp"
#include "vqi/image.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Borrows header and codebook.
class StripPainter {
 public:
  /// `codebook` has the header's codewords.
  StripPainter(const StreamHeader& header, const SampleArray& codebook);

  /// Writes the codewords of whole rows of indices, each below K, to `image`, which has the header's size, from row
  /// `first_row` of the map on. May be called by several threads for different rows. Polls the callback of `work`.
  void paint(std::uint32_t first_row, std::span<const std::uint16_t> indices, Image& image, const Work& work) const;

  /// Fills the rows `begin` .. `end` - 1 of the map with the mean of all codewords, each counted once: sample by
  /// sample, halves rounded up. Polls as well.
  void paint_mean(std::uint32_t begin, std::uint32_t end, Image& image, const Work& work) const;

 private:
  [[nodiscard]] std::vector<std::byte> mean_codeword() const;

  const StreamHeader& header_;
  const SampleArray& codebook_;
  std::optional<RgbExpansion> expansion_;  // for pixels of three bytes and small codebooks
};

}  // namespace vqi::detail
