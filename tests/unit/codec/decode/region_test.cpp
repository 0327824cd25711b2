// decode_region: the same part of the whole from memory and from a source, of which little else is read.
#include <catch2/catch.hpp>
#include <memory>
#include <tuple>

#include "sections.hpp"
#include "stream_builder.hpp"
#include "stream_reader.hpp"
#include "streams/counting_source.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"
#include "vqi/streaming.hpp"
#include "written_stream.hpp"

using vqi::ErrorCode;
using vqi::Image;
using vqi::detail::StreamReader;
using vqi::test::CountingSource;
using vqi::test::MadeStream;
using vqi::test::make_stream;
using vqi::test::thrown_by;

namespace {

vqi::ColourMetadata some_metadata() {
  vqi::ColourMetadata metadata;
  metadata.gamma = 45455;
  return metadata;
}

struct Rectangle {
  std::uint32_t x, y, width, height;
};

Image part_of(const Image& whole, const Rectangle& at) {
  vqi::ImageView part = whole;
  part.samples += at.y * whole.row_bytes() + at.x * part.pixel_bytes();
  part.width_px = at.width;
  part.height_px = at.height;
  return Image(part);
}

vqi::DecodedRegion read_region(CountingSource& counting, const Rectangle& at, const vqi::DecodeLimits& limits = {},
                               const vqi::RunOptions& run = {}) {
  return vqi::decode_region(counting.source(), at.x, at.y, at.width, at.height, limits, run);
}

vqi::test::ThrownError read_error(const std::vector<std::byte>& stream, const Rectangle& at,
                                  const vqi::DecodeLimits& limits = {}, const vqi::RunOptions& run = {}) {
  CountingSource counting(stream);
  const auto error = thrown_by([&] { static_cast<void>(read_region(counting, at, limits, run)); });
  CHECK(counting.wrong == 0);
  return error;
}

/// 500 x 800 pixels in six strips of 65,536 vectors or little more, each of some 32 KB.
MadeStream strips_of_noise() { return make_stream({500, 800, 3, 8}, 16, {}, some_metadata()); }

}  // namespace

TEST_CASE("every region of a small image is that part of the whole") {
  for (const vqi::detail::BlockGrid& grid : {vqi::detail::BlockGrid{7, 5, 3, 8}, {7, 5, 2, 16, 3, 2}}) {
    const MadeStream made = make_stream(grid, 11, {}, some_metadata());
    const Image whole = vqi::decode(made.written.bytes);
    std::size_t wrong = 0;
    for (std::uint32_t x = 0; x < 7; ++x)
      for (std::uint32_t y = 0; y < 5; ++y)
        for (std::uint32_t width = 1; width <= 7 - x; width += 2)
          for (std::uint32_t height = 1; height <= 5 - y; height += 2) {
            const Image region = vqi::decode_region(made.written.bytes, x, y, width, height);
            vqi::ImageView part = whole;
            part.samples += y * whole.row_bytes() + x * part.pixel_bytes();
            part.width_px = width;
            part.height_px = height;
            if (!vqi::test::same_samples(region, Image(part)) || region.metadata() != whole.metadata()) ++wrong;
            CountingSource counting(made.written.bytes);
            const Image read = read_region(counting, {x, y, width, height}).image;
            if (!vqi::test::same_samples(region, read) || read.metadata() != whole.metadata()) ++wrong;
            wrong += counting.wrong;
          }
    CHECK(wrong == 0);
  }
}

TEST_CASE("a region that is empty or reaches over an edge is refused, also where sums overflow") {
  const MadeStream made = make_stream({7, 5, 1, 8}, 4, {});
  constexpr std::uint32_t most = 0xFFFFFFFFU;
  struct Region {
    std::uint32_t x, y, width, height;
  };
  for (const Region& region : {Region{0, 0, 0, 1},
                               {0, 0, 1, 0},
                               {7, 0, 1, 1},
                               {0, 5, 1, 1},
                               {3, 0, 5, 1},
                               {0, 3, 1, 3},
                               {most, 0, 2, 1},
                               {1, 0, most, 1},
                               {0, most, 1, most}}) {
    const auto error = thrown_by([&] {
      static_cast<void>(vqi::decode_region(made.written.bytes, region.x, region.y, region.width, region.height));
    });
    CHECK(error.code == ErrorCode::invalid_option);
    CHECK(read_error(made.written.bytes, {region.x, region.y, region.width, region.height}).code == error.code);
  }
}

