// The palette chunks of a PNG file: PLTE with tRNS, and sPLT, which suggests a palette for any picture.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "palette.hpp"

namespace vqi::tool {

/// True if `file` begins with the signature of a PNG.
[[nodiscard]] bool is_png(std::span<const std::byte> file) noexcept;

/// The palette of a PNG that has one, else the first suggested palette, if there is one; a suggested palette of vqi
/// comes before either. `file` is a PNG. Throws
/// Error{corrupt_palette} for chunks that are cut off, have a wrong checksum or a wrong length.
[[nodiscard]] std::optional<Palette> palette_in_png(std::span<const std::byte> file);

/// `file`, a PNG that vqi has written, with `palette` as a suggested palette, which keeps order, alpha and 16 bits.
[[nodiscard]] std::vector<std::byte> with_suggested_palette(std::span<const std::byte> file, const Palette& palette);

}  // namespace vqi::tool
