// Strips of the models that follow a tree: round trips on hard maps, and hostile bytes.
#include <hwy/targets.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "index_maps.hpp"
#include "index_model.hpp"
#include "vqi/error.hpp"

using vqi::detail::StripBytes;
using vqi::test::MadeCodebook;
using vqi::test::make_map;
using vqi::test::MapKind;

namespace {

struct NamedModel {
  const char* name;
  vqi::Model model;
  [[nodiscard]] std::unique_ptr<const vqi::detail::IndexModel> make(const vqi::detail::CodebookView& codebook) const {
    return make_index_model(model, codebook);
  }
};
constexpr NamedModel models[] = {{"balanced", vqi::Model::balanced}, {"max", vqi::Model::max}};
constexpr MapKind kinds[] = {MapKind::noise, MapKind::one_index, MapKind::checkerboard, MapKind::shapes,
                             MapKind::rare_specks};

/// Encodes and decodes with known bytes around the payload and known indices around the result.
void check_round_trip(const vqi::detail::IndexModel& model, const std::vector<std::uint16_t>& map,
                      std::uint32_t width) {
  constexpr std::size_t guard = 16;
  const std::vector<std::byte> coded = model.encode(map, width, {});
  for (const std::byte around : {std::byte{0}, std::byte{0xFF}}) {
    std::vector<std::byte> bytes(coded.size() + 2 * guard, around);
    std::copy(coded.begin(), coded.end(), bytes.begin() + guard);
    std::vector<std::uint16_t> indices(map.size() + 2 * guard, 0xABCD);
    CHECK(model
              .decode(std::span(bytes).subspan(guard, coded.size()), StripBytes::complete, width,
                      std::span(indices).subspan(guard, map.size()), {})
              .ended);
    CHECK(std::equal(map.begin(), map.end(), indices.begin() + guard));
    CHECK(std::count(indices.begin(), indices.begin() + guard, 0xABCD) == guard);
    CHECK(std::count(indices.end() - guard, indices.end(), 0xABCD) == guard);
  }
}

}  // namespace

TEST_CASE("index models return every kind of map, for every size of codebook") {
  for (const NamedModel& named : models)
    for (const std::uint32_t k : {2U, 3U, 37U, 300U, 65536U}) {
      const MadeCodebook codebook = vqi::test::make_codebook(k, 1, 1, 3, 8);
      const std::unique_ptr<const vqi::detail::IndexModel> model = named.make(codebook.view());
      for (const MapKind kind : kinds)
        for (const auto& [width, height] : {std::pair{61U, 40U}, {1U, 70U}, {90U, 1U}, {1U, 1U}}) {
          if (width * height == 1 && kind != MapKind::noise) continue;  // no room for kinds
          INFO(named.name << ", k " << k << ", kind " << static_cast<int>(kind) << ", " << width << "x" << height);
          check_round_trip(*model, make_map(kind, width, height, k), width);
        }
    }
}

TEST_CASE("index models take blocks, greys, alpha and 16 bits") {
  for (const NamedModel& named : models)
    for (const auto& [block_width, block_height, channels, depth] : {std::tuple{1U, 1U, 1U, 8U},
                                                                     {1U, 1U, 2U, 16U},
                                                                     {1U, 1U, 4U, 8U},
                                                                     {2U, 2U, 1U, 8U},
                                                                     {4U, 4U, 3U, 8U},
                                                                     {1U, 3U, 2U, 16U},
                                                                     {16U, 16U, 4U, 16U}}) {
      INFO(named.name << ", blocks " << block_width << "x" << block_height << ", channels " << channels);
      const MadeCodebook codebook = vqi::test::make_codebook(50, block_width, block_height, channels, depth);
      check_round_trip(*named.make(codebook.view()), make_map(MapKind::shapes, 40, 30, 50), 40);
    }
}

