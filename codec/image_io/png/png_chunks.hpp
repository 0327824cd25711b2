// The chunks of a PNG file: where they lie, whether their checksums are right, and what follows from wrong ones.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "file_bytes.hpp"

namespace vqi::detail {

/// One chunk of a file, or a run of IDAT chunks, of which `data` is the first.
struct PngChunkView {
  std::array<char, 4> letters{};
  std::span<const std::byte> data;  ///< of a file that is not in memory only what metadata are read from
  std::uint64_t offset = 0;         ///< of its length field
  bool crc_ok = true;
  bool is_xmp = false;

  [[nodiscard]] std::string_view type() const noexcept { return {letters.data(), letters.size()}; }
};

/// The chunks of a file up to IEND, or to where the file ends or is no PNG any more.
struct PngChunks {
  std::vector<PngChunkView> list;
  std::array<std::vector<std::byte>, 7> copies;  ///< what is kept of a file that is not in memory
  bool has_end = false;                          ///< an IEND with the right checksum
  std::uint64_t end_offset = 0;                  ///< of what follows the last whole chunk
};

/// Walks over a file that begins with PNG's signature. Linear in its bytes; a file in memory is borrowed.
[[nodiscard]] PngChunks find_png_chunks(const FileBytes& png);
[[nodiscard]] PngChunks find_png_chunks(std::span<const std::byte> png);

/// True for the ancillary chunks that say nothing of pixels, so that damage inside them changes none. Unknown ones are
/// not among them: such a chunk with a wrong checksum may have been a tRNS.
[[nodiscard]] bool is_harmless_chunk(std::string_view type) noexcept;

/// The chunks whose content is not kept, by name and each once: "EXIF", "text" ...
[[nodiscard]] std::vector<std::string> dropped_png_metadata(const PngChunks& chunks);

}  // namespace vqi::detail
