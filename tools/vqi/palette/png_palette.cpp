// Walks over chunks: four bytes of length, four of type, the data, and a CRC-32 of type and data (PNG, section 5.3).
#include "png_palette.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::array<unsigned char, 8> signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
constexpr std::size_t frame_bytes = 12;  // of a chunk beside its data
constexpr std::size_t header_end = 33;   // signature and IHDR
constexpr std::size_t plte_max = 256;    // colours
constexpr std::size_t splt_name_max = 79;
constexpr std::size_t frequency_bytes = 2;
constexpr std::string_view own_name = "vqi";  // of the palettes that are suggested here

std::uint32_t big_endian(std::span<const std::byte> bytes) {
  std::uint32_t value = 0;
  for (const std::byte byte : bytes) value = value << 8 | std::to_integer<std::uint32_t>(byte);
  return value;
}

std::uint32_t crc32(std::span<const std::byte> bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const std::byte byte : bytes) {
    crc ^= std::to_integer<std::uint32_t>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

struct Chunk {
  std::string type;
  std::size_t offset = 0;
  std::span<const std::byte> data;
};

[[noreturn]] void refuse(const std::string& what, std::size_t offset) {
  throw Error(ErrorCode::corrupt_palette, what + " (at byte " + std::to_string(offset) + ")", offset);
}

/// The chunk at `offset`. Checksums are checked where the data is used.
Chunk chunk_at(std::span<const std::byte> file, std::size_t offset) {
  if (file.size() - offset < frame_bytes) refuse("the PNG ends within a chunk", file.size());
  const std::uint32_t length = big_endian(file.subspan(offset, 4));
  if (length > file.size() - offset - frame_bytes) refuse("a chunk of the PNG is longer than the file", offset);
  Chunk chunk{{}, offset, file.subspan(offset + 8, length)};
  for (std::size_t i = 4; i < 8; ++i) chunk.type += static_cast<char>(file[offset + i]);
  return chunk;
}

void check(std::span<const std::byte> file, const Chunk& chunk) {
  constexpr std::size_t longest = 100 + 10 * palette_colours_max;  // no palette needs more
  if (chunk.data.size() > longest) refuse("the PNG's chunk " + chunk.type + " is too long for a palette", chunk.offset);
  const auto covered = file.subspan(chunk.offset + 4, 4 + chunk.data.size());
  if (crc32(covered) != big_endian(file.subspan(chunk.offset + 8 + chunk.data.size(), 4)))
    refuse("the checksum of the PNG's chunk " + chunk.type + " does not match", chunk.offset);
}

Palette read_plte(const Chunk& chunk) {
  const std::size_t count = chunk.data.size() / 3;
  if (chunk.data.size() % 3 != 0 || count < 1 || count > plte_max)
    refuse("the PNG's chunk PLTE has " + std::to_string(chunk.data.size()) + " bytes, not 3 to 768", chunk.offset);
  Palette palette;
  for (std::size_t k = 0; k < count; ++k) {
    Rgba rgba{0, 0, 0, 255};
    for (std::size_t i = 0; i < 3; ++i) rgba[i] = std::to_integer<std::uint16_t>(chunk.data[3 * k + i]);
    palette.colours.push_back({rgba, {}});
  }
  return palette;
}

void read_trns(const Chunk& chunk, Palette& palette) {
  if (chunk.data.size() > palette.colours.size())
    refuse("the PNG's chunk tRNS has more entries than its palette", chunk.offset);
  for (std::size_t k = 0; k < chunk.data.size(); ++k)
    palette.colours[k].rgba[3] = std::to_integer<std::uint16_t>(chunk.data[k]);
}

Palette read_splt(const Chunk& chunk) {
  const auto end = std::find(chunk.data.begin(), chunk.data.end(), std::byte{0});
  const auto name_bytes = static_cast<std::size_t>(end - chunk.data.begin());
  if (name_bytes > splt_name_max || name_bytes + 2 > chunk.data.size())
    refuse("the PNG's chunk sPLT has no name of 1 to 79 letters", chunk.offset);
  Palette palette;
  for (const std::byte letter : chunk.data.first(name_bytes)) palette.name += static_cast<char>(letter);
  palette.bit_depth = std::to_integer<std::uint32_t>(chunk.data[name_bytes + 1]);
  const std::size_t sample_bytes = palette.bit_depth / 8;
  const std::size_t entry_bytes = 4 * sample_bytes + frequency_bytes;
  const auto entries = chunk.data.subspan(name_bytes + 2);
  if ((palette.bit_depth != 8 && palette.bit_depth != 16) || entries.empty() || entries.size() % entry_bytes != 0 ||
      entries.size() / entry_bytes > palette_colours_max)
    refuse("the PNG's chunk sPLT has a wrong depth or length", chunk.offset);
  for (std::size_t at = 0; at < entries.size(); at += entry_bytes) {
    PaletteColour colour;
    for (std::size_t i = 0; i < 4; ++i)
      colour.rgba[i] = static_cast<std::uint16_t>(big_endian(entries.subspan(at + i * sample_bytes, sample_bytes)));
    palette.colours.push_back(colour);
  }
  return palette;
}

void append_big_endian(std::vector<std::byte>& bytes, std::uint32_t value, std::size_t count) {
  for (std::size_t i = count; i > 0; --i) bytes.push_back(static_cast<std::byte>(value >> (8 * (i - 1))));
}

}  // namespace