TEST_CASE("index models code a long map of one index in few bytes") {
  for (const NamedModel& named : models) {
    const MadeCodebook codebook = vqi::test::make_codebook(64, 1, 1, 3, 8);
    const std::vector<std::uint16_t> map = make_map(MapKind::one_index, 500, 200, 64);
    CHECK(named.make(codebook.view())->encode(map, 500, {}).size() < 100);
  }
}

TEST_CASE("truncated, lengthened or changed bytes end in an error or in indices within the codebook") {
  for (const NamedModel& named : models) {
    constexpr std::uint32_t k = 37;
    const MadeCodebook codebook = vqi::test::make_codebook(k, 1, 1, 3, 8);
    const std::unique_ptr<const vqi::detail::IndexModel> model = named.make(codebook.view());
    const std::vector<std::uint16_t> map = make_map(MapKind::shapes, 24, 11, k);
    const std::vector<std::byte> coded = model->encode(map, 24, {});
    std::vector<std::uint16_t> indices(map.size());
    const auto refused = [&](const std::vector<std::byte>& bytes) {
      std::fill(indices.begin(), indices.end(), std::uint16_t{0xFFFF});
      if (!model->decode(bytes, StripBytes::complete, 24, indices, {}).ended) return true;
      CHECK(std::all_of(indices.begin(), indices.end(), [](std::uint16_t index) { return index < k; }));
      return false;
    };
    for (std::size_t length = 0; length < coded.size(); length += length < 8 ? 1 : 3)
      CHECK(refused({coded.begin(), coded.begin() + static_cast<std::ptrdiff_t>(length)}));
    CHECK(refused({coded.begin(), coded.end() - 1}));
    std::vector<std::byte> longer = coded;
    longer.push_back(std::byte{0});
    CHECK(refused(longer));
    for (std::size_t bit = 0; bit < 8 * coded.size(); bit += 5) {
      std::vector<std::byte> changed = coded;
      changed[bit / 8] ^= std::byte{1} << bit % 8;
      (void)refused(changed);
    }
  }
}

TEST_CASE("index models give the same bytes on every SIMD target") {
  const std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
  for (const NamedModel& named : models) {
    const MadeCodebook codebook = vqi::test::make_codebook(100, 1, 1, 3, 8);
    const std::unique_ptr<const vqi::detail::IndexModel> model = named.make(codebook.view());
    const std::vector<std::uint16_t> map = make_map(MapKind::shapes, 200, 100, 100);
    const std::vector<std::byte> expected = model->encode(map, 200, {});
    for (const std::int64_t target : targets) {
      INFO(named.name << " on " << hwy::TargetName(target));
      hwy::SetSupportedTargetsForTest(target);
      hwy::GetChosenTarget().Update(hwy::SupportedTargets());
      CHECK(model->encode(map, 200, {}) == expected);
      std::vector<std::uint16_t> indices(map.size());
      CHECK(model->decode(expected, StripBytes::complete, 200, indices, {}).ended);
      CHECK(indices == map);
    }
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
}

TEST_CASE("a row hook that throws ends the coding of index models") {
  for (const NamedModel& named : models) {
    const MadeCodebook codebook = vqi::test::make_codebook(5, 1, 1, 3, 8);
    const std::unique_ptr<const vqi::detail::IndexModel> model = named.make(codebook.view());
    std::vector<std::uint16_t> map = make_map(MapKind::noise, 100, 1000, 5);
    const std::vector<std::byte> coded = model->encode(map, 100, {});
    const vqi::detail::RowHook stop = [] { throw vqi::Error(vqi::ErrorCode::cancelled, "stopped"); };
    CHECK_THROWS_AS(model->encode(map, 100, stop), vqi::Error);
    const vqi::detail::DecodeHook stop_decoding = [&stop](std::size_t) { stop(); };
    CHECK_THROWS_AS(static_cast<void>(model->decode(coded, StripBytes::complete, 100, map, stop_decoding)), vqi::Error);
  }
}
