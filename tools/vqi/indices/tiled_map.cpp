// Writes the elements in the order in which Tiled does.
#include "tiled_map.hpp"

#include <algorithm>
#include <cstdint>

#include "map_files.hpp"
#include "tile_sheet.hpp"
#include "valid_utf8.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::uint32_t first_tile = 1;

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&')
      safe += "&amp;";
    else if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '"')
      safe += "&quot;";
    else
      safe += c;
  }
  return safe;
}

std::string attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + escaped(value) + "\"";
}

std::string attribute(const char* name, std::uint32_t value) { return attribute(name, std::to_string(value)); }

/// `sheet_name` as a path from the map; Tiled takes a colon at the beginning for a resource of its own.
std::string source_of(const std::string& sheet_name) { return (sheet_name.starts_with(':') ? "./" : "") + sheet_name; }

std::string tileset_element(const BlockImage& image, const std::string& name, const std::string& sheet_name) {
  const std::uint32_t columns = sheet_columns(image.k);
  const std::uint32_t rows = (image.k + columns - 1) / columns;
  return " <tileset" + attribute("firstgid", first_tile) + attribute("name", name) +
         attribute("tilewidth", image.block_width_px) + attribute("tileheight", image.block_height_px) +
         attribute("tilecount", image.k) + attribute("columns", columns) + ">\n  <image" +
         attribute("source", source_of(sheet_name)) + attribute("width", columns * image.block_width_px) +
         attribute("height", rows * image.block_height_px) + "/>\n </tileset>\n";
}

std::string size_property(const char* name, std::uint32_t value) {
  return std::string("  <property") + attribute("name", name) + attribute("type", "int") + attribute("value", value) +
         "/>\n";
}

}  // namespace

void check_xml_name(const std::string& name) {
  const bool has_control = std::any_of(name.begin(), name.end(), [](char c) { return c >= 0 && c < ' '; });
  if (has_control || valid_utf8(name) != name)
    throw Error(ErrorCode::invalid_option,
                "a map of Tiled cannot hold the name of its tiles, which is not UTF-8 or has control characters, name "
                "another output with -o");
}

std::string write_tmx(const BlockImage& image, const std::string& name, const std::string& sheet_name) {
  const IndexedImage& indexed = image.indexed;
  const std::string map_size = attribute("width", indexed.map_width) + attribute("height", indexed.map_height);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<map version=\"1.2\" orientation=\"orthogonal\""
         " renderorder=\"right-down\"" +
         map_size + attribute("tilewidth", image.block_width_px) + attribute("tileheight", image.block_height_px) +
         " infinite=\"0\" nextlayerid=\"2\" nextobjectid=\"1\">\n <properties>\n" +
         size_property("image_height", indexed.height_px) + size_property("image_width", indexed.width_px) +
         " </properties>\n" + tileset_element(image, name, sheet_name) + " <layer id=\"1\"" + attribute("name", name) +
         map_size + ">\n  <data encoding=\"csv\">\n" + layer_text(image, first_tile) + "</data>\n </layer>\n</map>\n";
}

}  // namespace vqi::tool
