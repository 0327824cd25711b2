// Chooses indices for DEFLATE: the lower of squared error + lambda * bits among ways of writing the rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "png_rows.hpp"
#include "vqi/codec.hpp"
#include "vqi/image.hpp"
#include "vqi/options.hpp"
#include "work.hpp"

namespace vqi::detail {

struct PngChoiceOptions {
  double lambda = 0;              ///< squared code values, summed over the pixel, that a bit is worth; 0 .. 65536
  std::uint32_t effort = 5;       ///< 1 (fastest) to 9 (lowest cost)
  std::size_t fixed_colours = 0;  ///< codewords at the front, no two alike, that stay as they are
  Dither dither = Dither::none;   ///< none, diffusion, or automatic: diffusion in gradients alone
  double dither_strength = 0;     ///< 0 .. 1: the part of each error that is made good by pixels after it
  bool leaves_start = false;      ///< what a search finds is taken even where `start` costs less, as it may at a lambda
                                  ///< that is tried for the sake of its PSNR or size
  /// `start` is what was found at a lambda not far from this one, for this filter of its rows: one more pass of that
  /// search alone follows, which takes a third of the time.
  std::optional<RowFilter> continues{};
  std::vector<RowFilter> row_filters{};  ///< those of the choice that is continued, if it had some
  std::uint32_t order_effort = 0;        ///< of the palette's order, 1 to 9, which later passes keep; 0: as of the rest
};

/// An index map and what it costs.
struct PngChoice {
  IndexedImage indexed;                  ///< in the order of its palette that suits the rows best
  RowFilter filter = RowFilter::none;    ///< of these rows,
  std::vector<RowFilter> row_filters{};  ///< if it is not empty of each row
  std::uint64_t squared_error = 0;       ///< of premultiplied samples, summed; of a dither from what was wanted
  std::uint64_t bits = 0;                ///< of the compressed rows, by a quick way of compressing them
  double cost = 0;                       ///< squared_error + lambda * bits; of a dither with what was wanted of pixels
};

/// Indices and codewords for `original` whose cost is low, and unless `leaves_start` never above that of `start`,
/// dithered as asked for. An opaque pixel stays opaque and a transparent one transparent where `start` has such
/// codewords. Codewords move to the means of their pixels. Those that no pixel has are dropped; without a dither, those
/// that are not worth their bits are merged with others. `original` is an image of 8 bits of the size of `start`, which
/// holds the nearest of at most 256 codewords of 1x1; for a dither these have the channels of the image. The result
/// depends on neither threads nor machine. Takes some 80 bytes of memory a pixel, with a dither 109, which
/// `run.max_memory_bytes` bounds. Throws Error{invalid_option, invalid_image, limit_exceeded, cancelled}.
[[nodiscard]] PngChoice choose_png_indices(const ImageView& original, const IndexedImage& start,
                                           const PngChoiceOptions& options, const RunOptions& run = {});

}  // namespace vqi::detail
