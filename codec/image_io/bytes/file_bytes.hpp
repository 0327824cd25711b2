// FileBytes: the bytes of an image file that readers take in pieces, in memory or where a ByteSource has them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "vqi/streaming.hpp"

namespace vqi::detail {

/// A part of a file.
struct FilePiece {
  std::uint64_t offset = 0;
  std::uint64_t size_bytes = 0;
};

/// Reading outside of the file throws Error{corrupt_image}, as ByteWindow does; a ByteSource may throw its own errors.
/// Used by one thread at a time.
class FileBytes {
 public:
  /// Borrows the bytes.
  FileBytes(std::span<const std::byte> bytes, std::string_view format)
      : memory_(bytes), size_(bytes.size()), format_(format) {}
  /// Copies the source.
  FileBytes(ByteSource source, std::string_view format)
      : source_(std::move(source)), size_(source_.size_bytes), format_(format) {}

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// All bytes, where they are in memory.
  [[nodiscard]] std::optional<std::span<const std::byte>> in_memory() const noexcept { return memory_; }

  /// Throws unless the bytes lie in the file.
  void check(std::uint64_t offset, std::uint64_t length) const;
  /// `length` bytes at `offset`, valid until the next call. They take memory, unless the file is there.
  [[nodiscard]] std::span<const std::byte> at(std::uint64_t offset, std::uint64_t length) const;
  /// Forgets what was read of a source, so that it is read again.
  void forget() noexcept { block_.clear(); }
  /// Fills `target` with the bytes from `offset` on.
  void read(std::uint64_t offset, std::span<std::byte> target) const;
  /// Calls use(bytes) for the bytes of `piece` one after the other, some at a time.
  template <typename Use>
  void in_blocks(const FilePiece& piece, const Use& use) const {
    constexpr std::uint64_t block_bytes = std::uint64_t{1} << 16;
    for (std::uint64_t done = 0; done < piece.size_bytes; done += std::min(block_bytes, piece.size_bytes - done))
      use(at(piece.offset + done, std::min(block_bytes, piece.size_bytes - done)));
  }

 private:
  std::optional<std::span<const std::byte>> memory_;
  ByteSource source_;
  std::uint64_t size_;
  std::string_view format_;
  mutable std::vector<std::byte> block_;  // what was last read of the source, from block_offset_ on
  mutable std::uint64_t block_offset_ = 0;
};

}  // namespace vqi::detail
