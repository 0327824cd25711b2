// Looks for colours in a parsed document.
#include "json_palette.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "palette_lines.hpp"
#include "vqi/colour_text.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::corrupt_palette, what); }

Json parse(std::string_view text) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    // The parser counts bytes read, one beyond the end included.
    const std::size_t offset = std::min(error.byte > 0 ? error.byte - 1 : 0, text.size());
    throw Error(ErrorCode::corrupt_palette, "the JSON breaks off or is wrong (at byte " + std::to_string(offset) + ")",
                offset);
  }
}

/// The member of an object that has one of the names.
template <std::size_t N>
const Json* member(const Json& object, const std::array<const char*, N>& names) {
  if (object.is_object())
    for (const char* name : names)
      if (const auto found = object.find(name); found != object.end()) return &*found;
  return nullptr;
}

std::string name_in(const Json& object) {
  const Json* name = member(object, std::array{"name"});
  return name != nullptr && name->is_string() ? name->get<std::string>() : std::string();
}

std::optional<ColourText> colour_of_numbers(const Json& numbers) {
  constexpr std::size_t least = 3;
  constexpr std::size_t most = 4;
  if (numbers.size() < least || numbers.size() > most) return std::nullopt;
  ColourText colour{{0, 0, 0, 255}, 8};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!numbers[i].is_number_unsigned() || numbers[i].get<std::uint64_t>() > 255) return std::nullopt;
    colour.rgba[i] = numbers[i].get<std::uint16_t>();
  }
  return colour;
}

std::optional<ColourText> colour_in(const Json& value) {
  if (value.is_string()) return colour_of_text(value.get_ref<const std::string&>());
  if (value.is_array()) return colour_of_numbers(value);
  return std::nullopt;
}

}  // namespace

Palette read_json_palette(std::string_view text) {
  const Json document = parse(text);
  const Json* list = document.is_array() ? &document : member(document, std::array{"colours", "colors", "palette"});
  if (list == nullptr || !list->is_array())
    refuse("the JSON has no array of colours, give one, or an object with one under \"colours\"");
  if (list->empty()) refuse("the palette has no colours, give one or more");
  if (list->size() > palette_colours_max)
    refuse("the palette has " + std::to_string(list->size()) + " colours, more than " +
           std::to_string(palette_colours_max));
  Palette palette;
  palette.name = name_in(document);
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Json& entry = (*list)[i];
    const Json* value = member(entry, std::array{"hex", "color", "rgb"});
    const std::optional<ColourText> colour = colour_in(value != nullptr ? *value : entry);
    const std::string place = "number " + std::to_string(i) + " of the JSON's array";
    if (!colour) refuse(place + " is no colour, give a text such as \"#ff8800\" or three numbers from 0 to 255");
    if (i > 0 && colour->bit_depth != palette.bit_depth)
      refuse(place + " has another number of digits for a sample than the colours before");
    palette.bit_depth = colour->bit_depth;
    palette.colours.push_back({colour->rgba, name_in(entry)});
  }
  return palette;
}

std::string write_json_palette(const Palette& palette) {
  std::string text = "{\n";
  if (!palette.name.empty())
    text += "  \"name\": " + Json(palette.name).dump(-1, ' ', true, Json::error_handler_t::replace) + ",\n";
  text += "  \"colours\": [\n";
  for (std::size_t k = 0; k < palette.colours.size(); ++k)
    text += "    \"" + text_of_colour(palette.colours[k].rgba, palette.bit_depth) +
            (k + 1 < palette.colours.size() ? "\",\n" : "\"\n");
  return text + "  ]\n}\n";
}

}  // namespace vqi::tool
