// SampleArray: rows of samples at a depth of 8 or 16 bits; distinct vectors and codebooks are such.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace vqi::detail {

/// Reads sample `i` of a row of samples that are one byte (depth 8) or native two (depth 16) each.
[[nodiscard]] inline std::uint32_t load_sample(const std::byte* row, std::size_t i, std::uint32_t bit_depth) noexcept {
  if (bit_depth == 8) return static_cast<std::uint32_t>(row[i]);
  std::uint16_t sample = 0;
  std::memcpy(&sample, row + 2 * i, sizeof sample);
  return sample;
}

inline void store_sample(std::byte* row, std::size_t i, std::uint32_t bit_depth, std::uint32_t sample) noexcept {
  if (bit_depth == 8) {
    row[i] = static_cast<std::byte>(sample);
    return;
  }
  const auto narrow = static_cast<std::uint16_t>(sample);
  std::memcpy(row + 2 * i, &narrow, sizeof narrow);
}

/// (rows, dimension) samples, row-major, native byte order.
class SampleArray {
 public:
  SampleArray() = default;
  SampleArray(std::size_t rows, std::uint32_t dimension, std::uint32_t bit_depth)
      : dimension_(dimension), bit_depth_(bit_depth), bytes_(rows * dimension * (bit_depth / 8)) {}

  [[nodiscard]] std::uint32_t dimension() const noexcept { return dimension_; }
  [[nodiscard]] std::uint32_t bit_depth() const noexcept { return bit_depth_; }
  [[nodiscard]] std::size_t row_bytes() const noexcept { return std::size_t{dimension_} * (bit_depth_ / 8); }
  [[nodiscard]] std::size_t rows() const noexcept { return bytes_.empty() ? 0 : bytes_.size() / row_bytes(); }

  [[nodiscard]] std::byte* row(std::size_t r) noexcept { return bytes_.data() + r * row_bytes(); }
  [[nodiscard]] const std::byte* row(std::size_t r) const noexcept { return bytes_.data() + r * row_bytes(); }
  [[nodiscard]] std::span<std::byte> bytes() noexcept { return bytes_; }
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return bytes_; }
  [[nodiscard]] std::uint32_t at(std::size_t r, std::size_t i) const noexcept {
    return load_sample(row(r), i, bit_depth_);
  }

 private:
  std::uint32_t dimension_ = 1;
  std::uint32_t bit_depth_ = 8;
  std::vector<std::byte> bytes_;
};

/// All samples of `array`, widened to 16 bits.
[[nodiscard]] inline std::vector<std::uint16_t> wide_samples(const SampleArray& array) {
  std::vector<std::uint16_t> samples(array.rows() * array.dimension());
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<std::uint16_t>(load_sample(array.bytes().data(), i, array.bit_depth()));
  return samples;
}

}  // namespace vqi::detail
