// One coder of differences for both directions.
#include "codebook_coding.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "binary_range_coder.hpp"
#include "integer.hpp"

namespace vqi::detail {
namespace {

/// A probability that is a mean over all bits at first, and over about the last 32 bits later.
class AdaptiveBit {
 public:
  [[nodiscard]] std::uint32_t p16() const noexcept { return static_cast<std::uint32_t>(p16_); }
  void learn(bool bit) noexcept {
    p16_ = std::clamp(p16_ + ((bit ? 65536 : 0) - p16_) / (count_ + 2), 32, 65536 - 32);
    count_ = std::min(count_ + 1, 30);
  }

 private:
  std::int32_t p16_ = 32768;
  std::int32_t count_ = 0;
};

/// Codes one codebook; `Bit` writes or reads a bit with a probability.
template <class Bit>
class DifferenceCoder {
 public:
  DifferenceCoder(std::uint32_t bit_depth, Bit bit) : max_((1 << bit_depth) - 1), bit_(bit) {}

  /// Codes `row` against `previous` (none before the first row). False if a decoder met a sample outside its range.
  bool code_row(const std::byte* previous, std::byte* row, std::uint32_t dimension, std::uint32_t depth) {
    std::int32_t last_change = 0;
    std::uint32_t last_class = 0;
    for (std::uint32_t i = 0; i < dimension; ++i) {
      const std::int32_t before =
          previous == nullptr ? (max_ + 1) / 2 : static_cast<std::int32_t>(load_sample(previous, i, depth));
      const std::int32_t expected = std::clamp(before + last_change / 2, 0, max_);
      const auto sample = static_cast<std::int32_t>(load_sample(row, i, depth));
      const std::int32_t difference = code_difference(sample - expected, i == 0 ? 0 : 1 + std::min(last_class, 7U));
      const std::int32_t coded = expected + difference;
      if (coded < 0 || coded > max_) return false;
      store_sample(row, i, depth, static_cast<std::uint32_t>(coded));
      last_change = coded - before;
      last_class = class_of(difference);
    }
    return true;
  }

 private:
  static constexpr std::uint32_t classes_max = 17;  // 0, and 1 .. 16 bits of magnitude, the most that a difference has

  static std::uint32_t class_of(std::int32_t difference) noexcept {
    return static_cast<std::uint32_t>(
        std::bit_width(static_cast<std::uint32_t>(difference < 0 ? -difference : difference)));
  }

  bool code(AdaptiveBit& adaptive, bool known) {
    const bool bit = bit_(known, adaptive.p16());
    adaptive.learn(bit);
    return bit;
  }

  std::int32_t code_difference(std::int32_t known, std::uint32_t context) {
    const std::uint32_t known_class = class_of(known);
    std::uint32_t bits = 0;
    while (bits + 1 < classes_max && code(class_[context][bits], known_class > bits)) ++bits;
    if (bits == 0) return 0;
    const bool negative = code(sign_[context == 0 ? 0 : 1], known < 0);
    const auto known_magnitude = static_cast<std::uint32_t>(known < 0 ? -known : known);
    std::uint32_t magnitude = 1;
    for (std::uint32_t i = bits - 1; i-- > 0;) {
      const bool wanted = (known_magnitude >> i & 1U) != 0;
      const bool bit = i + 2 == bits ? code(second_[bits], wanted) : bit_(wanted, 32768);
      magnitude = magnitude << 1 | (bit ? 1U : 0U);
    }
    const auto value = static_cast<std::int32_t>(magnitude);
    return negative ? -value : value;
  }

  std::int32_t max_;
  Bit bit_;
  std::array<std::array<AdaptiveBit, classes_max>, 9> class_;
  std::array<AdaptiveBit, 2> sign_;
  std::array<AdaptiveBit, classes_max> second_;  // the bit below the highest
};

/// Samples that are decoded before the hook is called again; some milliseconds.
constexpr std::size_t hook_samples = 1U << 15;

/// Decodes `rows` rows, each into row_at(its number), where the row before stays as it is. False as decode_codebook.
template <class RowAt>
bool decode_rows(std::span<const std::byte> coded, std::size_t rows, std::uint32_t dimension, std::uint32_t bit_depth,
                 const CodebookHook& between_rows, const RowAt& row_at) {
  BinaryDecoder decoder(coded);
  DifferenceCoder coder(bit_depth, [&decoder](bool /*known*/, std::uint32_t p16) { return decoder.get(p16); });
  std::size_t since_hook = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    if (!coder.code_row(row == 0 ? nullptr : row_at(row - 1), row_at(row), dimension, bit_depth)) return false;
    if (decoder.zeros_read() > range_coder::implied_zeros) return false;
    since_hook += dimension;
    if (since_hook < hook_samples) continue;
    since_hook = 0;
    if (between_rows) between_rows();
  }
  return decoder.finished();
}

}  // namespace

std::vector<std::byte> encode_codebook(const SampleArray& codebook, WorkPulse pulse) {
  BinaryEncoder encoder;
  const auto put = [&encoder](bool bit, std::uint32_t p16) {
    encoder.put(bit, p16);
    return bit;
  };
  DifferenceCoder coder(codebook.bit_depth(), put);
  SampleArray copy = codebook;
  constexpr std::uint64_t sample_steps = 64;
  for (std::size_t row = 0; row < copy.rows(); ++row) {
    pulse.add(sample_steps * copy.dimension());
    static_cast<void>(
        coder.code_row(row == 0 ? nullptr : copy.row(row - 1), copy.row(row), copy.dimension(), copy.bit_depth()));
  }
  return encoder.finish();
}

bool decode_codebook(std::span<const std::byte> coded, SampleArray& codebook, const CodebookHook& between_rows) {
  return decode_rows(coded, codebook.rows(), codebook.dimension(), codebook.bit_depth(), between_rows,
                     [&codebook](std::size_t row) { return codebook.row(row); });
}

bool check_coded_codebook(std::span<const std::byte> coded, std::size_t rows, std::uint32_t dimension,
                          std::uint32_t bit_depth, const CodebookHook& between_rows) {
  SampleArray last_two(2, dimension, bit_depth);
  return decode_rows(coded, rows, dimension, bit_depth, between_rows,
                     [&last_two](std::size_t row) { return last_two.row(row % 2); });
}

}  // namespace vqi::detail
