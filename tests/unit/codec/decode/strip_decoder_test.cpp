// Decoding strips in parallel: each is used once, faults come in order, and the callback's no ends it.
#include "strip_decoder.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <mutex>
#include <set>

#include "thrown_error.hpp"
#include "written_stream.hpp"

using vqi::detail::NumberedStrip;
using vqi::detail::StreamReader;
using vqi::test::MadeStream;
using vqi::test::TestWork;

namespace {

/// Five strips of fixed width.
MadeStream five_strips() { return vqi::test::make_stream({1024, 330, 1, 8}, 4, {}); }

std::vector<NumberedStrip> numbered(const StreamReader& reader) {
  std::vector<NumberedStrip> strips;
  for (const vqi::detail::StripEntry& entry : reader.strips()) strips.push_back({strips.size(), entry});
  return strips;
}

}  // namespace

TEST_CASE("every strip is decoded once with its own indices, whatever the threads and however few at once") {
  const MadeStream made = five_strips();
  const StreamReader reader(made.written.bytes, {});
  REQUIRE(reader.header().strip_count() == 5);
  for (const std::uint32_t threads : {1U, 3U})
    for (const std::uint32_t at_once : {1U, 2U, 1024U}) {
      TestWork work(threads);
      std::mutex mutex;
      std::multiset<std::uint64_t> used;
      std::size_t wrong = 0;
      vqi::detail::decode_strips(
          reader, nullptr, 1, 5, at_once, work, [&](std::uint64_t strip, std::span<const std::uint16_t> indices) {
            const std::lock_guard lock(mutex);
            used.insert(strip);
            const std::size_t begin = std::size_t{reader.header().strip_begin(strip)} * 1024;
            if (indices.size() != reader.header().strip_vectors(strip) ||
                !std::equal(indices.begin(), indices.end(), made.indices.begin() + static_cast<std::ptrdiff_t>(begin)))
              ++wrong;
          });
      CHECK(used == std::multiset<std::uint64_t>{1, 2, 3, 4});
      CHECK(wrong == 0);
    }
}

TEST_CASE("damaged strips are returned in their order, and the others are used, in parallel too") {
  const MadeStream made = five_strips();
  std::vector<std::byte> bytes = made.written.bytes;
  for (const std::size_t strip : {1U, 3U}) bytes[StreamReader(bytes, {}).strips()[strip].offset + 9] ^= std::byte{1};
  const StreamReader reader(bytes, {});
  for (const std::uint32_t threads : {1U, 4U}) {
    TestWork work(threads);
    std::mutex mutex;
    std::set<std::uint64_t> used;
    const auto use = [&](std::uint64_t strip, std::span<const std::uint16_t>) {
      const std::lock_guard lock(mutex);
      used.insert(strip);
    };
    const std::vector<vqi::detail::StripFault> faults =
        vqi::detail::try_strips(reader.header(), nullptr, numbered(reader), 8, work, use);
    REQUIRE(faults.size() == 2);
    CHECK(faults[0].number == 1);
    CHECK(faults[1].number == 3);
    CHECK(faults[1].error.error_code() == vqi::ErrorCode::checksum_mismatch);
    CHECK(used == std::set<std::uint64_t>{0, 2, 4});
    const auto error = vqi::test::thrown_by([&] { vqi::detail::decode_strips(reader, nullptr, 0, 5, 8, work, use); });
    CHECK(error.offset == reader.strips()[1].offset);
  }
}

TEST_CASE("no strips need no work, and a no of the callback ends decoding as cancelled") {
  const MadeStream made = five_strips();
  const StreamReader reader(made.written.bytes, {});
  TestWork idle;
  CHECK(vqi::detail::try_strips(reader.header(), nullptr, {}, 4, idle, [](auto, auto) {
          FAIL("there is nothing to use");
        }).empty());
  TestWork stopped(1, [](const vqi::Progress&) { return false; });
  std::size_t used = 0;
  const auto error = vqi::test::thrown_by(
      [&] { vqi::detail::decode_strips(reader, nullptr, 0, 5, 4, stopped, [&](auto, auto) { ++used; }); });
  CHECK(error.code == vqi::ErrorCode::cancelled);
  CHECK(used == 1);
}
