// StripFeed: the strips of a map from rows in any portions.
#include "strip_feed.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "crc32c.hpp"
#include "stream_reader.hpp"
#include "test_work.hpp"
#include "written_stream.hpp"

TEST_CASE("strips come in order, as the whole map has them, whatever the portions of rows and the strips at once") {
  const vqi::test::MadeStream made = vqi::test::make_stream({500, 700, 1, 8}, 16, {});
  const std::vector<vqi::detail::StripEntry> expected = vqi::detail::StreamReader(made.written.bytes, {}).strips();
  REQUIRE(expected.size() == 5);
  vqi::detail::StreamHeader header;
  header.grid = made.header.grid;
  header.k = 16;
  const vqi::detail::MapCoding coding = vqi::detail::fixed_width_coding(header, made.codebook);
  for (const std::size_t rows : {1U, 131U, 300U, 700U})
    for (const std::uint32_t at_once : {1U, 2U, 9U}) {
      vqi::test::TestWork work(2);
      std::vector<std::byte> bytes;
      vqi::detail::StripFeed feed(coding, at_once, [&](std::span<const std::byte> strip) {
        bytes.insert(bytes.end(), strip.begin(), strip.end());
      });
      vqi::detail::StripFeed sizes(coding, at_once, {});
      const std::span<const std::uint16_t> indices(made.indices);
      for (std::size_t at = 0; at < 700; at += rows) {
        const std::size_t count = std::min<std::size_t>(rows, 700 - at);
        feed.add(indices.subspan(at * 500, count * 500), work);
        sizes.add(indices.subspan(at * 500, count * 500), work);
      }
      REQUIRE(feed.strips().size() == 5);
      std::size_t offset = 0;
      for (std::size_t i = 0; i < 5; ++i) {
        CHECK(feed.strips()[i].crc == expected[i].crc);
        CHECK(feed.strips()[i].size_bytes == expected[i].bytes.size());
        CHECK(std::equal(expected[i].bytes.begin(), expected[i].bytes.end(),
                         bytes.begin() + static_cast<std::ptrdiff_t>(offset)));
        offset += expected[i].bytes.size();
      }
      CHECK(feed.index_bytes() == bytes.size());
      CHECK(sizes.index_bytes() == bytes.size());
    }
}
