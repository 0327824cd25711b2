// write_stream: which coding a map gets, counts that add up, and codewords that stay with their indices.
#include "stream_writer.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "bit_packing.hpp"
#include "codebook_section.hpp"
#include "stream_reader.hpp"
#include "strip_decoder.hpp"
#include "uniform_range.hpp"
#include "written_stream.hpp"

using vqi::Coding;
using vqi::Model;
using vqi::detail::IndexCoding;
using vqi::test::MadeStream;
using vqi::test::make_stream;

namespace {

/// The samples of all vectors of a map, one after the other.
std::vector<std::byte> vectors_of(const vqi::detail::SampleArray& codebook, const std::vector<std::uint16_t>& indices) {
  std::vector<std::byte> vectors;
  for (const std::uint16_t index : indices)
    vectors.insert(vectors.end(), codebook.row(index), codebook.row(index) + codebook.row_bytes());
  return vectors;
}

std::vector<std::byte> decoded_vectors(const std::vector<std::byte>& bytes) {
  const vqi::detail::StreamReader reader(bytes, {});
  const vqi::detail::StreamHeader& header = reader.header();
  vqi::test::TestWork work;
  const vqi::detail::Codewords codewords = vqi::detail::read_codewords(header, reader.codebook_section(), work);
  std::vector<std::uint16_t> indices(header.grid.vector_count());
  vqi::detail::decode_strips(reader, codewords.model.get(),
                             {0, header.strip_count(), header.grid.map_height(), indices, 1}, work, [](auto, auto) {});
  reader.check_index_section();
  return vectors_of(codewords.codebook, indices);
}

}  // namespace

TEST_CASE("every coding gives back each vector, whatever the type, depth, block and K, and counts its bytes") {
  vqi::ColourMetadata metadata;
  metadata.gamma = 45455;
  metadata.srgb_intent = std::uint8_t{1};
  for (const vqi::detail::BlockGrid& grid : {vqi::detail::BlockGrid{13, 9, 1, 8}, {13, 9, 4, 16}, {13, 9, 3, 8, 4, 2}})
    for (const std::uint32_t k : {1U, 2U, 5U, 64U, 200U})
      for (const Coding coding : {Coding::packed, Coding::entropy, Coding::automatic})
        for (const Model model : {Model::fast, Model::balanced, Model::max}) {
          if (coding == Coding::packed && model != Model::fast) continue;
          INFO("k " << k << ", coding " << static_cast<int>(coding) << ", model " << static_cast<int>(model));
          const MadeStream made = make_stream(grid, k, {coding, model}, metadata);
          CHECK(decoded_vectors(made.written.bytes) == vectors_of(made.codebook, made.indices));
          const vqi::detail::StreamReader reader(made.written.bytes, {});
          CHECK(reader.header().coding == made.header.coding);
          CHECK(reader.header().model == made.header.model);
          CHECK(reader.header().mse == 2.5);
          CHECK(reader.metadata() == metadata);
          const vqi::ByteCounts& counts = made.written.counts;
          CHECK(counts.file == made.written.bytes.size());
          CHECK(counts.codebook == reader.codebook_section().payload.size());
          CHECK(counts.index == reader.index_section().payload.size());
          CHECK(counts.metadata == (16 + 4) + (16 + 1));
          CHECK(counts.header + counts.codebook + counts.index + counts.metadata == counts.file);
        }
}

TEST_CASE("packed indices have the fixed width at powers of two and where lanes cost more than they win") {
  CHECK(make_stream({64, 64, 1, 8}, 16, {}).header.coding == IndexCoding::fixed_width);
  CHECK(make_stream({64, 64, 1, 8}, 1, {}).header.coding == IndexCoding::fixed_width);
  CHECK(make_stream({64, 64, 1, 8}, 17, {}).header.coding == IndexCoding::uniform_range);
  CHECK(make_stream({5, 5, 1, 8}, 17, {}).header.coding == IndexCoding::fixed_width);
  for (const std::uint32_t side : {5U, 12U, 20U, 64U}) {  // never more than the fixed width
    const MadeStream made = make_stream({side, side, 1, 8}, 17, {});
    CHECK(made.written.counts.index <= vqi::detail::packed_size_bytes(std::uint64_t{side} * side, 5));
  }
}

TEST_CASE("automatic coding is never larger than packed or entropy coding, and is one of the two") {
  for (const std::uint32_t side : {3U, 10U, 60U})
    for (const std::uint32_t k : {1U, 2U, 30U, 200U}) {
      const vqi::detail::BlockGrid grid{side, side, 3, 8};
      const auto packed = make_stream(grid, k, {Coding::packed, Model::fast}).written.bytes;
      const auto entropy = make_stream(grid, k, {Coding::entropy, Model::fast}).written.bytes;
      const auto best = make_stream(grid, k, {Coding::automatic, Model::fast}).written.bytes;
      CHECK(best.size() == std::min(packed.size(), entropy.size()));
      CHECK((best == packed || best == entropy));
    }
}

TEST_CASE("several strips and threads give the bytes of one thread, in parallel too") {
  const vqi::detail::BlockGrid grid{700, 300, 1, 8};
  const MadeStream one = make_stream(grid, 5, {});
  CHECK(one.header.strip_count() == 3);
  CHECK(make_stream(grid, 5, {}, {}, 3).written.bytes == one.written.bytes);
}

TEST_CASE("a coded codebook is written only where it is smaller") {
  const MadeStream few = make_stream({8, 8, 1, 8}, 1, {Coding::entropy, Model::balanced});
  CHECK(few.written.counts.codebook <= few.codebook.bytes().size());
  CHECK(few.header.coded_codebook == (few.written.counts.codebook < few.codebook.bytes().size()));
  const MadeStream grey = make_stream({40, 40, 1, 8}, 200, {Coding::entropy, Model::balanced});
  CHECK(grey.header.coded_codebook);  // 200 greys in ascending order
  CHECK(grey.written.counts.codebook < 150);
}

TEST_CASE("a distortion that is entered afterwards changes the header alone") {
  MadeStream made = make_stream({13, 9, 3, 8}, 5, {});
  std::vector<std::byte> bytes = made.written.bytes;
  vqi::detail::set_stored_mse(bytes, made.header, 7.75);
  CHECK(made.header.mse == 7.75);
  CHECK(vqi::detail::StreamReader(bytes, {}).header().mse == 7.75);
  CHECK(bytes.size() == made.written.bytes.size());
  CHECK(std::equal(bytes.begin() + 64, bytes.end(), made.written.bytes.begin() + 64));
}

TEST_CASE("writing stops when the callback says so") {
  MadeStream made = make_stream({13, 9, 3, 8}, 5, {});
  vqi::test::TestWork work(1, [](const vqi::Progress&) { return false; });
  for (const Coding coding : {Coding::packed, Coding::entropy})
    CHECK_THROWS_AS(vqi::detail::write_stream(made.header, {coding, Model::max}, made.codebook, made.indices, {}, work),
                    vqi::Error);
}
