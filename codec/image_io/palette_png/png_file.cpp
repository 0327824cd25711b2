// Chunks as PNG's third edition lays them out: length, type, data, CRC-32.
#include "png_file.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>

namespace vqi::detail {
namespace {

/// PNG's largest chunk has 2^31 - 1 bytes.
constexpr std::size_t largest_chunk = std::size_t{1} << 30;

class PngBuilder {
 public:
  PngBuilder() {
    constexpr std::array<unsigned char, 8> signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    for (const unsigned char byte : signature) file_.push_back(static_cast<std::byte>(byte));
  }

  void add_chunk(std::span<const unsigned char, 4> type, std::span<const std::byte> data) {
    add_be32(static_cast<std::uint32_t>(data.size()));
    const std::size_t begin = file_.size();
    for (const unsigned char letter : type) file_.push_back(static_cast<std::byte>(letter));
    file_.insert(file_.end(), data.begin(), data.end());
    add_be32(libdeflate_crc32(0, file_.data() + begin, file_.size() - begin));
  }

  void add_chunk(const char (&type)[5], std::span<const std::byte> data) {
    std::array<unsigned char, 4> letters{};
    std::copy(type, type + 4, letters.begin());
    add_chunk(letters, data);
  }

  [[nodiscard]] std::vector<std::byte> take() { return std::move(file_); }

 private:
  void add_be32(std::uint32_t value) {
    for (const std::uint32_t shift : {24U, 16U, 8U, 0U}) file_.push_back(static_cast<std::byte>(value >> shift));
  }

  std::vector<std::byte> file_;
};

std::vector<std::byte> header(const PngFrame& frame) {
  std::vector<std::byte> data;
  for (const std::uint32_t side : {frame.width_px, frame.height_px})
    for (const std::uint32_t shift : {24U, 16U, 8U, 0U}) data.push_back(static_cast<std::byte>(side >> shift));
  data.push_back(static_cast<std::byte>(frame.depth));
  data.push_back(std::byte{3});              // indexed colour
  data.insert(data.end(), 3, std::byte{0});  // deflate, the five filters, no interlace
  return data;
}

}  // namespace

std::vector<std::byte> assemble_png(const PngFrame& frame, std::span<const std::byte> rows) {
  PngBuilder png;
  png.add_chunk("IHDR", header(frame));
  for (const PngChunk& chunk : frame.metadata) png.add_chunk(chunk.type, chunk.data);
  std::vector<std::byte> palette;
  std::vector<std::byte> alpha;
  for (const ColourSet::Colour colour : frame.colours) {
    for (const std::uint32_t shift : {0U, 8U, 16U}) palette.push_back(static_cast<std::byte>(colour >> shift));
    alpha.push_back(static_cast<std::byte>(colour >> 24));
  }
  while (!alpha.empty() && alpha.back() == std::byte{255}) alpha.pop_back();
  if (frame.keeps_alpha && alpha.empty()) alpha.push_back(std::byte{255});
  png.add_chunk("PLTE", palette);
  if (!alpha.empty()) png.add_chunk("tRNS", alpha);
  for (std::size_t begin = 0; begin < rows.size(); begin += largest_chunk)
    png.add_chunk("IDAT", rows.subspan(begin, std::min(largest_chunk, rows.size() - begin)));
  png.add_chunk("IEND", {});
  return png.take();
}

std::size_t frame_bytes(const PngFrame& frame) { return assemble_png(frame, {}).size() + 12; }

}  // namespace vqi::detail
