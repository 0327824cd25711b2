// ColourHistogram: how often each colour of up to 24 bits occurs; ColourIndices: an index for each of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "histogram_chunk.hpp"
#include "large_memory.hpp"
#include "parallel.hpp"

namespace vqi::detail {

/// Where the bins of a histogram lie in memory.
enum class HistogramLayout {
  chunks,      ///< in chunks that take memory once a colour falls into them: for few vectors
  contiguous,  ///< all bins in the order of their codes: for many vectors
};
/// The faster layout for an image of this many vectors.
[[nodiscard]] HistogramLayout layout_for(std::uint64_t vectors) noexcept;

/// One bin for each colour code (see ColourCode). Codes with the same upper bits share a chunk of 512 bins; for RGB
/// this is a cube of 8 code values a side. With `chunks`, the histogram of a small photograph stays in the cache. With
/// `contiguous`, no colour needs a look-up of its chunk, but 16 MB must be cleared and listed. A bin is one byte: when
/// it would pass 255, its code is put on a list of overflows, each worth 255.
class ColourHistogram {
 public:
  ColourHistogram(std::size_t code_count, HistogramLayout layout);

  void add(std::span<const std::uint32_t> codes);
  /// Adds the counts of `other`, which has the same layout.
  void add(const ColourHistogram& other, const ThreadPool& pool);

  /// Replaces the contents of `codes` by the codes that occur, ascending, and of `counts` by their counts.
  void list(LargeVector<std::uint32_t>& codes, LargeVector<std::uint32_t>& counts, const ThreadPool& pool) const;

 private:
  friend class ColourIndices;

  /// The chunk_bins bins of a chunk, whose first code is chunk * chunk_bins; null if the chunk has no memory.
  [[nodiscard]] const std::uint8_t* bins_of(std::size_t chunk) const noexcept {
    if (layout_ == HistogramLayout::contiguous) return bins_.get() + chunk * chunk_bins;
    return slot_of_[chunk] == 0 ? nullptr : bins_.get() + slot_of_[chunk] * chunk_bins;
  }
  /// The overflows in ascending order: a code occurs once for each 255 by which its count exceeds its bin.
  [[nodiscard]] std::vector<std::uint32_t> sorted_overflows() const;

  template <HistogramLayout Layout>
  void add_codes(std::span<const std::uint32_t> codes);
  template <HistogramLayout Layout>
  void add_code(std::uint32_t code);
  /// Gives a chunk memory.
  void add_chunk(std::size_t chunk);
  /// Adds a chunk of `other` to this histogram's own; both have memory. Appends codes that overflow to `overflows`.
  void merge_chunk(std::size_t chunk, const ColourHistogram& other, std::vector<std::uint32_t>& overflows);

  /// The offset of a code's bin in bins_. The code's chunk has memory.
  template <HistogramLayout Layout>
  [[nodiscard]] std::size_t offset_of(std::uint32_t code) const noexcept {
    if constexpr (Layout == HistogramLayout::contiguous) return code;
    return slot_of_[code >> chunk_bits] * chunk_bins + (code & (chunk_bins - 1));
  }
  [[nodiscard]] std::size_t offset_of(std::uint32_t code) const noexcept {
    return layout_ == HistogramLayout::contiguous ? offset_of<HistogramLayout::contiguous>(code)
                                                  : offset_of<HistogramLayout::chunks>(code);
  }

  static constexpr std::uint32_t chunk_bits = 9;
  static_assert(chunk_bins == std::size_t{1} << chunk_bits);

  HistogramLayout layout_;
  std::size_t chunk_count_;             // chunks of all possible codes
  std::vector<std::uint16_t> slot_of_;  // only with `chunks`: by chunk, its place in bins_; 0: it has no memory
  std::unique_ptr<std::uint8_t[]> bins_;
  std::size_t slot_count_;  // chunks in bins_; with `chunks` the unused slot 0 is one of them
  std::vector<std::uint32_t> overflows_;
};

/// An index for each colour code of a histogram: the way from the image's vectors to codewords. Borrows the histogram.
class ColourIndices {
 public:
  /// `codes` are those of histogram.list(); `indices` has one index for each of them.
  ColourIndices(const ColourHistogram& histogram, std::span<const std::uint32_t> codes,
                std::span<const std::uint16_t> indices, const ThreadPool& pool);

  /// Writes the index of each code; every code occurs in the histogram.
  void look_up(std::span<const std::uint32_t> codes, std::uint16_t* indices) const noexcept;

 private:
  template <HistogramLayout Layout, typename Bin>
  void look_up_in(const LargeVector<Bin>& bins, std::span<const std::uint32_t> codes,
                  std::uint16_t* indices) const noexcept;

  const ColourHistogram* histogram_;
  LargeVector<std::uint8_t> narrow_;  // indices at the offsets of bins, if all fit into a byte
  LargeVector<std::uint16_t> wide_;   // else
};

}  // namespace vqi::detail
