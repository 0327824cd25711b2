// The forms in which decompress writes an index map: their names, extensions and options.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "packed_indices.hpp"
#include "pixel_form.hpp"
#include "vqi/report.hpp"

namespace vqi::tool {

enum class IndexForm {
  c,      ///< C arrays of colours and packed indices
  raw,    ///< colours, then packed indices, as bytes
  npy,    ///< the map as an array of NumPy
  pgm,    ///< the map as a grey picture whose samples are indices
  csv,    ///< the map as numbers
  sheet,  ///< the codewords as a PNG of tiles
  tmx,    ///< a map of Tiled, with the PNG of its tiles beside it
};

/// The form and its options, each none unless it is given; `index_bits` are 1, 2, 4 or 8.
struct IndexChoice {
  std::optional<IndexForm> form;
  std::optional<PixelForm> pixels;
  std::optional<BitOrder> bit_order;
  std::optional<std::uint32_t> index_bits;
};

[[nodiscard]] std::string_view index_form_name(IndexForm form) noexcept;
/// The value of --to. Throws Error{invalid_option}.
[[nodiscard]] IndexForm parse_index_form(const std::string& text);
// The values of --bit-order and --index-bits. Both throw Error{invalid_option}.
[[nodiscard]] BitOrder parse_bit_order(const std::string& text);
[[nodiscard]] std::uint32_t parse_index_bits(const std::string& text);

/// The form that the extension of an output names; none for images, .pgm among them.
[[nodiscard]] std::optional<IndexForm> index_form_of_file(const std::string& name);
/// The default output for an input of this name: "a.h" for "a.vqi".
[[nodiscard]] std::string index_file_name(const std::string& file_name, IndexForm form);
/// The PNG of the tiles of a map of Tiled: "d/a.tiles.png" for "d/a.tmx".
[[nodiscard]] std::string tile_sheet_name(const std::string& output);

/// Throws Error{invalid_option} if an option does not go with the form, or if `output`, which -o names, has the
/// extension of another one.
void check_index_choice(const IndexChoice& choice, const std::optional<std::string>& output);

/// Throws Error{invalid_option} if the form cannot hold what a stream holds, as far as its header tells.
void check_form_holds(const IndexChoice& choice, const StreamInfo& info);

}  // namespace vqi::tool
