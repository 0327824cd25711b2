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

std::uint32_t crc_of(std::span<const std::byte> bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<z_size_t>(bytes.size())));
}

}  // namespace

PngChunks find_png_chunks(std::span<const std::byte> png) {
  const ByteWindow window(png, "PNG");
  PngChunks chunks;
  chunks.end_offset = signature_bytes;
  while (png.size() - chunks.end_offset >= frame_bytes) {
    const std::uint64_t offset = chunks.end_offset;
    const std::uint32_t length = window.be32(offset);
    if (length > png.size() - offset - frame_bytes) break;
    const auto type = window.at(offset + 4, 4);
    const std::string_view name(reinterpret_cast<const char*>(type.data()), type.size());
    const bool crc_ok = crc_of(window.at(offset + 4, std::uint64_t{4} + length)) == window.be32(offset + 8 + length);
    chunks.end_offset += std::uint64_t{frame_bytes} + length;
    if (name == "IEND") {
      chunks.has_end = crc_ok;
      break;
    }
    if (name == "IDAT" && !chunks.list.empty() && chunks.list.back().type == "IDAT")
      chunks.list.back().crc_ok &= crc_ok;
    else
      chunks.list.push_back({name, window.at(offset + 8, length), offset, crc_ok});
  }
  return chunks;
}

bool is_harmless_chunk(std::string_view type) noexcept { return find_harmless(type) != nullptr; }

std::vector<std::string> dropped_png_metadata(const PngChunks& chunks) {
  std::vector<std::string> dropped;
  for (const PngChunkView& chunk : chunks.list) {
    const HarmlessChunk* known = find_harmless(chunk.type);
    if (known == nullptr || known->name.empty()) continue;
    constexpr std::string_view xmp = "XML:com.adobe.xmp";
    const bool is_xmp = chunk.type == "iTXt" && ByteWindow(chunk.data, "PNG").has(0, xmp);
    const std::string_view name = is_xmp ? "XMP" : known->name;
    if (std::find(dropped.begin(), dropped.end(), name) == dropped.end()) dropped.emplace_back(name);
  }
  return dropped;
}

}  // namespace vqi::detail
