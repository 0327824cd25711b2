// Boxes: ISO/IEC 15444-1, annex I. The SIZ marker segment: annex A.5.1.
#include "jpeg2000_header.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "byte_window.hpp"
#include "image_errors.hpp"
#include "read_limits.hpp"

namespace vqi::detail {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view format_name = "JPEG 2000";
constexpr std::string_view boxed_signature = "\0\0\0\x0CjP  \r\n\x87\n"sv;
constexpr std::string_view codestream_signature = "\xFF\x4F\xFF\x51"sv;

/// A box's type, and where its content begins and ends.
struct Box {
  std::string type;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// The box at `offset`, which may go on to `limit`, as one of length 0 does.
Box read_box(const ByteWindow& window, std::uint64_t offset, std::uint64_t limit) {
  std::uint64_t length = window.be32(offset);
  const auto type = window.at(offset + 4, 4);
  Box box{{reinterpret_cast<const char*>(type.data()), type.size()}, offset + 8, limit};
  if (length == 1) {
    length = window.big<std::uint64_t>(offset + 8);
    box.begin += 8;
  }
  if (length == 0) return box;
  if (length < box.begin - offset) throw_damaged(format_name, "a box is shorter than its header", offset);
  // What a cut file lacks is found missing by those who read it.
  box.end = length > limit - offset ? limit : offset + length;
  return box;
}

/// A palette (I.5.3.4) and what it is applied to (I.5.3.5). OpenJPEG makes as many channels as the palette has columns.
class PaletteBoxes {
 public:
  explicit PaletteBoxes(const ByteWindow& window) : window_(window) {}

  void read(const Box& box) {
    if (box.type == "pclr" && columns_ == 0) {
      columns_ = window_.u8(box.begin + 2);
      if (columns_ == 0) throw_damaged(format_name, "its palette has no columns", box.begin + 2);
      if (columns_ > 4) throw_unsupported(format_name, "a palette of " + std::to_string(columns_) + " columns");
      for (std::uint32_t i = 0; i < columns_; ++i)
        column_bits_ = std::max(column_bits_, (window_.u8(box.begin + 3 + i) & 0x7FU) + 1);
    }
    if (box.type == "cmap" && cmap_begin_ == 0) {
      cmap_begin_ = box.begin;
      cmap_end_ = box.end;
    }
  }

  /// Fills the fields of `header` that are of a palette; it has those of its components.
  void describe(Jpeg2000Header& header) const {
    if (columns_ == 0) return;
    // OpenJPEG would give the indices for grey.
    if (cmap_begin_ == 0) throw_damaged(format_name, "nothing is mapped to its palette", 0);
    constexpr std::uint64_t entry_bytes = 4;
    header.palette_channels = columns_;
    header.palette_bits = column_bits_;
    for (std::uint64_t i = 0; i < columns_; ++i) {
      const std::uint64_t entry = cmap_begin_ + i * entry_bytes;
      if (entry + entry_bytes > cmap_end_) throw_damaged(format_name, "it maps too few channels", cmap_begin_);
      const bool is_direct = window_.u8(entry + 2) == 0;
      if (is_direct) header.palette_bits = std::max(header.palette_bits, header.component_bits);
    }
  }

