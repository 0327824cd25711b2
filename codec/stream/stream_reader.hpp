// StreamReader: checks untrusted bytes in the order of FORMAT.md, "Decoding", before any memory is taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sections.hpp"
#include "stream_header.hpp"
#include "strip_entry.hpp"
#include "vqi/image.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

/// A stream whose header, codebook section, metadata and strip table are checked. The caller still checks the strips
/// and the checksum of the index section. Borrows the stream; allocates nothing that grows with the image, but what
/// `StreamBytes` keeps.
class StreamReader {
 public:
  /// Throws Error of class data or limit.
  StreamReader(std::span<const std::byte> stream, const DecodeLimits& limits);
  /// Reads all but the strips.
  StreamReader(StreamBytes& stream, const DecodeLimits& limits);

  [[nodiscard]] const StreamHeader& header() const noexcept { return header_; }
  /// The codebook as stored, plain or coded; read_codebook turns it into codewords.
  [[nodiscard]] const Section& codebook_section() const noexcept { return codebook_; }
  /// Its payload is that of a stream in memory, else empty.
  [[nodiscard]] const Section& index_section() const noexcept { return index_section_; }
  [[nodiscard]] std::uint64_t metadata_bytes() const noexcept { return metadata_bytes_; }

  /// Copies the metadata out of its sections.
  [[nodiscard]] ColourMetadata metadata() const;
  /// Of a stream in memory.
  [[nodiscard]] std::vector<StripEntry> strips() const;
  /// Where the strips `begin` .. `end` - 1 lie, without their bytes.
  [[nodiscard]] std::vector<StripPlace> strip_places(std::uint64_t begin, std::uint64_t end) const;

  /// Checks the checksum of the index section, given that all strips have the checksums of the strip table. Throws
  /// Error{checksum_mismatch}.
  void check_index_section() const;

 private:
  void read_sections(StreamBytes& stream);
  void take_critical(const Section& section, std::size_t& next_critical);
  void check_strip_table() const;
  [[nodiscard]] std::uint32_t strip_length(std::uint64_t i) const noexcept;
  [[nodiscard]] std::uint32_t strip_crc(std::uint64_t i) const noexcept;

  StreamHeader header_;
  Section codebook_;
  Section strip_table_;
  Section index_section_;
  std::vector<Section> metadata_sections_;  // at most one of each type
  std::uint64_t metadata_bytes_ = 0;
};

}  // namespace vqi::detail
