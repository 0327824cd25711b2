// A picture is skipped or read row by row; what follows it is another picture, white space or junk.
#include "netpbm_reader.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>
#include <string>

#include "byte_window.hpp"
#include "damage_report.hpp"
#include "netpbm_header.hpp"
#include "read_limits.hpp"
#include "row_progress.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

std::uint32_t bit_depth_of(const NetpbmHeader& header) { return header.max_value > 255 ? 16 : 8; }

/// The raw rows of `header` that the file has, at most its height.
std::uint64_t raw_rows_there(const ByteWindow& window, const NetpbmHeader& header) {
  const std::uint64_t rest = window.size() - std::min<std::uint64_t>(header.raster_offset, window.size());
  return std::min<std::uint64_t>(header.height_px, rest / header.row_bytes());
}

/// The offset behind the picture, whose raster is looked at only where it is text.
std::uint64_t end_of_picture(const ByteWindow& window, const NetpbmHeader& header) {
  if (!header.is_plain) {
    const std::uint64_t rows = raw_rows_there(window, header);
    return rows < header.height_px ? window.size() : header.raster_offset + rows * header.row_bytes();
  }
  NetpbmScanner scanner(window, header.raster_offset);
  const std::uint64_t row_samples = std::uint64_t{header.width_px} * header.channels;
  for (std::uint32_t y = 0; y < header.height_px; ++y)
    for (std::uint64_t i = 0; i < row_samples; ++i)
      header.is_bitmap ? static_cast<void>(scanner.bit()) : static_cast<void>(scanner.number());
  return scanner.offset();
}

/// The offset of what follows a picture that ends at `offset`, behind white space and, in text, comments.
std::uint64_t next_picture(const ByteWindow& window, const NetpbmHeader& header, std::uint64_t offset) {
  if (header.is_plain) {
    NetpbmScanner scanner(window, offset);
    scanner.skip_space();
    return scanner.offset();
  }
  while (offset < window.size() && is_netpbm_space(window.u8(offset))) ++offset;
  return offset;
}

/// Fills the rows of an image from the raster.
class RasterReader {
 public:
  RasterReader(const ByteWindow& window, const NetpbmHeader& header, DamageReport& damage, Image& image)
      : window_(window), header_(header), damage_(damage), image_(image), scanner_(window, header.raster_offset) {
    const std::uint32_t full = image.view().max_value();
    for (std::uint32_t value = 0; value < scaled_.size(); ++value)
      scaled_[value] = static_cast<std::uint8_t>(scale(std::min(value, header.max_value), full));
  }

