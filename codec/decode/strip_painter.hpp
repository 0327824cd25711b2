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

namespace vqi::detail {

/// Holds the codewords in native byte order.
class StripPainter {
 public:
  /// `codebook` has the header's codewords.
  StripPainter(const StreamHeader& header, const SampleArray& codebook);

  /// The codewords, followed by the readable bytes that scatter_codewords needs.
  [[nodiscard]] const std::byte* codewords() const noexcept { return codewords_.data(); }

  /// Writes the codewords of a strip's indices, each below K, to `image`, which has the header's size. May be called by
  /// several threads for different strips.
  void paint(std::uint64_t strip, std::span<const std::uint16_t> indices, Image& image) const noexcept;

  /// Fills the rows of `strips` with the mean of all codewords, each counted once: sample by sample, halves rounded
  /// up.
  void paint_mean(std::span<const std::uint64_t> strips, Image& image) const;

 private:
  [[nodiscard]] std::vector<std::byte> mean_codeword() const;

  StreamHeader header_;
  std::vector<std::byte> codewords_;
  std::optional<RgbExpansion> expansion_;  // for pixels of three bytes and small codebooks
};

}  // namespace vqi::detail
