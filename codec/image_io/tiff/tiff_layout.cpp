// TIFF 6.0 and the technical notes on Lab, JPEG and ICC profiles; whatever is of another kind is refused by its name.
#include "tiff_layout.hpp"

#include <algorithm>
#include <array>

#include "image_errors.hpp"
#include "read_limits.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "TIFF";

/// The value of a field, the default that the standard gives it, or `otherwise`.
template <typename Value>
Value field(TIFF* tiff, std::uint32_t tag, Value otherwise) {
  Value value{};
  return TIFFGetFieldDefaulted(tiff, tag, &value) != 0 ? value : otherwise;
}

bool is_ccitt(std::uint16_t compression) {
  return compression == COMPRESSION_CCITTRLE || compression == COMPRESSION_CCITTRLEW ||
         compression == COMPRESSION_CCITTFAX3 || compression == COMPRESSION_CCITTFAX4;
}

struct RefusedColours {
  std::uint16_t photometric;
  const char* name;
};
constexpr std::array refused_colours{
    RefusedColours{PHOTOMETRIC_MASK, "a transparency mask in place of a picture"},
    RefusedColours{PHOTOMETRIC_ITULAB, "ITULab colours"},
    RefusedColours{PHOTOMETRIC_CFA, "raw samples of a camera (CFA)"},
    RefusedColours{PHOTOMETRIC_LOGL, "LogL samples"},
    RefusedColours{PHOTOMETRIC_LOGLUV, "LogLuv colours"},
    RefusedColours{34892, "raw samples of a camera (LinearRaw)"},
    RefusedColours{51177, "a depth map"},
};

struct NamedCompression {
  std::uint16_t compression;
  const char* name;
};
/// Registered with Adobe, or in use, and not known to libtiff.
constexpr std::array named_compressions{
    NamedCompression{33003, "JPEG 2000 of YCbCr, by Aperio"},
    NamedCompression{33005, "JPEG 2000, by Aperio"},
    NamedCompression{34712, "JPEG 2000"},
    NamedCompression{34933, "PNG"},
    NamedCompression{34934, "JPEG XR"},
    NamedCompression{22610, "JPEG XR"},
    NamedCompression{34892, "lossy JPEG of DNG"},
    NamedCompression{50002, "JPEG XL"},
    NamedCompression{52546, "JPEG XL"},
};

void refuse_compression(std::uint16_t compression) {
  if (TIFFIsCODECConfigured(compression) == 1) return;
  const TIFFCodec* codec = TIFFFindCODEC(compression);
  std::string name = codec == nullptr ? "" : " (" + std::string(codec->name) + ")";
  const auto* const named =
      std::find_if(named_compressions.begin(), named_compressions.end(),
                   [&](const NamedCompression& entry) { return entry.compression == compression; });
  if (named != named_compressions.end()) name = " (" + std::string(named->name) + ")";
  throw_unsupported(format_name, "compression " + std::to_string(compression) + name + ", which is not read");
}

TiffColours read_colours(TIFF* tiff, std::uint16_t compression, std::uint32_t samples) {
  std::uint16_t photometric = 0;
  if (TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric) == 0) {
    // Some fax programs leave it out; libtiff guesses the same.
    if (samples >= 3) return TiffColours::rgb;
    return is_ccitt(compression) ? TiffColours::inverted_grey : TiffColours::grey;
  }
  switch (photometric) {
    case PHOTOMETRIC_MINISWHITE:
      return TiffColours::inverted_grey;
    case PHOTOMETRIC_MINISBLACK:
      return TiffColours::grey;
    case PHOTOMETRIC_RGB:
      return TiffColours::rgb;
    case PHOTOMETRIC_PALETTE:
      return TiffColours::palette;
    case PHOTOMETRIC_SEPARATED:
      if (field<std::uint16_t>(tiff, TIFFTAG_INKSET, INKSET_CMYK) != INKSET_CMYK)
        throw_unsupported(format_name, "inks other than CMYK");
      return TiffColours::cmyk;
    case PHOTOMETRIC_YCBCR:
      return TiffColours::ycbcr;
    case PHOTOMETRIC_CIELAB:
      return TiffColours::cie_lab;
    case PHOTOMETRIC_ICCLAB:
      return TiffColours::icc_lab;
    default:
      break;
  }
  const auto* const found =
      std::find_if(refused_colours.begin(), refused_colours.end(),
                   [&](const RefusedColours& refused) { return refused.photometric == photometric; });
  if (found != refused_colours.end()) throw_unsupported(format_name, std::string(found->name));
  throw_unsupported(format_name, "colours of the unknown kind " + std::to_string(photometric));
}

