// Reads ahead by little: a region's strips are far from the frames.
#include "stream_bytes.hpp"

#include <algorithm>
#include <string>

#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// Read beyond what was asked for, but for the first read: several frames and a short section.
constexpr std::uint64_t ahead_bytes = 1024;

}  // namespace

void SourceBytes::read(std::uint64_t offset, std::span<std::byte> bytes) {
  if (const auto known = in_window(offset, bytes.size()))
    std::copy(known->begin(), known->end(), bytes.begin());
  else
    read_source(offset, bytes);
}

void SourceBytes::read_source(std::uint64_t offset, std::span<std::byte> bytes) {
  if (bytes.empty()) return;
  source_.read_at(offset, bytes);
  reads_.bytes += bytes.size();
  ++reads_.calls;
}

std::optional<std::span<const std::byte>> SourceBytes::in_window(std::uint64_t offset,
                                                                 std::uint64_t count) const noexcept {
  if (offset < window_begin_ || offset - window_begin_ > window_.size() ||
      count > window_.size() - (offset - window_begin_))
    return std::nullopt;
  return std::span(window_).subspan(offset - window_begin_, count);
}

std::span<const std::byte> SourceBytes::look(std::uint64_t offset, std::size_t count) {
  if (const auto bytes = in_window(offset, count)) return *bytes;
  const std::uint64_t wanted = reads_.calls == 0 ? look_bytes_max : count + ahead_bytes;
  window_.resize(std::min(wanted, size() - offset));
  window_begin_ = offset;
  read_source(offset, window_);
  return std::span(window_).first(count);
}

std::span<const std::byte> SourceBytes::keep(std::uint64_t offset, std::uint64_t count) {
  if (count > kept_bytes_max_ - kept_bytes_)
    throw Error(Limit::memory, "the stream's codebook, strip table and metadata take " +
                                   std::to_string(kept_bytes_ + count) + " bytes of memory or more and the limit is " +
                                   std::to_string(kept_bytes_max_));
  kept_bytes_ += count;
  std::vector<std::byte>& kept = kept_.emplace_back();
  if (const auto bytes = in_window(offset, count)) {
    kept.assign(bytes->begin(), bytes->end());
    return kept;
  }
  // What the window has of it is not read again, and the frame after it is.
  const std::uint64_t window_end = window_begin_ + window_.size();
  if (offset >= window_begin_ && offset < window_end)
    kept.assign(window_.begin() + static_cast<std::ptrdiff_t>(offset - window_begin_), window_.end());
  const std::uint64_t begin = offset + kept.size();
  const std::uint64_t end = std::min(offset + count + ahead_bytes, size());
  const std::size_t had = kept.size();
  kept.resize(end - offset);
  read_source(begin, std::span(kept).subspan(had));
  window_.assign(kept.begin() + static_cast<std::ptrdiff_t>(count), kept.end());
  window_begin_ = offset + count;
  kept.resize(count);
  return kept;
}

}  // namespace vqi::detail
