// Resolutions are fractions per inch or centimetre in a TIFF, and whole numbers per metre in an Image.
#include "tiff_metadata.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "icc_profile.hpp"
#include "image_errors.hpp"
#include "pixel_density.hpp"

namespace vqi::detail {
namespace {

std::optional<PixelDensity> read_density(TIFF* tiff) {
  float x = 0;
  float y = 0;
  if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x) == 0 || TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y) == 0)
    return std::nullopt;
  std::uint16_t unit = RESUNIT_INCH;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  const double units = unit == RESUNIT_INCH ? 1 / inch_in_metres : unit == RESUNIT_CENTIMETER ? 100 : 1;
  const double per_x = std::round(x * units);
  const double per_y = std::round(y * units);
  if (!(per_x >= 1 && per_x <= max_per_metre && per_y >= 1 && per_y <= max_per_metre)) return std::nullopt;
  const bool is_physical = unit == RESUNIT_INCH || unit == RESUNIT_CENTIMETER;
  if (!is_physical && per_x == per_y) return std::nullopt;  // square pixels are what no density means as well
  return PixelDensity{static_cast<std::uint32_t>(per_x), static_cast<std::uint32_t>(per_y),
                      static_cast<std::uint8_t>(is_physical ? 1 : 0)};
}

void set_density(TIFF* tiff, const PixelDensity& density) {
  double x = density.x;
  double y = density.y;
  int unit = RESUNIT_NONE;
  if (density.unit == 1) {
    const bool is_in_inches = whole_per_inch(density.x) != 0 && whole_per_inch(density.y) != 0;
    unit = is_in_inches ? RESUNIT_INCH : RESUNIT_CENTIMETER;
    x = is_in_inches ? whole_per_inch(density.x) : x / 100;
    y = is_in_inches ? whole_per_inch(density.y) : y / 100;
  }
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, x);
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, y);
  TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, unit);
}

struct NamedTag {
  std::uint16_t tag;
  const char* name;
};
constexpr std::array dropped_tags{
    NamedTag{34665, "EXIF"},      NamedTag{34853, "EXIF"}, NamedTag{700, "XMP"},  NamedTag{33723, "IPTC"},
    NamedTag{34377, "Photoshop"}, NamedTag{270, "text"},   NamedTag{315, "text"}, NamedTag{33432, "text"},
};

}  // namespace

void read_tiff_metadata(TiffHandle& handle, bool has_own_colours, ReadImage& read) {
  handle.run([&](TIFF* tiff) {
    read.image.metadata().density = read_density(tiff);
    std::uint32_t size = 0;
    const void* profile = nullptr;
    if (TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &size, &profile) == 0 || size == 0) return;
    if (!has_own_colours)
      drop_icc_profile(converted_colours, read);
    else
      keep_icc_profile({static_cast<const std::byte*>(profile), size}, read);
  });
}

std::vector<std::string> dropped_tiff_metadata(const TiffDirectory& directory) {
  std::vector<std::string> names;
  for (const NamedTag& dropped : dropped_tags)
    if (directory.has(dropped.tag) && std::find(names.begin(), names.end(), dropped.name) == names.end())
      names.emplace_back(dropped.name);
  return names;
}

void set_tiff_metadata(TIFF* tiff, const ColourMetadata& metadata, bool is_colour) {
  if (metadata.density) set_density(tiff, *metadata.density);
  if (metadata.icc_profile && icc_profile_fits(metadata.icc_profile->bytes, is_colour))
    TIFFSetField(tiff, TIFFTAG_ICCPROFILE, static_cast<std::uint32_t>(metadata.icc_profile->bytes.size()),
                 metadata.icc_profile->bytes.data());
}

}  // namespace vqi::detail
