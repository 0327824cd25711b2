// Of parts that hold each other the largest is merged, in any order, and parts that would count shards twice are
// refused.
#include "gather_parts.hpp"

#include <catch2/catch.hpp>

#include "thrown_error.hpp"

using vqi::ShardId;
using vqi::StatisticsInfo;
using vqi::test::holds;
using vqi::test::thrown_by;
using vqi::tool::parts_to_merge;

namespace {

StatisticsInfo part(const std::vector<int>& shards, std::uint32_t block = 1, std::uint32_t sample = 10) {
  StatisticsInfo info{block, block, sample, {}};
  for (const int shard : shards) info.shards.push_back(ShardId{static_cast<std::byte>(shard)});
  return info;
}

const std::vector<std::string> names{"a", "b", "c", "d", "e"};

}  // namespace

TEST_CASE("parts that were made twice or that others hold are left out, in any order") {
  using Numbers = std::vector<std::size_t>;
  CHECK(parts_to_merge({part({1})}, names) == Numbers{0});
  CHECK(parts_to_merge({part({1}), part({2}), part({1})}, names) == Numbers{0, 1});
  CHECK(parts_to_merge({part({1}), part({1, 2}), part({2}), part({3})}, names) == Numbers{1, 3});
  // Neither of the first two holds the other, but the third holds both.
  CHECK(parts_to_merge({part({1, 2}), part({2, 3}), part({1, 2, 3})}, names) == Numbers{2});
}

TEST_CASE("parts that share some of their shards, and parts of unlike settings, are refused by their names") {
  const auto message = [](const std::vector<StatisticsInfo>& parts) {
    const auto error = thrown_by([&] { static_cast<void>(parts_to_merge(parts, names)); });
    CHECK(error.code == vqi::ErrorCode::invalid_option);
    return error.message;
  };
  const std::string overlap = message({part({1, 2}), part({4}), part({2, 3})});
  CHECK(holds(overlap, "c: 1 of its 2 shards are in a "));
  CHECK(message({part({2, 3}), part({4}), part({1, 2})}) != "");
  CHECK(holds(message({part({1}), part({2}), part({3}, 2)}), "a and c: "));
  CHECK(holds(message({part({1}), part({2}, 1, 11)}), "samples of 10 and of 11"));
}

TEST_CASE("statistics are known by their extension in any case of letters") {
  CHECK(vqi::tool::is_part_name("x/a.VQS"));
  CHECK(!vqi::tool::is_part_name("vqs"));
}
