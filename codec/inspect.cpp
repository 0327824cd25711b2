// inspect: what a stream says of itself, and which part of it is damaged.
#include <exception>

#include "crc32c.hpp"
#include "stream_reader.hpp"
#include "vqi/codec.hpp"

namespace vqi {
namespace {

/// The sections from the header on, as far as their frames can be followed.
std::vector<SectionInfo> list_sections(std::span<const std::byte> bytes) {
  std::vector<SectionInfo> sections{{"HEAD", 0, header_bytes, true}};
  std::uint64_t offset = header_bytes;
  try {
    while (offset < bytes.size()) {
      const Section section = read_section(bytes, offset);
      sections.push_back({section.type, section.offset, section.size_bytes(), section.crc_ok()});
      offset += section.size_bytes();
      if (section.type == section_type::end) break;
    }
  } catch (const Error&) {
    // The same fault is found, and told, when the stream is read.
  }
  return sections;
}

void check_strips(const StreamReader& reader) {
  const std::vector<StripEntry> strips = reader.strips();
  for (std::uint64_t i = 0; i < strips.size(); ++i) check_strip_crc(reader.header(), i, strips[i]);
  reader.check_index_section();
}

void fill_sizes(StreamInfo& info) {
  std::uint64_t metadata = 0;
  for (const SectionInfo& section : info.sections) {
    const std::uint64_t payload = section.bytes - section_overhead_bytes;
    if (section.type == section_type::codebook) info.bytes.codebook = payload;
    if (section.type == section_type::indices) info.bytes.index = payload;
    if (is_metadata_type(section.type)) metadata += section.bytes;
  }
  info.bytes.metadata = metadata;
  info.bytes.header = info.bytes.file - info.bytes.codebook - info.bytes.index - metadata;
}

}  // namespace

StreamInfo inspect(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  const StreamHeader header = read_header(bytes);
  check_limits(header, limits);
  const BlockGrid& grid = header.grid;
  StreamInfo info;
  info.format_major = format_major;
  info.format_minor = header.version_minor;
  info.width_px = grid.width_px;
  info.height_px = grid.height_px;
  info.channels = grid.channels;
  info.bit_depth = grid.bit_depth;
  info.k = header.k;
  info.block_width_px = grid.block_width_px;
  info.block_height_px = grid.block_height_px;
  info.coding = Coding::packed;
  info.strip_count = header.strip_count();
  info.mse = header.mse;
  info.psnr_db = psnr_db(header.mse, grid.bit_depth == 16 ? 65535U : 255U);
  info.sections = list_sections(bytes);
  info.bytes.file = bytes.size();
  fill_sizes(info);
  const double pixels = static_cast<double>(grid.width_px) * grid.height_px;
  info.raw_bytes = std::uint64_t{grid.width_px} * grid.height_px * grid.pixel_bytes();
  info.ratio = static_cast<double>(info.raw_bytes) / static_cast<double>(info.bytes.file);
  info.bpp = 8.0 * static_cast<double>(info.bytes.file) / pixels;
  info.index_bpp = 8.0 * static_cast<double>(info.bytes.index) / pixels;
  try {
    check_strips(StreamReader(bytes, limits));
  } catch (const Error& error) {
    info.damage = error;
  }
  return info;
}

}  // namespace vqi
