// Looks names up and words the refusals.
#include "parse_names.hpp"

#include <algorithm>
#include <optional>

#include "vqi/colour_text.hpp"
#include "vqi/error.hpp"
#include "vqi/names.hpp"

namespace vqi::detail {
namespace {

/// The value, or Error{invalid_option}: NAME "TEXT" WHY.
template <typename Value>
Value known(const std::optional<Value>& value, const char* name, const std::string& text, const char* why) {
  if (!value) throw Error(ErrorCode::invalid_option, std::string(name) + " \"" + text + "\" " + why);
  return *value;
}

}  // namespace

Method parse_method(const std::string& text) {
  return known(method_from_name(text), "--method", text, "is unknown, give kmeans, ecvq, em or anneal");
}

Method parse_palette_method(const std::string& text) {
  std::optional<Method> method = method_from_name(text);
  if (method != Method::kmeans && method != Method::ecvq) method.reset();
  return known(method, "--method", text, "is not one for palettes, give kmeans or ecvq");
}

Covariance parse_covariance(const std::string& text) {
  return known(covariance_from_name(text), "--covariance", text,
               "is unknown, give tied-spherical, spherical, diagonal, tied or full");
}

Seeding parse_seeding(const std::string& text) {
  return known(seeding_from_name(text), "--seeding", text, "is unknown, give auto, split or kmeans++");
}

Dither parse_dither(const std::string& text) {
  return known(dither_from_name(text), "--dither", text, "is unknown, give none, auto, diffusion, blue or bayer");
}

Coding parse_coding(const std::string& text) {
  return known(coding_from_name(text), "--coding", text, "is not a way to write indices, give packed, entropy or auto");
}

Model parse_model(const std::string& text) {
  return known(model_from_name(text), "--model", text, "is not a model of indices, give fast, balanced or max");
}

Space parse_space(const std::string& text) {
  return known(space_from_name(text), "--space", text, "is unknown, give rgb or oklab");
}

cluster::GapBox parse_gap_box(const std::string& text) {
  return known(gap_box_from_name(text), "--gap-box", text, "is unknown, give uniform or principal");
}

cluster::GapRule parse_gap_rule(const std::string& text) {
  return known(gap_rule_from_name(text), "--gap-rule", text,
               "is unknown, give Tibs2001SEmax, firstSEmax, globalSEmax, firstmax or globalmax");
}

Colour parse_fixed_colour(const char* option, const std::string& text) {
  const Rgba rgba = parse_colour(option, text);
  Colour colour{};
  std::transform(rgba.begin(), rgba.end(), colour.begin(),
                 [](std::uint16_t sample) { return static_cast<std::uint8_t>(sample); });
  return colour;
}

}  // namespace vqi::detail
