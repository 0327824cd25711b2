// Words of int16 pairs or floats, [column][lane], written and read vector by vector or tile by tile.
#include "vector_set.hpp"

#include <bit>

#include "assert.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {
namespace {

/// Vectors in one task of append_bytes.
constexpr std::size_t task_vectors = std::size_t{1} << 16;

std::size_t words_in_tile(const FixedPoint& fixed_point) {
  const std::size_t dimension = fixed_point.dimension();
  return (fixed_point.wide() ? dimension : (dimension + 1) / 2) * tile_vectors;
}

}  // namespace

VectorSet::VectorSet(const FixedPoint& fixed_point, std::size_t capacity)
    : fixed_point_(fixed_point), tile_words_(words_in_tile(fixed_point)) {
  const std::size_t blocks = (capacity + block_vectors - 1) / block_vectors;
  weights_.reserve(capacity);
  if (wide())
    wide_.reserve(blocks * block_tiles * tile_words_);
  else
    narrow_.reserve(blocks * block_tiles * tile_words_);
}

void VectorSet::read_tile(std::size_t tile, std::int32_t* rows) const noexcept {
  const std::size_t d = dimension();
  if (wide()) {
    const float* const words = wide_tile(tile);
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t lane = 0; lane < tile_vectors; ++lane)
        rows[lane * d + i] = -static_cast<std::int32_t>(words[i * tile_vectors + lane]) / 2;
    return;
  }
  const std::int32_t* const words = narrow_tile(tile);
  for (std::size_t i = 0; i < d; i += 2)
    for (std::size_t lane = 0; lane < tile_vectors; ++lane) {
      const std::int32_t pair = words[i / 2 * tile_vectors + lane];
      // x_s is even, so a shift halves it exactly.
      rows[lane * d + i] = -(static_cast<std::int16_t>(pair & 0xFFFF) >> 1);
      if (i + 1 < d) rows[lane * d + i + 1] = -(pair >> 17);
    }
}

void VectorSet::resize_tiles(std::size_t count) {
  const std::size_t tiles = (count + tile_vectors - 1) / tile_vectors;
  if (tiles <= tile_count_) return;
  tile_count_ = tiles;
  if (wide())
    wide_.resize(tile_count_ * tile_words_, 0.0F);
  else
    narrow_.resize(tile_count_ * tile_words_, 0);
}

void VectorSet::store(std::size_t n, std::span<const std::int32_t> scaled) {
  resize_tiles(n + 1);
  const std::size_t tile = n / tile_vectors;
  const std::size_t lane = n % tile_vectors;
  if (wide()) {
    float* words = wide_.data() + tile * tile_words_ + lane;
    for (std::size_t i = 0; i < scaled.size(); ++i) words[i * tile_vectors] = static_cast<float>(-2 * scaled[i]);
    return;
  }
  std::int32_t* words = narrow_.data() + tile * tile_words_ + lane;
  for (std::size_t i = 0; i < scaled.size(); i += 2) {
    const auto low = static_cast<std::uint32_t>(-2 * scaled[i]) & 0xFFFFU;
    const auto high = i + 1 < scaled.size() ? static_cast<std::uint32_t>(-2 * scaled[i + 1]) << 16 : 0U;
    words[i / 2 * tile_vectors] = std::bit_cast<std::int32_t>(low | high);
  }
}

void VectorSet::append(std::span<const std::int32_t> scaled, std::uint32_t weight) {
  VQI_ASSERT(scaled.size() == dimension());
  store(weights_.size(), scaled);
  weights_.push_back(weight);
  total_weight_ += weight;
  std::uint64_t norm = 0;
  for (const std::int32_t x : scaled) norm += static_cast<std::uint64_t>(std::int64_t{x} * x);
  norm_ += uint128{norm} * weight;
}

void VectorSet::append_bytes(const std::byte* rows, std::int32_t centre, std::span<const std::uint32_t> weights,
                             const ThreadPool& pool) {
  const std::size_t d = dimension();
  const std::uint32_t bits = fixed_point_.fraction_bits();
  if (wide() || size() != 0) {
    std::vector<std::int32_t> scaled(d);
    for (const std::uint32_t weight : weights) {
      for (std::size_t i = 0; i < d; ++i) scaled[i] = (static_cast<std::int32_t>(*rows++) - centre) * (1 << bits);
      append(scaled, weight);
    }
    return;
  }
  // The new tiles need no zeros: finish() pads the part of the last tile that no vector fills.
  weights_.resize(weights.size());
  tile_count_ = divide_up(weights.size(), tile_vectors);
  narrow_.resize(tile_count_ * tile_words_);
  struct Sums {
    std::uint64_t weight = 0;
    std::uint64_t norm = 0;  // of coordinates without fraction bits: 2^32 vectors of 1024 bytes need 58 bits
  };
  std::vector<Sums> sums(divide_up(weights.size(), task_vectors));
  pool.for_each(sums.size(), [&](std::size_t t) {
    Sums own;
    const std::byte* row = rows + t * task_vectors * d;
    WorkPulse pulse(pool);
    for (std::size_t n = t * task_vectors; n < std::min(weights.size(), (t + 1) * task_vectors); ++n, row += d) {
      pulse.add(d);
      std::int32_t* const words = narrow_.data() + n / tile_vectors * tile_words_ + n % tile_vectors;
      std::uint32_t squares = 0;
      for (std::size_t i = 0; i < d; i += 2) {
        const std::int32_t first = static_cast<std::int32_t>(row[i]) - centre;
        const std::int32_t second = i + 1 < d ? static_cast<std::int32_t>(row[i + 1]) - centre : 0;
        squares += static_cast<std::uint32_t>(first * first + second * second);
        words[i / 2 * tile_vectors] =
            std::bit_cast<std::int32_t>((static_cast<std::uint32_t>(-2 * first) << bits & 0xFFFFU) |
                                        static_cast<std::uint32_t>(-2 * second) << (bits + 16));
      }
      weights_[n] = weights[n];
      own.norm += std::uint64_t{squares} * weights[n];
      own.weight += weights[n];
    }
    sums[t] = own;
  });
  std::uint64_t norm = 0;
  for (const Sums& part : sums) {
    norm += part.norm;
    total_weight_ += part.weight;
  }
  norm_ = uint128{norm} << (2 * bits);
}

void VectorSet::finish() {
  if (weights_.empty()) return;
  std::vector<std::int32_t> last(dimension());
  read_scaled(size() - 1, last);
  const std::size_t padded = (size() + block_vectors - 1) / block_vectors * block_vectors;
  for (std::size_t n = size(); n < padded; ++n) store(n, last);
}

}  // namespace vqi::detail
