// The rules that PNG has for each chunk of colour metadata, for reading and for writing.
#include "png_metadata.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "byte_window.hpp"
#include "icc_profile.hpp"
#include "pixel_density.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t max_name_bytes = 79;  // PNG, "iCCP"
constexpr std::uint32_t max_png_integer = 0x7FFFFFFF;

bool is_printable_latin1(unsigned char letter) { return (letter >= 32 && letter <= 126) || letter >= 161; }

bool is_profile_name(std::string_view name) {
  return !name.empty() && name.size() <= max_name_bytes && std::all_of(name.begin(), name.end(), [](char c) {
    return is_printable_latin1(static_cast<unsigned char>(c));
  });
}

/// Inflates a whole zlib stream of at most `max_bytes`; memory grows with what really comes out.
std::optional<std::vector<std::byte>> inflate_all(std::span<const std::byte> compressed, std::uint64_t max_bytes) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return std::nullopt;
  // zlib takes a pointer to non-const, and does not write through it.
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(compressed.size());
  std::vector<std::byte> result;
  std::array<std::byte, 16384> block;
  int status = Z_OK;
  while (status == Z_OK && result.size() <= max_bytes) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    status = inflate(&stream, Z_NO_FLUSH);
    result.insert(result.end(), block.begin(), block.end() - static_cast<std::ptrdiff_t>(stream.avail_out));
  }
  inflateEnd(&stream);
  if (status != Z_STREAM_END || result.size() > max_bytes) return std::nullopt;
  return result;
}

/// Returns what is wrong with the chunk, or nothing after filling `profile`.
const char* read_profile(std::span<const std::byte> data, bool is_colour, std::uint64_t max_bytes,
                         IccProfile& profile) {
  const std::string_view text(reinterpret_cast<const char*>(data.data()), data.size());
  const std::size_t name_bytes = std::min(text.find('\0'), text.size());
  if (!is_profile_name(text.substr(0, name_bytes))) return "its name is not valid";
  if (name_bytes + 2 > data.size() || data[name_bytes + 1] != std::byte{0}) return "its compression is unknown";
  auto bytes = inflate_all(data.subspan(name_bytes + 2), std::min(max_bytes, max_sensible_profile_bytes));
  if (!bytes) return "it does not decompress";
  if (const char* fault = icc_profile_fault(*bytes, is_colour)) return fault;
  profile = {std::string(text.substr(0, name_bytes)), std::move(*bytes)};
  return nullptr;
}

/// Reads the chunks one by one into a ColourMetadata; the first of a kind counts, be it valid or not, so that the work
/// and the warnings do not grow with their number.
class MetadataReader {
 public:
  MetadataReader(bool is_colour, std::uint64_t max_profile_bytes, std::vector<std::string>& warnings)
      : is_colour_(is_colour), max_profile_bytes_(max_profile_bytes), warnings_(warnings) {}

  void read_chunk(std::string_view type, std::span<const std::byte> data) {
    const auto* const known = std::find(known_types.begin(), known_types.end(), type);
    if (known == known_types.end() || std::exchange(seen_[static_cast<std::size_t>(known - known_types.begin())], true))
      return;
    const ByteWindow window(data, "PNG");
    if (type == "gAMA") {
      if (data.size() != 4 || window.be32(0) > max_png_integer) return drop("gAMA chunk", "its value is not valid");
      result_.gamma = window.be32(0);
    } else if (type == "cHRM") {
      read_chromaticities(window);
    } else if (type == "sRGB") {
      if (data.size() != 1 || window.u8(0) > 3) return drop("sRGB chunk", "its intent is not valid");
      result_.srgb_intent = window.u8(0);
    } else if (type == "iCCP") {
      IccProfile profile;
      if (const char* fault = read_profile(data, is_colour_, max_profile_bytes_, profile))
        return drop("ICC profile", fault);
      result_.icc_profile = std::move(profile);
    } else if (type == "cICP") {
      if (data.size() != 4 || window.u8(3) > 1) return drop("cICP chunk", "its values are not valid");
      result_.cicp = {window.u8(0), window.u8(1), window.u8(2), window.u8(3)};
    } else if (type == "pHYs") {
      if (data.size() != 9 || window.u8(8) > 1 || std::max(window.be32(0), window.be32(4)) > max_per_metre)
        return drop("pHYs chunk", "its values are not valid");
      result_.density = PixelDensity{window.be32(0), window.be32(4), window.u8(8)};
    } else {  // acTL
      warnings_.emplace_back("the PNG is animated; only its first image is read");
    }
  }

