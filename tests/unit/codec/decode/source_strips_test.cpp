// SourceStrips: strips that follow one another are one read, as many as the caller decodes at once or more.
#include "source_strips.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "streams/counting_source.hpp"
#include "written_stream.hpp"

TEST_CASE("strips come with their bytes, together as long as they are short, and the report tells what was read") {
  const vqi::test::MadeStream made = vqi::test::make_stream({500, 800, 1, 8}, 16, {});
  const std::vector<std::byte>& stream = made.written.bytes;
  vqi::test::CountingSource counting(stream);
  const vqi::ByteSource source = counting.source();
  vqi::detail::SourceBytes bytes(source, std::numeric_limits<std::uint64_t>::max());
  const vqi::detail::StreamReader reader(bytes, {});
  const std::size_t before = counting.reads.size();
  const std::vector<vqi::detail::StripEntry> expected = vqi::detail::StreamReader(stream, {}).strips();
  vqi::detail::SourceStrips strips(bytes, reader, 1, 6);
  const auto check = [&](std::span<const vqi::detail::StripEntry> given, std::size_t begin, std::size_t end) {
    REQUIRE(given.size() == end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      CHECK(given[i - begin].offset == expected[i].offset);
      CHECK(given[i - begin].crc == expected[i].crc);
      CHECK(std::equal(given[i - begin].bytes.begin(), given[i - begin].bytes.end(), expected[i].bytes.begin(),
                       expected[i].bytes.end()));
    }
  };
  check(strips.fetch(2)(1, 6), 1, 6);
  CHECK(counting.reads.size() == before + 1);
  check(strips.fetch(2, 0)(3, 6), 3, 5);
  check(strips.fetch(2, 100'000)(2, 6), 2, 5);  // 33,000 bytes each
  CHECK(vqi::detail::report_of(bytes, reader).reads.bytes == counting.bytes());

  vqi::detail::DecodeCall call;
  strips.count_in(call);
  CHECK(call.strips == 5);
  CHECK(call.scratch_bytes == expected[5].bytes.size());  // the last one is the longest
  CHECK(call.metadata_bytes >= bytes.kept_bytes());
}
