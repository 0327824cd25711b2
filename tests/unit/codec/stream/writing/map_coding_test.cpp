// MapCoding: header fields, codebook and strips of each coding.
#include "map_coding.hpp"

#include <catch2/catch.hpp>

#include "bit_packing.hpp"
#include "test_work.hpp"
#include "written_stream.hpp"

using vqi::detail::IndexCoding;
using vqi::detail::MapCoding;

TEST_CASE("each coding has its header fields and a size, and strips that depend on their indices alone") {
  const vqi::test::MadeStream made = vqi::test::make_stream({400, 400, 3, 8}, 11, {});
  vqi::detail::StreamHeader header;
  header.grid = made.header.grid;
  header.k = 11;
  vqi::test::TestWork work(1);
  const MapCoding fixed = fixed_width_coding(header, made.codebook);
  const MapCoding uniform = uniform_range_coding(header, made.codebook);
  const MapCoding model = model_coding(header, {vqi::Coding::entropy, vqi::Model::fast}, made.codebook, work);
  CHECK(fixed.header.coding == IndexCoding::fixed_width);
  CHECK(uniform.header.coding == IndexCoding::uniform_range);
  CHECK(model.header.coding == IndexCoding::context_model);
  CHECK(model.header.model == vqi::Model::fast);
  CHECK(model.header.strip_count() == 1);
  CHECK(fixed.header.strip_count() == 2);  // 164 rows, and the rest
  CHECK(uniform.header.strip_rows == fixed.header.strip_rows);
  CHECK(fixed.codebook.size() == 33);
  CHECK(fixed_width_bytes(fixed) == 400 * 400 / 2);
  CHECK(fixed.size_bytes(1000) == 33 + 1000 + 2 * 8);

  const auto strip = std::span(made.indices).first(fixed.header.strip_vectors(0));
  CHECK(fixed.code_strip(strip, {}).size() == strip.size() / 2);
  CHECK(uniform.code_strip(strip, {}).size() < strip.size() / 2);
  std::uint32_t rows = 0;
  const std::vector<std::byte> coded = model.code_strip(strip, [&] { ++rows; });
  CHECK(coded == model.code_strip(strip, {}));
  CHECK(rows > 0);
}

TEST_CASE("one codeword takes no index bytes in any coding") {
  vqi::detail::StreamHeader header;
  header.grid = {40, 40, 1, 8};
  header.k = 1;
  const vqi::detail::SampleArray codebook(1, 1, 8);
  const std::vector<std::uint16_t> indices(1600);
  vqi::test::TestWork work(1);
  CHECK(fixed_width_coding(header, codebook).code_strip(indices, {}).empty());
  CHECK(model_coding(header, {vqi::Coding::entropy, vqi::Model::max}, codebook, work).code_strip(indices, {}).empty());
}
