// write_tmx: an index map as a map of Tiled, whose tiles are in a sheet.
#pragma once

#include <string>

#include "block_image.hpp"

namespace vqi::tool {

/// Throws Error{invalid_option} unless XML can hold the name of a file: well-formed UTF-8 without control characters.
void check_xml_name(const std::string& name);

/// A map of the TMX format 1.2 with one layer of CSV and one embedded tile set, whose first tile is number 1; the image
/// of the tile set is `sheet_name`, relative to the map. Properties have the size of the image, as tiles may reach
/// beyond it. `sheet_name` and `name`, of layer and tile set, fit XML.
[[nodiscard]] std::string write_tmx(const BlockImage& image, const std::string& name, const std::string& sheet_name);

}  // namespace vqi::tool
