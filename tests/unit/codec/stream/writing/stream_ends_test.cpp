// StreamEnds: head, strips and tail make a stream that is read, and sizes are known before the strips are.
#include "stream_ends.hpp"

#include <catch2/catch.hpp>

#include "crc32c.hpp"
#include "stream_reader.hpp"
#include "vqi/codec.hpp"

using vqi::detail::CodedStrip;

TEST_CASE("head, strips and tail are a whole stream, and the head's size does not depend on the strips") {
  vqi::detail::StreamHeader header;
  header.grid = {300, 700, 1, 8};
  header.k = 4;
  header.strip_rows = 300;
  const std::vector<std::byte> codebook{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{9}};
  vqi::ColourMetadata metadata;
  metadata.gamma = 45455;
  const std::vector<std::byte> first(300 * 300 / 4, std::byte{0x1B});
  const std::vector<std::byte> second(300 * 400 / 4, std::byte{0xE4});
  const std::vector<CodedStrip> strips{{first.size(), vqi::detail::crc32c(first)},
                                       {second.size(), vqi::detail::crc32c(second)}};
  const vqi::detail::StreamEnds ends = make_ends(header, codebook, metadata, strips);
  CHECK(ends.head.size() == make_ends(header, codebook, metadata, std::vector<CodedStrip>(2)).head.size());

  std::vector<std::byte> stream = ends.head;
  stream.insert(stream.end(), first.begin(), first.end());
  stream.insert(stream.end(), second.begin(), second.end());
  stream.insert(stream.end(), ends.tail.begin(), ends.tail.end());
  CHECK(ends.counts.file == stream.size());
  CHECK(ends.counts.index == first.size() + second.size());
  CHECK(ends.counts.codebook == 4);
  const vqi::StreamInfo info = vqi::inspect(stream);
  CHECK_FALSE(info.damage);
  CHECK(info.bytes.header == ends.counts.header);
  CHECK(info.bytes.metadata == ends.counts.metadata);
  CHECK(info.strip_count == 2);
  const vqi::Image image = vqi::decode(stream);
  CHECK(image.metadata() == metadata);
  CHECK(image.row(0)[0] == std::byte{9});    // 0x1B: 3, 2, 1, 0 from the lowest bits on
  CHECK(image.row(699)[0] == std::byte{1});  // 0xE4: 0, 1, 2, 3
}
