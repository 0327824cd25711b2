// Sizes in the directory are believed as far as the file goes; where there are none, as in very old files, the end is
// open.
#include "plain_segments.hpp"

#include <algorithm>
#include <bit>

namespace vqi::detail {
namespace {

std::byte reversed(std::byte byte) {
  std::uint32_t bits = std::to_integer<std::uint32_t>(byte);
  bits = ((bits & 0x0F) << 4) | ((bits & 0xF0) >> 4);
  bits = ((bits & 0x33) << 2) | ((bits & 0xCC) >> 2);
  bits = ((bits & 0x55) << 1) | ((bits & 0xAA) >> 1);
  return static_cast<std::byte>(bits);
}

}  // namespace

PlainSegments::PlainSegments(const TiffDirectory& directory, const FileBytes& file, const TiffLayout& layout)
    : directory_(directory), file_(file), layout_(layout) {
  // Some files have tiles under the tags of strips.
  offsets_ = directory.find(TiffTag::tile_offsets);
  sizes_ = directory.find(TiffTag::tile_byte_counts);
  if (!layout.is_tiled || !offsets_) {
    offsets_ = directory.find(TiffTag::strip_offsets);
    sizes_ = directory.find(TiffTag::strip_byte_counts);
  }
}

std::uint64_t PlainSegments::offset_of(std::uint64_t index) const {
  return offsets_ && index < offsets_->count ? directory_.value(*offsets_, index) : 0;
}

FilePiece PlainSegments::stored(std::uint64_t index) const {
  const std::uint64_t begin = offset_of(index);
  if (begin == 0 || begin >= file_.size() || (sizes_ && index >= sizes_->count)) return {};
  const std::uint64_t size = std::min(sizes_ ? directory_.value(*sizes_, index) : file_.size(), file_.size() - begin);
  return {begin, size};
}

std::uint32_t PlainSegments::read(std::uint64_t index, std::uint32_t first, std::uint32_t rows,
                                  std::span<std::byte> target) const {
  const FilePiece segment = stored(index);
  // Rows come in units that share chroma; without that a unit is a row.
  const std::uint64_t unit_bytes = layout_.segment_bytes(layout_.subsampling_y);
  const std::uint64_t first_unit = first / layout_.subsampling_y;
  const std::uint64_t units = (rows - 1) / layout_.subsampling_y + 1;
  const std::uint64_t whole_units = segment.size_bytes / unit_bytes;
  const std::uint64_t units_there = whole_units - std::min(whole_units, first_unit);
  const auto count = static_cast<std::size_t>(std::min(units, units_there) * unit_bytes);
  if (count == 0) return 0;
  const auto copied = target.first(count);
  file_.read(segment.offset + first_unit * unit_bytes, copied);
  if (layout_.is_bit_reversed) std::transform(copied.begin(), copied.end(), copied.begin(), reversed);
  if (layout_.is_byte_swapped)
    for (std::size_t i = 0; i + 1 < count; i += 2) std::swap(copied[i], copied[i + 1]);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(rows, units_there * layout_.subsampling_y));
}

}  // namespace vqi::detail
