// Every offset is checked against the file, and directories may not overlap so much that reading them takes long.
#include "tiff_directory.hpp"

#include <algorithm>
#include <unordered_set>

#include "image_errors.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint16_t big_tiff_version = 43;

std::uint64_t read_integer(const FileBytes& file, bool is_big_endian, std::uint64_t offset, std::uint32_t size) {
  std::uint64_t value = 0;
  const auto bytes = file.at(offset, size);
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::byte byte = bytes[is_big_endian ? i : size - 1 - i];
    value = (value << 8) | std::to_integer<std::uint64_t>(byte);
  }
  return value;
}

/// Bytes of a value of an unsigned integer type of TIFF 6.0 or BigTIFF; 0 for other types.
std::uint32_t type_bytes(std::uint64_t type) {
  switch (type) {
    case 1:  // BYTE
      return 1;
    case 3:  // SHORT
      return 2;
    case 4:   // LONG
    case 13:  // IFD
      return 4;
    case 16:  // LONG8
    case 18:  // IFD8
      return 8;
    default:
      return 0;
  }
}

bool has_high_bytes_first(const FileBytes& file) { return file.at(0, 1)[0] == std::byte{'M'}; }

bool is_big_tiff(const FileBytes& file) {
  return read_integer(file, has_high_bytes_first(file), 2, 2) == big_tiff_version;
}

}  // namespace

TiffDirectory::TiffDirectory(const FileBytes& file, std::uint64_t offset)
    : file_(file), is_big_endian_(has_high_bytes_first(file)), is_big_tiff_(is_big_tiff(file)), begin_(offset) {
  count_ = integer(begin_, is_big_tiff_ ? 8 : 2);
  if (count_ > file_.size()) throw_damaged("TIFF", "its directory is longer than the file", begin_);
  file_.check(begin_, entry_offset(count_) - begin_);
}

std::uint64_t TiffDirectory::first_offset(const FileBytes& file) {
  const bool is_big_endian = has_high_bytes_first(file);
  return is_big_tiff(file) ? read_integer(file, is_big_endian, 8, 8) : read_integer(file, is_big_endian, 4, 4);
}

std::uint64_t TiffDirectory::integer(std::uint64_t offset, std::uint32_t size) const {
  return read_integer(file_, is_big_endian_, offset, size);
}

std::uint64_t TiffDirectory::entry_offset(std::uint64_t index) const noexcept {
  return begin_ + (is_big_tiff_ ? 8 + index * 20 : 2 + index * 12);
}

std::optional<std::uint64_t> TiffDirectory::find_entry(std::uint16_t tag) const {
  for (std::uint64_t i = 0; i < count_; ++i)
    if (integer(entry_offset(i), 2) == tag) return entry_offset(i);
  return std::nullopt;
}

bool TiffDirectory::has(std::uint16_t tag) const { return find_entry(tag).has_value(); }

std::optional<TiffField> TiffDirectory::find(TiffTag tag) const {
  const auto entry = find_entry(static_cast<std::uint16_t>(tag));
  if (!entry) return std::nullopt;
  const std::uint32_t word_bytes = is_big_tiff_ ? 8 : 4;
  TiffField field;
  field.value_bytes = type_bytes(integer(*entry + 2, 2));
  field.count = integer(*entry + 4, word_bytes);
  field.offset = *entry + 4 + word_bytes;
  if (field.value_bytes == 0 || field.count == 0 || field.count > file_.size()) return std::nullopt;
  if (field.count * field.value_bytes > word_bytes) field.offset = integer(field.offset, word_bytes);
  const bool is_inside = field.offset <= file_.size() && field.count * field.value_bytes <= file_.size() - field.offset;
  return is_inside ? std::optional(field) : std::nullopt;
}

std::uint64_t TiffDirectory::value(const TiffField& field, std::uint64_t index) const {
  return integer(field.offset + index * field.value_bytes, field.value_bytes);
}

std::uint64_t TiffDirectory::number(TiffTag tag, std::uint64_t otherwise) const {
  const auto field = find(tag);
  return field ? value(*field, 0) : otherwise;
}

std::uint64_t TiffDirectory::next_offset() const {
  // Some writers end a file with its only directory and leave this field out.
  const std::uint64_t offset = entry_offset(count_);
  const std::uint32_t size = is_big_tiff_ ? 8 : 4;
  return offset == file_.size() ? 0 : integer(offset, size);
}

TiffPages find_tiff_pages(const FileBytes& file) {
  constexpr std::uint64_t reduced_or_mask = 1 | 4;
  constexpr std::uint64_t least_entry_bytes = 12;
  TiffPages result;
  std::unordered_set<std::uint64_t> seen;
  std::uint64_t entries_left = file.size() / least_entry_bytes;  // as many as there can be without overlaps
  std::uint64_t offset = TiffDirectory::first_offset(file);
  try {
    while (offset != 0 || result.pages.empty()) {
      const TiffDirectory directory(file, offset);
      if (!seen.insert(offset).second || directory.entry_count() > entries_left)
        throw_damaged("TIFF", "its directories overlap", offset);
      entries_left -= directory.entry_count();
      result.pages.push_back({offset, (directory.number(TiffTag::new_subfile_type, 0) & reduced_or_mask) != 0});
      offset = directory.next_offset();
    }
  } catch (const Error&) {
    if (result.pages.empty()) throw;
    result.is_chain_damaged = true;
  }
  return result;
}

}  // namespace vqi::detail
