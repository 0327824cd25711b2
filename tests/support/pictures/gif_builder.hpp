// GifBuilder: builds GIF files block by block, with an LZW encoder of its own.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "byte_tools.hpp"

namespace vqi::testing {

using GifIndices = std::vector<std::uint8_t>;

/// The code size and data blocks of a picture. With `clears` the table is cleared when it is full, else the codes of 12
/// bits go on.
inline Bytes gif_data(const GifIndices& indices, std::uint32_t literal_bits, bool clears = true) {
  const std::uint32_t clear_code = 1U << literal_bits;
  std::map<std::string, std::uint32_t> table;
  std::uint32_t next = 0;
  std::uint32_t code_bits = 0;
  std::uint64_t bits = 0;
  std::uint32_t bit_count = 0;
  Bytes codes;
  const auto put = [&](std::uint32_t code) {
    bits |= std::uint64_t{code} << bit_count;
    for (bit_count += code_bits; bit_count >= 8; bit_count -= 8, bits >>= 8)
      codes.push_back(static_cast<std::byte>(bits & 0xFF));
  };
  const auto reset = [&] {
    table.clear();
    for (std::uint32_t i = 0; i < clear_code; ++i) table[std::string(1, static_cast<char>(i))] = i;
    next = clear_code + 2;
    code_bits = literal_bits + 1;
  };
  reset();
  put(clear_code);
  std::string run;
  for (const std::uint8_t index : indices) {
    const std::string longer = run + static_cast<char>(index);
    if (table.contains(longer)) {
      run = longer;
      continue;
    }
    put(table.at(run));
    if (next < 4096) {
      if (next == (1U << code_bits)) ++code_bits;
      table[longer] = next++;
    } else if (clears) {
      put(clear_code);
      reset();
    }
    run = std::string(1, static_cast<char>(index));
  }
  if (!run.empty()) put(table.at(run));
  if (next == (1U << code_bits) && code_bits < 12) ++code_bits;
  put(clear_code + 1);
  code_bits = 8;
  put(0);
  Bytes data{static_cast<std::byte>(literal_bits)};
  for (std::size_t i = 0; i < codes.size(); i += 255) {
    const auto block = std::span(codes).subspan(i, std::min<std::size_t>(255, codes.size() - i));
    data.push_back(static_cast<std::byte>(block.size()));
    append(data, block);
  }
  data.push_back(std::byte{0});
  return data;
}

class GifBuilder {
 public:
  /// A screen, with a global palette of 0, 2, 4 .. 256 colours.
  GifBuilder(std::uint32_t width_px, std::uint32_t height_px, const std::vector<std::uint32_t>& palette,
             std::string_view version = "GIF89a", std::uint32_t aspect = 0)
      : file_(bytes_of(version)) {
    append_le(file_, width_px, 2);
    append_le(file_, height_px, 2);
    append_le(file_, palette_flags(palette), 1);
    append_le(file_, 0, 1);
    append_le(file_, aspect, 1);
    put_palette(palette);
  }

  GifBuilder& bytes(std::span<const std::byte> more) {
    append(file_, more);
    return *this;
  }
  /// A graphic control; a transparent index below 0 means none.
  GifBuilder& control(std::uint32_t disposal, int transparent) {
    append_le(file_, 0x04F921, 3);
    append_le(file_, (disposal << 2) | (transparent >= 0 ? 1U : 0U), 1);
    append_le(file_, 0, 2);
    append_le(file_, static_cast<std::uint32_t>(std::max(transparent, 0)), 1);
    append_le(file_, 0, 1);
    return *this;
  }
  GifBuilder& application(std::string_view name, std::span<const std::byte> data) {
    append_le(file_, 0x0BFF21, 3);
    append(file_, name);
    for (std::size_t i = 0; i < data.size(); i += 255) {
      const auto block = data.subspan(i, std::min<std::size_t>(255, data.size() - i));
      append_le(file_, block.size(), 1);
      append(file_, block);
    }
    append_le(file_, 0, 1);
    return *this;
  }
  GifBuilder& image(std::uint32_t left_px, std::uint32_t top_px, std::uint32_t width_px, std::uint32_t height_px,
                    std::span<const std::byte> data, bool is_interlaced = false,
                    const std::vector<std::uint32_t>& palette = {}) {
    append_le(file_, 0x2C, 1);
    for (const std::uint32_t value : {left_px, top_px, width_px, height_px}) append_le(file_, value, 2);
    append_le(file_, palette_flags(palette) | (is_interlaced ? 0x40U : 0U), 1);
    put_palette(palette);
    append(file_, data);
    return *this;
  }
  [[nodiscard]] Bytes build() const {
    Bytes file = file_;
    file.push_back(std::byte{0x3B});
    return file;
  }

 private:
  static std::uint32_t palette_flags(const std::vector<std::uint32_t>& palette) {
    std::uint32_t flags = 0;
    while (!palette.empty() && (2U << flags) < palette.size()) ++flags;
    return palette.empty() ? 0 : flags | 0x80U;
  }
  void put_palette(const std::vector<std::uint32_t>& palette) {
    for (const std::uint32_t colour : palette) append_be(file_, colour, 3);
  }

  Bytes file_;
};

}  // namespace vqi::testing
