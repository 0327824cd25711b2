// RowsOfImage: an image as a source of rows in random portions; GrownBytes: a sink that keeps what it is given.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <thread>
#include <vector>

#include "random.hpp"
#include "vqi/streaming.hpp"

namespace vqi::test {

/// Borrows the image. Calls out of order, with too little room, or by another thread than the one that made this are
/// counted as wrong.
class RowsOfImage {
 public:
  RowsOfImage(const Image& image, std::uint64_t seed) : image_(image), random_(seed) {}

  [[nodiscard]] RowSource source() {
    ImageView type = image_;
    type.samples = nullptr;
    return {type, [this](std::uint32_t first_row, std::uint32_t rows_max, std::span<std::byte> samples) {
              if (first_row == 0) {
                ++passes;
                next_ = 0;
              }
              const bool fits =
                  samples.size() == rows_max * image_.row_bytes() && rows_max <= image_.height_px() - first_row;
              if (first_row != next_ || rows_max == 0 || !fits || std::this_thread::get_id() != thread_) ++wrong;
              const auto rows = static_cast<std::uint32_t>(1 + random_.below(rows_max));
              std::copy_n(image_.row(first_row), rows * image_.row_bytes(), samples.begin());
              next_ += rows;
              return rows;
            }};
  }

  std::uint32_t passes = 0;
  std::size_t wrong = 0;

 private:
  const Image& image_;
  detail::Random random_;
  std::uint32_t next_ = 0;
  std::thread::id thread_ = std::this_thread::get_id();
};

struct GrownBytes {
  [[nodiscard]] ByteSink sink() {
    return {[this](std::uint64_t offset, std::span<const std::byte> written) {
      bytes.resize(std::max<std::size_t>(bytes.size(), offset + written.size()));
      std::copy(written.begin(), written.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset));
    }};
  }

  std::vector<std::byte> bytes{};
};

}  // namespace vqi::test
