// StreamBytes: where a reader finds the bytes of a stream, in memory or in a source that is read in pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "vqi/streaming.hpp"

namespace vqi::detail {

/// Bytes that are asked for must lie in the stream.
class StreamBytes {
 public:
  StreamBytes() = default;
  StreamBytes(const StreamBytes&) = delete;
  StreamBytes& operator=(const StreamBytes&) = delete;
  virtual ~StreamBytes() = default;

  [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;
  /// At most `look_bytes_max` bytes, valid until the next call.
  [[nodiscard]] virtual std::span<const std::byte> look(std::uint64_t offset, std::size_t count) = 0;
  /// Bytes that are valid as long as this object.
  [[nodiscard]] virtual std::span<const std::byte> keep(std::uint64_t offset, std::uint64_t count) = 0;
  /// The same if they need not be read: nothing of a source.
  [[nodiscard]] virtual std::span<const std::byte> held(std::uint64_t offset, std::uint64_t count) const noexcept = 0;

  static constexpr std::size_t look_bytes_max = std::size_t{1} << 15;
};

/// A stream in memory, which is borrowed.
class MemoryBytes final : public StreamBytes {
 public:
  explicit MemoryBytes(std::span<const std::byte> bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] std::uint64_t size() const noexcept override { return bytes_.size(); }
  [[nodiscard]] std::span<const std::byte> look(std::uint64_t offset, std::size_t count) override {
    return bytes_.subspan(offset, count);
  }
  [[nodiscard]] std::span<const std::byte> keep(std::uint64_t offset, std::uint64_t count) override {
    return bytes_.subspan(offset, count);
  }
  [[nodiscard]] std::span<const std::byte> held(std::uint64_t offset, std::uint64_t count) const noexcept override {
    return bytes_.subspan(offset, count);
  }

 private:
  std::span<const std::byte> bytes_;
};

/// A stream in a source. The first read takes the beginning, where header, codebook and short strip tables lie; later
/// ones take what is asked for and a little more, as frames follow one another.
class SourceBytes final : public StreamBytes {
 public:
  /// Borrows the source. Keeps at most `kept_bytes_max` bytes.
  SourceBytes(const ByteSource& source, std::uint64_t kept_bytes_max) noexcept
      : source_(source), kept_bytes_max_(kept_bytes_max) {}

  [[nodiscard]] std::uint64_t size() const noexcept override { return source_.size_bytes; }
  [[nodiscard]] std::span<const std::byte> look(std::uint64_t offset, std::size_t count) override;
  /// Throws Error{limit_exceeded}.
  [[nodiscard]] std::span<const std::byte> keep(std::uint64_t offset, std::uint64_t count) override;
  [[nodiscard]] std::span<const std::byte> held(std::uint64_t, std::uint64_t) const noexcept override { return {}; }

  /// Reads into the caller's memory, without keeping anything. What `look` read last is not read again.
  void read(std::uint64_t offset, std::span<std::byte> bytes);
  [[nodiscard]] std::uint64_t kept_bytes() const noexcept { return kept_bytes_; }
  [[nodiscard]] const SourceReads& reads() const noexcept { return reads_; }

 private:
  void read_source(std::uint64_t offset, std::span<std::byte> bytes);
  /// What `look` has read: bytes from `window_begin_` on.
  [[nodiscard]] std::optional<std::span<const std::byte>> in_window(std::uint64_t offset,
                                                                    std::uint64_t count) const noexcept;

  const ByteSource& source_;
  std::uint64_t kept_bytes_max_;
  std::uint64_t kept_bytes_ = 0;
  std::uint64_t window_begin_ = 0;
  std::vector<std::byte> window_;
  std::deque<std::vector<std::byte>> kept_;
  SourceReads reads_;
};

}  // namespace vqi::detail