TEST_CASE("of a source the strips that a region touches are read and 32 KiB beside them, in three reads") {
  const MadeStream made = strips_of_noise();
  const std::vector<std::byte>& stream = made.written.bytes;
  const StreamReader reader(stream, {});
  const Image whole = vqi::decode(stream);
  REQUIRE(reader.header().strip_count() == 6);
  REQUIRE(reader.header().strip_rows == 132);
  for (const auto& [at, begin, end] : {std::tuple{Rectangle{0, 799, 500, 1}, 5U, 6U},
                                       {Rectangle{490, 140, 10, 10}, 1U, 2U},
                                       {Rectangle{3, 263, 1, 2}, 1U, 3U},
                                       {Rectangle{0, 130, 500, 300}, 0U, 4U}}) {
    CountingSource counting(stream);
    const vqi::DecodedRegion region = read_region(counting, at, {}, {.threads = 2});
    CHECK(vqi::test::same_samples(region.image, part_of(whole, at)));
    std::uint64_t strip_bytes = 0;
    for (const auto& place : reader.strip_places(begin, end)) strip_bytes += place.size_bytes;
    constexpr std::uint64_t start_bytes = 32'768;
    constexpr std::uint64_t end_bytes = 4 + 24;  // the checksum of the indices, and the section END
    CHECK(counting.bytes() == start_bytes + end_bytes + strip_bytes);
    CHECK(counting.reads.size() == 3);
    CHECK(region.source.reads.bytes == counting.bytes());
    CHECK(region.source.reads.calls == counting.reads.size());
    CHECK(region.source.stream.bytes.file == stream.size());
    CHECK(region.source.stream.width_px == 500);
    CHECK(region.source.stream.mse == 2.5);
    CHECK(counting.wrong == 0);
  }
}

TEST_CASE("a source of up to 32 KiB is read once and whole") {
  const MadeStream made = make_stream({64, 40, 1, 8}, 4, {});
  CountingSource counting(made.written.bytes);
  static_cast<void>(read_region(counting, {0, 30, 9, 9}));
  CHECK(counting.bytes() == made.written.bytes.size());
  CHECK(counting.reads.size() == 1);
}

TEST_CASE("regions of a source are those of memory in every coding, with blocks and at any number of threads") {
  const Image image = vqi::test::make_image(701, 403, 3, 8, vqi::test::Content::smooth);
  for (const vqi::Model model : {vqi::Model::fast, vqi::Model::balanced})
    for (const std::uint32_t block : {1U, 3U}) {
      vqi::EncodeOptions options;
      options.effort = 1;
      options.k = 40;
      options.block_width_px = block;
      options.coding = vqi::Coding::entropy;
      options.model = model;
      const std::vector<std::byte> stream = vqi::encode(image, options).bytes;
      for (const std::uint32_t threads : {1U, 3U}) {
        CountingSource counting(stream);
        const Image region = read_region(counting, {100, 50, 333, 120}, {}, {.threads = threads}).image;
        CHECK(vqi::test::same_samples(region, vqi::decode_region(stream, 100, 50, 333, 120)));
      }
    }
}

TEST_CASE("damage in a source is found in the strips that are read, with its offset, and not in others") {
  const MadeStream made = strips_of_noise();
  std::vector<std::byte> stream = made.written.bytes;
  const std::uint64_t offset = StreamReader(stream, {}).strip_places(2, 3)[0].offset;
  stream[offset + 5000] ^= std::byte{1};
  const auto error = read_error(stream, {0, 263, 9, 9});
  CHECK(error.code == ErrorCode::checksum_mismatch);
  CHECK(error.offset == offset);
  CHECK_FALSE(read_error(stream, {0, 200, 9, 9}).code);
}

