// Raw rows lie one after the other, so that any of them is one read.
#include "netpbm_rows.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include "netpbm_header.hpp"
#include "netpbm_reader.hpp"
#include "read_limits.hpp"

namespace vqi::detail {
namespace {

/// Longer headers have long comments, and are left to the reader of whole files.
constexpr std::uint64_t header_bytes_max = 4096;

/// Samples of 16 bits as the machine has them; files have the high byte first.
void to_native(std::span<std::byte> samples) noexcept {
  if constexpr (std::endian::native == std::endian::big) return;
  for (std::size_t i = 0; i + 1 < samples.size(); i += 2) std::swap(samples[i], samples[i + 1]);
}

/// The header that the file begins with, if it is one of rows that are samples of an Image.
std::optional<NetpbmHeader> plain_header(const ByteSource& file) {
  std::vector<std::byte> start(static_cast<std::size_t>(std::min(file.size_bytes, header_bytes_max)));
  if (start.empty()) return std::nullopt;
  file.read_at(0, start);
  if (!is_netpbm(start)) return std::nullopt;
  try {
    NetpbmHeader header = read_netpbm_header(ByteWindow(start, "PNM"), 0);
    const bool fits = header.max_value == 255 || header.max_value == 65535;
    if (header.is_plain || header.is_bitmap || !fits) return std::nullopt;
    return header;
  } catch (const Error&) {
    return std::nullopt;  // the reader of whole files tells what is wrong
  }
}

}  // namespace

std::optional<ImageRows> read_netpbm_rows(const ByteSource& file, const DecodeLimits& limits) {
  const std::optional<NetpbmHeader> header = plain_header(file);
  if (!header) return std::nullopt;
  check_size_limits(header->width_px, header->height_px, limits);
  const std::uint64_t row_bytes = header->row_bytes();
  if (file.size_bytes != header->raster_offset + row_bytes * header->height_px) return std::nullopt;
  ImageRows image;
  image.format = header->format;
  const std::uint32_t bit_depth = header->max_value > 255 ? 16 : 8;
  image.rows.type = {nullptr, header->width_px, header->height_px, header->channels, bit_depth, row_bytes};
  image.rows.read = [file, offset = header->raster_offset, row_bytes, bit_depth](
                        std::uint32_t first_row, std::uint32_t rows_max, std::span<std::byte> samples) {
    const std::span<std::byte> wanted = samples.first(static_cast<std::size_t>(rows_max * row_bytes));
    file.read_at(offset + first_row * row_bytes, wanted);
    if (bit_depth == 16) to_native(wanted);
    return rows_max;
  };
  return image;
}

}  // namespace vqi::detail
