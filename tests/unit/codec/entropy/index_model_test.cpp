// Every context model: round trips on maps of all kinds, and payloads that no encoder writes.
#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "adversarial_maps.hpp"
#include "index_model.hpp"
#include "strip_models.hpp"
#include "vqi/error.hpp"

namespace {

struct Shape {
  std::uint32_t k;
  std::uint32_t block_px;
  std::uint32_t channels;
  std::uint32_t depth;
};

using Factory = std::unique_ptr<vqi::detail::IndexModel> (*)(const vqi::detail::CodebookView&);
constexpr Factory factories[] = {vqi::detail::make_fast_model, vqi::detail::make_balanced_model,
                                 vqi::detail::make_max_model};

std::unique_ptr<vqi::detail::IndexModel> make_model(Factory factory, const Shape& shape) {
  const std::vector<std::uint16_t> samples =
      vqi::test::make_codewords(shape.k, shape.block_px * shape.block_px * shape.channels, shape.depth);
  return factory({shape.k, shape.block_px, shape.block_px, shape.channels, shape.depth, samples});
}

/// What decoding gives: the indices, or nothing where it throws Error{corrupt_indices}.
std::vector<std::uint16_t> decode(const vqi::detail::IndexModel& model, std::span<const std::byte> bytes,
                                  std::uint32_t width, std::size_t count) {
  std::vector<std::uint16_t> indices(count);
  try {
    model.decode(bytes, width, indices, {});
  } catch (const vqi::Error& error) {
    CHECK(error.error_code() == vqi::ErrorCode::corrupt_indices);
    indices.clear();
  }
  return indices;
}

}  // namespace

TEST_CASE("models round-trip maps of every kind, and see nothing around their bytes") {
  for (const Factory factory : factories)
    for (const Shape& shape : {Shape{2, 1, 3, 8},
                               {3, 1, 1, 8},
                               {16, 1, 3, 8},
                               {64, 1, 4, 8},
                               {100, 2, 3, 8},
                               {256, 1, 2, 16},
                               {300, 4, 1, 16},
                               {5000, 1, 3, 8}}) {
      const auto model = make_model(factory, shape);
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
  for (const Factory factory : factories) {
    const auto model = make_model(factory, {40, 1, 3, 8});
    for (const vqi::test::IndexMap& map : vqi::test::make_index_maps(40)) {
      const std::vector<std::byte> coded = model->encode(map.indices, map.width, {});
      for (std::size_t size = 0; size < coded.size(); size += 1 + coded.size() / 50) {
        // A vector of its own, so that a sanitizer sees every byte that is read behind it.
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
  for (const Factory factory : factories)
    for (const std::uint32_t k : {2U, 5U, 100U, 257U}) {
      const auto model = make_model(factory, {k, 1, 3, 8});
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
  for (const Factory factory : factories) {
    const auto model = make_model(factory, {4, 1, 3, 8});
    std::vector<std::uint16_t> indices(std::size_t{1024} * 1024);
    const auto stop = [] { throw vqi::Error(vqi::ErrorCode::cancelled, "stopped"); };
    CHECK_THROWS_AS(model->encode(indices, 1024, stop), vqi::Error);
    const std::vector<std::byte> coded = model->encode(indices, 1024, {});
    CHECK_THROWS_AS(model->decode(coded, 1024, indices, stop), vqi::Error);
  }
}
