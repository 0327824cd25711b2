// assemble_png: chunks, their order and checksums.
#include "png_file.hpp"

#include <catch2/catch.hpp>

#include "png_chunks.hpp"

using namespace vqi::detail;

TEST_CASE("a palette PNG's chunks are whole, in PNG's order, with a tRNS as short as it may be") {
  const std::vector<ColourSet::Colour> colours{0x10203040, 0xFF112233};
  const std::vector<PngChunk> metadata{{{'g', 'A', 'M', 'A'}, std::vector<std::byte>(4)}};
  const std::vector<std::byte> rows(11);
  const PngFrame frame{3, 2, 1, colours, false, metadata};
  const std::vector<std::byte> file = assemble_png(frame, rows);
  CHECK(file.size() == frame_bytes(frame) + rows.size());
  const PngChunks chunks = find_png_chunks(file);
  REQUIRE(chunks.has_end);
  std::vector<std::string> types;
  for (const PngChunkView& chunk : chunks.list) {
    types.emplace_back(chunk.type());
    CHECK(chunk.crc_ok);
    if (chunk.type() == "tRNS") CHECK((chunk.data.size() == 1 && chunk.data[0] == std::byte{0x10}));
    if (chunk.type() == "PLTE") CHECK((chunk.data.size() == 6 && chunk.data[0] == std::byte{0x40}));
  }
  CHECK(types == std::vector<std::string>{"IHDR", "gAMA", "PLTE", "tRNS", "IDAT"});
}

TEST_CASE("an opaque palette has a tRNS only where alpha is kept") {
  const std::vector<ColourSet::Colour> colours{0xFF112233};
  const PngFrame without{1, 1, 1, colours, false, {}};
  const PngFrame with{1, 1, 1, colours, true, {}};
  CHECK(frame_bytes(with) == frame_bytes(without) + 13);
}
