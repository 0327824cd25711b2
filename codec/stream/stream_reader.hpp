// StreamReader: bytes that nobody vouches for become a checked stream, in the order FORMAT.md asks for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index_model.hpp"
#include "sections.hpp"
#include "stream_header.hpp"
#include "vqi/error.hpp"
#include "vqi/image.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

/// A strip of the index section.
struct StripEntry {
  std::uint64_t offset = 0;  ///< in the stream
  std::span<const std::byte> bytes;
  std::uint32_t crc = 0;
};

/// A stream whose header, codebook, metadata and strip table are checked; what is left to check are
/// the strips themselves and the checksum of the index section. Borrows the stream; allocates
/// nothing that grows with the image.
class StreamReader {
 public:
  /// Throws Error of class data or limit.
  StreamReader(std::span<const std::byte> stream, const DecodeLimits& limits);

  [[nodiscard]] const StreamHeader& header() const noexcept { return header_; }
  /// The codebook as stored, plain or coded; read_codebook makes codewords of it.
  [[nodiscard]] const Section& codebook_section() const noexcept { return codebook_; }
  [[nodiscard]] const Section& index_section() const noexcept { return index_section_; }
  [[nodiscard]] std::uint64_t metadata_bytes() const noexcept { return metadata_bytes_; }

  /// Copies the metadata out of its sections.
  [[nodiscard]] ColourMetadata metadata() const;
  [[nodiscard]] std::vector<StripEntry> strips() const;

  /// Checks the checksum of the index section against those of its strips, which the caller has
  /// found to fit their bytes.
  void check_index_section() const;

 private:
  void read_sections();
  void take_critical(const Section& section, std::size_t& next_critical);
  void check_strip_table() const;
  [[nodiscard]] std::uint32_t strip_length(std::uint64_t i) const noexcept;
  [[nodiscard]] std::uint32_t strip_crc(std::uint64_t i) const noexcept;

  std::span<const std::byte> stream_;
  StreamHeader header_;
  Section codebook_;
  Section strip_table_;
  Section index_section_;
  std::vector<Section> metadata_sections_;  // one for each of the five types at the most
  std::uint64_t metadata_bytes_ = 0;
};

/// Whether section CBOK may have `length_bytes` in the header's coding of the codebook.
[[nodiscard]] bool codebook_length_fits(const StreamHeader& header, std::uint64_t length_bytes) noexcept;

/// Whether a strip of `vectors` vectors may have `length_bytes` in the header's coding.
[[nodiscard]] bool strip_length_fits(const StreamHeader& header, std::uint64_t vectors,
                                     std::uint64_t length_bytes) noexcept;

/// "strip 2 (pixel rows 512 to 767)".
[[nodiscard]] std::string strip_words(const StreamHeader& header, std::uint64_t strip);

/// True for the four critical types that version 1.0 has.
[[nodiscard]] bool is_critical_type(std::string_view type) noexcept;

/// The Error for a critical section of any other type.
[[nodiscard]] Error unknown_critical_error(const Section& section);

/// True for the five section types of colour metadata.
[[nodiscard]] bool is_metadata_type(std::string_view type) noexcept;

/// Throws Error{checksum_mismatch} if a strip's bytes do not fit its checksum.
void check_strip_crc(const StreamHeader& header, std::uint64_t strip, const StripEntry& entry);

/// Checks one strip's checksum and decodes its indices; `model` is the header's, or null where it has
/// none or K is 1. Throws Error{checksum_mismatch, corrupt_indices} and what `between_rows` throws.
void decode_strip(const StreamHeader& header, const IndexModel* model, std::uint64_t strip, const StripEntry& entry,
                  std::span<std::uint16_t> indices, const RowHook& between_rows);

}  // namespace vqi::detail
