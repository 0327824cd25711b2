// PixelPairs: the same pixels of two images side by side, straight or multiplied by alpha.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "pixel_rows.hpp"

namespace vqi::detail {

/// Holds the buffers of one thread.
class PixelPairs {
 public:
  /// `rows` is borrowed; up to `pixels_max` pixels are read at once.
  PixelPairs(const ComparedRows& rows, std::uint32_t pixels_max);

  /// Reads `count` pixels of row `y` from column `x` on, straight.
  void read(std::uint32_t y, std::uint32_t x, std::uint32_t count) noexcept;

  /// Multiplies the colour samples of the pixels that were read last by their alpha, as training does
  /// (image/premultiply.hpp); alpha stays. Without alpha it changes nothing.
  void premultiply() noexcept;

  /// Of the pixels that were read last; `Sample` is the type of the rows' depth.
  template <typename Sample>
  [[nodiscard]] const Sample* reference() const noexcept {
    return reinterpret_cast<const Sample*>(reference_);
  }
  template <typename Sample>
  [[nodiscard]] const Sample* other() const noexcept {
    return reinterpret_cast<const Sample*>(other_);
  }

 private:
  const ComparedRows& rows_;
  std::size_t buffer_bytes_;
  std::unique_ptr<std::byte[]> buffers_;  // one for each image
  std::uint32_t count_ = 0;
  const std::byte* reference_ = nullptr;
  const std::byte* other_ = nullptr;
};

}  // namespace vqi::detail
