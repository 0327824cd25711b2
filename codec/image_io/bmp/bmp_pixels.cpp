// Rows come from the bottom, unless the height is negative, and are padded to four bytes.
#include "bmp_pixels.hpp"

#include <algorithm>
#include <bit>

#include "bmp_runs.hpp"
#include "read_limits.hpp"
#include "row_progress.hpp"

namespace vqi::detail {
namespace {

std::uint32_t image_row(const BmpHeader& header, std::uint32_t file_row) {
  return header.is_top_down ? file_row : header.height_px - 1 - file_row;
}

std::uint64_t row_bits(const BmpHeader& header) { return std::uint64_t{header.width_px} * header.bits; }
std::uint64_t row_bytes(const BmpHeader& header) { return (row_bits(header) + 7) / 8; }
std::uint64_t stride_bytes(const BmpHeader& header) { return (row_bits(header) + 31) / 32 * 4; }

/// The rows that the file has, the last of which may lack its padding.
std::uint32_t rows_there(const ByteWindow& window, const BmpHeader& header) {
  const std::uint64_t rest = window.size() - std::min<std::uint64_t>(header.pixel_offset, window.size());
  const std::uint64_t padding = stride_bytes(header) - row_bytes(header);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(header.height_px, (rest + padding) / stride_bytes(header)));
}

/// A sample behind a mask, scaled to 0..255.
class MaskedSample {
 public:
  explicit MaskedSample(std::uint32_t mask)
      : mask_(mask), shift_(mask == 0 ? 0 : std::countr_zero(mask)), max_(mask >> shift_) {
    for (std::uint32_t value = 0; value < scaled_.size() && value <= max_; ++value) scaled_[value] = scale(value);
  }
  std::byte operator()(std::uint32_t pixel) const {
    const std::uint32_t value = (pixel & mask_) >> shift_;
    return static_cast<std::byte>(max_ < scaled_.size() ? scaled_[value] : scale(value));
  }

 private:
  [[nodiscard]] std::uint8_t scale(std::uint64_t value) const {
    return max_ == 0 ? std::uint8_t{0} : static_cast<std::uint8_t>((value * 255 + max_ / 2) / max_);
  }

  std::uint32_t mask_;
  int shift_;
  std::uint32_t max_;
  std::array<std::uint8_t, 256> scaled_{};
};

std::uint32_t load_pixel(std::span<const std::byte> row, std::size_t x, std::uint32_t bits) {
  std::uint32_t pixel = 0;
  for (std::size_t i = bits / 8; i-- > 0;)
    pixel = (pixel << 8) | std::to_integer<std::uint32_t>(row[x * (bits / 8) + i]);
  return pixel;
}

std::uint32_t load_index(std::span<const std::byte> row, std::size_t x, std::uint32_t bits) {
  const std::size_t per_byte = 8 / bits;
  const auto shift = static_cast<std::uint32_t>(8 - bits * (x % per_byte + 1));
  return (std::to_integer<std::uint32_t>(row[x / per_byte]) >> shift) & ((1U << bits) - 1);
}

/// Writes the palette's colours to the pixels of an image.
class PalettePainter {
 public:
  PalettePainter(const BmpPalette& palette, DamageReport& damage, Image& image)
      : palette_(palette), damage_(damage), image_(image) {}

  void paint(std::uint32_t x, std::uint32_t y, std::uint32_t index, std::uint64_t offset) {
    if (index < palette_.size()) return put(x, y, palette_[index], std::byte{255});
    damage_.in_pixels("a pixel's index lies outside of the palette", offset);
    put(x, y, {0, 0, 0}, std::byte{255});
  }

  void put(std::uint32_t x, std::uint32_t y, const std::array<std::uint8_t, 3>& colour, std::byte alpha) {
    const std::uint32_t channels = image_.channels();
    std::byte* target = image_.row(y) + std::size_t{x} * channels;
    const std::uint32_t colours = channels < 3 ? 1 : 3;
    for (std::uint32_t i = 0; i < colours; ++i) target[i] = static_cast<std::byte>(colour[i]);
    if (channels % 2 == 0) target[colours] = alpha;
  }

