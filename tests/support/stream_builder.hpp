// StreamBuilder: builds streams of any content, valid or not, with right checksums unless a test breaks them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "bytes.hpp"
#include "sections.hpp"
#include "stream_header.hpp"

namespace vqi::test {
using namespace detail;

/// The parts of a stream; a test may replace each of them before `bytes` joins them.
struct StreamBuilder {
  StreamHeader header;
  std::vector<std::byte> codebook;         ///< the payload of CBOK
  std::vector<std::byte> table;            ///< the payload of STRP
  std::vector<std::byte> indices;          ///< the payload of INDX
  std::vector<std::byte> before_codebook;  ///< whole sections, as before_table
  std::vector<std::byte> before_table;

  /// A stream with K = 1, whose strips are empty whatever the size of the image: few bytes for many pixels.
  static StreamBuilder flat(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels = 1,
                            std::uint32_t bit_depth = 8) {
    StreamBuilder builder;
    builder.header.grid = {width_px, height_px, channels, bit_depth};
    builder.header.k = 1;
    builder.header.strip_rows = choose_strip_rows(builder.header.grid);
    builder.codebook.resize(builder.header.codebook_bytes(), std::byte{77});
    builder.table.resize(8 * builder.header.strip_count());
    return builder;
  }

  [[nodiscard]] std::vector<std::byte> bytes() const {
    const auto head = write_header(header);
    std::vector<std::byte> stream(head.begin(), head.end());
    ByteWriter writer(stream);
    writer.append(before_codebook);
    vqi::detail::append_section(stream, "CBOK", 0, codebook);
    writer.append(before_table);
    vqi::detail::append_section(stream, "STRP", 0, table);
    vqi::detail::append_section(stream, "INDX", 0, indices);
    std::vector<std::byte> end;
    ByteWriter(end).integer(stream.size() + 24, 8);
    vqi::detail::append_section(stream, "END ", 0, end);
    return stream;
  }
};

}  // namespace vqi::test
