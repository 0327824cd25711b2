// SampleArray: rows of samples of 8 or 16 bits, such as codebooks and distinct vectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace vqi::detail {

/// Sample `i` of a row; a sample is one byte (depth 8) or two in native order (depth 16).
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

/// (rows, dimension) samples, row-major, native byte order. Some readable bytes follow the last sample, for loads that
/// reach beyond it, such as those of scatter_codewords.
class SampleArray {
 public:
  static constexpr std::size_t padding_bytes = 8;

  SampleArray() = default;
  SampleArray(std::size_t rows, std::uint32_t dimension, std::uint32_t bit_depth)
      : dimension_(dimension),
        bit_depth_(bit_depth),
        size_(rows * dimension * (bit_depth / 8)),
        bytes_(size_ + padding_bytes) {}

  [[nodiscard]] std::uint32_t dimension() const noexcept { return dimension_; }
  [[nodiscard]] std::uint32_t bit_depth() const noexcept { return bit_depth_; }
  [[nodiscard]] std::size_t row_bytes() const noexcept { return std::size_t{dimension_} * (bit_depth_ / 8); }
  [[nodiscard]] std::size_t rows() const noexcept { return size_ / row_bytes(); }

  [[nodiscard]] std::byte* row(std::size_t r) noexcept { return bytes_.data() + r * row_bytes(); }
  [[nodiscard]] const std::byte* row(std::size_t r) const noexcept { return bytes_.data() + r * row_bytes(); }
  [[nodiscard]] std::span<std::byte> bytes() noexcept { return {bytes_.data(), size_}; }
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return {bytes_.data(), size_}; }
  [[nodiscard]] std::uint32_t at(std::size_t r, std::size_t i) const noexcept {
    return load_sample(row(r), i, bit_depth_);
  }

 private:
  std::uint32_t dimension_ = 1;
  std::uint32_t bit_depth_ = 8;
  std::size_t size_ = 0;
  std::vector<std::byte> bytes_;
};

/// Samples by number, borrowed from a SampleArray or from numbers of 16 bits.
class SampleView {
 public:
  SampleView() = default;
  SampleView(const SampleArray& array) noexcept
      : SampleView(array.bytes().data(), array.bit_depth(), array.rows() * array.dimension()) {}
  SampleView(const std::vector<std::uint16_t>& samples) noexcept
      : SampleView(reinterpret_cast<const std::byte*>(samples.data()), 16, samples.size()) {}

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::uint32_t operator[](std::size_t i) const noexcept { return load_sample(data_, i, stored_bits_); }

 private:
  SampleView(const std::byte* data, std::uint32_t stored_bits, std::size_t size) noexcept
      : data_(data), stored_bits_(stored_bits), size_(size) {}

  const std::byte* data_ = nullptr;
  std::uint32_t stored_bits_ = 8;
  std::size_t size_ = 0;
};

}  // namespace vqi::detail
