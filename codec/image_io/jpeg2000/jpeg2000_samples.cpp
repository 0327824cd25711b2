// Which component is what: ISO/IEC 15444-1, I.5.3. Colour spaces: I.5.3.3 and 15444-2, M.11.7.3.
#include "jpeg2000_samples.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>

#include "image_errors.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "JPEG 2000";
constexpr OPJ_UINT16 opacity = 1;
constexpr OPJ_UINT16 premultiplied_opacity = 2;

/// A component and how its samples lie under the image's pixels.
struct Plane {
  const opj_image_comp_t* component = nullptr;
  std::uint32_t max_value = 1;
};

/// The planes of an image in the order of its channels.
struct Planes {
  std::vector<Plane> list;  ///< colours, then alpha if there is one
  bool has_alpha = false;
  bool is_premultiplied = false;
  std::uint32_t dx = 0;  ///< the least distance of samples on the reference grid
  std::uint32_t dy = 0;
};

Planes sort_components(std::span<const opj_image_comp_t> components, std::vector<std::string>& warnings) {
  Planes planes;
  const opj_image_comp_t* alpha = nullptr;
  for (const opj_image_comp_t& component : components) {
    if (component.sgnd != 0) throw_unsupported(format_name, "signed samples");
    if (component.prec == 0 || component.prec > 16)
      throw_unsupported(format_name, std::to_string(component.prec) + " bits per sample");
    if (component.data == nullptr || component.w == 0 || component.h == 0 || component.dx == 0 || component.dy == 0)
      throw_damaged(format_name, "a component has no samples", 0);
    const bool is_alpha = component.alpha == opacity || component.alpha == premultiplied_opacity;
    if (is_alpha && alpha == nullptr)
      alpha = &component;
    else if (component.alpha == 0)
      planes.list.push_back({&component, (1U << component.prec) - 1});
    else
      warnings.emplace_back("a channel of the JPEG 2000 file that is neither colour nor alpha is left out");
  }
  // A second or fourth component that nothing defines is alpha by custom.
  planes.has_alpha = alpha != nullptr || planes.list.size() == 2 || planes.list.size() == 4;
  if (alpha != nullptr) {
    planes.list.push_back({alpha, (1U << alpha->prec) - 1});
    planes.is_premultiplied = alpha->alpha == premultiplied_opacity;
  }
  const std::size_t colours = planes.list.size() - (planes.has_alpha ? 1 : 0);
  if (colours != 1 && colours != 3) throw_unsupported(format_name, std::to_string(colours) + " colour channels");
  for (const Plane& plane : planes.list) {
    planes.dx = planes.dx == 0 ? plane.component->dx : std::min(planes.dx, plane.component->dx);
    planes.dy = planes.dy == 0 ? plane.component->dy : std::min(planes.dy, plane.component->dy);
  }
  return planes;
}

/// The place in a row or column of `count` samples at distances of `step` that lies under place `at` of one at
/// distances of `fine`, both from `origin` of the reference grid on.
std::uint32_t place_under(std::uint32_t at, std::uint32_t fine, std::uint32_t step, std::uint32_t origin,
                          std::uint32_t count) {
  const auto first = [&](std::uint64_t distance) { return (origin + distance - 1) / distance; };
  const std::uint64_t on_grid = (first(fine) + at) * fine;
  const std::uint64_t index = on_grid / step;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(index - std::min(index, first(step)), count - 1));
}

/// Copies one plane into a channel, scaled to the full range of the image's samples.
template <typename Sample>
void copy_plane(const Plane& plane, const Planes& planes, const opj_image_t& decoded, std::uint32_t channel,
                Image& image) {
  const opj_image_comp_t& component = *plane.component;
  const std::uint64_t full = image.view().max_value();
  std::vector<std::uint32_t> column(image.width_px());
  for (std::uint32_t x = 0; x < image.width_px(); ++x)
    column[x] = place_under(x, planes.dx, component.dx, decoded.x0, component.w);
  for (std::uint32_t y = 0; y < image.height_px(); ++y) {
    const std::uint32_t line = place_under(y, planes.dy, component.dy, decoded.y0, component.h);
    const OPJ_INT32* source = component.data + std::size_t{line} * component.w;
    auto* target = reinterpret_cast<Sample*>(image.row(y)) + channel;
    for (std::uint32_t x = 0; x < image.width_px(); ++x, target += image.channels()) {
      const auto value = static_cast<std::uint64_t>(
          std::clamp<std::int64_t>(source[column[x]], 0, static_cast<std::int64_t>(plane.max_value)));
      *target = static_cast<Sample>((value * full + plane.max_value / 2) / plane.max_value);
    }
  }
}

