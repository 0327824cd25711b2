// Numbers colours in the order of MergedVectors, and codes integers in groups of seven bits.
#include "colour_counts.hpp"

#include <array>
#include <string>

#include "colour_code.hpp"
#include "stream_error.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t group_bits = 7;
constexpr std::uint32_t group_mask = 0x7F;
constexpr std::uint32_t more_follows = 0x80;
constexpr std::uint64_t value_max = std::uint64_t{1} << 56;  // eight whole groups hold what is below
constexpr std::uint32_t coded_channels_max = 3;              // colours of four bytes have no ColourCode

/// The number of a colour: ascending numbers are ascending colours.
std::uint32_t number_of(const std::byte* colour, std::uint32_t channels) {
  std::uint32_t number = 0;
  if (channels <= coded_channels_max)
    ColourCode(channels).read_codes(colour, std::span(&number, 1));
  else
    for (std::uint32_t c = 0; c < channels; ++c) number = number << 8 | std::to_integer<std::uint32_t>(colour[c]);
  return number;
}

std::array<std::byte, 4> colour_of(std::uint32_t number, std::uint32_t channels) {
  std::array<std::byte, 4> colour{};
  if (channels <= coded_channels_max)
    ColourCode(channels).write_vectors(std::span(&number, 1), colour.data());
  else
    for (std::uint32_t c = 0; c < channels; ++c) colour[c] = static_cast<std::byte>(number >> (8 * (channels - 1 - c)));
  return colour;
}

void write_number(std::uint64_t value, std::vector<std::byte>& bytes) {
  for (; value > group_mask; value >>= group_bits)
    bytes.push_back(static_cast<std::byte>((value & group_mask) | more_follows));
  bytes.push_back(static_cast<std::byte>(value));
}

/// Reads integers of variable length one after the other.
class NumberReader {
 public:
  NumberReader(std::span<const std::byte> bytes, std::uint64_t offset) : bytes_(bytes), offset_(offset) {}

  [[nodiscard]] std::uint64_t next() {
    std::uint64_t value = 0;
    for (std::uint32_t shift = 0;; shift += group_bits) {
      if (at_ == bytes_.size()) fail("section \"COLR\" ends within its colours");
      const auto byte = std::to_integer<std::uint64_t>(bytes_[at_++]);
      value |= (byte & group_mask) << shift;
      if (value > value_max || shift > 8 * group_bits) fail("a number of section \"COLR\" is out of its range");
      if ((byte & more_follows) != 0) continue;
      if (byte == 0 && shift > 0) fail("a number of section \"COLR\" is longer than it need be");
      return value;
    }
  }
  [[nodiscard]] bool at_end() const noexcept { return at_ == bytes_.size(); }
  [[noreturn]] void fail(const std::string& what) const {
    throw stream_error(ErrorCode::corrupt_section, offset_ + at_, what);
  }

 private:
  std::span<const std::byte> bytes_;
  std::uint64_t offset_;
  std::size_t at_ = 0;
};

}  // namespace

void write_colours(const VectorRun& run, std::uint32_t channels, std::vector<std::byte>& bytes) {
  std::uint64_t next = 0;  // the least number that may follow
  for (std::size_t n = 0; n < run.counts.size(); ++n) {
    const std::uint64_t number = number_of(run.rows.data() + n * channels, channels);
    write_number(number - next, bytes);
    write_number(run.counts[n], bytes);
    next = number + 1;
  }
}

VectorRun read_colours(std::span<const std::byte> bytes, std::uint64_t offset, std::uint64_t count,
                       std::uint32_t channels) {
  NumberReader reader(bytes, offset);
  VectorRun run;
  const std::uint64_t numbers = std::uint64_t{1} << (8 * channels);
  std::uint64_t next = 0;
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t number = next + reader.next();
    if (number >= numbers) reader.fail("a colour of section \"COLR\" is out of its range");
    run.counts.push_back(reader.next());
    if (run.counts.back() == 0) reader.fail("a count of section \"COLR\" is 0");
    const std::array<std::byte, 4> colour = colour_of(static_cast<std::uint32_t>(number), channels);
    run.rows.insert(run.rows.end(), colour.begin(), colour.begin() + channels);
    next = number + 1;
  }
  if (!reader.at_end()) reader.fail("section \"COLR\" has bytes after its colours");
  return run;
}

}  // namespace vqi::detail
