// GifFile: the blocks of a GIF, its frames, palettes and extensions, without the pixels.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "byte_window.hpp"

namespace vqi::detail {

/// What becomes of a frame before the next is drawn.
enum class GifDisposal { keep, clear, restore };

/// A colour table in the file.
struct GifPalette {
  std::uint64_t offset = 0;
  std::uint32_t entries = 0;  ///< 0: there is none; else 2, 4 .. 256
};

/// One picture, with the graphic control in front of it.
struct GifFrame {
  std::uint32_t left_px = 0;
  std::uint32_t top_px = 0;
  std::uint32_t width_px = 0;   ///< 1..65535
  std::uint32_t height_px = 0;  ///< 1..65535
  bool is_interlaced = false;
  GifPalette palette;                        ///< its own or that of the file
  std::optional<std::uint32_t> transparent;  ///< the index that lets through what is below
  GifDisposal disposal = GifDisposal::keep;
  std::uint64_t data_offset = 0;  ///< of the least code size, which the data blocks follow
};

struct GifFile {
  std::uint32_t width_px = 0;   ///< of the logical screen, 0..65535
  std::uint32_t height_px = 0;  ///< as well
  std::uint32_t aspect = 0;     ///< (16ths of width over height) * 4 - 15, or 0
  std::uint64_t frame_count = 0;
  std::vector<GifFrame> frames;  ///< the first ones, as many as were asked for
  std::vector<std::byte> icc_profile;
  std::vector<std::string> dropped;  ///< "XMP", "text"
  std::string fault;                 ///< why the list of blocks broke off; empty if it is whole
  std::uint64_t fault_offset = 0;
  std::uint64_t end_offset = 0;  ///< behind the trailer, if the list is whole
};

/// True if the bytes begin with the signature of GIF 87a or 89a.
[[nodiscard]] bool has_gif_signature(const ByteWindow& window) noexcept;

/// Walks over the blocks of a file that `has_gif_signature`, and keeps up to `frames_wanted` frames and an ICC profile
/// of up to `max_profile_bytes`. Damage ends the walk, and is in the result. Throws Error{corrupt_image} only if the
/// file ends in the logical screen descriptor.
[[nodiscard]] GifFile read_gif_blocks(const ByteWindow& window, std::uint64_t frames_wanted,
                                      std::uint64_t max_profile_bytes);

}  // namespace vqi::detail
