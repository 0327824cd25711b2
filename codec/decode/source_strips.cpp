// Strips follow one another without gaps, so that any number of them is one read.
#include "source_strips.hpp"

#include <algorithm>

#include "codebook_section.hpp"
#include "stream_info.hpp"

namespace vqi::detail {

SourceStrips::SourceStrips(SourceBytes& source, const StreamReader& reader, std::uint64_t begin, std::uint64_t end)
    : source_(source), first_(begin), places_(reader.strip_places(begin, end)) {
  for (const StripPlace& place : places_) longest_bytes_ = std::max<std::uint64_t>(longest_bytes_, place.size_bytes);
}

void SourceStrips::count_in(DecodeCall& call) const {
  call.metadata_bytes += source_.kept_bytes() + together_bytes;
  call.strips = places_.size();
  call.record_bytes = sizeof(StripPlace) + sizeof(StripEntry);
  call.scratch_bytes += longest_bytes_;
}

StripFetch SourceStrips::fetch(std::uint32_t at_once, std::uint64_t together) {
  return [=, this](std::uint64_t begin, std::uint64_t end) { return read(begin, end, at_once, together); };
}

std::span<const StripEntry> SourceStrips::read(std::uint64_t begin, std::uint64_t end, std::uint32_t at_once,
                                               std::uint64_t together) {
  entries_.clear();
  std::uint64_t total = 0;
  std::uint64_t next = begin;
  for (; next < end; ++next) {
    const std::uint64_t size = places_[next - first_].size_bytes;
    if (next - begin >= at_once && total + size > together) break;
    total += size;
  }
  bytes_.resize(total);
  const std::uint64_t offset = places_[begin - first_].offset;
  source_.read(offset, bytes_);
  for (std::uint64_t i = begin; i < next; ++i) {
    const StripPlace& place = places_[i - first_];
    entries_.push_back({place.offset, std::span(bytes_).subspan(place.offset - offset, place.size_bytes), place.crc});
  }
  return entries_;
}

SourceReport report_of(const SourceBytes& source, const StreamReader& reader) {
  ByteCounts sizes;
  sizes.file = source.size();
  sizes.codebook = reader.codebook_section().payload_bytes;
  sizes.index = reader.index_section().payload_bytes;
  sizes.metadata = reader.metadata_bytes();
  SourceReport report{stream_info(reader.header(), sizes), source.reads()};
  if (reader.header().detached_codebook) report.stream.codebook_hash = read_codebook_hash(reader.codebook_section());
  return report;
}

}  // namespace vqi::detail
