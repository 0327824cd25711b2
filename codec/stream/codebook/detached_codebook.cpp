// Puts another section in the place of CBOK, and keeps everything else as it is.
#include "detached_codebook.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "bytes.hpp"
#include "codebook_image.hpp"
#include "codebook_section.hpp"
#include "sections.hpp"
#include "stream_header.hpp"
#include "vqi/codebook.hpp"

namespace vqi::detail {
namespace {

/// The first section CBOK of a stream.
Section find_codebook(std::span<const std::byte> stream) {
  std::uint64_t offset = header_bytes;
  for (;;) {
    const Section section = read_section(stream, offset);
    if (section.type == section_type::codebook) return section;
    offset += section.size_bytes();
  }
}

/// The section END if it is whole and the last of the stream.
std::optional<Section> find_end(std::span<const std::byte> stream) {
  constexpr std::size_t end_bytes = section_overhead_bytes + end_payload_bytes;
  if (stream.size() < header_bytes + end_bytes) return std::nullopt;
  try {
    const Section section = read_section(stream, stream.size() - end_bytes);
    const bool is_whole = section.type == section_type::end && !section.skippable() && section.crc_ok() &&
                          section.payload.size() == end_payload_bytes &&
                          load_le(section.payload.data(), end_payload_bytes) == stream.size();
    if (is_whole) return section;
  } catch (const Error&) {
    // What stands there instead is kept, and decoding reports it.
  }
  return std::nullopt;
}

/// The stream with another header and payload of CBOK. Where the section END is whole its length is set right.
std::vector<std::byte> with_codebook(std::span<const std::byte> stream, const StreamHeader& header, const Section& old,
                                     std::span<const std::byte> payload) {
  const auto head = write_header(header);
  std::vector<std::byte> bytes(stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(old.offset));
  std::copy(head.begin(), head.end(), bytes.begin());
  append_section(bytes, section_type::codebook, 0, payload);
  const std::uint64_t rest_begin = old.offset + old.size_bytes();
  std::optional<Section> old_end = find_end(stream);
  if (old_end && old_end->offset < rest_begin) old_end.reset();  // what looks like it lies in the codebook
  const std::uint64_t rest_end = old_end ? old_end->offset : stream.size();
  ByteWriter(bytes).append(stream.subspan(rest_begin, rest_end - rest_begin));
  if (!old_end) return bytes;
  std::vector<std::byte> end;
  ByteWriter(end).integer(bytes.size() + section_overhead_bytes + end_payload_bytes, end_payload_bytes);
  append_section(bytes, section_type::end, 0, end);
  return bytes;
}

}  // namespace

std::vector<std::byte> detach_codebook(std::span<const std::byte> stream, const CodebookHash& hash) {
  return with_codebook(stream, detached_header(read_header(stream)), find_codebook(stream),
                       std::as_bytes(std::span(hash)));
}

StreamHeader detached_header(StreamHeader header) noexcept {
  header.coded_codebook = false;
  header.detached_codebook = true;
  header.version_minor = least_minor(header);
  return header;
}

SampleArray attached_codewords(const StreamHeader& header, const Section& section, const Codebook& codebook) {
  if (read_codebook_hash(section) != codebook_hash(codebook))
    throw Error(ErrorCode::codebook_needed,
                "the file needs a codebook with the hash " + hash_text(read_codebook_hash(section)) +
                    ", and the one that is given has " + hash_text(codebook_hash(codebook)));
  const BlockGrid type = grid_of(codebook);
  if (type.channels != header.grid.channels || type.bit_depth != header.grid.bit_depth ||
      type.block_width_px != header.grid.block_width_px || type.block_height_px != header.grid.block_height_px ||
      codebook.size() != header.k)
    throw Error(ErrorCode::corrupt_header, "the file and its codebook differ in K, blocks or type of samples");
  return codewords_of(codebook);
}

}  // namespace vqi::detail

namespace vqi {
using namespace detail;

std::vector<std::byte> attach_codebook(std::span<const std::byte> stream, const Codebook& codebook) {
  StreamHeader header = read_header(stream);
  if (!header.detached_codebook) return {stream.begin(), stream.end()};
  const Section section = find_codebook(stream);
  check_crc(section);
  if (!codebook_length_fits(header, section.payload.size())) check_payload_size(section, detached_codebook_bytes);
  const SampleArray codewords = attached_codewords(header, section, codebook);
  header.detached_codebook = false;
  header.version_minor = least_minor(header);
  return with_codebook(stream, header, section, plain_codebook(codewords));
}

}  // namespace vqi
