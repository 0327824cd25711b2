// SourceStrips: strips of a stream in a source, some of which are read at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "decode_memory.hpp"
#include "stream_bytes.hpp"
#include "stream_reader.hpp"
#include "strip_decoder.hpp"
#include "vqi/streaming.hpp"

namespace vqi::detail {

/// Borrows source and reader.
class SourceStrips {
 public:
  /// Of the strips `begin` .. `end` - 1.
  SourceStrips(SourceBytes& source, const StreamReader& reader, std::uint64_t begin, std::uint64_t end);

  /// Adds to what a call takes the bytes that lie in memory at once.
  void count_in(DecodeCall& call) const;

  /// Bytes of strips that are read together although they are not decoded at once: what a request to a server costs is
  /// paid once.
  static constexpr std::uint64_t together_bytes = std::uint64_t{1} << 21;

  /// Reads `at_once` strips together, and more as long as they have no more than `together` bytes, at most
  /// `together_bytes`. Borrows this object.
  [[nodiscard]] StripFetch fetch(std::uint32_t at_once, std::uint64_t together = together_bytes);

 private:
  std::span<const StripEntry> read(std::uint64_t begin, std::uint64_t end, std::uint32_t at_once,
                                   std::uint64_t together);

  SourceBytes& source_;
  std::uint64_t first_;
  std::vector<StripPlace> places_;
  std::uint64_t longest_bytes_ = 0;
  std::vector<std::byte> bytes_;
  std::vector<StripEntry> entries_;
};

/// What a stream says of itself, and what was read of it so far.
[[nodiscard]] SourceReport report_of(const SourceBytes& source, const StreamReader& reader);

}  // namespace vqi::detail
