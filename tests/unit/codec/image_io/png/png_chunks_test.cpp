// find_png_chunks: where chunks lie, which checksums are right, and where a file ends.
#include "png_chunks.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"

using vqi::testing::Bytes;
using vqi::testing::png_chunk;

namespace {

Bytes file_of(const std::vector<Bytes>& chunks) {
  Bytes file = vqi::testing::bytes_of("\x89PNG\r\n\x1A\n");
  for (const Bytes& chunk : chunks) vqi::testing::append(file, chunk);
  return file;
}

}  // namespace

TEST_CASE("chunks are listed with their checksums, runs of IDAT as one") {
  Bytes wrong = png_chunk("IDAT", Bytes(2));
  wrong.back() ^= std::byte{1};
  Bytes file = file_of(
      {png_chunk("gAMA", Bytes(4)), png_chunk("IDAT", Bytes(3)), wrong, png_chunk("tEXt", {}), png_chunk("IEND", {})});
  vqi::testing::append(file, "behind");
  const vqi::detail::PngChunks chunks = vqi::detail::find_png_chunks(file);
  REQUIRE(chunks.list.size() == 3);
  CHECK(chunks.list[0].type() == "gAMA");
  CHECK(chunks.list[0].offset == 8);
  CHECK(chunks.list[0].crc_ok);
  CHECK(chunks.list[1].type() == "IDAT");
  CHECK(chunks.list[1].data.size() == 3);
  CHECK_FALSE(chunks.list[1].crc_ok);
  CHECK(chunks.list[2].type() == "tEXt");
  CHECK(chunks.has_end);
  CHECK(chunks.end_offset == file.size() - 6);
}

TEST_CASE("a walk ends where the file does, or where a length leads out of it") {
  const Bytes file = file_of({png_chunk("gAMA", Bytes(4)), png_chunk("IEND", {})});
  for (std::size_t length = 8; length < file.size(); ++length) {
    const vqi::detail::PngChunks chunks = vqi::detail::find_png_chunks(std::span(file).first(length));
    CHECK_FALSE(chunks.has_end);
    CHECK(chunks.list.size() == (length < 24 ? 0 : 1));
    CHECK(chunks.end_offset == (length < 24 ? 8 : 24));
  }
}

TEST_CASE("metadata that is left out is named once, XMP by its own name") {
  const Bytes xmp = vqi::testing::bytes_of({"XML:com.adobe.xmp\0\0\0\0\0<x/>", 26});
  const Bytes file = file_of({png_chunk("tEXt", Bytes(2)), png_chunk("iTXt", xmp), png_chunk("zTXt", Bytes(2)),
                              png_chunk("gAMA", Bytes(4)), png_chunk("vpAg", Bytes(9))});
  CHECK(vqi::detail::dropped_png_metadata(vqi::detail::find_png_chunks(file)) ==
        std::vector<std::string>{"text", "XMP"});
}
