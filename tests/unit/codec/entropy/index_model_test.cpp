// Every context model: round trips on maps of all kinds, and payloads that no encoder writes.
#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "adversarial_maps.hpp"
#include "index_model.hpp"
#include "vqi/error.hpp"

namespace {

struct Shape {
  std::uint32_t k;
  std::uint32_t block_px;
  std::uint32_t channels;
  std::uint32_t depth;
};

constexpr vqi::Model models[] = {vqi::Model::fast, vqi::Model::balanced, vqi::Model::max};

std::unique_ptr<const vqi::detail::IndexModel> make_model(vqi::Model model, const Shape& shape) {
  const std::vector<std::uint16_t> samples =
      vqi::test::make_codewords(shape.k, shape.block_px * shape.block_px * shape.channels, shape.depth);
  return vqi::detail::make_index_model(model,
                                       {shape.k, shape.block_px, shape.block_px, shape.channels, shape.depth, samples});
}

/// The indices that are decoded, or nothing where the bytes are refused.
std::vector<std::uint16_t> decode(const vqi::detail::IndexModel& model, std::span<const std::byte> bytes,
                                  std::uint32_t width, std::size_t count) {
  std::vector<std::uint16_t> indices(count);
  if (!model.decode(bytes, vqi::detail::StripBytes::complete, width, indices, {}).ended) indices.clear();
  return indices;
}

}  // namespace

TEST_CASE("models round-trip maps of every kind, and see nothing around their bytes") {
  for (const vqi::Model named : models)
    for (const Shape& shape : {Shape{2, 1, 3, 8},
                               {3, 1, 1, 8},
                               {16, 1, 3, 8},
                               {64, 1, 4, 8},
                               {100, 2, 3, 8},
                               {256, 1, 2, 16},
                               {300, 4, 1, 16},
                               {5000, 1, 3, 8}}) {
      const auto model = make_model(named, shape);
      for (const vqi::test::IndexMap& map : vqi::test::make_index_maps(shape.k)) {
        INFO(map.name << ", K = " << shape.k << ", channels " << shape.channels);
        const std::vector<std::byte> coded = model->encode(map.indices, map.width, {});
        for (const std::byte sentinel : {std::byte{0}, std::byte{0xFF}}) {
          std::vector<std::byte> buffer(coded.size() + 64, sentinel);
          std::copy(coded.begin(), coded.end(), buffer.begin() + 32);
          REQUIRE(decode(*model, std::span(buffer).subspan(32, coded.size()), map.width, map.indices.size()) ==
                  map.indices);
        }
      }
    }
}

TEST_CASE("a model's payload that is cut anywhere, or longer, is refused") {
  for (const vqi::Model named : models) {
    const auto model = make_model(named, {40, 1, 3, 8});
    for (const vqi::test::IndexMap& map : vqi::test::make_index_maps(40)) {
      const std::vector<std::byte> coded = model->encode(map.indices, map.width, {});
      for (std::size_t size = 0; size < coded.size(); size += 1 + coded.size() / 50) {
        // A vector of its own, so that a sanitizer sees every byte that is read after it.
        const std::vector<std::byte> cut(coded.begin(), coded.begin() + static_cast<std::ptrdiff_t>(size));
        INFO(map.name << " cut to " << size << " of " << coded.size());
        CHECK(decode(*model, cut, map.width, map.indices.size()).empty());
      }
      std::vector<std::byte> longer = coded;
      longer.resize(longer.size() + 2);
      CHECK(decode(*model, longer, map.width, map.indices.size()).empty());
    }
  }
}

TEST_CASE("any bytes decode to indices below K or to an error") {
  vqi::detail::Random random(9);
  for (const vqi::Model named : models)
    for (const std::uint32_t k : {2U, 5U, 100U, 257U}) {
      const auto model = make_model(named, {k, 1, 3, 8});
      for (int round = 0; round < 40; ++round) {
        std::vector<std::byte> bytes(random.below(400));
        for (std::byte& byte : bytes) byte = static_cast<std::byte>(random.below(256));
        if (!bytes.empty()) bytes[0] = static_cast<std::byte>(random.below(3));
        const std::vector<std::uint16_t> indices = decode(*model, bytes, 31, 31 * 20);
        CHECK(std::all_of(indices.begin(), indices.end(), [k](std::uint16_t index) { return index < k; }));
      }
    }
}

TEST_CASE("an exception of the hook between rows ends a model's work") {
  for (const vqi::Model named : models) {
    const auto model = make_model(named, {4, 1, 3, 8});
    std::vector<std::uint16_t> indices(std::size_t{1024} * 1024);
    const auto stop = [] { throw vqi::Error(vqi::ErrorCode::cancelled, "stopped"); };
    const auto stop_decoding = [&stop](std::size_t) { stop(); };
    CHECK_THROWS_AS(model->encode(indices, 1024, stop), vqi::Error);
    const std::vector<std::byte> coded = model->encode(indices, 1024, {});
    CHECK_THROWS_AS(
        static_cast<void>(model->decode(coded, vqi::detail::StripBytes::complete, 1024, indices, stop_decoding)),
        vqi::Error);
  }
}

