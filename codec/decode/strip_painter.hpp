// StripPainter: the indices of strips become pixels of an image.
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

namespace vqi::detail {

/// Codewords in native byte order, and the geometry that puts them in their places.
class StripPainter {
 public:
  /// `codebook` has the header's codewords.
  StripPainter(const StreamHeader& header, const SampleArray& codebook);

  /// The codewords, with the readable bytes behind the last that scatter_codewords wants.
  [[nodiscard]] const std::byte* codewords() const noexcept { return codewords_.data(); }

  /// Replaces the indices of a strip, each below K, by their codewords in `image`, which is of the
  /// header's size. May be called by several threads for different strips.
  void paint(std::uint64_t strip, std::span<const std::uint16_t> indices, Image& image) const noexcept;

  /// Fills the rows of `strips` with the mean of all codewords, each counted once: sample by sample of
  /// a vector, halves rounded up.
  void paint_mean(std::span<const std::uint64_t> strips, Image& image) const;

 private:
  [[nodiscard]] std::vector<std::byte> mean_codeword() const;

  StreamHeader header_;
  std::vector<std::byte> codewords_;
  std::optional<RgbExpansion> expansion_;  // where it can do the work
};

}  // namespace vqi::detail
