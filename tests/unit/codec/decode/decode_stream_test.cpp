// decode_stream: the rows of decode in order, with no more than the strips under way in memory.
#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "stream_reader.hpp"
#include "streams/counting_source.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codec.hpp"
#include "vqi/streaming.hpp"

using vqi::ErrorCode;
using vqi::Image;
using vqi::ImageView;
using vqi::test::CountingSource;

namespace {

/// Puts rows together to an image.
struct TakenRows {
  Image image{};
  std::uint32_t next_row = 0;
  std::uint32_t calls = 0;
  std::uint32_t rows_max = 0;

  vqi::RowSink sink() {
    const auto thread = std::this_thread::get_id();
    return {[this, thread](const ImageView& type) {
              REQUIRE(std::this_thread::get_id() == thread);
              image = Image(type.width_px, type.height_px, type.channels, type.bit_depth);
              image.metadata() = *type.metadata;
            },
            [this, thread](std::uint32_t first_row, const ImageView& rows) {
              REQUIRE(std::this_thread::get_id() == thread);
              REQUIRE(first_row == next_row);
              for (std::uint32_t y = 0; y < rows.height_px; ++y)
                std::copy_n(rows.row(y), image.row_bytes(), image.row(first_row + y));
              next_row += rows.height_px;
              rows_max = std::max(rows_max, rows.height_px);
              ++calls;
            }};
  }
};

std::vector<std::byte> stream_of(const Image& image, vqi::Coding coding, std::uint32_t k, std::uint32_t block = 1) {
  vqi::EncodeOptions options;
  options.effort = 1;
  options.k = k;
  options.coding = coding;
  options.block_width_px = block;
  options.block_height_px = block;
  return vqi::encode(image, options).bytes;
}

}  // namespace

TEST_CASE("a stream in a source gives the rows and metadata of decode in every coding, at any number of threads") {
  Image image = vqi::test::make_image(701, 403, 3, 8, vqi::test::Content::smooth);
  image.metadata().gamma = 45455;
  for (const auto& [coding, k] : {std::pair{vqi::Coding::packed, 16U},
                                  {vqi::Coding::packed, 11U},
                                  {vqi::Coding::entropy, 16U},
                                  {vqi::Coding::packed, 1U}}) {
    const std::vector<std::byte> stream = stream_of(image, coding, k);
    for (const std::uint32_t threads : {1U, 2U, 8U}) {
      CountingSource counting(stream);
      TakenRows taken;
      const vqi::SourceReport report = vqi::decode_stream(counting.source(), taken.sink(), {}, {.threads = threads});
      CHECK(taken.next_row == 403);
      CHECK(vqi::test::same_samples(taken.image, vqi::decode(stream)));
      CHECK(taken.image.metadata() == image.metadata());
      CHECK(report.reads.bytes == counting.bytes());
      CHECK(report.stream.k == k);
      CHECK(counting.wrong == 0);
    }
  }
}

TEST_CASE("blocks at the lower edge, 16 bits and alpha come through a source") {
  const Image image = vqi::test::make_image(61, 50, 4, 16, vqi::test::Content::smooth);
  const std::vector<std::byte> stream = stream_of(image, vqi::Coding::entropy, 20, 4);
  CountingSource counting(stream);
  TakenRows taken;
  static_cast<void>(vqi::decode_stream(counting.source(), taken.sink()));
  CHECK(taken.next_row == 50);
  CHECK(vqi::test::same_samples(taken.image, vqi::decode(stream)));
}

TEST_CASE("little memory means few strips at once, down to one, and less is refused") {
  const Image image = vqi::test::make_image(512, 2000, 4, 8, vqi::test::Content::few_colours);
  const std::vector<std::byte> stream = stream_of(image, vqi::Coding::packed, 4);  // 15 strips of 128 rows, and one
  vqi::RunOptions run;
  run.threads = 4;
  std::uint32_t calls = 0;
  for (const std::uint64_t mebibytes : {64U, 6U, 4U}) {
    run.max_memory_bytes = mebibytes << 20;
    CountingSource counting(stream);
    TakenRows taken;
    static_cast<void>(vqi::decode_stream(counting.source(), taken.sink(), {}, run));
    CHECK(vqi::test::same_samples(taken.image, vqi::decode(stream)));
    CHECK(taken.calls > calls);
    calls = taken.calls;
  }
  run.max_memory_bytes = std::uint64_t{2} << 20;
  CountingSource counting(stream);
  TakenRows taken;
  const auto error =
      vqi::test::thrown_by([&] { static_cast<void>(vqi::decode_stream(counting.source(), taken.sink(), {}, run)); });
  CHECK(error.limit == vqi::Limit::memory);
  CHECK(taken.calls == 0);
}

TEST_CASE("rows before a damaged strip are given, and the error is that of decode") {
  const Image image = vqi::test::make_image(512, 1000, 1, 8, vqi::test::Content::noise);
  std::vector<std::byte> stream = stream_of(image, vqi::Coding::packed, 4);
  const std::uint64_t offset = vqi::detail::StreamReader(stream, {}).strip_places(5, 6)[0].offset;
  stream[offset + 100] ^= std::byte{1};
  const auto expected = vqi::test::thrown_by([&] { static_cast<void>(vqi::decode(stream)); });
  vqi::RunOptions run;
  run.threads = 1;
  run.max_memory_bytes = std::uint64_t{5} << 19;
  CountingSource counting(stream);
  TakenRows taken;
  const auto error =
      vqi::test::thrown_by([&] { static_cast<void>(vqi::decode_stream(counting.source(), taken.sink(), {}, run)); });
  CHECK(error.code == ErrorCode::checksum_mismatch);
  CHECK(error.offset == expected.offset);
  CHECK(taken.next_row > 0);
  CHECK(taken.next_row <= 5 * 128);
}
