// IndexModel: what a context model of index maps must do; one file's maps are coded by one of three.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace vqi::detail {

/// What a model may know of the codewords: k rows of `dimension` samples in native order, in the
/// order of the file. A row is a block: line by line, pixel by pixel, channel by channel.
struct CodebookView {
  std::uint32_t k = 0;
  std::uint32_t block_width_px = 1;
  std::uint32_t block_height_px = 1;
  std::uint32_t channels = 1;
  std::uint32_t bit_depth = 8;
  std::span<const std::uint16_t> samples;
};

/// Called between rows of a map, some tens of milliseconds apart; may throw, which ends the coding.
/// May be empty.
using RowHook = std::function<void()>;

/// Codes the index maps of one file. Immutable, so strips share it across threads; every call starts
/// from the same state. k is at least 2, maps have whole rows, and at least one.
class IndexModel {
 public:
  IndexModel() = default;
  IndexModel(const IndexModel&) = delete;
  IndexModel& operator=(const IndexModel&) = delete;
  virtual ~IndexModel() = default;

  [[nodiscard]] virtual std::vector<std::byte> encode(std::span<const std::uint16_t> indices, std::uint32_t map_width,
                                                      const RowHook& between_rows) const = 0;

  /// Fills `indices`, every one below k, and reads no byte outside `bytes`. Throws
  /// Error{corrupt_indices} without an offset if they do not end with the indices or name one that is not there. Other
  /// bytes than those of `encode` may be accepted: a code may stand for what has a shorter one.
  virtual void decode(std::span<const std::byte> bytes, std::uint32_t map_width, std::span<std::uint16_t> indices,
                      const RowHook& between_rows) const = 0;

  /// Memory that one call of `decode` takes at the most, beside bytes and indices.
  [[nodiscard]] virtual std::uint64_t state_bytes(std::uint32_t map_width) const noexcept = 0;
};

/// FORMAT.md, "Model fast": mixed distributions of sixteen symbols.
[[nodiscard]] std::unique_ptr<IndexModel> make_fast_model(const CodebookView& codebook);

}  // namespace vqi::detail
