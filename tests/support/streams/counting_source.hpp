// CountingSource: a stream in memory that is read as if it lay elsewhere, and what is read of it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "vqi/streaming.hpp"

namespace vqi::test {

/// Borrows the stream. Reads beyond its end, of nothing, or by another thread than the one that made this are counted
/// as wrong.
class CountingSource {
 public:
  explicit CountingSource(std::span<const std::byte> stream) : stream_(stream) {}

  [[nodiscard]] ByteSource source() {
    return {stream_.size(), [this](std::uint64_t offset, std::span<std::byte> bytes) {
              const bool inside = offset <= stream_.size() && bytes.size() <= stream_.size() - offset;
              if (!inside || bytes.empty() || std::this_thread::get_id() != thread_) ++wrong;
              if (!inside) return;
              std::copy_n(stream_.begin() + static_cast<std::ptrdiff_t>(offset), bytes.size(), bytes.begin());
              reads.emplace_back(offset, bytes.size());
            }};
  }
  [[nodiscard]] std::uint64_t bytes() const {
    std::uint64_t total = 0;
    for (const auto& [offset, size] : reads) total += size;
    return total;
  }

  std::vector<std::pair<std::uint64_t, std::uint64_t>> reads{};  ///< offset and size of each
  std::size_t wrong = 0;

 private:
  std::span<const std::byte> stream_;
  std::thread::id thread_ = std::this_thread::get_id();
};

}  // namespace vqi::test