 private:
  const ByteWindow& window_;
  std::uint32_t columns_ = 0;
  std::uint32_t column_bits_ = 0;
  std::uint64_t cmap_begin_ = 0;
  std::uint64_t cmap_end_ = 0;
};

/// Enumerated colour spaces (I.5.3.3, and 15444-2, M.11.7.3.1) that OpenJPEG knows. It takes any other for RGB.
/// Programs that name no space to OpenJPEG write a 0: grey or RGB by the number of components.
constexpr std::array<std::uint32_t, 7> known_spaces{0, 12, 14, 16, 17, 18, 24};
struct NamedSpace {
  std::uint32_t number;
  std::string_view name;
};
constexpr std::array named_spaces{NamedSpace{1, "YCbCr(1)"}, NamedSpace{3, "YCbCr(2)"}, NamedSpace{4, "YCbCr(3)"},
                                  NamedSpace{9, "PhotoYCC"}, NamedSpace{11, "CMY"},     NamedSpace{13, "YCCK"},
                                  NamedSpace{19, "CIEJab"},  NamedSpace{20, "e-sRGB"},  NamedSpace{21, "ROMM-RGB"}};

/// Refuses a colour space that would be taken for RGB. Returns true if the box is the one that counts, as the first of
/// a kind that is known does.
bool check_colour_box(const ByteWindow& window, const Box& box) {
  constexpr std::uint8_t enumerated = 1;
  constexpr std::uint8_t restricted_icc = 2;
  const std::uint8_t kind = window.u8(box.begin);
  if (kind == restricted_icc) return true;
  if (kind != enumerated) return false;
  const std::uint32_t space = window.be32(box.begin + 3);
  if (std::find(known_spaces.begin(), known_spaces.end(), space) != known_spaces.end()) return true;
  const auto* const named = std::find_if(named_spaces.begin(), named_spaces.end(),
                                         [&](const NamedSpace& other) { return other.number == space; });
  throw_unsupported(format_name,
                    "colours in the space " +
                        (named == named_spaces.end() ? "number " + std::to_string(space) : std::string(named->name)));
}

/// True if what stands at `offset` behind the codestream is no whole box.
bool is_behind_boxes(const ByteWindow& window, std::uint64_t offset) {
  const std::uint64_t rest = window.size() - offset;
  if (rest < 8) return true;
  const auto type = window.at(offset + 4, 4);
  const bool is_printable = std::all_of(
      type.begin(), type.end(), [](std::byte letter) { return letter >= std::byte{' '} && letter <= std::byte{'~'}; });
  const std::uint32_t length = window.be32(offset);
  if (!is_printable || (length > 1 && length < 8)) return true;
  return length == 1 ? rest < 16 || window.big<std::uint64_t>(offset + 8) > rest : length > rest;
}

/// Notes what the boxes tell, and returns where the codestream begins.
std::uint64_t read_boxes(const ByteWindow& window, PaletteBoxes& palette, Jpeg2000Header& header) {
  std::uint64_t codestream = 0;
  bool has_colour_box = false;
  for (std::uint64_t offset = 0; offset < window.size();) {
    if (codestream != 0 && is_behind_boxes(window, offset)) {
      header.trailing_bytes = window.size() - offset;
      break;
    }
    if (window.size() - offset < 8) break;
    const Box box = read_box(window, offset, window.size());
    if (box.type == "jp2c" && codestream == 0) {
      codestream = box.begin;
      header.end_offset = box.end;
    }
    if (box.type == "jp2h")
      for (std::uint64_t inner = box.begin; inner + 8 <= box.end;) {
        const Box child = read_box(window, inner, box.end);
        palette.read(child);
        if (child.type == "colr" && !has_colour_box) has_colour_box = check_colour_box(window, child);
        inner = child.end;
      }
    for (const auto& [type, name] : {std::pair{"xml "sv, "XML"}, {"uuid"sv, "UUID box"}})
      if (box.type == type && std::find(header.dropped.begin(), header.dropped.end(), name) == header.dropped.end())
        header.dropped.emplace_back(name);
    offset = box.end;
  }
  if (codestream == 0) static_cast<void>(window.at(window.size(), 1));  // it ends early
  return codestream;
}

std::uint32_t divide_up(std::uint32_t value, std::uint32_t divisor) { return value / divisor + (value % divisor != 0); }

/// Returns the number of samples of all components, or the largest integer if they are more.
std::uint64_t read_components(const ByteWindow& window, std::uint64_t siz, Jpeg2000Header& header) {
  const std::uint32_t right = window.be32(siz + 6);
  const std::uint32_t bottom = window.be32(siz + 10);
  const std::uint32_t left = window.be32(siz + 14);
  const std::uint32_t top = window.be32(siz + 18);
  if (right <= left || bottom <= top) throw_damaged(format_name, "its size is not valid", siz + 6);
  std::uint64_t samples = 0;
  header.components = window.be16(siz + 38);
  if (header.components == 0) throw_damaged(format_name, "it has no components", siz + 38);
  if (header.components > 4) throw_unsupported(format_name, std::to_string(header.components) + " components");
  for (std::uint32_t i = 0; i < header.components; ++i) {
    const std::uint64_t component = siz + 40 + std::uint64_t{3} * i;
    const std::uint8_t depth = window.u8(component);
    const std::uint8_t across = window.u8(component + 1);
    const std::uint8_t down = window.u8(component + 2);
    if ((depth & 0x80) != 0) throw_unsupported(format_name, "signed samples");
    if (depth >= 16) throw_unsupported(format_name, std::to_string(depth + 1) + " bits per sample");
    if (across == 0 || down == 0) throw_damaged(format_name, "a component is sampled at no distance", component + 1);
    const std::uint32_t width = divide_up(right, across) - divide_up(left, across);
    const std::uint32_t height = divide_up(bottom, down) - divide_up(top, down);
    header.width_px = std::max(header.width_px, width);
    header.height_px = std::max(header.height_px, height);
    header.component_bits = std::max<std::uint32_t>(header.component_bits, depth + 1U);
    samples = sum_or_most(samples, std::uint64_t{width} * height);
  }
  if (header.width_px == 0 || header.height_px == 0) throw_damaged(format_name, "a side has 0 pixels", siz + 6);
  return samples;
}

/// OpenJPEG has 4 bytes per sample, twice, again for each channel that a palette makes, and some 6 kB for each tile.
std::uint64_t openjpeg_bytes(const ByteWindow& window, std::uint64_t siz, std::uint64_t samples,
                             const Jpeg2000Header& header) {
  constexpr std::uint64_t tile_bytes = 6000;
  constexpr std::uint64_t sample_bytes = 4;
  const std::uint32_t right = window.be32(siz + 6);
  const std::uint32_t bottom = window.be32(siz + 10);
  const std::uint32_t tile_width = std::max(window.be32(siz + 22), 1U);
  const std::uint32_t tile_height = std::max(window.be32(siz + 26), 1U);
  const std::uint64_t tiles = std::uint64_t{divide_up(right, tile_width)} * divide_up(bottom, tile_height);
  // The channels of a palette are of the size of a component, the largest at most.
  const std::uint64_t pixels = std::uint64_t{header.width_px} * header.height_px;
  const std::uint64_t kept = sum_or_most(product_or_most(samples, 2 * sample_bytes),
                                         product_or_most(pixels, header.palette_channels * sample_bytes));
  return sum_or_most(kept, tile_bytes * std::min<std::uint64_t>(tiles, 65535));
}

}  // namespace

bool is_jpeg2000(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, format_name);
  return window.has(0, boxed_signature) || window.has(0, codestream_signature);
}

Jpeg2000Header read_jpeg2000_header(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, format_name);
  Jpeg2000Header header;
  header.is_boxed = window.has(0, boxed_signature);
  header.end_offset = bytes.size();
  PaletteBoxes palette(window);
  const std::uint64_t codestream = header.is_boxed ? read_boxes(window, palette, header) : 0;
  const std::uint64_t siz = codestream + 2;
  if (window.be16(siz) != 0xFF51) throw_damaged(format_name, "its SIZ segment is missing", siz);
  const std::uint64_t samples = read_components(window, siz, header);
  palette.describe(header);
  header.memory_bytes = openjpeg_bytes(window, siz, samples, header);
  header.ends_with_marker = window.be16(header.end_offset - 2) == 0xFFD9;
  return header;
}

}  // namespace vqi::detail
