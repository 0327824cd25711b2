// The directories of a TIFF file as our own code reads them: which pages there are, and where a field lies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "file_bytes.hpp"

namespace vqi::detail {

/// Tags that are looked for without libtiff.
enum class TiffTag : std::uint16_t {
  new_subfile_type = 254,
  image_length = 257,
  photometric = 262,
  strip_offsets = 273,
  rows_per_strip = 278,
  strip_byte_counts = 279,
  tile_offsets = 324,
  tile_byte_counts = 325,
  extra_samples = 338,
  image_depth = 32997,
};

/// An entry of a directory: `count` values of `value_bytes` each from `offset` on.
struct TiffField {
  std::uint32_t value_bytes = 0;
  std::uint64_t count = 0;
  std::uint64_t offset = 0;
};

/// A directory of a TIFF or BigTIFF structure. Borrows the file, which may be hostile.
class TiffDirectory {
 public:
  /// The directory at `offset`. Throws Error{corrupt_image} if it does not lie in the file.
  TiffDirectory(const FileBytes& file, std::uint64_t offset);

  /// Where the first directory lies. Throws Error{corrupt_image}.
  [[nodiscard]] static std::uint64_t first_offset(const FileBytes& file);

  [[nodiscard]] std::uint64_t entry_count() const noexcept { return count_; }
  [[nodiscard]] bool has(std::uint16_t tag) const;
  /// A field of unsigned integers, of whichever type, whose values lie in the file.
  [[nodiscard]] std::optional<TiffField> find(TiffTag tag) const;
  /// The value at `index`, below the field's count.
  [[nodiscard]] std::uint64_t value(const TiffField& field, std::uint64_t index) const;
  /// The first value of a field, or `otherwise`.
  [[nodiscard]] std::uint64_t number(TiffTag tag, std::uint64_t otherwise) const;
  /// Where the next directory lies; 0 if there is none. Throws Error{corrupt_image}.
  [[nodiscard]] std::uint64_t next_offset() const;
  [[nodiscard]] bool is_big_endian() const noexcept { return is_big_endian_; }

 private:
  [[nodiscard]] std::uint64_t integer(std::uint64_t offset, std::uint32_t size) const;
  [[nodiscard]] std::uint64_t entry_offset(std::uint64_t index) const noexcept;
  [[nodiscard]] std::optional<std::uint64_t> find_entry(std::uint16_t tag) const;

  const FileBytes& file_;
  bool is_big_endian_ = false;
  bool is_big_tiff_ = false;
  std::uint64_t begin_ = 0;
  std::uint64_t count_ = 0;
};

/// A picture of a file.
struct TiffPage {
  std::uint64_t offset = 0;   ///< of its directory
  bool is_secondary = false;  ///< a reduced copy or a mask of another page
};

/// The pages of a file.
struct TiffPages {
  std::vector<TiffPage> pages;    ///< at least one
  bool is_chain_damaged = false;  ///< the directory after the last page lies outside the file, or was there before
};

/// Follows the chain of directories; time is linear in the size of the file. Throws Error{corrupt_image} where there is
/// not even a first one.
[[nodiscard]] TiffPages find_tiff_pages(const FileBytes& file);

}  // namespace vqi::detail
