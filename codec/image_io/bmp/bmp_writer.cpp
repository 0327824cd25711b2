// A BITMAPFILEHEADER, a BITMAPINFOHEADER, a palette if grey, and rows from the bottom.
#include "bmp_writer.hpp"

#include <cstdint>
#include <cstring>
#include <limits>

#include "read_limits.hpp"
#include "row_progress.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t headers_bytes = 14 + 40;
constexpr std::uint32_t grey_entries = 256;

/// Appends little-endian integers at the start of a file of a known size.
class FieldWriter {
 public:
  explicit FieldWriter(std::byte* target) : target_(target) {}
  void put(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) *target_++ = static_cast<std::byte>((value >> (8 * i)) & 0xFF);
  }

 private:
  std::byte* target_;
};

void write_headers(const ImageView& image, std::uint64_t file_bytes, std::uint64_t pixel_offset, std::byte* target) {
  const std::uint32_t entries = image.channels == 1 ? grey_entries : 0;
  FieldWriter fields(target);
  fields.put('B', 1);
  fields.put('M', 1);
  fields.put(file_bytes, 4);
  fields.put(0, 4);
  fields.put(pixel_offset, 4);
  fields.put(40, 4);
  fields.put(image.width_px, 4);
  fields.put(image.height_px, 4);
  fields.put(1, 2);
  fields.put(std::uint64_t{8} * image.channels, 2);
  fields.put(0, 4);  // no compression
  fields.put(file_bytes - pixel_offset, 4);
  fields.put(0, 8);  // no density
  fields.put(entries, 4);
  fields.put(0, 4);
  for (std::uint32_t grey = 0; grey < entries; ++grey) fields.put(std::uint64_t{grey} * 0x010101, 4);
}

}  // namespace

std::vector<std::byte> write_bmp(const ImageView& image, std::string_view /*extension*/, const RunOptions& run) {
  const std::uint64_t stride = (std::uint64_t{image.row_bytes()} + 3) / 4 * 4;
  const std::uint64_t pixel_offset = headers_bytes + (image.channels == 1 ? 4 * grey_entries : 0);
  const std::uint64_t file_bytes = pixel_offset + stride * image.height_px;
  if (file_bytes > std::numeric_limits<std::uint32_t>::max())
    throw Error(ErrorCode::invalid_option, "BMP cannot hold over 4294967295 bytes; write a .png instead");
  check_memory_limit(file_bytes, run, "writing the image");
  std::vector<std::byte> file(static_cast<std::size_t>(file_bytes));
  write_headers(image, file_bytes, pixel_offset, file.data());
  RowProgress progress(run.progress, Stage::write, image.height_px);
  progress.in_bands(image.height_px, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t y = begin; y < end; ++y) {
      const std::byte* source = image.row(y);
      std::byte* target = file.data() + pixel_offset + stride * (image.height_px - 1 - y);
      if (image.channels == 1) {
        std::memcpy(target, source, image.row_bytes());
        continue;
      }
      for (std::uint32_t x = 0; x < image.width_px; ++x, source += 3, target += 3) {
        target[0] = source[2];
        target[1] = source[1];
        target[2] = source[0];
      }
    }
  });
  return file;
}

}  // namespace vqi::detail