  void read(const ProgressCallback& callback) {
    RowProgress progress(callback, Stage::read, header_.height_px);
    const std::uint64_t rows = header_.is_plain ? header_.height_px : raw_rows_there(window_, header_);
    if (rows < header_.height_px) damage_.rows_missing("it ends early", window_.size(), rows, header_.height_px);
    progress.in_bands(static_cast<std::uint32_t>(rows), [&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t y = begin; y < end && !text_broke_off_; ++y) read_row(y);
    });
  }

  /// Behind the last sample; of a text that broke off, the end of the file.
  [[nodiscard]] std::uint64_t end_offset() const {
    if (header_.is_plain) return text_broke_off_ ? window_.size() : scanner_.offset();
    return std::min<std::uint64_t>(window_.size(), header_.raster_offset + header_.row_bytes() * header_.height_px);
  }

 private:
  [[nodiscard]] std::uint32_t scale(std::uint64_t value, std::uint64_t full) const noexcept {
    return static_cast<std::uint32_t>((value * full + header_.max_value / 2) / header_.max_value);
  }

  void read_row(std::uint32_t y) {
    if (header_.is_plain)
      read_text_row(y);
    else if (header_.is_bitmap)
      read_bits(y);
    else if (image_.bit_depth() == 8)
      read_bytes(y);
    else
      read_words(y);
  }

  void read_bits(std::uint32_t y) {
    const auto row = window_.at(header_.raster_offset + header_.row_bytes() * y, header_.row_bytes());
    for (std::uint32_t x = 0; x < header_.width_px; ++x) {
      const bool is_black = (row[x / 8] & (std::byte{0x80} >> (x % 8))) != std::byte{0};
      image_.row(y)[x] = is_black ? std::byte{0} : std::byte{255};
    }
  }

  void read_bytes(std::uint32_t y) {
    const std::uint64_t offset = header_.raster_offset + header_.row_bytes() * y;
    const auto row = window_.at(offset, header_.row_bytes());
    if (header_.max_value == 255) {
      std::memcpy(image_.row(y), row.data(), row.size());
      return;
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto value = std::to_integer<std::uint32_t>(row[i]);
      check_value(value, offset + i);
      image_.row(y)[i] = static_cast<std::byte>(scaled_[value]);
    }
  }

  void read_words(std::uint32_t y) {
    const std::uint64_t offset = header_.raster_offset + header_.row_bytes() * y;
    const auto row = window_.at(offset, header_.row_bytes());
    for (std::size_t i = 0; i < row.size() / 2; ++i) {
      const std::uint32_t value =
          (std::to_integer<std::uint32_t>(row[2 * i]) << 8) | std::to_integer<std::uint32_t>(row[2 * i + 1]);
      check_value(value, offset + 2 * i);
      image_.row16(y)[i] = static_cast<std::uint16_t>(scale(std::min(value, header_.max_value), 65535));
    }
  }

  void read_text_row(std::uint32_t y) {
    const std::size_t count = std::size_t{header_.width_px} * header_.channels;
    for (std::size_t i = 0; i < count; ++i) {
      const std::optional<std::uint32_t> value = next_number();
      if (!value) {
        damage_.rows_missing("its text breaks off", scanner_.offset(), y, header_.height_px);
        std::fill_n(image_.row(y), image_.row_bytes(), std::byte{0});
        text_broke_off_ = true;
        return;
      }
      check_value(*value, scanner_.offset());
      const std::uint32_t inside = std::min(*value, header_.max_value);
      if (image_.bit_depth() == 8)
        image_.row(y)[i] = static_cast<std::byte>(scaled_[inside]);
      else
        image_.row16(y)[i] = static_cast<std::uint16_t>(scale(inside, 65535));
    }
  }

  /// The next sample of a text, 1 for the white of a bitmap; none where the text is not one.
  std::optional<std::uint32_t> next_number() {
    try {
      if (header_.is_bitmap) return scanner_.bit() ? 0 : 1;
      return scanner_.number();
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  void check_value(std::uint32_t value, std::uint64_t offset) {
    if (value > header_.max_value)
      damage_.in_pixels("a sample is over the maximum value " + std::to_string(header_.max_value), offset);
  }

  const ByteWindow& window_;
  const NetpbmHeader& header_;
  DamageReport& damage_;
  Image& image_;
  NetpbmScanner scanner_;
  std::array<std::uint8_t, 256> scaled_{};
  bool text_broke_off_ = false;
};

/// The header of picture number `page`.
NetpbmHeader find_picture(const ByteWindow& window, std::uint32_t page) {
  NetpbmHeader header = read_netpbm_header(window, 0);
  if (page == 0) check_page(page, 1, window.format());
  for (std::uint32_t number = 1; number < page; ++number) {
    const std::uint64_t next = next_picture(window, header, end_of_picture(window, header));
    if (!is_netpbm_magic(window, next)) check_page(page, number, window.format());
    header = read_netpbm_header(window, next);
  }
  return header;
}

}  // namespace

bool is_netpbm(std::span<const std::byte> bytes) { return is_netpbm_magic(ByteWindow(bytes, "PNM"), 0); }

ImageFileInfo inspect_netpbm(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, netpbm_format(bytes));
  const NetpbmHeader header = read_netpbm_header(window, 0);
  return {std::string(header.format), header.width_px, header.height_px, header.channels, bit_depth_of(header)};
}

ReadImage read_netpbm(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  const ByteWindow window(bytes, netpbm_format(bytes));
  const NetpbmHeader header = find_picture(window, options.page);
  check_size_limits(header.width_px, header.height_px, options.limits);
  const std::uint32_t bit_depth = bit_depth_of(header);
  check_image_memory(header.width_px, header.height_px, std::uint64_t{header.channels} * (bit_depth / 8), run);
  ReadImage result;
  result.format = header.format;
  result.sample_bits = static_cast<std::uint32_t>(std::bit_width(header.max_value));
  DamageReport damage(result, options.damage);
  Image image(header.width_px, header.height_px, header.channels, bit_depth);
  if (options.damage == Damage::salvage) std::fill_n(image.samples().data(), image.size_bytes(), std::byte{0});
  RasterReader reader(window, header, damage, image);
  reader.read(run.progress);
  result.image = std::move(image);

  const std::uint64_t next = next_picture(window, header, reader.end_offset());
  if (is_netpbm_magic(window, next)) {
    if (options.page == 1) result.warnings.push_back(first_picture_warning({}, result.format));
  } else {
    note_trailing_bytes(window.size() - std::min<std::uint64_t>(next, window.size()), next, options.damage, result);
  }
  return result;
}

}  // namespace vqi::detail
