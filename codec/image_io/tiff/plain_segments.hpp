// PlainSegments: strips and tiles as they lie in the file, and uncompressed ones read without libtiff.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "tiff_directory.hpp"
#include "tiff_layout.hpp"

namespace vqi::detail {

/// libtiff corrects sizes of uncompressed strips that look wrong to it, and then takes the bytes of others for pixels:
/// here a strip or tile ends where the directory says, and at the end of the file.
class PlainSegments {
 public:
  /// Borrows all.
  PlainSegments(const TiffDirectory& directory, const FileBytes& file, const TiffLayout& layout);

  /// Copies rows `first` to `first` + `rows` of the strip or tile `index` to `target`, as libtiff would decode them,
  /// and returns how many of them are there. `first` is a multiple of `layout.subsampling_y`.
  std::uint32_t read(std::uint64_t index, std::uint32_t first, std::uint32_t rows, std::span<std::byte> target) const;

  /// Where the strip or tile lies in the file, cut at its end; empty if there is nothing of it.
  [[nodiscard]] FilePiece stored(std::uint64_t index) const;

  /// Where the strip or tile begins, or 0 if the directory does not say.
  [[nodiscard]] std::uint64_t offset_of(std::uint64_t index) const;

 private:
  const TiffDirectory& directory_;
  const FileBytes& file_;
  const TiffLayout& layout_;
  std::optional<TiffField> offsets_;
  std::optional<TiffField> sizes_;
};

}  // namespace vqi::detail
