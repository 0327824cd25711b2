// IndexModel: what a context model of indices must do, and the one place where models are made.
//
// A new model is a folder beside fast/, balanced/ and max/ whose NAME_model.cpp defines an IndexModel, a value of the
// enum Model (vqi/options.hpp), a case in index_model.cpp and a section of FORMAT.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "block_grid.hpp"
#include "sample_array.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

/// What a model may know of the codewords: k rows of `dimension` samples in native order, in the order of the file. A
/// row is a block: line by line, pixel by pixel, channel by channel. Borrows the samples.
struct CodebookView {
  std::uint32_t k = 0;
  std::uint32_t block_width_px = 1;
  std::uint32_t block_height_px = 1;
  std::uint32_t channels = 1;
  std::uint32_t bit_depth = 8;
  SampleView samples;
};

/// The view of codewords that stand for blocks of `grid`.
[[nodiscard]] inline CodebookView view_codebook(const BlockGrid& grid, const SampleView& samples) noexcept {
  return {static_cast<std::uint32_t>(samples.size() / grid.dimension()),
          grid.block_width_px,
          grid.block_height_px,
          grid.channels,
          grid.bit_depth,
          samples};
}

/// Called within a strip that is encoded, some milliseconds apart; may throw, which ends the coding. May be empty.
using RowHook = std::function<void()>;
/// The same of a strip that is decoded, with the number of rows that are complete.
using DecodeHook = std::function<void(std::size_t rows)>;
/// Slow coders call their hook at least once for so many vectors, also within a row.
inline constexpr std::size_t hook_vectors = 4096;

/// Models may code so many rows side by side.
inline constexpr std::size_t rows_side_by_side = 4;

/// What is known of the bytes of a strip that is decoded.
enum class StripBytes {
  complete,  ///< they are all there: a coder may supply the zeros after them that its format implies
  cut,       ///< some may be missing at the end: a row that needs more than there are is not decoded
};

/// What decoding a strip came to.
struct DecodedRows {
  /// Rows from the top whose indices were decoded, each below K. Those of other rows have no meaning.
  std::size_t rows = 0;
  bool ended = false;  ///< all rows were decoded, and the bytes end where they do
};

/// Codes the strips of one file. Immutable, so that strips share it across threads; every call starts from the same
/// state. K is at least 2; a strip has at least one row, and all its rows have `map_width` indices.
class IndexModel {
 public:
  IndexModel() = default;
  IndexModel(const IndexModel&) = delete;
  IndexModel& operator=(const IndexModel&) = delete;
  virtual ~IndexModel() = default;

  /// The bytes of a strip whose indices are all below K.
  [[nodiscard]] virtual std::vector<std::byte> encode(std::span<const std::uint16_t> indices, std::uint32_t map_width,
                                                      const RowHook& between_rows) const = 0;

  /// Fills `indices` row by row, and reads no byte outside `bytes`. Stops at the first row that the bytes do not reach
  /// or that has an index of K or more. `indices` may be fewer than the strip has, in multiples of rows_side_by_side:
  /// `ended` then means nothing. Bytes that `encode` would not write may be accepted, because an index may have a
  /// second, longer code.
  [[nodiscard]] virtual DecodedRows decode(std::span<const std::byte> bytes, StripBytes known, std::uint32_t map_width,
                                           std::span<std::uint16_t> indices, const DecodeHook& hook) const = 0;
};

/// In which order an encoder of the model balanced codes rows; others have one.
enum class RowOrder {
  by_repeats,  ///< side by side unless neighbourhoods often come again
  one_by_one,  ///< for indices that were chosen by the prices of this order
};

/// The context model `model` for a codebook of two codewords or more; nothing of `codebook` is used after the call.
[[nodiscard]] std::unique_ptr<const IndexModel> make_index_model(Model model, const CodebookView& codebook,
                                                                 RowOrder order = RowOrder::by_repeats);

/// The most memory that a context model takes.
struct ModelMemory {
  std::uint64_t tables_bytes = 0;  ///< for the model, while it is made and afterwards
  std::uint64_t state_bytes = 0;   ///< for each call of `decode`, beside bytes and indices
};

/// For K codewords, at least 2, and rows of `map_width`. Needs no codebook.
[[nodiscard]] ModelMemory memory_of_model(Model model, std::uint32_t k, std::uint32_t map_width) noexcept;

}  // namespace vqi::detail
