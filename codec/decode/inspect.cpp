// inspect: the properties of a stream without decoding it, and which part of it is damaged.
#include <limits>
#include <optional>

#include "codebook_section.hpp"
#include "crc32c.hpp"
#include "stream_info.hpp"
#include "stream_reader.hpp"
#include "vqi/codec.hpp"

namespace vqi {
using namespace detail;
namespace {

/// The most sections to list of a damaged stream, which may consist of any number of tiny ones.
constexpr std::size_t doubtful_sections_max = 1000;

/// At most `most` sections, the header first, until a frame is broken.
std::vector<SectionInfo> list_sections(std::span<const std::byte> bytes, std::size_t most) {
  std::vector<SectionInfo> sections{{"HEAD", 0, header_bytes, true}};
  std::uint64_t offset = header_bytes;
  try {
    while (offset < bytes.size() && sections.size() < most) {
      const Section section = read_section(bytes, offset);
      sections.push_back({section.type, section.offset, section.size_bytes(), section.crc_ok()});
      offset += section.size_bytes();
      if (section.type == section_type::end && !section.skippable()) break;
    }
  } catch (const Error&) {
    // StreamReader finds the same fault and reports it.
  }
  return sections;
}

/// The sizes of a stream whose sections are whole.
void fill_sizes(const StreamReader& reader, ByteCounts& bytes) {
  bytes.codebook = reader.codebook_section().payload.size();
  bytes.index = reader.index_section().payload.size();
  bytes.metadata = reader.metadata_bytes();
}

void check_strips(const StreamReader& reader) {
  const std::vector<StripEntry> strips = reader.strips();
  for (std::uint64_t i = 0; i < strips.size(); ++i)
    if (const std::optional<Error> fault = strip_crc_fault(reader.header(), i, strips[i])) throw Error(*fault);
  reader.check_index_section();
}

}  // namespace

StreamInfo inspect(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  const StreamHeader header = read_header(bytes);
  check_limits(header, limits);
  std::optional<CodebookHash> codebook_hash;
  std::optional<Error> damage;
  ByteCounts sizes;
  sizes.file = bytes.size();
  try {
    const StreamReader reader(bytes, limits);
    fill_sizes(reader, sizes);
    if (header.detached_codebook) codebook_hash = read_codebook_hash(reader.codebook_section());
    check_strips(reader);
  } catch (const Error& error) {
    damage = error;
  }
  StreamInfo info = stream_info(header, sizes);
  info.codebook_hash = codebook_hash;
  info.damage = damage;
  info.sections = list_sections(bytes, info.damage ? doubtful_sections_max : std::numeric_limits<std::size_t>::max());
  return info;
}

}  // namespace vqi
