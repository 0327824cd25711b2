// The rows of a sweep equal what encode gives, byte for byte, whatever they share and however many run at once.
#include <catch2/catch.hpp>
#include <map>
#include <tuple>
#include <vector>

#include "test_images.hpp"
#include "vqi/sweep.hpp"

using vqi::test::Content;
using vqi::test::make_image;

namespace {

/// Rows that vary in all that a row may vary; rows with the same block size are neighbours.
std::vector<vqi::EncodeOptions> many_rows() {
  std::vector<vqi::EncodeOptions> rows;
  for (const auto& [block_width, block_height] : {std::pair{1U, 1U}, {2U, 2U}, {4U, 1U}})
    for (const vqi::Seeding seeding : {vqi::Seeding::automatic, vqi::Seeding::kmeanspp})
      for (const std::uint32_t effort : {1U, 5U, 8U})
        for (const std::uint32_t k : {1U, 2U, 5U, 15U, 16U, 64U, 100U, 3000U}) {
          vqi::EncodeOptions row;
          row.k = k;
          row.block_width_px = block_width;
          row.block_height_px = block_height;
          row.seeding = seeding;
          row.effort = effort;
          rows.push_back(row);
        }
  return rows;
}

void check_same(const vqi::EncodeReport& row, const vqi::EncodeReport& alone) {
  CHECK(row.bytes.file == alone.bytes.file);
  CHECK(row.bytes.header == alone.bytes.header);
  CHECK(row.bytes.codebook == alone.bytes.codebook);
  CHECK(row.bytes.index == alone.bytes.index);
  CHECK(row.ratio == alone.ratio);
  CHECK(row.bpp == alone.bpp);
  CHECK(row.index_bpp == alone.index_bpp);
  CHECK(row.k == alone.k);
  CHECK(row.k_requested == alone.k_requested);
  CHECK(row.distinct_vectors == alone.distinct_vectors);
  CHECK(row.trained_vectors == alone.trained_vectors);
  CHECK(row.coding == alone.coding);
  CHECK(row.seeding == alone.seeding);
  CHECK(row.algorithm == alone.algorithm);
  CHECK(row.iterations == alone.iterations);
  CHECK(row.converged == alone.converged);
  REQUIRE(row.history.size() == alone.history.size());
  for (std::size_t step = 0; step < row.history.size(); ++step)
    CHECK(row.history[step].distortion == alone.history[step].distortion);
  CHECK(row.distortion.mse == alone.distortion.mse);
  CHECK(row.distortion.psnr_db == alone.distortion.psnr_db);
  CHECK(row.distortion.ssim == alone.distortion.ssim);
  CHECK(row.distortion.max_error == alone.distortion.max_error);
}

}  // namespace

TEST_CASE("a row equals encode with its options, in bytes and report, at 1 and 3 parallel threads") {
  for (const auto& [channels, depth, content] : {std::tuple{3U, 8U, Content::smooth},
                                                 {4U, 8U, Content::smooth},
                                                 {1U, 8U, Content::smooth},
                                                 {1U, 16U, Content::noise},
                                                 {2U, 16U, Content::smooth},
                                                 {3U, 8U, Content::few_colours}}) {
    const vqi::Image image = make_image(72, 47, channels, depth, content);
    std::vector<vqi::Encoded> alone;
    for (const vqi::EncodeOptions& row : many_rows()) alone.push_back(vqi::encode(image, row));
    for (const std::uint32_t threads : {1U, 3U}) {
      const std::vector<vqi::EncodeOptions> options = many_rows();
      std::map<std::size_t, std::vector<std::byte>> streams;
      const auto on_row = [&](std::size_t number, const vqi::SweepRow&, std::span<const std::byte> bytes) {
        streams[number].assign(bytes.begin(), bytes.end());
      };
      const std::vector<vqi::SweepRow> rows = vqi::sweep(image, options, on_row, {.threads = threads});
      REQUIRE(rows.size() == alone.size());
      for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(channels, depth, threads, i, vqi::k_of(options[i]));
        CHECK(streams[i] == alone[i].bytes);
        check_same(rows[i].report, alone[i].report);
      }
    }
  }
}

TEST_CASE("little memory for parallel rows changes nothing but how many run at once") {
  const vqi::Image image = make_image(64, 64, 3, 8, Content::smooth);
  std::vector<vqi::EncodeOptions> options = many_rows();
  options.resize(8);
  vqi::RunOptions run;
  run.threads = 4;
  const std::vector<vqi::SweepRow> plenty = vqi::sweep(image, options, {}, run);
  run.max_memory_bytes = 64 * 64 * 2;  // an index map
  const std::vector<vqi::SweepRow> little = vqi::sweep(image, options, {}, run);
  for (std::size_t i = 0; i < plenty.size(); ++i) check_same(little[i].report, plenty[i].report);
  --run.max_memory_bytes;
  CHECK_THROWS_WITH(vqi::sweep(image, options, {}, run), Catch::Contains("8192 bytes of memory"));
}
