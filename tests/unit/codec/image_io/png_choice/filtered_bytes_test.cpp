// FilteredBytes: residuals and bytes of a path agree with what PNG's filters make.
#include "filtered_bytes.hpp"

#include <catch2/catch.hpp>

using namespace vqi::detail;

namespace {

constexpr std::size_t stride = 10;
constexpr std::uint32_t height = 10;

PaletteMap noise_map() {
  PaletteMap map{stride - 1, height, {}, {}};
  std::uint32_t state = 7;
  for (std::size_t i = 0; i < (stride - 1) * height; ++i) {
    state = state * 1664525 + 1013904223;
    map.indices.push_back(static_cast<std::uint8_t>(state >> 24));
  }
  return map;
}

/// A filter for each row, all of them.
std::vector<RowFilter> mixed_filters() {
  std::vector<RowFilter> filters;
  for (std::uint32_t y = 0; y < height; ++y) filters.push_back(static_cast<RowFilter>((y + 3) % 5));
  return filters;
}

}  // namespace

TEST_CASE("residuals put one by one restore the bytes, from the top and from within a picture") {
  const PaletteMap map = noise_map();
  const std::vector<RowFilter> filters = mixed_filters();
  const std::vector<std::uint8_t> residuals = png_rows(map, 8, filters);
  const std::vector<std::uint8_t> packed = png_rows(map, 8, RowFilter::none);
  for (const std::size_t first_row : {std::size_t{0}, std::size_t{4}}) {
    const std::size_t before = first_row * stride;
    std::vector<std::uint8_t> unknown = residuals;
    std::vector<std::uint8_t> other = packed;
    std::fill(unknown.begin() + static_cast<std::ptrdiff_t>(before), unknown.end(), std::uint8_t{99});
    std::fill(other.begin() + static_cast<std::ptrdiff_t>(before), other.end(), std::uint8_t{77});
    FilteredBytes bytes;
    bytes.reset(unknown, other, std::span(filters).subspan(first_row), before, stride);
    CHECK(bytes.has_filters());
    for (std::size_t place = 0; before + place < residuals.size(); ++place) {
      REQUIRE(bytes.predict(place) == static_cast<std::uint8_t>(packed[before + place] - residuals[before + place]));
      bytes.put(place, residuals[before + place]);
      REQUIRE(*bytes.residuals(place) == residuals[before + place]);
    }
    CHECK((bytes.bytes() ==
           std::vector<std::uint8_t>(packed.begin() + static_cast<std::ptrdiff_t>(before), packed.end())));
  }
}

TEST_CASE("without filters residuals are the bytes") {
  const std::vector<std::uint8_t> packed = png_rows(noise_map(), 8, RowFilter::none);
  FilteredBytes bytes;
  bytes.reset(packed, {}, {}, 0, stride);
  CHECK_FALSE(bytes.has_filters());
  CHECK_FALSE(bytes.is_filtered(3));
  CHECK(bytes.restore(5, 42) == 42);
  bytes.put(5, 42);
  CHECK(bytes.bytes()[5] == 42);
  CHECK(bytes.predict(6) == 0);
}
