// DamagedReader: finds what is still whole in a stream that StreamReader refuses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "index_model.hpp"
#include "stream_reader.hpp"

namespace vqi::detail {

/// A strip of a damaged stream.
struct FoundStrip {
  enum class State {
    lost,     ///< none of its bytes are known
    remains,  ///< its bytes are damaged or cut off, and begin where its own began
    whole,    ///< its bytes are those of the strip, by a checksum
  };
  State state = State::lost;
  StripEntry entry;  ///< not of a lost strip; the checksum is that of a whole one
  StripBytes known = StripBytes::complete;
};

/// Finds the whole strips of a stream of which sections are damaged, missing or cut off.
///
/// Header and codebook must be whole. The walk goes from section to section; after a frame that leads nowhere it looks
/// for the next frame that the header allows. Lengths and checksums of strips come from the strip table, even if its
/// own checksum fails: they are only a guess then. A strip is taken only if its bytes have its checksum, or lie in an
/// index section whose checksum fits. Strips are searched from both ends of the index section, so that one wrong length
/// or some lost bytes cost only the strips that they touch. Work is linear in the stream's size: the walk looks for a
/// new frame a bounded number of times, and no strip is summed more than twice. Borrows the stream.
class DamagedReader {
 public:
  /// Throws Error of class data if nothing can be salvaged, and Error{limit_exceeded}.
  DamagedReader(std::span<const std::byte> stream, const DecodeLimits& limits);

  [[nodiscard]] const StreamHeader& header() const noexcept { return header_; }
  /// As StreamReader's.
  [[nodiscard]] const Section& codebook_section() const noexcept { return codebook_; }
  /// The metadata of all whole sections, copied out of them, and the bytes of these sections.
  [[nodiscard]] ColourMetadata metadata() const;
  [[nodiscard]] std::uint64_t metadata_bytes() const noexcept;

  /// What is left of each strip. Allocates for every strip that the header claims: the caller has checked that this
  /// fits into the memory allowed.
  [[nodiscard]] std::vector<FoundStrip> strips() const;

 private:
  /// What the strip table, or the coding, says of a strip.
  struct StripGuess {
    std::uint64_t length = 0;
    std::optional<std::uint32_t> crc;
  };

  void walk();
  [[nodiscard]] std::optional<Section> section_at(std::uint64_t offset) const;
  [[nodiscard]] bool leads_on(const Section& section) const;
  [[nodiscard]] bool looks_like_frame(std::uint64_t offset) const noexcept;
  [[nodiscard]] std::uint64_t next_frame(std::uint64_t offset) const noexcept;
  void take(const Section& section);
  [[nodiscard]] std::optional<std::uint64_t> table_bytes() const noexcept;
  void take_index_frame(std::uint64_t offset);
  [[nodiscard]] StripGuess guess(std::uint64_t strip) const noexcept;
  [[nodiscard]] std::optional<StripEntry> strip_at(std::uint64_t strip, std::uint64_t offset,
                                                   std::uint64_t length) const;
  void find_from_front(std::vector<FoundStrip>& strips) const;
  void find_from_back(std::vector<FoundStrip>& strips) const;
  void fill_missing_strip(std::vector<FoundStrip>& strips) const;
  void find_remains(std::vector<FoundStrip>& strips) const;
  void find_remains_between(std::span<FoundStrip> broken, std::uint64_t first, std::uint64_t begin,
                            std::optional<std::uint64_t> end) const;

  std::span<const std::byte> stream_;
  StreamHeader header_;
  Section codebook_;
  std::vector<Section> metadata_sections_;       ///< whole ones, at most one of each type
  std::optional<std::uint64_t> codebook_fault_;  ///< offset of a codebook section that is damaged
  std::span<const std::byte> table_;             ///< payload of the strip table, or the bytes that seem to be it
  bool is_table_whole_ = false;
  bool has_index_frame_ = false;
  std::optional<std::uint64_t> index_begin_;  ///< of the index section's payload; a guess without its frame
  std::optional<std::uint64_t> index_end_;
  bool is_index_whole_ = false;
};

}  // namespace vqi::detail
