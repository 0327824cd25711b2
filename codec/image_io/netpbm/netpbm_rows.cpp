// Raw rows lie one after the other, so that any of them is one read.
#include "netpbm_rows.hpp"

#include <algorithm>
#include <bit>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "netpbm_header.hpp"
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

/// The header that the file begins with; none if it is too long. Throws Error.
std::optional<NetpbmHeader> header_of(const ByteSource& file) {
  std::vector<std::byte> start(static_cast<std::size_t>(std::min(file.size_bytes, header_bytes_max)));
  file.read_at(0, start);
  try {
    return read_netpbm_header(ByteWindow(start, netpbm_format(start)), 0);
  } catch (const Error&) {
    if (file.size_bytes == start.size()) throw;
    return std::nullopt;
  }
}

/// Why rows cannot be read, or nothing.
const char* obstacle_of(const NetpbmHeader& header, const ByteSource& file, std::uint32_t page) {
  if (header.is_plain || header.is_bitmap) return "its samples are text or bits";
  if (header.max_value != 255 && header.max_value != 65535) return "its maximum value is neither 255 nor 65535";
  const std::uint64_t end = header.raster_offset + header.row_bytes() * header.height_px;
  if (file.size_bytes < end) return "it ends early";
  return file.size_bytes > end || page != 1 ? "it has more than one picture, or bytes behind it" : "";
}

}  // namespace

ImageRows read_netpbm_rows(const ByteSource& file, const ReadOptions& options, const RunOptions& /*run*/) {
  const std::optional<NetpbmHeader> found = header_of(file);
  ImageRows image;
  image.obstacle = "its header is damaged, or long";
  if (!found) return image;
  const NetpbmHeader& header = *found;
  check_size_limits(header.width_px, header.height_px, options.limits);
  const std::uint64_t row_bytes = header.row_bytes();
  const std::uint32_t bit_depth = header.max_value > 255 ? 16 : 8;
  ReadImage about;
  about.format = header.format;
  about.sample_bits = bit_depth;
  image.obstacle = obstacle_of(header, file, options.page);
  image.about = std::make_shared<const ReadImage>(std::move(about));
  image.rows.type = {nullptr,
                     header.width_px,
                     header.height_px,
                     header.channels,
                     bit_depth,
                     row_bytes,
                     &image.about->image.metadata()};
  image.rows.read = [file, offset = header.raster_offset, row_bytes, bit_depth](
                        std::uint32_t first_row, std::uint32_t rows_max, std::span<std::byte> samples) {
    const std::span<std::byte> wanted = samples.first(static_cast<std::size_t>(rows_max * row_bytes));
    file.read_at(offset + first_row * row_bytes, wanted);
    if (bit_depth == 16) to_native(wanted);
    return rows_max;
  };
  return image;
}

}  // namespace vqi::detail
