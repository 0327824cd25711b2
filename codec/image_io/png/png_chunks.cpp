// A walk over lengths, types and checksums: PNG, section 5.3.
#include "png_chunks.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "byte_window.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t signature_bytes = 8;
constexpr std::size_t frame_bytes = 12;  // length, type and checksum
/// A chunk of metadata that is longer holds more than is kept, once it is decompressed.
constexpr std::uint64_t most_kept_bytes = std::uint64_t{1} << 26;

/// An ancillary chunk that says nothing of pixels; `name` is empty where its content is kept or means nothing alone.
struct HarmlessChunk {
  std::string_view type;
  std::string_view name;
};

constexpr std::array harmless_chunks{
    HarmlessChunk{"gAMA", ""},
    HarmlessChunk{"cHRM", ""},
    HarmlessChunk{"sRGB", ""},
    HarmlessChunk{"iCCP", ""},
    HarmlessChunk{"cICP", ""},
    HarmlessChunk{"pHYs", ""},
    HarmlessChunk{"acTL", ""},
    HarmlessChunk{"fcTL", ""},
    HarmlessChunk{"fdAT", ""},
    HarmlessChunk{"sBIT", "significant bits"},
    HarmlessChunk{"bKGD", "background colour"},
    HarmlessChunk{"hIST", "histogram"},
    HarmlessChunk{"sPLT", "suggested palette"},
    HarmlessChunk{"mDCV", "mastering display"},
    HarmlessChunk{"mDCv", "mastering display"},
    HarmlessChunk{"cLLI", "light level"},
    HarmlessChunk{"cLLi", "light level"},
    HarmlessChunk{"tEXt", "text"},
    HarmlessChunk{"zTXt", "text"},
    HarmlessChunk{"iTXt", "text"},
    HarmlessChunk{"tIME", "time"},
    HarmlessChunk{"eXIf", "EXIF"},
    HarmlessChunk{"oFFs", "position"},
    HarmlessChunk{"sCAL", "physical scale"},
    HarmlessChunk{"pCAL", "pixel calibration"},
    HarmlessChunk{"sTER", "stereo layout"},
    HarmlessChunk{"dSIG", "signature"},
};

const HarmlessChunk* find_harmless(std::string_view type) noexcept {
  const auto* found = std::find_if(harmless_chunks.begin(), harmless_chunks.end(),
                                   [&](const HarmlessChunk& chunk) { return chunk.type == type; });
  return found == harmless_chunks.end() ? nullptr : found;
}

std::uint32_t crc_of(const FileBytes& png, const FilePiece& piece) {
  uLong crc = 0;
  png.in_blocks(piece, [&](std::span<const std::byte> bytes) {
    crc = crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<z_size_t>(bytes.size()));
  });
  return static_cast<std::uint32_t>(crc);
}

std::uint32_t be32_at(const FileBytes& png, std::uint64_t offset) {
  return ByteWindow(png.at(offset, 4), "PNG").be32(0);
}

/// Of a file that is not in memory only these chunks are looked into, and of each the first that is whole.
constexpr std::array<std::string_view, 7> kept_types{"gAMA", "cHRM", "sRGB", "iCCP", "cICP", "pHYs", "eXIf"};

std::span<const std::byte> data_of(const FileBytes& png, const FilePiece& piece, const PngChunkView& chunk,
                                   PngChunks& chunks) {
  if (png.in_memory()) return png.at(piece.offset, piece.size_bytes);
  const auto* const kept = std::find(kept_types.begin(), kept_types.end(), chunk.type());
  if (kept == kept_types.end() || !chunk.crc_ok) return {};
  std::vector<std::byte>& copy = chunks.copies[static_cast<std::size_t>(kept - kept_types.begin())];
  if (!copy.empty()) return {};
  const std::span<const std::byte> data = png.at(piece.offset, std::min(piece.size_bytes, most_kept_bytes));
  copy.assign(data.begin(), data.end());
  return copy;
}

bool begins_with(const FileBytes& png, const FilePiece& piece, std::string_view text) {
  return piece.size_bytes >= text.size() && ByteWindow(png.at(piece.offset, text.size()), "PNG").has(0, text);
}

}  // namespace

PngChunks find_png_chunks(const FileBytes& png) {
  PngChunks chunks;
  chunks.end_offset = signature_bytes;
  while (png.size() - chunks.end_offset >= frame_bytes) {
    const std::uint64_t offset = chunks.end_offset;
    const std::uint32_t length = be32_at(png, offset);
    if (length > png.size() - offset - frame_bytes) break;
    PngChunkView chunk;
    chunk.offset = offset;
    png.read(offset + 4, std::as_writable_bytes(std::span(chunk.letters)));
    chunk.crc_ok = crc_of(png, {offset + 4, std::uint64_t{4} + length}) == be32_at(png, offset + 8 + length);
    chunks.end_offset += std::uint64_t{frame_bytes} + length;
    if (chunk.type() == "IEND") {
      chunks.has_end = chunk.crc_ok;
      break;
    }
    if (chunk.type() == "IDAT" && !chunks.list.empty() && chunks.list.back().type() == "IDAT") {
      chunks.list.back().crc_ok &= chunk.crc_ok;
      continue;
    }
    chunk.is_xmp = chunk.type() == "iTXt" && begins_with(png, {offset + 8, length}, "XML:com.adobe.xmp");
    chunk.data = data_of(png, {offset + 8, length}, chunk, chunks);
    chunks.list.push_back(chunk);
  }
  return chunks;
}

PngChunks find_png_chunks(std::span<const std::byte> png) { return find_png_chunks(FileBytes(png, "PNG")); }

bool is_harmless_chunk(std::string_view type) noexcept { return find_harmless(type) != nullptr; }

std::vector<std::string> dropped_png_metadata(const PngChunks& chunks) {
  std::vector<std::string> dropped;
  for (const PngChunkView& chunk : chunks.list) {
    const HarmlessChunk* known = find_harmless(chunk.type());
    if (known == nullptr || known->name.empty()) continue;
    const std::string_view name = chunk.is_xmp ? "XMP" : known->name;
    if (std::find(dropped.begin(), dropped.end(), name) == dropped.end()) dropped.emplace_back(name);
  }
  return dropped;
}

}  // namespace vqi::detail
