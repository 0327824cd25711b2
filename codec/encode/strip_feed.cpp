// Indices wait until there are strips for all threads.
#include "strip_feed.hpp"

#include <algorithm>
#include <utility>

#include "crc32c.hpp"

namespace vqi::detail {

StripFeed::StripFeed(const MapCoding& coding, std::uint32_t at_once, Use use)
    : coding_(coding), at_once_(at_once), use_(std::move(use)) {}

std::uint64_t StripFeed::complete_strips() const noexcept {
  const StreamHeader& header = coding_.header;
  std::uint64_t vectors = pending_.size();
  std::uint64_t next = strips_.size();
  while (next < header.strip_count() && vectors >= header.strip_vectors(next)) vectors -= header.strip_vectors(next++);
  return next - strips_.size();
}

void StripFeed::add(std::span<const std::uint16_t> indices, const Work& work) {
  pending_.insert(pending_.end(), indices.begin(), indices.end());
  std::uint64_t complete = complete_strips();
  const bool is_end = strips_.size() + complete == coding_.header.strip_count();
  if (complete < at_once_ && !is_end) return;
  while (complete > 0) {
    const std::uint64_t count = std::min<std::uint64_t>(complete, at_once_);
    code(count, work);
    complete -= count;
  }
}

void StripFeed::code(std::uint64_t count, const Work& work) {
  const StreamHeader& header = coding_.header;
  const std::uint64_t first = strips_.size();
  std::vector<std::uint64_t> begin(count + 1);
  for (std::uint64_t i = 0; i < count; ++i) begin[i + 1] = begin[i] + header.strip_vectors(first + i);
  std::vector<std::vector<std::byte>> coded(count);
  std::vector<std::uint32_t> crcs(count);
  work.pool.for_each(count, [&](std::size_t i) {
    coded[i] = coding_.code_strip(std::span(pending_).subspan(begin[i], begin[i + 1] - begin[i]),
                                  [&] { work.progress.poll(); });
    crcs[i] = crc32c(coded[i]);
  });
  for (std::uint64_t i = 0; i < count; ++i) {
    if (use_) use_(coded[i]);
    strips_.push_back({coded[i].size(), crcs[i]});
    index_bytes_ += coded[i].size();
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(begin[count]));
}

}  // namespace vqi::detail
