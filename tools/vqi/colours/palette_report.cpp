// Lists the colours as texts, and how often each is used where that is known.
#include "palette_report.hpp"

#include "json_parts.hpp"
#include "vqi/colour_text.hpp"

namespace vqi::tool {

std::string json_line(const PaletteResult& result) {
  nlohmann::ordered_json object = new_object("palette");
  add_name(object, "input", result.input);
  object["output"] = nullptr;
  if (result.output) add_name(object, "output", *result.output);
  object["k"] = result.palette.colours.size();
  object["bit_depth"] = result.palette.bit_depth;
  object["colours"] = nlohmann::ordered_json::array();
  for (const PaletteColour& colour : result.palette.colours)
    object["colours"].push_back(text_of_colour(colour.rgba, result.palette.bit_depth));
  object["counts"] = nullptr;
  if (!result.palette.counts.empty()) object["counts"] = result.palette.counts;
  object["threads"] = result.threads;
  object["seconds"] = {{"read", result.read_seconds}, {"write", result.write_seconds}, {"total", result.total_seconds}};
  object["warnings"] = texts(result.warnings);
  return json_text(object);
}

}  // namespace vqi::tool