  [[nodiscard]] ColourMetadata take() { return std::move(result_); }

 private:
  static constexpr std::array<std::string_view, 7> known_types{"gAMA", "cHRM", "sRGB", "iCCP", "cICP", "pHYs", "acTL"};

  void read_chromaticities(const ByteWindow& window) {
    std::array<std::uint32_t, 8> values{};
    if (window.size() != 4 * values.size()) return drop("cHRM chunk", "its values are not valid");
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = window.be32(4 * i);
      if (values[i] > max_png_integer) return drop("cHRM chunk", "its values are not valid");
    }
    result_.chromaticities = values;
  }

  void drop(std::string_view what, std::string_view fault) {
    warnings_.push_back("the PNG's " + std::string(what) + " is left out: " + std::string(fault));
  }

  bool is_colour_;
  std::array<bool, known_types.size()> seen_{};
  std::uint64_t max_profile_bytes_;
  std::vector<std::string>& warnings_;
  ColourMetadata result_;
};

void append_be32(std::vector<std::byte>& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::byte>((value >> shift) & 0xFF));
}

PngChunk profile_chunk(const IccProfile& profile) {
  if (!is_profile_name(profile.name))
    throw Error(ErrorCode::invalid_image, "ICC profile name must be 1 to 79 printable Latin-1 characters");
  PngChunk chunk{{'i', 'C', 'C', 'P'}, {}};
  for (const char letter : profile.name) chunk.data.push_back(static_cast<std::byte>(letter));
  chunk.data.push_back(std::byte{0});  // the name's end
  chunk.data.push_back(std::byte{0});  // compression method: zlib
  const std::size_t prefix = chunk.data.size();
  uLongf size = compressBound(static_cast<uLong>(profile.bytes.size()));
  chunk.data.resize(prefix + size);
  if (compress2(reinterpret_cast<Bytef*>(chunk.data.data() + prefix), &size,
                reinterpret_cast<const Bytef*>(profile.bytes.data()), static_cast<uLong>(profile.bytes.size()),
                Z_BEST_COMPRESSION) != Z_OK)
    throw std::bad_alloc();  // the only way for compress2 to fail with a buffer of that size
  chunk.data.resize(prefix + size);
  return chunk;
}

}  // namespace

ColourMetadata read_png_metadata(const PngChunks& chunks, bool is_colour, std::uint64_t max_profile_bytes,
                                 std::vector<std::string>& warnings) {
  MetadataReader reader(is_colour, max_profile_bytes, warnings);
  for (const PngChunkView& chunk : chunks.list) {
    if (chunk.type() == "IDAT") break;
    if (chunk.crc_ok) reader.read_chunk(chunk.type(), chunk.data);
  }
  return reader.take();
}

std::vector<PngChunk> png_metadata_chunks(const ColourMetadata& metadata, bool is_colour) {
  std::vector<PngChunk> chunks;
  if (metadata.gamma) {
    chunks.push_back({{'g', 'A', 'M', 'A'}, {}});
    append_be32(chunks.back().data, *metadata.gamma);
  }
  if (metadata.chromaticities) {
    chunks.push_back({{'c', 'H', 'R', 'M'}, {}});
    for (const std::uint32_t value : *metadata.chromaticities) append_be32(chunks.back().data, value);
  }
  if (metadata.srgb_intent) chunks.push_back({{'s', 'R', 'G', 'B'}, {static_cast<std::byte>(*metadata.srgb_intent)}});
  if (metadata.icc_profile && icc_profile_fits(metadata.icc_profile->bytes, is_colour))
    chunks.push_back(profile_chunk(*metadata.icc_profile));
  if (metadata.cicp) {
    chunks.push_back({{'c', 'I', 'C', 'P'}, {}});
    for (const std::uint8_t value : *metadata.cicp) chunks.back().data.push_back(static_cast<std::byte>(value));
  }
  if (metadata.density) {
    chunks.push_back({{'p', 'H', 'Y', 's'}, {}});
    append_be32(chunks.back().data, metadata.density->x);
    append_be32(chunks.back().data, metadata.density->y);
    chunks.back().data.push_back(static_cast<std::byte>(metadata.density->unit));
  }
  return chunks;
}

}  // namespace vqi::detail
