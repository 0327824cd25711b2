// Sections in the order of FORMAT.md; the strips themselves are left out.
#include "stream_ends.hpp"

#include "bytes.hpp"
#include "crc32c.hpp"
#include "metadata_sections.hpp"
#include "sections.hpp"

namespace vqi::detail {

StreamEnds make_ends(const StreamHeader& header, std::span<const std::byte> codebook, const ColourMetadata& metadata,
                     std::span<const CodedStrip> strips) {
  StreamEnds ends;
  const auto fixed = write_header(header);
  ends.head.assign(fixed.begin(), fixed.end());
  append_section(ends.head, section_type::codebook, 0, codebook);
  const std::size_t before_metadata = ends.head.size();
  append_metadata(ends.head, metadata);
  ends.counts.metadata = ends.head.size() - before_metadata;

  std::vector<std::byte> table;
  ByteWriter table_writer(table);
  std::uint32_t payload_crc = 0;
  for (const CodedStrip& strip : strips) {
    table_writer.integer(strip.size_bytes, strip_length_bytes);
    table_writer.integer(strip.crc, strip_crc_bytes);
    payload_crc = crc32c_joined(payload_crc, strip.crc, strip.size_bytes);
    ends.counts.index += strip.size_bytes;
  }
  append_section(ends.head, section_type::strip_table, 0, table);
  const std::uint32_t frame_crc = append_frame(ends.head, section_type::indices, 0, ends.counts.index);

  ByteWriter(ends.tail).integer(crc32c_joined(frame_crc, payload_crc, ends.counts.index), section_crc_bytes);
  constexpr std::size_t end_bytes = section_overhead_bytes + end_payload_bytes;
  ends.counts.file = ends.head.size() + ends.counts.index + ends.tail.size() + end_bytes;
  std::vector<std::byte> end;
  ByteWriter(end).integer(ends.counts.file, end_payload_bytes);
  append_section(ends.tail, section_type::end, 0, end);
  ends.counts.codebook = codebook.size();
  ends.counts.header = ends.counts.file - ends.counts.codebook - ends.counts.index - ends.counts.metadata;
  return ends;
}

}  // namespace vqi::detail
