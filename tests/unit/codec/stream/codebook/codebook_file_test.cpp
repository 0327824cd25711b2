// Codebook files are read as they were written, and refused where a byte is wrong.
#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "sha256.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codebook.hpp"

using vqi::Codebook;
using vqi::ErrorCode;
using vqi::test::Content;
using vqi::test::thrown_by;

namespace {

Codebook book(std::uint32_t k = 9, std::uint32_t channels = 3, std::uint32_t depth = 8, std::uint32_t block_width = 2,
              std::uint32_t block_height = 1, Content content = Content::noise) {
  return {block_width, block_height, vqi::test::make_image(k * block_width, block_height, channels, depth, content)};
}

bool same(const Codebook& a, const Codebook& b) {
  const auto x = a.codewords.samples();
  const auto y = b.codewords.samples();
  return a.block_width_px == b.block_width_px && a.block_height_px == b.block_height_px &&
         a.codewords.channels() == b.codewords.channels() && a.codewords.bit_depth() == b.codewords.bit_depth() &&
         std::equal(x.begin(), x.end(), y.begin(), y.end());
}

}  // namespace

TEST_CASE("a codebook is read as it was written, of every type, plain or coded") {
  for (std::uint32_t channels = 1; channels <= 4; ++channels)
    for (const std::uint32_t depth : {8U, 16U})
      for (const Content content : {Content::noise, Content::smooth}) {
        const Codebook codebook = book(33, channels, depth, 2, 3, content);
        CHECK(same(vqi::read_codebook(vqi::write_codebook(codebook)), codebook));
      }
  const Codebook one = book(1, 1, 8, 1, 1);
  CHECK(same(vqi::read_codebook(vqi::write_codebook(one)), one));
  CHECK(vqi::write_codebook(book(200, 3, 8, 1, 1, Content::smooth)).size() < 32 + 600 + 40);
}

TEST_CASE("every cut and every changed bit of a codebook file is noticed") {
  const std::vector<std::byte> whole = vqi::write_codebook(book());
  const auto class_of = [](std::span<const std::byte> file) {
    const auto code = thrown_by([&] { static_cast<void>(vqi::read_codebook(file)); }).code;
    return code ? std::optional(vqi::error_class(*code)) : std::nullopt;
  };
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK(class_of(std::span(whole).first(size)) == vqi::ErrorClass::data);
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    std::vector<std::byte> changed = whole;
    changed[bit / 8] ^= std::byte{1} << (bit % 8);
    INFO(bit);
    CHECK(class_of(changed) == vqi::ErrorClass::data);
  }
  std::vector<std::byte> longer = whole;
  longer.push_back(std::byte{0});
  CHECK(thrown_by([&] { static_cast<void>(vqi::read_codebook(longer)); }).code == ErrorCode::trailing_bytes);
}

TEST_CASE("the memory limit holds before codewords are read") {
  const std::vector<std::byte> file = vqi::write_codebook(book(200, 4, 16, 4, 4));
  vqi::RunOptions run;
  run.max_memory_bytes = 1000;
  CHECK(thrown_by([&] { static_cast<void>(vqi::read_codebook(file, run)); }).code == ErrorCode::limit_exceeded);
}

TEST_CASE("the hash is of type, blocks, codewords and their order") {
  const Codebook codebook = book();
  CHECK(vqi::codebook_hash(codebook) == vqi::codebook_hash(book()));
  CHECK(vqi::codebook_hash(codebook) != vqi::codebook_hash(book(8)));
  Codebook other = book(18, 3, 8, 1, 1);
  std::copy(codebook.codewords.samples().begin(), codebook.codewords.samples().end(),
            other.codewords.samples().begin());
  CHECK(vqi::codebook_hash(codebook) != vqi::codebook_hash(other));
  Codebook swapped = codebook;
  std::swap(swapped.codewords.samples()[0], swapped.codewords.samples()[6]);
  CHECK(vqi::codebook_hash(codebook) != vqi::codebook_hash(swapped));
}

TEST_CASE("the hash is the start of a SHA-256 of what FORMAT.md says") {
  Codebook codebook{1, 1, vqi::Image(2, 1, 1, 16)};
  codebook.codewords.row16(0)[0] = 0x0102;
  codebook.codewords.row16(0)[1] = 3;
  vqi::testing::Bytes hashed;
  for (const std::uint32_t value : {1U, 16U, 1U, 1U}) vqi::testing::append_le(hashed, value, 1);
  vqi::testing::append_le(hashed, 2, 4);
  vqi::testing::append_le(hashed, 0x0102, 2);
  vqi::testing::append_le(hashed, 3, 2);
  const auto digest = vqi::detail::sha256(hashed);
  const vqi::CodebookHash hash = vqi::codebook_hash(codebook);
  CHECK(std::equal(hash.begin(), hash.end(), digest.begin()));
}
