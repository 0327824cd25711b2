// Writes the header from top to bottom: how to read it, constants, colours, indices.
#include "c_arrays.hpp"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace vqi::tool {
namespace {

constexpr std::size_t numbers_in_line = 16;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string product(const std::string& factor, std::uint32_t by) {
  return by == 1 ? factor : factor + " * " + std::to_string(by);
}

class HeaderText {
 public:
  HeaderText(const BlockImage& image, std::string name, PixelForm form, std::uint32_t bits, BitOrder order)
      : image_(image), name_(std::move(name)), form_(form), bits_(bits), order_(order) {}

  std::string write() {
    text_ = how_to_read();
    text_ += "#ifndef VQI_HEADER_" + name_ + "\n#define VQI_HEADER_" + name_ + "\n\n#include <stdint.h>\n\n";
    text_ +=
        "/* Define it before including this file to place the arrays, for instance as PROGMEM. */\n"
        "#ifndef VQI_FLASH\n#define VQI_FLASH\n#endif\n\n";
    text_ += constants();
    add_colours();
    add_indices();
    text_ += "\n#endif\n";
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string own(const char* end) const { return name_ + "_" + end; }

  /// The expression for the index in column `column` of row `row` of the map.
  [[nodiscard]] std::string index_expression(const std::string& column, const std::string& row) const {
    const std::string at = own("indices") + "[" + row + " * " + own("row_length") + " + " + column;
    if (bits_ >= 8) return at + "]";
    const std::uint32_t per_byte = 8 / bits_;
    const std::string place = product(column + " % " + std::to_string(per_byte), bits_);
    const std::string shift = order_ == BitOrder::msb_first ? std::to_string(8 - bits_) + " - " + place : place;
    return "(" + at + " / " + std::to_string(per_byte) + "] >> (" + shift + ")) & " + std::to_string((1U << bits_) - 1);
  }

  [[nodiscard]] std::string how_to_read() const {
    if (!image_.has_blocks())
      return "/* Written by vqi. Pixel (x, y) has the colour " + own("palette") + "[i], where i is\n     " +
             index_expression("x", "y") + " */\n";
    const std::string width = std::to_string(image_.block_width_px);
    const std::string height = std::to_string(image_.block_height_px);
    return "/* Written by vqi. Pixel (x, y) is\n     " + own("tiles") + "[i][y % " + height + " * " + width +
           " + x % " + width + "],\n   where, with column = x / " + width + " and row = y / " + height +
           ", i is\n     " + index_expression("column", "row") + " */\n";
  }

  [[nodiscard]] std::string constants() const {
    const IndexedImage& indexed = image_.indexed;
    std::string text = "enum {\n";
    const auto add = [&](const char* end, std::size_t value) {
      text += (text.ends_with("{\n") ? "    " : ",\n    ") + own(end) + " = " + std::to_string(value);
    };
    add("width", indexed.width_px);
    add("height", indexed.height_px);
    if (image_.has_blocks()) {
      add("tile_width", image_.block_width_px);
      add("tile_height", image_.block_height_px);
      add("map_width", indexed.map_width);
      add("map_height", indexed.map_height);
    }
    add(image_.has_blocks() ? "tile_count" : "palette_size", image_.k);
    add("index_bits", bits_);
    add("row_length", bits_ == 16 ? indexed.map_width : packed_row_bytes(indexed.map_width, bits_));
    return text + "\n};\n";
  }

  void begin_array(std::string_view element, const std::string& declarator) {
    text_ += "static const " + std::string(element) + " " + declarator + " VQI_FLASH = {\n";
  }

  void add_colours() {
    const CPixelType type = c_pixel_type(form_);
    const std::size_t pixels = image_.pixels_in_block();
    text_ += "\n/* " + std::string(type.comment) + " */\n";
    const std::string samples(type.samples);
    const std::string size = "[" + std::to_string(image_.k) + "]";
    begin_array(type.element, image_.has_blocks() ? own("tiles") + size + "[" + std::to_string(pixels) + "]" + samples
                                                  : own("palette") + size + samples);
    for (std::uint32_t k = 0; k < image_.k; ++k) {
      text_ += image_.has_blocks() ? "    {\n" : "";
      for (std::size_t i = 0; i < pixels; ++i)
        text_ += (image_.has_blocks() ? "        " : "    ") + c_pixel(image_.pixel(k, i), form_) + ",\n";
      text_ += image_.has_blocks() ? "    },\n" : "";
    }
    text_ += "};\n";
  }

  void add_indices() {
    if (bits_ == 16) return add_numbers("uint16_t", image_.indexed.indices, 4);
    add_numbers("uint8_t", pack_indices(image_, bits_, order_), 2);
  }

  template <typename Number>
  void add_numbers(std::string_view element, const std::vector<Number>& numbers, std::uint32_t digits) {
    text_ += bits_ >= 8 ? "\n"
                        : "\n/* " + std::to_string(8 / bits_) + " indices a byte, the first in the " +
                              (order_ == BitOrder::msb_first ? "most" : "least") + " significant bits */\n";
    begin_array(element, own("indices") + "[" + std::to_string(numbers.size()) + "]");
    text_.reserve(text_.size() + numbers.size() * (digits + 4));
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      text_ += i % numbers_in_line == 0 ? "    " : " ";
      append_hex(text_, static_cast<std::uint32_t>(numbers[i]), digits);
      text_ += i % numbers_in_line == numbers_in_line - 1 || i + 1 == numbers.size() ? ",\n" : ",";
    }
    text_ += "};\n";
  }

  const BlockImage& image_;
  std::string name_;
  PixelForm form_;
  std::uint32_t bits_;
  BitOrder order_;
  std::string text_;
};

}  // namespace

std::string c_identifier(const std::string& file_name) {
  std::string name;
  for (const char c : std::filesystem::path(file_name).stem().string()) {
    const bool fits = is_letter(c) || (c >= '0' && c <= '9');
    if (fits)
      name += c;
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  while (name.ends_with('_')) name.pop_back();
  if (name.empty()) return "image";
  return is_letter(name.front()) ? name : "image_" + name;
}

std::string write_c_arrays(const BlockImage& image, const std::string& name, PixelForm form, std::uint32_t bits,
                           BitOrder order) {
  return HeaderText(image, name, form, bits, order).write();
}

}  // namespace vqi::tool
