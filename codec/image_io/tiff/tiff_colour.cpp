// Ranges first, then alpha, then the colour: CMYK plainly, YCbCr by TIFF 6.0, Lab as it looks in sRGB.
#include "tiff_colour.hpp"

#include <algorithm>
#include <cmath>

#include "image_errors.hpp"
#include "lab_colour.hpp"

namespace vqi::detail {
namespace {

bool is_lab(TiffColours colours) { return colours == TiffColours::cie_lab || colours == TiffColours::icc_lab; }

std::uint32_t divided(std::uint64_t dividend, std::uint64_t divisor) {
  return static_cast<std::uint32_t>((dividend + divisor / 2) / divisor);
}

/// Adobe's technical notes: CIELab has signed a* and b*, ICCLab has them moved to the middle of the range.
LabColour lab_of(const std::uint16_t* sample, TiffColours colours, bool is_16_bit) {
  const bool is_icc = colours == TiffColours::icc_lab;
  const double unit = is_16_bit ? 256 : 1;
  const double lightness_full = is_16_bit ? (is_icc ? 65280 : 65535) : 255;
  const auto chroma = [&](std::uint16_t value) {
    if (is_icc) return value / unit - 128;
    return (is_16_bit ? static_cast<std::int16_t>(value) : static_cast<std::int8_t>(value)) / unit;
  };
  return {std::min(100.0, sample[0] * 100.0 / lightness_full), chroma(sample[1]), chroma(sample[2])};
}

std::uint32_t rounded_byte(double value) {
  return static_cast<std::uint32_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

/// TIFF 6.0, section 21.
std::array<std::uint32_t, 3> rgb_of_ycbcr(const std::uint16_t* sample, const TiffColourTables& tables) {
  const auto& reference = tables.reference;
  const auto full_range = [&](std::size_t i, double full) {
    return (sample[i] - reference[2 * i]) * full / (reference[2 * i + 1] - reference[2 * i]);
  };
  const double y = full_range(0, 255);
  const double cb = full_range(1, 127);
  const double cr = full_range(2, 127);
  const double red = cr * (2 - 2 * tables.luma[0]) + y;
  const double blue = cb * (2 - 2 * tables.luma[2]) + y;
  const double green = (y - tables.luma[2] * blue - tables.luma[0] * red) / tables.luma[1];
  return {rounded_byte(red), rounded_byte(green), rounded_byte(blue)};
}

void read_palette(TIFF* tiff, std::uint32_t size, TiffColourTables& tables) {
  std::array<std::uint16_t*, 3> maps{};
  if (TIFFGetField(tiff, TIFFTAG_COLORMAP, &maps[0], &maps[1], &maps[2]) == 0)
    throw_damaged("TIFF", "it has no palette of " + std::to_string(size) + " colours", 0);
  // Some programs write bytes where the standard has 16 bits; libtiff tells them in the same way. Others write bytes
  // times 256, others times 257: the high byte is right for both.
  const bool is_bytes = std::all_of(maps.begin(), maps.end(), [&](const std::uint16_t* map) {
    return std::all_of(map, map + size, [](std::uint16_t value) { return value < 256; });
  });
  tables.palette.resize(size);
  for (std::uint32_t i = 0; i < size; ++i)
    for (std::size_t channel = 0; channel < 3; ++channel) {
      const std::uint32_t value = maps[channel][i];
      tables.palette[i][channel] = static_cast<std::uint8_t>(is_bytes ? value : value >> 8);
    }
}

void read_ycbcr_tables(TIFF* tiff, TiffColourTables& tables) {
  const float* values = nullptr;
  if (TIFFGetFieldDefaulted(tiff, TIFFTAG_YCBCRCOEFFICIENTS, &values) != 0 && values != nullptr)
    std::copy_n(values, 3, tables.luma.begin());
  if (TIFFGetFieldDefaulted(tiff, TIFFTAG_REFERENCEBLACKWHITE, &values) != 0 && values != nullptr)
    std::copy_n(values, 6, tables.reference.begin());
  const auto is_sound = [](float value) { return std::isfinite(value) && std::abs(value) < 1e6F; };
  const bool is_valid = std::all_of(tables.luma.begin(), tables.luma.end(), is_sound) && tables.luma[1] > 0 &&
                        std::all_of(tables.reference.begin(), tables.reference.end(), is_sound) &&
                        tables.reference[0] != tables.reference[1] && tables.reference[2] != tables.reference[3] &&
                        tables.reference[4] != tables.reference[5];
  if (!is_valid) throw_damaged("TIFF", "its YCbCr coefficients", 0);
}

}  // namespace

TiffColourTables read_tiff_colour_tables(TiffHandle& handle, const TiffLayout& layout) {
  TiffColourTables tables;
  handle.run([&](TIFF* tiff) {
    if (layout.colours == TiffColours::palette) read_palette(tiff, 1U << layout.bits, tables);
    if (layout.colours == TiffColours::ycbcr) read_ycbcr_tables(tiff, tables);
  });
  return tables;
}

TiffColour::TiffColour(const TiffLayout& layout, const TiffColourTables& tables)
    : layout_(layout), tables_(tables), full_(layout.bit_depth() == 16 ? 65535 : 255) {
  const std::uint32_t most = (1U << layout.bits) - 1;
  if (most == full_) return;
  stretched_.resize(std::size_t{most} + 1);
  for (std::uint32_t value = 0; value <= most; ++value)
    stretched_[value] = static_cast<std::uint16_t>(divided(std::uint64_t{value} * full_, most));
}

void TiffColour::stretch(std::span<std::uint16_t> samples) const {
  if (stretched_.empty()) return;
  if (layout_.colours != TiffColours::palette) {
    for (std::uint16_t& sample : samples) sample = stretched_[sample];
  } else if (layout_.alpha_sample) {
    for (std::size_t i = 1; i < samples.size(); i += 2) samples[i] = stretched_[samples[i]];
  }
}

std::array<std::uint32_t, 3> TiffColour::rgb_of(const std::uint16_t* colour) const {
  switch (layout_.colours) {
    case TiffColours::palette: {
      const auto& entry = tables_.palette[colour[0]];
      return {entry[0], entry[1], entry[2]};
    }
    case TiffColours::cmyk: {
      const std::uint64_t paper = full_ - colour[3];
      return {divided((full_ - colour[0]) * paper, full_), divided((full_ - colour[1]) * paper, full_),
              divided((full_ - colour[2]) * paper, full_)};
    }
    case TiffColours::ycbcr:
      return rgb_of_ycbcr(colour, tables_);
    case TiffColours::cie_lab:
    case TiffColours::icc_lab:
      return srgb_from_lab(lab_of(colour, layout_.colours, layout_.bits == 16), full_);
    default:
      return {colour[0], colour[1], colour[2]};
  }
}

template <typename Sample>
void TiffColour::convert_row(std::span<std::uint16_t> samples, std::uint32_t count, Sample* pixels) const {
  const std::uint32_t colour_samples = layout_.colour_samples;
  const bool has_alpha = layout_.alpha_sample.has_value();
  const bool is_palette = layout_.colours == TiffColours::palette;
  const auto straight = [&](std::uint32_t value, std::uint32_t alpha) {
    return alpha == 0 ? value : std::min(full_, divided(std::uint64_t{value} * full_, alpha));
  };
  std::uint16_t* sample = samples.data();
  for (std::uint32_t x = 0; x < count; ++x, sample += colour_samples + (has_alpha ? 1 : 0)) {
    const std::uint32_t alpha = has_alpha ? sample[colour_samples] : full_;
    if (layout_.is_premultiplied && !is_palette)
      for (std::uint32_t i = 0; i < colour_samples; ++i)
        sample[i] = static_cast<std::uint16_t>(straight(sample[i], alpha));
    if (layout_.colours == TiffColours::grey) {
      *pixels++ = static_cast<Sample>(sample[0]);
    } else if (layout_.colours == TiffColours::inverted_grey) {
      *pixels++ = static_cast<Sample>(full_ - sample[0]);
    } else {
      for (std::uint32_t value : rgb_of(sample)) {
        if (layout_.is_premultiplied && is_palette) value = straight(value, alpha);
        *pixels++ = static_cast<Sample>(value);
      }
    }
    if (has_alpha) *pixels++ = static_cast<Sample>(alpha);
  }
}

void TiffColour::convert(std::span<std::uint16_t> samples, std::uint32_t count, std::byte* pixels) const {
  if (!is_lab(layout_.colours)) stretch(samples);
  if (layout_.bit_depth() == 16)
    convert_row(samples, count, reinterpret_cast<std::uint16_t*>(pixels));
  else
    convert_row(samples, count, reinterpret_cast<std::uint8_t*>(pixels));
}

}  // namespace vqi::detail