TEST_CASE("a source that is cut or damaged outside of strips is refused as memory is") {
  const MadeStream made = make_stream({64, 40, 1, 8}, 4, {}, some_metadata());
  const std::vector<std::byte>& whole = made.written.bytes;
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    const std::vector<std::byte> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    const auto expected = thrown_by([&] { static_cast<void>(vqi::decode_region(cut, 0, 0, 9, 9)); });
    const auto error = read_error(cut, {0, 0, 9, 9});
    CHECK((error.code && error.code == expected.code && error.offset == expected.offset));
  }
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    std::vector<std::byte> damaged = whole;
    damaged[at] ^= std::byte{0x10};
    const auto expected = thrown_by([&] { static_cast<void>(vqi::decode_region(damaged, 0, 0, 9, 9)); });
    const auto error = read_error(damaged, {0, 0, 9, 9});
    CHECK((error.code && error.code == expected.code && error.offset == expected.offset));
  }
}

TEST_CASE("limits hold for a source as for memory, and unknown sections are summed without being kept") {
  const MadeStream made = strips_of_noise();
  vqi::DecodeLimits small;
  small.max_pixels = 399'999;
  CHECK(read_error(made.written.bytes, {0, 0, 9, 9}, small).limit == vqi::Limit::pixels);
  vqi::RunOptions little;
  little.max_memory_bytes = 100'000;
  CHECK(read_error(made.written.bytes, {0, 0, 9, 9}, {}, little).limit == vqi::Limit::memory);

  vqi::test::StreamBuilder builder = vqi::test::StreamBuilder::flat(64, 64);
  const std::vector<std::byte> long_payload(3'000'000, std::byte{5});
  vqi::detail::append_section(builder.before_table, "long", vqi::detail::skippable_flag, long_payload);
  std::vector<std::byte> stream = builder.bytes();
  little.max_memory_bytes = 2'500'000;
  CHECK_FALSE(read_error(stream, {0, 0, 9, 9}, {}, little).code);
  stream[2'000'000] ^= std::byte{1};
  CHECK(read_error(stream, {0, 0, 9, 9}).code == ErrorCode::checksum_mismatch);
}

TEST_CASE("what a source throws ends the call, and progress can stop it") {
  const MadeStream made = strips_of_noise();
  vqi::ByteSource failing{made.written.bytes.size(), [](std::uint64_t, std::span<std::byte>) { throw 7; }};
  CHECK_THROWS_AS(vqi::decode_region(failing, 0, 0, 9, 9), int);
  vqi::RunOptions stopped;
  stopped.progress = [](const vqi::Progress&) { return false; };
  CHECK(read_error(made.written.bytes, {0, 0, 9, 9}, {}, stopped).code == ErrorCode::cancelled);
}

TEST_CASE("a detached stream in a source is decoded with its codebook and refused without it or with another") {
  const Image image = vqi::test::make_image(90, 70, 3, 8, vqi::test::Content::smooth);
  vqi::EncodeOptions options;
  options.effort = 1;
  auto book = std::make_shared<vqi::Codebook>();
  book->codewords = vqi::test::make_image(20, 1, 3, 8, vqi::test::Content::noise);
  options.codebook = book;
  const Image expected = part_of(vqi::decode(vqi::encode(image, options).bytes), {10, 20, 30, 40});
  options.detach = true;
  const std::vector<std::byte> stream = vqi::encode(image, options).bytes;
  CHECK(read_error(stream, {10, 20, 30, 40}).code == ErrorCode::codebook_needed);
  CountingSource counting(stream);
  vqi::ByteSource source = counting.source();
  source.codebook = book;
  const vqi::DecodedRegion region = vqi::decode_region(source, 10, 20, 30, 40);
  CHECK(vqi::test::same_samples(region.image, expected));
  CHECK(region.source.stream.codebook_hash == vqi::codebook_hash(*book));
  auto other = std::make_shared<vqi::Codebook>(*book);
  other->codewords.row(0)[0] ^= std::byte{1};
  source.codebook = other;
  CHECK(thrown_by([&] { static_cast<void>(vqi::decode_region(source, 10, 20, 30, 40)); }).code ==
        ErrorCode::codebook_needed);
}
