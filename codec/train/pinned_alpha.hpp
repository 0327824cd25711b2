// PinnedAlpha: opaque vectors keep opaque codewords, and transparent ones transparent codewords.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codeword_table.hpp"
#include "dataset.hpp"

namespace vqi::detail {

/// The kinds of alpha of a dataset's vectors. Plain k-means gives a cell of opaque and translucent pixels a mean that
/// is not quite opaque, which shows. Does nothing without alpha.
class PinnedAlpha {
 public:
  /// Borrows `dataset`. Cost O(n d) with alpha.
  explicit PinnedAlpha(const Dataset& dataset);

  /// Makes codewords of the kinds that occur, if there are two codewords or more: one is transparent, and those are
  /// opaque whose cells are so for the most part, at least one. A few Lloyd's steps follow, under the rule of `obey`;
  /// with more codewords fewer. The first `fixed` codewords stay as they are.
  void pin(FixedCodewords& codewords, std::size_t fixed = 0) const;

  /// Moves opaque and transparent vectors with another codeword in `indices` to the nearest one of their kind, if there
  /// is any; the lowest of equally near ones.
  void obey(const FixedCodewords& codewords, std::span<std::uint16_t> indices) const;

  /// The kind of alpha of vector n.
  [[nodiscard]] Opacity opacity(std::size_t n) const noexcept {
    return opacities_.empty() ? Opacity::mixed : opacities_[n];
  }

 private:
  struct Cells;
  [[nodiscard]] std::vector<Opacity> choose_kinds(const Cells& cells, const FixedCodewords& codewords,
                                                  std::size_t fixed) const;
  void move_to_means(const Cells& cells, std::span<const Opacity> kinds, std::size_t fixed,
                     FixedCodewords& codewords) const;

  const Dataset& dataset_;
  std::vector<Opacity> opacities_;  // of the vectors; empty without alpha
  bool any_opaque_ = false;
  bool any_transparent_ = false;
};

}  // namespace vqi::detail
