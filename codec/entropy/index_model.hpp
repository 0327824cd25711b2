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
  std::span<const std::uint16_t> samples;
};

/// The view of codewords that stand for blocks of `grid`; `samples` are those of wide_samples().
[[nodiscard]] inline CodebookView view_codebook(const BlockGrid& grid,
                                                std::span<const std::uint16_t> samples) noexcept {
  return {static_cast<std::uint32_t>(samples.size() / grid.dimension()),
          grid.block_width_px,
          grid.block_height_px,
          grid.channels,
          grid.bit_depth,
          samples};
}

/// Called between rows of a strip, some tens of milliseconds apart; may throw, which ends the coding. May be empty.
using RowHook = std::function<void()>;

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

  /// Fills `indices`, and reads no byte outside `bytes`. False if the bytes do not end where the indices do, or name an
  /// index of K or more; `indices` then have no meaning. Bytes that `encode` would not write may be accepted, because
  /// an index may have a second, longer code.
  [[nodiscard]] virtual bool decode(std::span<const std::byte> bytes, std::uint32_t map_width,
                                    std::span<std::uint16_t> indices, const RowHook& between_rows) const = 0;

  /// The most memory that one call of `decode` takes, beside bytes and indices.
  [[nodiscard]] virtual std::uint64_t state_bytes(std::uint32_t map_width) const noexcept = 0;
};

/// The context model `model` for a codebook of two codewords or more; nothing of `codebook` is used after the call.
[[nodiscard]] std::unique_ptr<const IndexModel> make_index_model(Model model, const CodebookView& codebook);

}  // namespace vqi::detail