bool is_png(std::span<const std::byte> file) noexcept {
  return file.size() >= signature.size() &&
         std::equal(signature.begin(), signature.end(), file.begin(),
                    [](unsigned char wanted, std::byte there) { return std::byte{wanted} == there; });
}

std::optional<Palette> palette_in_png(std::span<const std::byte> file) {
  std::optional<Palette> palette;
  std::optional<Palette> suggested;
  constexpr std::size_t colour_type_offset = 25;
  constexpr auto palette_type = std::byte{3};
  const bool indexed = file.size() > colour_type_offset && file[colour_type_offset] == palette_type;
  for (std::size_t offset = signature.size(); offset < file.size();) {
    const Chunk chunk = chunk_at(file, offset);
    offset += frame_bytes + chunk.data.size();
    if (chunk.type == "IDAT" || chunk.type == "IEND") break;
    const bool wanted = (indexed && (chunk.type == "PLTE" || chunk.type == "tRNS")) || chunk.type == "sPLT";
    if (!wanted) continue;
    check(file, chunk);
    if (chunk.type == "PLTE")
      palette = read_plte(chunk);
    else if (chunk.type == "tRNS" && palette)
      read_trns(chunk, *palette);
    else if (chunk.type == "sPLT" && !suggested)
      suggested = read_splt(chunk);
  }
  const bool is_ours = suggested && suggested->name == own_name;
  return palette && !is_ours ? palette : suggested;
}

std::vector<std::byte> with_suggested_palette(std::span<const std::byte> file, const Palette& palette) {
  std::vector<std::byte> body;
  for (const char letter : std::string_view("sPLT")) body.push_back(static_cast<std::byte>(letter));
  for (const char letter : own_name) body.push_back(static_cast<std::byte>(letter));
  body.push_back(std::byte{0});
  body.push_back(static_cast<std::byte>(palette.bit_depth));
  for (const PaletteColour& colour : palette.colours) {
    for (const std::uint16_t sample : colour.rgba) append_big_endian(body, sample, palette.bit_depth / 8);
    append_big_endian(body, 0, frequency_bytes);
  }
  std::vector<std::byte> result(file.begin(), file.begin() + header_end);
  append_big_endian(result, static_cast<std::uint32_t>(body.size() - 4), 4);
  result.insert(result.end(), body.begin(), body.end());
  append_big_endian(result, crc32(body), 4);
  result.insert(result.end(), file.begin() + header_end, file.end());
  return result;
}

}  // namespace vqi::tool