 private:
  const BmpPalette& palette_;
  DamageReport& damage_;
  Image& image_;
};

}  // namespace

BmpPalette read_bmp_palette(const ByteWindow& window, const BmpHeader& header) {
  BmpPalette palette;
  if (!header.has_palette()) return palette;
  const std::size_t step = header.entry_bytes;
  const auto bytes = window.at(header.palette_offset, std::uint64_t{header.palette_entries} * step);
  for (std::size_t i = 0; i < bytes.size(); i += step)
    palette.push_back({std::to_integer<std::uint8_t>(bytes[i + 2]), std::to_integer<std::uint8_t>(bytes[i + 1]),
                       std::to_integer<std::uint8_t>(bytes[i])});
  return palette;
}

std::uint64_t end_of_bmp_rows(const BmpHeader& header) noexcept {
  return sum_or_most(header.pixel_offset, product_or_most(stride_bytes(header), header.height_px));
}

bool has_any_alpha(const ByteWindow& window, const BmpHeader& header) {
  for (std::uint32_t row = 0; row < rows_there(window, header); ++row) {
    const auto bytes = window.at(header.pixel_offset + row * stride_bytes(header), row_bytes(header));
    for (std::uint32_t x = 0; x < header.width_px; ++x)
      if ((load_pixel(bytes, x, header.bits) & header.masks[3]) != 0) return true;
  }
  return false;
}

void read_bmp_rows(const ByteWindow& window, const BmpHeader& header, const BmpPalette& palette, DamageReport& damage,
                   const ProgressCallback& callback, Image& image) {
  const std::uint32_t rows = rows_there(window, header);
  if (rows < header.height_px) damage.rows_missing("it ends early", window.size(), rows, header.height_px);
  PalettePainter painter(palette, damage, image);
  const std::array<MaskedSample, 4> samples{MaskedSample(header.masks[0]), MaskedSample(header.masks[1]),
                                            MaskedSample(header.masks[2]), MaskedSample(header.masks[3])};
  const std::uint32_t channels = image.channels();
  RowProgress progress(callback, Stage::read, rows);
  progress.in_bands(rows, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row) {
      const std::uint64_t offset = header.pixel_offset + row * stride_bytes(header);
      const auto bytes = window.at(offset, row_bytes(header));
      const std::uint32_t y = image_row(header, row);
      std::byte* target = image.row(y);
      for (std::uint32_t x = 0; x < header.width_px; ++x, target += channels) {
        if (header.coding == BmpCoding::palette) {
          painter.paint(x, y, load_index(bytes, x, header.bits), offset);
        } else if (header.coding == BmpCoding::rgb24) {
          for (std::size_t i = 0; i < 3; ++i) target[i] = bytes[std::size_t{x} * 3 + 2 - i];
        } else {
          const std::uint32_t pixel = load_pixel(bytes, x, header.bits);
          for (std::uint32_t i = 0; i < channels; ++i) target[i] = samples[i](pixel);
        }
      }
    }
  });
}

void paint_bmp_cells(const std::vector<std::uint32_t>& cells, const BmpHeader& header, const BmpPalette& palette,
                     DamageReport& damage, Image& image) {
  PalettePainter painter(palette, damage, image);
  const std::uint32_t* cell = cells.data();
  for (std::uint32_t row = 0; row < header.height_px; ++row)
    for (std::uint32_t x = 0; x < header.width_px; ++x, ++cell) {
      const std::uint32_t y = image_row(header, row);
      if (*cell == skipped_bmp_cell) {
        painter.put(x, y, palette.empty() ? std::array<std::uint8_t, 3>{} : palette.front(), std::byte{0});
      } else if (palette.empty()) {
        painter.put(x, y,
                    {static_cast<std::uint8_t>(*cell >> 16), static_cast<std::uint8_t>(*cell >> 8 & 0xFF),
                     static_cast<std::uint8_t>(*cell & 0xFF)},
                    std::byte{255});
      } else {
        painter.paint(x, y, *cell, header.pixel_offset);
      }
    }
}

}  // namespace vqi::detail
