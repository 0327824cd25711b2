// Splits PNG files into chunks, changes one, and joins them again.
#include "png_mutator.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "byte_tools.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

constexpr std::size_t signature_bytes = 8;
constexpr std::size_t chunk_overhead_bytes = 12;
constexpr uLongf rows_bytes_max = 1 << 18;

struct Chunk {
  std::string type;
  Bytes data;
};

constexpr std::array<std::string_view, 11> types{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
                                                 "cHRM", "sRGB", "iCCP", "pHYs", "teSt"};

std::vector<Chunk> split_png(std::span<const std::byte> png) {
  std::vector<Chunk> chunks;
  png = png.subspan(std::min(png.size(), signature_bytes));
  while (png.size() >= chunk_overhead_bytes) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | std::to_integer<std::size_t>(png[i]);
    if (length > png.size() - chunk_overhead_bytes) break;
    Chunk chunk;
    for (const std::byte letter : png.subspan(4, 4)) chunk.type.push_back(static_cast<char>(letter));
    const auto data = png.subspan(8, length);
    chunk.data.assign(data.begin(), data.end());
    chunks.push_back(std::move(chunk));
    png = png.subspan(chunk_overhead_bytes + length);
  }
  return chunks;
}

Bytes join_png(const std::vector<Chunk>& chunks) {
  Bytes png = testing::bytes_of("\x89PNG\r\n\x1A\n");
  for (const Chunk& chunk : chunks) testing::append(png, testing::png_chunk(chunk.type, chunk.data));
  return png;
}

/// Changes the uncompressed bytes of a zlib stream that begins at `offset`: of IDAT, or of iCCP after its name.
void change_compressed(Bytes& data, std::size_t offset, Mutation& mutation) {
  if (offset > data.size()) return mutation.change(data);
  Bytes plain(rows_bytes_max);
  uLongf size = rows_bytes_max;
  const auto* const source = reinterpret_cast<const Bytef*>(data.data() + offset);
  if (uncompress(reinterpret_cast<Bytef*>(plain.data()), &size, source, data.size() - offset) != Z_OK)
    return mutation.change(data);
  plain.resize(size);
  mutation.one_in(4) ? mutation.change(plain) : mutation.change_in_place(plain);
  Bytes packed(compressBound(plain.size()));
  size = packed.size();
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(plain.data()),
                plain.size(), 1) != Z_OK)
    return;
  packed.resize(size);
  data.resize(offset);
  testing::append(data, packed);
}

void change_data(Chunk& chunk, Mutation& mutation) {
  if (mutation.one_in(4)) return mutation.change(chunk.data);
  if (chunk.type == "IDAT") return change_compressed(chunk.data, 0, mutation);
  if (chunk.type == "iCCP") {
    const auto nul = std::find(chunk.data.begin(), chunk.data.end(), std::byte{0});
    return change_compressed(chunk.data, static_cast<std::size_t>(nul - chunk.data.begin()) + 2, mutation);
  }
  mutation.change_in_place(chunk.data);
}

void change_chunks(std::vector<Chunk>& chunks, Mutation& mutation) {
  const std::size_t at = mutation.below(chunks.size());
  const auto place = [&](std::size_t index) { return chunks.begin() + static_cast<std::ptrdiff_t>(index); };
  switch (mutation.below(5)) {
    case 0:
      chunks.erase(place(at));
      return;
    case 1: {
      Chunk copy = chunks[at];
      chunks.insert(place(mutation.below(chunks.size())), std::move(copy));
      return;
    }
    case 2:
      return std::swap(chunks[at], chunks[mutation.below(chunks.size())]);
    case 3: {
      // Divides the chunk into two, as IDAT may be.
      Chunk second = chunks[at];
      const auto cut = static_cast<std::ptrdiff_t>(mutation.below(second.data.size() + 1));
      chunks[at].data.resize(static_cast<std::size_t>(cut));
      second.data.erase(second.data.begin(), second.data.begin() + cut);
      chunks.insert(place(at + 1), std::move(second));
      return;
    }
    default:
      chunks[at].type = types[mutation.below(types.size())];
  }
}

/// Changes a byte of IHDR: of a side, the depth, the colour type or interlacing.
void change_ihdr(Chunk& chunk, Mutation& mutation) {
  constexpr std::array depths{1, 2, 4, 8, 16, 3};
  constexpr std::array colour_types{0, 2, 3, 4, 6, 1};
  if (chunk.data.size() != 13) return mutation.change(chunk.data);
  switch (mutation.below(5)) {
    case 0:
      chunk.data[3] = static_cast<std::byte>(mutation.below(64));
      return;
    case 1:
      chunk.data[7] = static_cast<std::byte>(mutation.below(64));
      return;
    case 2:
      chunk.data[8] = static_cast<std::byte>(depths[mutation.below(depths.size())]);
      return;
    case 3:
      chunk.data[9] = static_cast<std::byte>(colour_types[mutation.below(colour_types.size())]);
      return;
    default:
      chunk.data[12] ^= std::byte{1};
  }
}

}  // namespace

void mutate_png(Bytes& png, Mutation& mutation) {
  if (mutation.one_in(16)) return mutation.change(png);
  std::vector<Chunk> chunks = split_png(png);
  if (chunks.empty()) return mutation.change(png);
  switch (mutation.below(4)) {
    case 0:
      change_chunks(chunks, mutation);
      break;
    case 1:
      change_ihdr(chunks.front(), mutation);
      break;
    default:
      change_data(chunks[mutation.below(chunks.size())], mutation);
  }
  png = join_png(chunks);
}

}  // namespace vqi::fuzz