/// What libtiff makes of a directory without a word: a palette that is missing, or of another size than the depth asks
/// for, leaves indices as grey; and samples of which nothing is told are guessed at.
void check_colours_are_told(const TiffDirectory& directory, const TiffLayout& layout,
                            std::vector<std::string>& warnings) {
  const auto photometric = directory.find(TiffTag::photometric);
  if (!photometric) {
    const std::string guess = layout.colours == TiffColours::rgb             ? "for RGB"
                              : layout.colours == TiffColours::inverted_grey ? "for grey whose zeros are white"
                                                                             : "for grey whose zeros are black";
    warnings.push_back("the TIFF does not say what colours its samples stand for; they are taken " + guess);
  } else if (directory.value(*photometric, 0) == PHOTOMETRIC_PALETTE && layout.colours != TiffColours::palette) {
    throw_damaged(format_name, "its palette is missing, or not of the size that its samples take", photometric->offset);
  }
}

std::uint32_t colour_sample_count(TiffColours colours) {
  switch (colours) {
    case TiffColours::inverted_grey:
    case TiffColours::grey:
    case TiffColours::palette:
      return 1;
    case TiffColours::cmyk:
      return 4;
    default:
      return 3;
  }
}

void check_samples(TIFF* tiff, const TiffLayout& layout, std::uint16_t compression) {
  const std::string bits = std::to_string(layout.bits) + " bits per sample";
  switch (field<std::uint16_t>(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT)) {
    case SAMPLEFORMAT_UINT:
    case SAMPLEFORMAT_VOID:
      break;
    case SAMPLEFORMAT_INT:
      throw_unsupported(format_name, "signed samples");
    case SAMPLEFORMAT_IEEEFP:
      throw_unsupported(format_name, "floating-point samples");
    default:
      throw_unsupported(format_name, "complex samples or samples of an unknown kind");
  }
  if (layout.bits == 0) throw_damaged(format_name, "a sample has 0 bits", 0);
  if (layout.bits > 16) throw_unsupported(format_name, bits);
  const bool is_lab = layout.colours == TiffColours::cie_lab || layout.colours == TiffColours::icc_lab;
  if (layout.colours == TiffColours::palette && layout.bits > 8) throw_unsupported(format_name, "a palette of " + bits);
  if (layout.colours == TiffColours::ycbcr && layout.bits != 8) throw_unsupported(format_name, "YCbCr of " + bits);
  if (is_lab && layout.bits != 8 && layout.bits != 16) throw_unsupported(format_name, "Lab colours of " + bits);
  const bool is_jpeg = compression == COMPRESSION_JPEG || compression == COMPRESSION_OJPEG;
  if (is_jpeg && layout.bits != 8) throw_unsupported(format_name, "JPEG compression of " + bits);
  if (layout.samples < layout.colour_samples)
    throw_damaged(format_name,
                  "a pixel has " + std::to_string(layout.samples) + (layout.samples == 1 ? " sample" : " samples") +
                      ", and its colour takes " + std::to_string(layout.colour_samples),
                  0);
}

/// Which of the samples after those of the colour is alpha: TIFF 6.0, section 18.
void read_alpha(TIFF* tiff, bool is_declared, TiffLayout& layout, std::vector<std::string>& warnings) {
  const std::uint32_t extra = layout.samples - layout.colour_samples;
  if (extra == 0) return;
  std::uint16_t count = 0;
  const std::uint16_t* kinds = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) == 0) count = 0;
  for (std::uint32_t i = 0; i < std::min<std::uint32_t>(count, extra) && is_declared && !layout.alpha_sample; ++i) {
    if (kinds[i] != EXTRASAMPLE_ASSOCALPHA && kinds[i] != EXTRASAMPLE_UNASSALPHA) continue;
    layout.alpha_sample = layout.colour_samples + i;
    layout.is_premultiplied = kinds[i] == EXTRASAMPLE_ASSOCALPHA;
  }
  // OpenCV and others write grey or RGB with alpha without saying so.
  if (!is_declared && extra == 1 && (layout.colours == TiffColours::grey || layout.colours == TiffColours::rgb)) {
    layout.alpha_sample = layout.colour_samples;
    warnings.emplace_back("the TIFF does not say what its last sample is; it is taken for straight alpha");
  }
  if (const std::uint32_t left_out = extra - (layout.alpha_sample ? 1 : 0); left_out > 0)
    warnings.push_back(std::to_string(left_out) + (left_out == 1 ? " sample" : " samples") +
                       " of each pixel of the TIFF " + (left_out == 1 ? "is" : "are") +
                       " left out, as the file does not declare alpha there");
}

