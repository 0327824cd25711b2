// The table of a sweep: aligned columns, of which those appear that differ, and marks of the hull.
#include "sweep_table.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

using namespace vqi::tool;

namespace {

vqi::EncodeOptions options_of(std::uint32_t k, std::uint32_t block, vqi::Coding coding = vqi::Coding::packed,
                              vqi::Method method = vqi::Method::kmeans) {
  vqi::EncodeOptions options;
  options.k = k;
  options.block_width_px = options.block_height_px = block;
  options.coding = coding;
  options.method = method;
  return options;
}

vqi::SweepRow row_of(const vqi::EncodeOptions& options) {
  vqi::SweepRow row;
  row.options = options;
  row.report.bytes.file = 1'234'567;
  row.report.ratio = 12.345;
  row.report.bpp = 1.94449;
  row.report.distortion.mse = 4;
  row.report.distortion.psnr_db = 42.11;
  row.report.distortion.ssim = 0.98765;
  row.report.distortion.max_error = 77;
  row.report.seconds = {1, 0.25, 0.5, 0.125};
  return row;
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a row has its figures, rounded, under the words of the head") {
  const vqi::EncodeOptions options = options_of(1024, 1);
  const SweepTable table({options}, false);
  CHECK(words_of(table.head()) == Words{"K", "bytes", "ratio", "bpp", "PSNR", "dB", "SSIM"});
  const std::string row = table.row(row_of(options));
  CHECK(words_of(row) == Words{"1,024", "1,234,567", "12.35", "1.944", "42.11", "0.9877"});
  CHECK(row.size() == table.head().size());
  CHECK(table.width() == table.head().size() - 1);
}

TEST_CASE("verbose adds the greatest error and the seconds") {
  const vqi::EncodeOptions options = options_of(16, 1);
  const SweepTable table({options}, true);
  CHECK(words_of(table.row(row_of(options))).size() == 8);
  CHECK(words_of(table.row(row_of(options)))[6] == "77");
  CHECK(words_of(table.row(row_of(options)))[7] == "1.875");
  CHECK(table.row(row_of(options)).size() == table.head().size());
}

TEST_CASE("options that differ between rows have a column, shared ones are in the title") {
  const SweepTable same({options_of(4, 2), options_of(8, 2)}, false);
  const SweptImage image{"name.png", {"PNG", 40, 30, 3, 8}, {}, 0};
  CHECK(same.title(image).find("name.png: 40x30 RGB") == 0);
  CHECK(same.title(image).find("2x2") != std::string::npos);
  CHECK(same.title(image).find("packed") != std::string::npos);
  CHECK(same.head().find("block") == std::string::npos);
  const SweepTable different({options_of(4, 1), options_of(8, 2, vqi::Coding::entropy, vqi::Method::ecvq)}, false);
  CHECK(different.title(image).find("1x1") == std::string::npos);
  CHECK(words_of(different.head()).size() == 10);
  CHECK(words_of(different.row(row_of(options_of(8, 2, vqi::Coding::entropy, vqi::Method::ecvq))))[1] == "2x2");
  CHECK(same.mean_title(7).find("mean of 7 images") == 0);
  CHECK(same.mean_title(1).find("mean of 1 image,") == 0);
}

TEST_CASE("marks are the last column, and lossless and unknown figures have words") {
  const vqi::EncodeOptions options = options_of(16, 1);
  const SweepTable table({options}, false);
  vqi::SweepRow row = row_of(options);
  row.on_hull = true;
  CHECK(words_of(table.row(row)).back() == "hull");
  row.knee = true;
  CHECK(table.row(row).find("hull, knee\n") != std::string::npos);
  row.report.distortion.psnr_db.reset();
  row.report.distortion.mse = 0;
  row.report.distortion.ssim.reset();
  CHECK(words_of(table.row(row))[4] == "lossless");
  CHECK(words_of(table.row(row))[5] == "-");
  SweepMean mean;
  mean.mse = 3;  // one image of several is lossless
  CHECK(words_of(table.mean_row(mean))[3] == "-");
  CHECK(words_of(table.mean_head()).size() == 6);
}

TEST_CASE("a warning of several rows is told once, after their names") {
  std::vector<vqi::SweepRow> rows{row_of(options_of(4, 1)), row_of(options_of(8, 1)), row_of(options_of(8, 2))};
  std::vector<vqi::EncodeOptions> options;
  for (const vqi::SweepRow& row : rows) options.push_back(row.options);
  const SweepTable table(options, false);
  CHECK(table.warnings(rows).empty());
  rows[0].report.warnings = {"one"};
  rows[2].report.warnings = {"two", "one"};
  CHECK(table.warnings(rows) == Words{"row 4 1x1, 8 2x2: one", "row 8 2x2: two"});
}
