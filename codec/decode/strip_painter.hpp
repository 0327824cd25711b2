// StripPainter: turns the indices of strips into pixels of an image.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "restore_filter.hpp"
#include "rgb_expansion.hpp"
#include "sample_array.hpp"
#include "stream_header.hpp"
#include "vqi/image.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Borrows header and codebook.
class StripPainter {
 public:
  /// `codebook` has the header's codewords. With the decode filter, which the header asks for, unless `filter_bands`
  /// is 0: on that many bands of a strip at once (DecodeMemory::bands_at_once).
  StripPainter(const StreamHeader& header, const SampleArray& codebook, std::uint32_t filter_bands);

  /// Writes the pixels of whole rows of indices, each below K, to `image`, which has the header's size, from row
  /// `first_row` of the map on. They are those of a strip, or what there is of it. May be called by several threads for
  /// different rows. Polls the callback of `work`.
  void paint(std::uint32_t first_row, std::span<const std::uint16_t> indices, Image& image, const Work& work) const;

  /// Writes the rows `begin` .. `end` - 1 of a strip to the first rows of `part`, which is as wide as the image.
  /// `indices` are those of the whole strip, or of its rows up to rows_below() rows after `end` at least.
  void paint_part(std::span<const std::uint16_t> indices, std::uint32_t begin, std::uint32_t end, Image& part,
                  const Work& work) const;

  /// Rows of a strip below a row that its pixels depend on.
  [[nodiscard]] std::uint32_t rows_below() const noexcept { return filter_ ? restore_margin : 0; }

  /// Fills the rows `begin` .. `end` - 1 of the map with the mean of all codewords, each counted once: sample by
  /// sample, halves rounded up. Polls as well.
  void paint_mean(std::uint32_t begin, std::uint32_t end, Image& image, const Work& work) const;

 private:
  void paint_codewords(std::uint32_t first_row, std::span<const std::uint16_t> indices, Image& image,
                       const Work& work) const;
  [[nodiscard]] std::vector<std::byte> mean_codeword() const;

  const StreamHeader& header_;
  const SampleArray& codebook_;
  std::optional<RgbExpansion> expansion_;  // for pixels of three bytes and small codebooks
  std::optional<RestoreFilter> filter_;
};

}  // namespace vqi::detail