/// JPEG's YCbCr is decoded to RGB by libjpeg; other YCbCr comes as it is.
void read_subsampling(TIFF* tiff, std::uint16_t compression, TiffLayout& layout) {
  if (layout.colours != TiffColours::ycbcr) return;
  if (compression == COMPRESSION_JPEG && !layout.has_planes && layout.samples == 3) {
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    layout.colours = TiffColours::rgb;
    return;
  }
  std::uint16_t x = 1;
  std::uint16_t y = 1;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_YCBCRSUBSAMPLING, &x, &y);
  const auto is_valid = [](std::uint16_t factor) { return factor == 1 || factor == 2 || factor == 4; };
  if (!is_valid(x) || !is_valid(y)) throw_damaged(format_name, "its chroma subsampling is not 1, 2 or 4", 0);
  layout.subsampling_x = x;
  layout.subsampling_y = y;
  if (!layout.is_subsampled()) return;
  if (layout.has_planes) throw_unsupported(format_name, "subsampled chroma in planes of its own");
  if (layout.samples != 3) throw_unsupported(format_name, "subsampled chroma with extra samples");
}

void read_segments(TIFF* tiff, TiffLayout& layout) {
  layout.is_tiled = TIFFIsTiled(tiff) != 0;
  if (!layout.is_tiled) {
    layout.segment_width_px = layout.width_px;
    layout.segment_height_px = std::min(field<std::uint32_t>(tiff, TIFFTAG_ROWSPERSTRIP, 0), layout.height_px);
    if (layout.segment_height_px == 0) throw_damaged(format_name, "its strips have 0 rows", 0);
    return;
  }
  layout.segment_width_px = field<std::uint32_t>(tiff, TIFFTAG_TILEWIDTH, 0);
  layout.segment_height_px = field<std::uint32_t>(tiff, TIFFTAG_TILELENGTH, 0);
  if (layout.segment_width_px == 0 || layout.segment_height_px == 0)
    throw_damaged(format_name, "its tiles have 0 pixels", 0);
  // Tiles are decoded whole: one far larger than the image would take time and memory that its pixels do not justify.
  constexpr std::uint64_t small_px = std::uint64_t{1} << 22;  // a tile of 2048x2048 is fine for any image
  const std::uint64_t tile_px = std::uint64_t{layout.segment_width_px} * layout.segment_height_px;
  if (tile_px > small_px && tile_px / 4 > std::uint64_t{layout.width_px} * layout.height_px)
    throw_unsupported(format_name, "tiles far larger than its image");
}

}  // namespace

std::vector<std::uint32_t> TiffLayout::planes() const {
  if (!has_planes) return {0};
  std::vector<std::uint32_t> result;
  for (std::uint32_t plane = 0; plane < colour_samples; ++plane) result.push_back(plane);
  if (alpha_sample) result.push_back(*alpha_sample);
  return result;
}

std::uint64_t TiffLayout::segment_bytes(std::uint32_t rows) const noexcept {
  if (!is_subsampled()) return product_or_most(row_bytes(), rows);
  const std::uint64_t units_x = (segment_width_px - 1) / subsampling_x + 1;
  const std::uint64_t units_y = (rows - 1) / subsampling_y + 1;
  return product_or_most(units_x * units_y, std::uint64_t{subsampling_x} * subsampling_y + 2);
}

TiffLayout read_tiff_layout(TiffHandle& handle, const TiffDirectory& directory, std::vector<std::string>& warnings) {
  return handle.run([&](TIFF* tiff) {
    TiffLayout layout;
    layout.width_px = field<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH, 0);
    layout.height_px = field<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH, 0);
    if (layout.width_px == 0 || layout.height_px == 0) throw_damaged(format_name, "a side has 0 pixels", 0);
    const auto compression = field<std::uint16_t>(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    refuse_compression(compression);
    layout.bits = field<std::uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    layout.samples = field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    layout.has_planes = layout.samples > 1 &&
                        field<std::uint16_t>(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
    layout.colours = read_colours(tiff, compression, layout.samples);
    check_colours_are_told(directory, layout, warnings);
    layout.colour_samples = colour_sample_count(layout.colours);
    check_samples(tiff, layout, compression);
    read_subsampling(tiff, compression, layout);
    read_alpha(tiff, directory.find(TiffTag::extra_samples).has_value(), layout, warnings);
    const bool is_lab = layout.colours == TiffColours::cie_lab || layout.colours == TiffColours::icc_lab;
    if (layout.is_premultiplied && (is_lab || layout.colours == TiffColours::ycbcr))
      throw_unsupported(format_name, "Lab or YCbCr colours multiplied by alpha");
    read_segments(tiff, layout);
    const auto orientation = field<std::uint16_t>(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    layout.is_compressed = compression != COMPRESSION_NONE;
    layout.is_deflated = compression == COMPRESSION_DEFLATE || compression == COMPRESSION_ADOBE_DEFLATE;
    layout.is_byte_swapped = layout.bits == 16 && TIFFIsByteSwapped(tiff) != 0;
    layout.is_bit_reversed = field<std::uint16_t>(tiff, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB) == FILLORDER_LSB2MSB;
    layout.orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
    return layout;
  });
}

}  // namespace vqi::detail
