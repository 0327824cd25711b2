// decode_rows: the pixels of decode, in parts that come before a strip is done, and faults where they are met.
#include "row_decoder.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "test_images.hpp"
#include "thrown_error.hpp"

using vqi::ErrorCode;
using vqi::Image;
using vqi::ImageView;
using vqi::test::Content;
using vqi::test::make_image;
using vqi::test::thrown_by;

namespace {

struct Taken {
  Image image;
  std::uint32_t next_row = 0;
  std::uint32_t calls = 0;

  explicit Taken(const Image& like) : image(like.width_px(), like.height_px(), like.channels(), like.bit_depth()) {}

  vqi::detail::RowsUse use() {
    return [this, thread = std::this_thread::get_id()](std::uint32_t first_row, const ImageView& rows) {
      REQUIRE(std::this_thread::get_id() == thread);
      REQUIRE(first_row == next_row);
      for (std::uint32_t y = 0; y < rows.height_px; ++y)
        std::copy_n(rows.row(y), image.row_bytes(), image.row(first_row + y));
      next_row += rows.height_px;
      ++calls;
    };
  }
};

vqi::EncodeOptions options(vqi::Coding coding, vqi::Model model, std::uint32_t k) {
  vqi::EncodeOptions asked;
  asked.k = k;
  asked.coding = coding;
  if (coding == vqi::Coding::entropy) asked.model = model;
  asked.effort = 1;
  return asked;
}

bool is_same(const Image& a, const Image& b) {
  return std::equal(a.row(0), a.row(0) + a.size_bytes(), b.row(0), b.row(0) + b.size_bytes());
}

}  // namespace

TEST_CASE("rows are those of the whole image in every coding, on the calling thread and in order") {
  const Image image = make_image(701, 403, 3, 8, Content::smooth);
  for (const auto& asked :
       {options(vqi::Coding::packed, vqi::Model::fast, 16), options(vqi::Coding::packed, vqi::Model::fast, 11),
        options(vqi::Coding::entropy, vqi::Model::fast, 16),
        options(vqi::Coding::entropy, vqi::Model::balanced, 300)}) {
    const std::vector<std::byte> stream = vqi::encode(image, asked).bytes;
    Taken taken(image);
    vqi::detail::decode_rows(stream, {}, {}, taken.use());
    CHECK(taken.next_row == 403);
    CHECK(taken.calls > 3);  // 282,503 vectors, in parts of 65,536 at most
    CHECK(is_same(taken.image, vqi::decode(stream)));
  }
}

TEST_CASE("rows of blocks end with the image, and 16 bits and alpha come through") {
  const Image image = make_image(61, 50, 4, 16, Content::smooth);
  vqi::EncodeOptions asked = options(vqi::Coding::entropy, vqi::Model::balanced, 20);
  asked.block_width_px = 4;
  asked.block_height_px = 3;
  const std::vector<std::byte> stream = vqi::encode(image, asked).bytes;
  Taken taken(image);
  vqi::detail::decode_rows(stream, {}, {}, taken.use());
  CHECK(taken.next_row == 50);
  CHECK(is_same(taken.image, vqi::decode(stream)));
}

TEST_CASE("rows take less memory than the image, and what they take is limited") {
  const Image image = make_image(1000, 600, 4, 8, Content::smooth);
  const std::vector<std::byte> stream = vqi::encode(image, options(vqi::Coding::entropy, vqi::Model::fast, 16)).bytes;
  const std::uint64_t whole = vqi::inspect(stream).decode_memory_bytes;
  vqi::RunOptions run;
  run.max_memory_bytes = whole - 2'000'000;  // 600,000 pixels of four bytes are 2.4 MB, a part is 0.26 MB
  CHECK(thrown_by([&] { static_cast<void>(vqi::decode(stream, {}, run)); }).code == ErrorCode::limit_exceeded);
  Taken taken(image);
  vqi::detail::decode_rows(stream, {}, run, taken.use());
  CHECK(taken.next_row == 600);
  run.max_memory_bytes = 1'000'000;  // the indices are 1.2 MB
  CHECK(thrown_by([&] { vqi::detail::decode_rows(stream, {}, run, taken.use()); }).code == ErrorCode::limit_exceeded);
}

TEST_CASE("an exception of the caller ends the rows, and a damaged strip gives none of its own") {
  const Image image = make_image(701, 403, 3, 8, Content::smooth);
  std::vector<std::byte> stream = vqi::encode(image, options(vqi::Coding::entropy, vqi::Model::fast, 16)).bytes;
  int calls = 0;
  const auto stop = [&](std::uint32_t, const ImageView&) {
    if (++calls == 2) throw 7;
  };
  CHECK_THROWS_AS(vqi::detail::decode_rows(stream, {}, {}, stop), int);
  CHECK(calls == 2);
  stream[stream.size() - 1000] ^= std::byte{1};
  Taken taken(image);
  CHECK(thrown_by([&] { vqi::detail::decode_rows(stream, {}, {}, taken.use()); }).code == ErrorCode::checksum_mismatch);
  CHECK(taken.calls == 0);
}