TEST_CASE("of a payload that is cut anywhere the rows before the cut are decoded, and none after it") {
  for (const vqi::Model named : models) {
    const auto model = make_model(named, {40, 1, 3, 8});
    for (const vqi::test::IndexMap& map : vqi::test::make_index_maps(40)) {
      const std::vector<std::byte> coded = model->encode(map.indices, map.width, {});
      std::size_t before = 0;
      for (std::size_t size = 0; size < coded.size(); size += 1 + coded.size() / 50) {
        const std::vector<std::byte> cut(coded.begin(), coded.begin() + static_cast<std::ptrdiff_t>(size));
        INFO(map.name << " cut to " << size << " of " << coded.size());
        std::vector<std::uint16_t> indices(map.indices.size());
        const auto decoded = model->decode(cut, vqi::detail::StripBytes::cut, map.width, indices, {});
        CHECK_FALSE(decoded.ended);
        CHECK(decoded.rows >= before);
        before = decoded.rows;
        REQUIRE(decoded.rows * map.width <= indices.size());
        CHECK(std::equal(indices.begin(), indices.begin() + static_cast<std::ptrdiff_t>(decoded.rows * map.width),
                         map.indices.begin()));
      }
    }
  }
}

TEST_CASE("half of a strip's bytes give about half of its rows") {
  constexpr std::uint32_t width = 100;
  vqi::detail::Random random(3);
  std::vector<std::uint16_t> map(std::size_t{width} * 200);
  for (std::uint16_t& index : map) index = static_cast<std::uint16_t>(random.below(40));
  for (const vqi::Model named : models) {
    const auto model = make_model(named, {40, 1, 3, 8});
    const std::vector<std::byte> coded = model->encode(map, width, {});
    std::vector<std::uint16_t> indices(map.size());
    const auto decoded =
        model->decode(std::span(coded).first(coded.size() / 2), vqi::detail::StripBytes::cut, width, indices, {});
    CHECK(decoded.rows > 88);
    CHECK(decoded.rows < 102);
  }
}

TEST_CASE("the first rows of a strip are decoded without the others") {
  for (const vqi::Model named : models) {
    const auto model = make_model(named, {40, 1, 3, 8});
    for (const vqi::test::IndexMap& map : vqi::test::make_index_maps(40)) {
      const std::vector<std::byte> coded = model->encode(map.indices, map.width, {});
      const std::size_t rows = map.indices.size() / map.width;
      constexpr std::size_t step = vqi::detail::rows_side_by_side;
      for (std::size_t wanted = step; wanted <= rows; wanted += step * (1 + rows / 30)) {
        std::vector<std::uint16_t> indices(wanted * map.width);
        const auto decoded = model->decode(coded, vqi::detail::StripBytes::complete, map.width, indices, {});
        CHECK(decoded.rows == wanted);
        CHECK(std::equal(indices.begin(), indices.end(), map.indices.begin()));
      }
    }
  }
}

TEST_CASE("a model stops soon after its bytes have run out, within a row too") {
  constexpr std::uint32_t width = 1U << 16;
  for (const vqi::Model named : models) {
    const auto model = make_model(named, {40, 1, 3, 8});
    vqi::detail::Random random(5);
    std::vector<std::uint16_t> map(width);
    for (std::uint16_t& index : map) index = static_cast<std::uint16_t>(random.below(40));
    std::vector<std::byte> coded = model->encode(map, width, {});
    REQUIRE(coded.size() > 10000);
    coded.resize(1001);
    std::vector<std::uint16_t> indices(map.size(), 99);
    CHECK(model->decode(coded, vqi::detail::StripBytes::complete, width, indices, {}).rows == 0);
    CHECK(std::count(indices.begin(), indices.end(), 99) > width / 2);
  }
}

TEST_CASE("the memory of a model grows with K and the width of rows, and is known before it is made") {
  for (const vqi::Model named : models) {
    const auto memory = [&](std::uint32_t k, std::uint32_t width) {
      return vqi::detail::memory_of_model(named, k, width);
    };
    CHECK(memory(65536, 100).tables_bytes > 65536 * 48);
    CHECK(memory(65536, 100).tables_bytes < 65536 * 512);
    CHECK(memory(300, 100).tables_bytes > memory(200, 100).tables_bytes);
    CHECK(memory(2, 100'000).state_bytes > memory(2, 10).state_bytes + 100'000);
    CHECK(memory(2, 10).state_bytes < 64'000'000);
  }
}

TEST_CASE("an encoder that is told to codes rows one by one, and both orders are read") {
  const std::vector<std::uint16_t> samples = [] {
    std::vector<std::uint16_t> made(40 * 3);
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = static_cast<std::uint16_t>(i * 37 % 251);
    return made;
  }();
  const vqi::detail::CodebookView codebook{40, 1, 1, 3, 8, samples};
  vqi::detail::Random random(3);
  std::vector<std::uint16_t> map(64 * 40);  // noise: nothing comes again
  for (std::uint16_t& index : map) index = static_cast<std::uint16_t>(random.below(40));
  const auto by_repeats = vqi::detail::make_index_model(vqi::Model::balanced, codebook);
  const auto one_by_one =
      vqi::detail::make_index_model(vqi::Model::balanced, codebook, vqi::detail::RowOrder::one_by_one);
  const std::vector<std::byte> side_by_side = by_repeats->encode(map, 64, {});
  const std::vector<std::byte> in_order = one_by_one->encode(map, 64, {});
  CHECK(side_by_side.front() == std::byte{0});  // of the first bit, a 1, whose probability is 1/256
  CHECK(in_order.front() != std::byte{0});
  CHECK(decode(*one_by_one, side_by_side, 64, map.size()) == map);
  CHECK(decode(*by_repeats, in_order, 64, map.size()) == map);
}
