// Writes index after index, after the header of each format.
#include "map_files.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

namespace vqi::tool {
namespace {

constexpr std::uint32_t byte_values = 256;

std::vector<std::byte> bytes_of(const std::string& text) {
  std::vector<std::byte> bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

enum class ByteOrder { little, big };

/// Adds all indices, in two bytes each where one does not hold them.
void append_indices(std::vector<std::byte>& bytes, const BlockImage& image, ByteOrder order) {
  const std::vector<std::uint16_t>& indices = image.indexed.indices;
  const bool wide = image.k > byte_values;
  bytes.reserve(bytes.size() + indices.size() * (wide ? 2 : 1));
  for (const std::uint16_t index : indices) {
    const auto low = static_cast<std::byte>(index & 0xFFU);
    const auto high = static_cast<std::byte>(index >> 8U);
    if (wide && order == ByteOrder::big) bytes.push_back(high);
    bytes.push_back(low);
    if (wide && order == ByteOrder::little) bytes.push_back(high);
  }
}

std::string numbers_text(const BlockImage& image, std::uint32_t first, std::string_view row_end) {
  constexpr std::size_t digits_max = 6;
  std::string text;
  text.reserve(image.indexed.indices.size() * 4);
  for (std::uint32_t y = 0; y < image.indexed.map_height; ++y) {
    const std::uint16_t* const row = image.map_row(y);
    for (std::uint32_t x = 0; x < image.indexed.map_width; ++x) {
      char digits[digits_max];
      if (x > 0) text += ',';
      text.append(digits, std::to_chars(digits, digits + digits_max, row[x] + first).ptr);
    }
    text += y + 1 == image.indexed.map_height ? "\n" : row_end;
  }
  return text;
}

}  // namespace

std::vector<std::byte> write_npy(const BlockImage& image) {
  constexpr std::size_t alignment = 64;  // of the data, as NumPy itself writes it
  constexpr std::size_t fixed_bytes = 10;
  std::string header = std::string("{'descr': '") + (image.k > byte_values ? "<u2" : "|u1") +
                       "', 'fortran_order': False, 'shape': (" + std::to_string(image.indexed.map_height) + ", " +
                       std::to_string(image.indexed.map_width) + "), }";
  header.append(alignment - 1 - (fixed_bytes + header.size()) % alignment, ' ');
  header += '\n';
  std::string start("\x93NUMPY\x01\x00", 8);
  start += static_cast<char>(header.size() & 0xFFU);
  start += static_cast<char>(header.size() >> 8U);
  std::vector<std::byte> bytes = bytes_of(start + header);
  append_indices(bytes, image, ByteOrder::little);
  return bytes;
}

std::vector<std::byte> write_index_pgm(const BlockImage& image) {
  std::vector<std::byte> bytes =
      bytes_of("P5\n" + std::to_string(image.indexed.map_width) + " " + std::to_string(image.indexed.map_height) +
               "\n" + std::to_string(std::max(image.k, 2U) - 1) + "\n");
  append_indices(bytes, image, ByteOrder::big);
  return bytes;
}

std::string write_index_csv(const BlockImage& image) { return numbers_text(image, 0, "\n"); }

std::string layer_text(const BlockImage& image, std::uint32_t first) { return numbers_text(image, first, ",\n"); }

}  // namespace vqi::tool