/// From luma and two differences to red, green and blue; each row of `factors` is for one of these.
using ColourMatrix = std::array<std::array<double, 3>, 3>;
constexpr ColourMatrix sycc_to_rgb{{{1, 0, 1.402}, {1, -0.344136, -0.714136}, {1, 1.772, 0}}};
constexpr ColourMatrix eycc_to_rgb{
    {{1, -0.0000368, 1.40199}, {1.0003, -0.344125, -0.7141128}, {0.999823, 1.77204, -0.000008}}};

template <typename Sample>
void convert_colours(Image& image, const ColourMatrix& factors) {
  const double full = image.view().max_value();
  const double middle = (full + 1) / 2;
  for (std::uint32_t y = 0; y < image.height_px(); ++y) {
    auto* pixel = reinterpret_cast<Sample*>(image.row(y));
    for (std::uint32_t x = 0; x < image.width_px(); ++x, pixel += image.channels()) {
      const std::array<double, 3> from{double{pixel[0] * 1.0}, pixel[1] - middle, pixel[2] - middle};
      for (std::size_t i = 0; i < 3; ++i) {
        const double value = factors[i][0] * from[0] + factors[i][1] * from[1] + factors[i][2] * from[2];
        pixel[i] = static_cast<Sample>(std::lround(std::clamp(value, 0.0, full)));
      }
    }
  }
}

/// Divides colours by alpha, rounded to nearest; where alpha is 0 they stay.
template <typename Sample>
void make_alpha_straight(Image& image) {
  const std::uint64_t full = image.view().max_value();
  const std::uint32_t colours = image.channels() - 1;
  for (std::uint32_t y = 0; y < image.height_px(); ++y) {
    auto* pixel = reinterpret_cast<Sample*>(image.row(y));
    for (std::uint32_t x = 0; x < image.width_px(); ++x, pixel += image.channels()) {
      const std::uint64_t alpha = pixel[colours];
      if (alpha == 0 || alpha == full) continue;
      for (std::uint32_t channel = 0; channel < colours; ++channel)
        pixel[channel] = static_cast<Sample>(std::min(full, (pixel[channel] * full + alpha / 2) / alpha));
    }
  }
}

/// The matrix of the colour space, or null for RGB and grey. Subsampled differences are taken for sYCC, as RGB never
/// has them.
const ColourMatrix* matrix_of(const opj_image_t& decoded, const Planes& planes) {
  if (planes.list.size() < 3) return nullptr;
  if (decoded.color_space == OPJ_CLRSPC_EYCC) return &eycc_to_rgb;
  const bool is_subsampled = planes.list[1].component->dx != planes.list[0].component->dx ||
                             planes.list[1].component->dy != planes.list[0].component->dy;
  const bool is_unknown = decoded.color_space == OPJ_CLRSPC_UNKNOWN || decoded.color_space == OPJ_CLRSPC_UNSPECIFIED;
  return decoded.color_space == OPJ_CLRSPC_SYCC || (is_unknown && is_subsampled) ? &sycc_to_rgb : nullptr;
}

template <typename Sample>
void fill_image(const opj_image_t& decoded, const Planes& planes, Image& image) {
  for (std::uint32_t channel = 0; channel < image.channels(); ++channel)
    copy_plane<Sample>(planes.list[channel], planes, decoded, channel, image);
  if (const ColourMatrix* matrix = matrix_of(decoded, planes)) convert_colours<Sample>(image, *matrix);
  if (planes.is_premultiplied) make_alpha_straight<Sample>(image);
}

}  // namespace

Image image_of_components(const opj_image_t& decoded, std::vector<std::string>& warnings) {
  if (decoded.color_space == OPJ_CLRSPC_CMYK) throw_unsupported(format_name, "CMYK colours");
  // OpenJPEG's way to hand CIELab's parameters over.
  if (decoded.icc_profile_buf != nullptr && decoded.icc_profile_len == 0)
    throw_unsupported(format_name, "CIELab colours");
  const Planes planes = sort_components({decoded.comps, decoded.numcomps}, warnings);
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t bits = 0;
  for (const Plane& plane : planes.list) {
    width_px = std::max(width_px, plane.component->w);
    height_px = std::max(height_px, plane.component->h);
    bits = std::max(bits, plane.component->prec);
  }
  Image image(width_px, height_px, static_cast<std::uint32_t>(planes.list.size()), bits > 8 ? 16 : 8);
  if (bits > 8)
    fill_image<std::uint16_t>(decoded, planes, image);
  else
    fill_image<std::uint8_t>(decoded, planes, image);
  return image;
}

}  // namespace vqi::detail
