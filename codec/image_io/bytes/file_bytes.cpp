// Small pieces of a source come out of a block that is read at once.
#include "file_bytes.hpp"

#include <cstring>

#include "byte_window.hpp"

namespace vqi::detail {
namespace {

/// Directories are read by numbers of two to eight bytes, which mostly lie near each other.
constexpr std::uint64_t least_read_bytes = 4096;

}  // namespace

void FileBytes::check(std::uint64_t offset, std::uint64_t length) const {
  if (offset > size_ || length > size_ - offset) throw_file_ends(format_, size_);
}

std::span<const std::byte> FileBytes::at(std::uint64_t offset, std::uint64_t length) const {
  check(offset, length);
  if (memory_) return memory_->subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
  if (length == 0) return {};
  const bool is_there = offset >= block_offset_ && offset + length <= block_offset_ + block_.size();
  if (!is_there) {
    std::vector<std::byte> block = std::exchange(block_, {});  // left empty by a source that throws
    block.resize(static_cast<std::size_t>(std::min(std::max(length, least_read_bytes), size_ - offset)));
    source_.read_at(offset, block);
    block_ = std::move(block);
    block_offset_ = offset;
  }
  return std::span(std::as_const(block_))
      .subspan(static_cast<std::size_t>(offset - block_offset_), static_cast<std::size_t>(length));
}

void FileBytes::read(std::uint64_t offset, std::span<std::byte> target) const {
  if (target.empty()) return;
  if (!memory_ && target.size() >= least_read_bytes) {
    check(offset, target.size());
    source_.read_at(offset, target);
    return;
  }
  const std::span<const std::byte> bytes = at(offset, target.size());
  std::memcpy(target.data(), bytes.data(), bytes.size());
}

}  // namespace vqi::detail
