// Byte offsets of the header's fields, and the checks of their values.
#include "stream_header.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "bytes.hpp"
#include "crc32c.hpp"
#include "stream_error.hpp"

namespace vqi::detail {
namespace {

constexpr std::array<std::uint8_t, 8> magic{0x89, 'V', 'Q', 'I', '\r', '\n', 0x1A, '\n'};

/// The value of the field `codebook_coding` where the codebook is not in the stream.
constexpr std::uint32_t detached_coding = 2;

/// Byte offsets of the fields.
namespace field {
constexpr std::size_t version_major = 8;
constexpr std::size_t version_minor = 9;
constexpr std::size_t reserved_after_version = 10;
constexpr std::size_t width = 12;
constexpr std::size_t height = 16;
constexpr std::size_t channels = 20;
constexpr std::size_t bit_depth = 21;
constexpr std::size_t block_width = 22;
constexpr std::size_t block_height = 23;
constexpr std::size_t k = 24;
constexpr std::size_t coding = 28;
constexpr std::size_t model = 29;
constexpr std::size_t codebook_coding = 30;
constexpr std::size_t restore_strength = 31;
constexpr std::size_t strip_rows = 32;
constexpr std::size_t restore_deviation = 36;
constexpr std::size_t restore_scale = 38;
constexpr std::size_t mse = 40;
constexpr std::size_t reserved_after_mse = 48;
constexpr std::size_t crc = 60;
}  // namespace field

struct ReservedBytes {
  std::size_t offset;
  std::size_t count;
};
constexpr std::array reserved_bytes{
    ReservedBytes{field::reserved_after_version, field::width - field::reserved_after_version},
    ReservedBytes{field::reserved_after_mse, field::crc - field::reserved_after_mse}};
/// Those of the decode filter, reserved before it came and where there is none.
constexpr std::array filter_bytes{ReservedBytes{field::restore_strength, 1},
                                  ReservedBytes{field::restore_deviation, field::mse - field::restore_deviation}};

/// The Error for a value that a later revision may bring.
Error newer_error(std::size_t offset, const std::string& what) {
  return {ErrorCode::unsupported_version,
          what + " (at byte " + std::to_string(offset) + "), use a newer release of vqi", offset};
}

/// "1.1".
std::string version_words(std::uint64_t major, std::uint64_t minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

void check_magic(std::span<const std::byte> bytes) {
  const std::size_t there = std::min(bytes.size(), magic.size());
  for (std::size_t i = 0; i < there; ++i)
    if (static_cast<std::uint8_t>(bytes[i]) != magic[i])
      throw Error(
          ErrorCode::bad_magic,
          "not a .vqi file: wrong signature (at byte " + std::to_string(i) + "), give a file that vqi compress wrote",
          i);
  if (bytes.empty()) throw Error(ErrorCode::truncated, "the file is empty (at byte 0), give a .vqi file", 0);
  if (bytes.size() < header_bytes)
    throw stream_error(ErrorCode::truncated, bytes.size(), "the file ends within its header");
}

void check_range(std::uint64_t value, std::uint64_t least, std::uint64_t most, std::size_t offset, const char* name) {
  if (value < least || value > most)
    throw stream_error(ErrorCode::corrupt_header, offset,
                       std::string(name) + " is " + std::to_string(value) + ", not " + std::to_string(least) + " to " +
                           std::to_string(most));
}

void check_fields(const StreamHeader& header) {
  const BlockGrid& grid = header.grid;
  constexpr std::uint64_t u32_max = std::numeric_limits<std::uint32_t>::max();
  check_range(grid.width_px, 1, u32_max, field::width, "width");
  check_range(grid.height_px, 1, u32_max, field::height, "height");
  check_range(grid.channels, 1, 4, field::channels, "number of channels");
  if (grid.bit_depth != 8 && grid.bit_depth != 16)
    throw stream_error(ErrorCode::corrupt_header, field::bit_depth,
                       "bit depth is " + std::to_string(grid.bit_depth) + ", not 8 or 16");
  check_range(grid.block_width_px, 1, 16, field::block_width, "block width");
  check_range(grid.block_height_px, 1, 16, field::block_height, "block height");
  check_range(header.k, 1, codewords_max, field::k, "K");
  check_range(header.strip_rows, 1, grid.map_height(), field::strip_rows, "rows per strip");
  if (header.strip_count() > 1 && std::uint64_t{header.strip_rows} * grid.map_width() < strip_vectors_min)
    throw stream_error(ErrorCode::corrupt_header, field::strip_rows,
                       "strips are shorter than " + std::to_string(strip_vectors_min) + " vectors");
  if (std::has_single_bit(header.k) && header.coding == IndexCoding::uniform_range)
    throw stream_error(ErrorCode::corrupt_header, field::coding, "K is a power of two but the coding is uniform range");
  if (!std::isfinite(header.mse) || std::signbit(header.mse))
    throw stream_error(ErrorCode::corrupt_header, field::mse, "stored distortion is not a number of at least 0");
}

std::uint64_t codebook_coding_of(const StreamHeader& header) {
  if (header.detached_codebook) return detached_coding;
  return header.coded_codebook ? 1 : 0;
}

}  // namespace

std::uint64_t StreamHeader::strip_count() const noexcept {
  return std::max<std::uint64_t>(1, grid.map_height() / strip_rows);
}

std::uint32_t StreamHeader::strip_begin(std::uint64_t i) const noexcept {
  return static_cast<std::uint32_t>(i * strip_rows);
}

std::uint32_t StreamHeader::strip_row_count(std::uint64_t i) const noexcept {
  return i + 1 == strip_count() ? grid.map_height() - strip_begin(i) : strip_rows;
}

std::uint32_t least_minor(const StreamHeader& header) noexcept {
  if (header.restore.is_on()) return restore_minor;
  if (header.detached_codebook) return detached_minor;
  return header.coding == IndexCoding::context_model ? context_model_minor : 0;
}

std::array<std::byte, header_bytes> write_header(const StreamHeader& header) noexcept {
  std::array<std::byte, header_bytes> bytes{};
  const auto put = [&](std::size_t offset, std::uint64_t value, std::size_t count) {
    store_le(bytes.data() + offset, value, count);
  };
  for (std::size_t i = 0; i < magic.size(); ++i) bytes[i] = static_cast<std::byte>(magic[i]);
  put(field::version_major, format_major, 1);
  put(field::version_minor, header.version_minor, 1);
  put(field::width, header.grid.width_px, 4);
  put(field::height, header.grid.height_px, 4);
  put(field::channels, header.grid.channels, 1);
  put(field::bit_depth, header.grid.bit_depth, 1);
  put(field::block_width, header.grid.block_width_px, 1);
  put(field::block_height, header.grid.block_height_px, 1);
  put(field::k, header.k, 4);
  put(field::coding, static_cast<std::uint64_t>(header.coding), 1);
  put(field::model, header.model ? model_number(*header.model) : 0, 1);
  put(field::codebook_coding, codebook_coding_of(header), 1);
  put(field::strip_rows, header.strip_rows, 4);
  put(field::restore_strength, header.restore.strength, 1);
  put(field::restore_deviation, header.restore.deviation, 2);
  put(field::restore_scale, header.restore.radius_scale, 2);
  put(field::mse, std::bit_cast<std::uint64_t>(header.mse), 8);
  put(field::crc, crc32c(std::span(bytes).first(field::crc)), 4);
  return bytes;
}

namespace {

/// Throws Error{reserved_set} unless all of `places` are 0.
void check_zeros(std::span<const std::byte> bytes, std::span<const ReservedBytes> places) {
  for (const ReservedBytes& reserved : places)
    for (std::size_t i = 0; i < reserved.count; ++i)
      if (bytes[reserved.offset + i] != std::byte{0})
        throw stream_error(ErrorCode::reserved_set, reserved.offset + i, "reserved byte of the header is not 0");
}

/// Throws Error of class data unless the image may have the decode filter that the header names.
void check_filter(const StreamHeader& header) {
  if (!header.restore.is_on()) return;
  if (header.restore.strength > restore_strength_max)
    throw newer_error(field::restore_strength,
                      "decode filter of strength " + std::to_string(header.restore.strength) + " is unknown");
  if (!can_restore(header.grid, header.k))
    throw stream_error(ErrorCode::corrupt_header, field::restore_strength,
                       "the decode filter is for single pixels and K from 2 to 4096");
  check_range(header.restore.deviation, 1, restore_deviation_max, field::restore_deviation, "deviation of the filter");
  check_range(header.restore.radius_scale, 1, restore_scale_max, field::restore_scale, "scale of radii");
}

/// The fields that came with context models; with other codings they are reserved, but for detached codebooks.
void read_model(std::uint32_t model, std::uint32_t codebook_coding, StreamHeader& header) {
  header.detached_codebook = codebook_coding == detached_coding && header.version_minor >= detached_minor;
  if (header.detached_codebook) codebook_coding = 0;
  if (header.coding != IndexCoding::context_model) {
    if (model != 0 || codebook_coding != 0)
      throw stream_error(ErrorCode::reserved_set, model != 0 ? field::model : field::codebook_coding,
                         "reserved byte of the header is not 0");
    return;
  }
  if (header.version_minor < context_model_minor)
    throw stream_error(ErrorCode::corrupt_header, field::version_minor, "context models are not of format 1.0");
  if (model < 1 || model > model_number_max)
    throw newer_error(field::model, "model " + std::to_string(model) + " is unknown");
  if (codebook_coding > 1)
    throw newer_error(field::codebook_coding, "codebook coding " + std::to_string(codebook_coding) + " is unknown");
  header.model = static_cast<Model>(model - 1);
  header.coded_codebook = codebook_coding == 1;
}

}  // namespace

StreamHeader read_header(std::span<const std::byte> bytes) {
  check_magic(bytes);
  const auto get = [&](std::size_t offset, std::size_t count) { return load_le(bytes.data() + offset, count); };
  const auto get32 = [&](std::size_t offset, std::size_t count) {
    return static_cast<std::uint32_t>(get(offset, count));
  };
  if (get(field::crc, 4) != crc32c(bytes.first(field::crc)))
    throw stream_error(ErrorCode::checksum_mismatch, field::crc, "checksum of the header does not match");
  const std::uint64_t major = get(field::version_major, 1);
  const std::uint64_t minor = get(field::version_minor, 1);
  if (major != format_major || minor > format_minor)
    throw newer_error(field::version_major, "format version " + version_words(major, minor) + " is newer than " +
                                                version_words(format_major, format_minor));
  check_zeros(bytes, reserved_bytes);
  StreamHeader header;
  header.version_minor = static_cast<std::uint32_t>(minor);
  header.grid = {get32(field::width, 4),     get32(field::height, 4),      get32(field::channels, 1),
                 get32(field::bit_depth, 1), get32(field::block_width, 1), get32(field::block_height, 1)};
  header.k = get32(field::k, 4);
  header.strip_rows = get32(field::strip_rows, 4);
  if (minor < restore_minor || get(field::restore_strength, 1) == 0)
    check_zeros(bytes, filter_bytes);
  else
    header.restore = {get32(field::restore_strength, 1), get32(field::restore_deviation, 2),
                      get32(field::restore_scale, 2)};
  header.mse = std::bit_cast<double>(get(field::mse, 8));
  const std::uint64_t coding = get(field::coding, 1);
  if (coding < index_coding_min || coding > index_coding_max)
    throw newer_error(field::coding, "index coding " + std::to_string(coding) + " is unknown");
  header.coding = static_cast<IndexCoding>(coding);
  read_model(static_cast<std::uint32_t>(get(field::model, 1)),
             static_cast<std::uint32_t>(get(field::codebook_coding, 1)), header);
  check_fields(header);
  check_filter(header);
  return header;
}

void check_limits(const StreamHeader& header, const DecodeLimits& limits) {
  const std::uint64_t pixels = std::uint64_t{header.grid.width_px} * header.grid.height_px;
  const std::string size = std::to_string(header.grid.width_px) + "x" + std::to_string(header.grid.height_px);
  if (pixels > limits.max_pixels)
    throw Error(Limit::pixels, "image of " + size + " has " + std::to_string(pixels) + " pixels and the limit is " +
                                   std::to_string(limits.max_pixels));
  if (std::max(header.grid.width_px, header.grid.height_px) > limits.max_side_px)
    throw Error(Limit::side,
                "image of " + size + " has a side over the limit of " + std::to_string(limits.max_side_px) + " pixels");
}

}  // namespace vqi::detail
