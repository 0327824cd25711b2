// The walk over damaged sections, and the search for whole strips from both ends.
#include "damaged_reader.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "bit_packing.hpp"
#include "bytes.hpp"
#include "codebook_section.hpp"
#include "crc32c.hpp"
#include "integer.hpp"
#include "metadata_sections.hpp"
#include "stream_error.hpp"

namespace vqi::detail {
namespace {

/// How often the walk may look for a new frame. Each frame costs the checksum of the section that it claims: without a
/// bound, a stream made of nothing but frames would be summed once for each of its bytes.
constexpr int searches_max = 64;

StreamHeader needed_header(std::span<const std::byte> stream) {
  try {
    return read_header(stream);
  } catch (const Error& error) {
    throw Error(error.error_code(), std::string("nothing can be salvaged without a header: ") + error.what(),
                error.offset());
  }
}

}  // namespace

DamagedReader::DamagedReader(std::span<const std::byte> stream, const DecodeLimits& limits)
    : stream_(stream), header_(needed_header(stream)) {
  check_limits(header_, limits);
  walk();
  if (codebook_.payload.data() == nullptr)
    throw stream_error(ErrorCode::corrupt_section, codebook_fault_.value_or(header_bytes),
                       "nothing can be salvaged: section \"CBOK\", the codebook, is damaged or missing");
}

void DamagedReader::walk() {
  int searches = 0;
  for (std::uint64_t offset = header_bytes; offset < stream_.size();) {
    const std::optional<Section> section = section_at(offset);
    if (section && (section->crc_ok() || leads_on(*section))) {
      take(*section);
      offset += section->size_bytes();
      continue;
    }
    if (looks_like_frame(offset)) {
      if (stream_[offset] == std::byte{'I'} && !has_index_frame_) take_index_frame(offset);
      if (stream_[offset] == std::byte{'C'} && !codebook_fault_) codebook_fault_ = offset;
    }
    if (++searches > searches_max) break;
    offset = next_frame(offset + 1);
  }
}

std::optional<Section> DamagedReader::section_at(std::uint64_t offset) const {
  try {
    return read_section(stream_, offset);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// Whether the frame of a section whose checksum fails can be relied on: the next section is whole, or none follows.
bool DamagedReader::leads_on(const Section& section) const {
  const std::uint64_t end = section.offset + section.size_bytes();
  if (end == stream_.size()) return true;
  const std::optional<Section> next = section_at(end);
  return next && next->crc_ok();
}

bool DamagedReader::looks_like_frame(std::uint64_t offset) const noexcept {
  if (stream_.size() - offset < section_frame_bytes) return false;
  const std::byte* const at = stream_.data() + offset;
  if (load_le(at + frame_field::flags, frame_field::length - frame_field::flags) != 0) return false;
  const std::uint64_t length = load_le(at + frame_field::length, frame_field::length_bytes);
  const std::string_view type(reinterpret_cast<const char*>(at), frame_field::flags);
  if (type == section_type::codebook) return codebook_length_fits(header_, length);
  if (type == section_type::strip_table) return length == table_bytes();
  if (type == section_type::end) return length == end_payload_bytes;
  return type == section_type::indices;
}

std::uint64_t DamagedReader::next_frame(std::uint64_t offset) const noexcept {
  while (offset < stream_.size() && !looks_like_frame(offset)) ++offset;
  return offset;
}

void DamagedReader::take(const Section& section) {
  const bool is_whole = section.crc_ok();
  if (section.skippable()) {
    if (!is_whole || !is_metadata_type(section.type)) return;
    const auto same_type = [&](const Section& other) { return other.type == section.type; };
    if (std::any_of(metadata_sections_.begin(), metadata_sections_.end(), same_type)) return;
    try {
      check_metadata(section);
      metadata_sections_.push_back(section);
    } catch (const Error&) {
      // Broken although its checksum fits: left out, as the stream has been refused anyway.
    }
  } else if (section.type == section_type::codebook) {
    if (is_whole && codebook_length_fits(header_, section.payload.size()) && codebook_.payload.data() == nullptr)
      codebook_ = section;
    else if (!codebook_fault_)
      codebook_fault_ = section.offset;
  } else if (section.type == section_type::strip_table) {
    if (section.payload.size() != table_bytes() || is_table_whole_) return;
    table_ = section.payload;
    is_table_whole_ = is_whole;
    // In a stream of ours the index section follows: a guess in case its frame is damaged.
    if (!has_index_frame_) index_begin_ = section.offset + section.size_bytes() + section_frame_bytes;
  } else if (section.type == section_type::indices) {
    if (has_index_frame_ && (is_index_whole_ || !is_whole)) return;
    take_index_frame(section.offset);
    index_end_ = *index_begin_ + section.payload.size();
    is_index_whole_ = is_whole;
  } else if (section.type == section_type::end) {
    if (is_whole && !is_index_whole_) index_end_ = section.offset - section_crc_bytes;
  } else if (is_whole) {
    throw unknown_critical_error(section);
  }
}

/// The payload length that the strip table must have; none if it is over 2^64.
std::optional<std::uint64_t> DamagedReader::table_bytes() const noexcept {
  return checked_product(header_.strip_count(), strip_entry_bytes);
}

/// Takes an index section that begins at `offset`. If no strip table was found, the bytes before it may be one.
void DamagedReader::take_index_frame(std::uint64_t offset) {
  has_index_frame_ = true;
  index_begin_ = offset + section_frame_bytes;
  const auto bytes = table_bytes();
  const std::uint64_t before = offset - header_bytes;
  if (table_.data() == nullptr && bytes && before >= section_crc_bytes && *bytes <= before - section_crc_bytes)
    table_ = stream_.subspan(offset - section_crc_bytes - *bytes, *bytes);
}

DamagedReader::StripGuess DamagedReader::guess(std::uint64_t strip) const noexcept {
  StripGuess guessed;
  if (table_.data() != nullptr) {
    const std::byte* const at = table_.data() + strip * strip_entry_bytes;
    guessed = {load_le(at, strip_length_bytes),
               static_cast<std::uint32_t>(load_le(at + strip_length_bytes, strip_crc_bytes))};
  }
  if (header_.coding == IndexCoding::fixed_width)
    guessed.length = packed_size_bytes(header_.strip_vectors(strip), bits_for(header_.k));
  else if (is_index_whole_ && header_.strip_count() == 1)
    guessed.length = *index_end_ - *index_begin_;
  return guessed;
}

std::optional<StripEntry> DamagedReader::strip_at(std::uint64_t strip, std::uint64_t offset,
                                                  std::uint64_t length) const {
  if (offset > stream_.size() || length > stream_.size() - offset ||
      !strip_length_fits(header_, header_.strip_vectors(strip), length))
    return std::nullopt;
  const std::span<const std::byte> bytes = stream_.subspan(offset, length);
  const std::uint32_t crc = crc32c(bytes);
  const std::optional<std::uint32_t> expected = guess(strip).crc;
  if (crc == expected) return StripEntry{offset, bytes, crc};
  // The section's checksum proves the bytes. That they belong to this strip is certain only if strips have fixed
  // lengths or there is one strip.
  const bool is_certain = is_index_whole_ && !is_table_whole_ && offset >= *index_begin_ && offset <= *index_end_ &&
                          length <= *index_end_ - offset &&
                          (header_.coding == IndexCoding::fixed_width || header_.strip_count() == 1);
  if (is_certain) return StripEntry{offset, bytes, crc};
  return std::nullopt;
}

ColourMetadata DamagedReader::metadata() const {
  ColourMetadata metadata;
  for (const Section& section : metadata_sections_) static_cast<void>(read_metadata(section, metadata));
  return metadata;
}

std::uint64_t DamagedReader::metadata_bytes() const noexcept {
  std::uint64_t bytes = 0;
  for (const Section& section : metadata_sections_) bytes += section.payload.size();
  return bytes;
}

std::vector<FoundStrip> DamagedReader::strips() const {
  std::vector<FoundStrip> strips(header_.strip_count());
  if (header_.k == 1) {  // strips are empty: header and codebook tell all
    for (FoundStrip& strip : strips) strip = {FoundStrip::State::whole, {header_bytes, {}, crc32c({})}};
    return strips;
  }
  find_from_front(strips);
  find_from_back(strips);
  if (is_index_whole_) fill_missing_strip(strips);
  find_remains(strips);
  return strips;
}

void DamagedReader::find_from_front(std::vector<FoundStrip>& strips) const {
  std::uint64_t front = index_begin_.value_or(stream_.size());
  for (std::uint64_t i = 0; i < strips.size() && front <= stream_.size(); ++i) {
    const std::uint64_t length = guess(i).length;
    if (const auto entry = strip_at(i, front, length)) strips[i] = {FoundStrip::State::whole, *entry};
    front += length;
  }
}

void DamagedReader::find_from_back(std::vector<FoundStrip>& strips) const {
  std::uint64_t back = index_end_.value_or(0);
  for (std::uint64_t i = strips.size(); i-- > 0 && guess(i).length <= back;) {
    back -= guess(i).length;
    if (strips[i].state == FoundStrip::State::whole) continue;
    if (const auto entry = strip_at(i, back, guess(i).length)) strips[i] = {FoundStrip::State::whole, *entry};
  }
}

/// If the index section is whole and only one strip is missing, its bytes are those between its neighbours.
void DamagedReader::fill_missing_strip(std::vector<FoundStrip>& strips) const {
  const auto missing = [](const FoundStrip& strip) { return strip.state != FoundStrip::State::whole; };
  const auto lost = std::find_if(strips.begin(), strips.end(), missing);
  if (lost == strips.end() || std::find_if(lost + 1, strips.end(), missing) != strips.end()) return;
  const auto strip = static_cast<std::uint64_t>(lost - strips.begin());
  std::uint64_t begin = *index_begin_;
  if (strip > 0) begin = strips[strip - 1].entry.offset + strips[strip - 1].entry.bytes.size();
  const std::uint64_t end = strip + 1 < strips.size() ? strips[strip + 1].entry.offset : *index_end_;
  if (begin > end || !strip_length_fits(header_, header_.strip_vectors(strip), end - begin)) return;
  const std::span<const std::byte> bytes = stream_.subspan(begin, end - begin);
  *lost = {FoundStrip::State::whole, {begin, bytes, crc32c(bytes)}};
}

/// Finds the bytes of strips that are not whole, between those that are.
void DamagedReader::find_remains(std::vector<FoundStrip>& strips) const {
  if (!index_begin_ || *index_begin_ > stream_.size()) return;
  std::uint64_t begin = *index_begin_;
  for (std::uint64_t first = 0; first < strips.size();) {
    if (strips[first].state == FoundStrip::State::whole) {
      begin = strips[first].entry.offset + strips[first].entry.bytes.size();
      ++first;
      continue;
    }
    std::uint64_t next = first + 1;
    while (next < strips.size() && strips[next].state != FoundStrip::State::whole) ++next;
    const std::optional<std::uint64_t> end = next < strips.size() ? strips[next].entry.offset : index_end_;
    find_remains_between(std::span(strips).subspan(first, next - first), first, begin, end);
    first = next;
  }
}

/// The strips from number `first` on are broken. The bytes of the first of them begin at `begin`. The others' begin
/// where the lengths say, if these fill the place up to `end` or the file is cut off; else bytes are missing or too
/// many, nobody knows in which strip, and only the first is tried.
void DamagedReader::find_remains_between(std::span<FoundStrip> broken, std::uint64_t first, std::uint64_t begin,
                                         std::optional<std::uint64_t> end) const {
  std::uint64_t total = 0;
  for (std::uint64_t i = 0; i < broken.size(); ++i) total += guess(first + i).length;
  const std::uint64_t limit = std::min<std::uint64_t>(end.value_or(stream_.size()), stream_.size());
  const bool is_cut_off = !end || *end > stream_.size();
  const bool fills_place = !is_cut_off && begin <= limit && limit - begin == total;
  const bool has_lengths = is_table_whole_ || header_.coding == IndexCoding::fixed_width;
  const bool are_placed = fills_place || (is_cut_off && has_lengths);
  for (std::uint64_t i = 0; i < broken.size() && begin < limit && (i == 0 || are_placed); ++i) {
    const std::uint64_t length = are_placed || has_lengths ? guess(first + i).length : limit - begin;
    const std::uint64_t there = std::min(length, limit - begin);
    const StripBytes known = there < length || (is_cut_off && !has_lengths) ? StripBytes::cut : StripBytes::complete;
    if (there > 0) broken[i] = {FoundStrip::State::remains, {begin, stream_.subspan(begin, there), 0}, known};
    begin += length;
  }
}

}  // namespace vqi::detail
