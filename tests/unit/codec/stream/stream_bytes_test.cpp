// StreamBytes: what is read of a source, and how often.
#include "stream_bytes.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "streams/counting_source.hpp"
#include "thrown_error.hpp"

using vqi::detail::SourceBytes;
using vqi::test::CountingSource;

namespace {

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

std::vector<std::byte> numbered_bytes(std::size_t count) {
  std::vector<std::byte> bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::byte>(i % 251);
  return bytes;
}

bool is_part(std::span<const std::byte> part, const std::vector<std::byte>& whole, std::size_t offset) {
  return std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

TEST_CASE("the first look takes the beginning at once, and looks inside of it read nothing") {
  const std::vector<std::byte> whole = numbered_bytes(200'000);
  CountingSource counting(whole);
  const vqi::ByteSource source = counting.source();
  SourceBytes bytes(source, unlimited);
  CHECK(is_part(bytes.look(0, 64), whole, 0));
  CHECK(is_part(bytes.look(1000, 12), whole, 1000));
  CHECK(is_part(bytes.look(32'700, 68), whole, 32'700));
  CHECK(counting.reads == std::vector<std::pair<std::uint64_t, std::uint64_t>>{{0, 32'768}});
  CHECK(is_part(bytes.look(32'760, 12), whole, 32'760));  // begins in it and ends beyond it
  CHECK(is_part(bytes.look(199'990, 10), whole, 199'990));
  CHECK(counting.reads.back() == std::pair<std::uint64_t, std::uint64_t>{199'990, 10});
  CHECK(bytes.reads().calls == 3);
  CHECK(bytes.reads().bytes == counting.bytes());
  CHECK(counting.wrong == 0);
}

TEST_CASE("kept bytes stay where later ones are read, and are read once with the frame behind them") {
  const std::vector<std::byte> whole = numbered_bytes(200'000);
  CountingSource counting(whole);
  const vqi::ByteSource source = counting.source();
  SourceBytes bytes(source, unlimited);
  static_cast<void>(bytes.look(0, 64));
  const std::span<const std::byte> inside = bytes.keep(100, 500);
  const std::span<const std::byte> beyond = bytes.keep(30'000, 50'000);
  CHECK(counting.reads.back() == std::pair<std::uint64_t, std::uint64_t>{32'768, 50'000 - 2'768 + 1'024});
  CHECK(is_part(bytes.look(80'000, 12), whole, 80'000));
  CHECK(counting.reads.size() == 2);
  static_cast<void>(bytes.look(150'000, 12));
  const std::span<const std::byte> apart = bytes.keep(190'000, 10'000);
  CHECK(is_part(inside, whole, 100));
  CHECK(is_part(beyond, whole, 30'000));
  CHECK(is_part(apart, whole, 190'000));
  CHECK((inside.size() == 500 && beyond.size() == 50'000 && apart.size() == 10'000));
  CHECK(bytes.kept_bytes() == 60'500);
  CHECK(counting.wrong == 0);
}

TEST_CASE("no more is kept than the limit allows, and nothing is read for what passes it") {
  const std::vector<std::byte> whole = numbered_bytes(100'000);
  CountingSource counting(whole);
  const vqi::ByteSource source = counting.source();
  SourceBytes bytes(source, 50'000);
  static_cast<void>(bytes.keep(0, 30'000));
  const std::size_t reads = counting.reads.size();
  const auto error = vqi::test::thrown_by([&] { static_cast<void>(bytes.keep(40'000, 20'001)); });
  CHECK(error.code == vqi::ErrorCode::limit_exceeded);
  CHECK(counting.reads.size() == reads);
  CHECK(bytes.keep(40'000, 20'000).size() == 20'000);
}
