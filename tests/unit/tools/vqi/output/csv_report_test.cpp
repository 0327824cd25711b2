// Rows as comma-separated values: columns of all rows, quoted names, and words for what JSON has as null.
#include "csv_report.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

using vqi::tool::SweepResult;

namespace {

/// Two images, one of a difficult name, with a row each; the second is lossless and coded by a model.
SweepResult two_images() {
  SweepResult result;
  for (const char* const name : {"a, \"b\".png", "c.png"}) {
    vqi::tool::SweptImage& image = result.images.emplace_back();
    image.input = name;
    image.kind = {"PNG", 5, 4, 3, 8};
    vqi::SweepRow& row = image.rows.emplace_back();
    row.options.k = 7;
    row.options.block_width_px = 2;
    row.report.width_px = 5;
    row.report.height_px = 4;
    row.report.channels = 3;
    row.report.bit_depth = 8;
    row.report.k = 7;
    row.report.k_requested = 7;
    row.report.block_width_px = 2;
    row.report.distortion.mse = 1.5;
    row.report.distortion.psnr_db = 40.25;
  }
  vqi::SweepRow& lossless = result.images[1].rows[0];
  lossless.report.distortion.mse = 0;
  lossless.report.distortion.psnr_db.reset();
  lossless.report.coding = vqi::Coding::entropy;
  lossless.report.model = vqi::Model::max;
  return result;
}

/// The cells of a line, commas within quotes left alone.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char letter : line) {
    if (letter == '"') quoted = !quoted;
    if (letter == ',' && !quoted)
      cells.emplace_back();
    else
      cells.back() += letter;
  }
  return cells;
}

}  // namespace

TEST_CASE("every row has a cell for each column of the head, and special texts are quoted") {
  std::istringstream text(vqi::tool::csv_text(two_images()));
  std::vector<std::vector<std::string>> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(cells_of(line));
  REQUIRE(lines.size() == 3);
  for (const auto& line : lines) CHECK(line.size() == lines[0].size());
  const auto cell = [&](std::size_t row, const std::string& column) {
    const auto found = std::find(lines[0].begin(), lines[0].end(), column);
    INFO(column);
    REQUIRE(found != lines[0].end());
    return lines[row][static_cast<std::size_t>(found - lines[0].begin())];
  };
  CHECK(cell(1, "input") == "\"a, \"\"b\"\".png\"");
  CHECK(cell(2, "input") == "c.png");
  CHECK(cell(1, "block") == "\"[2,1]\"");
  CHECK(cell(1, "k") == "7");
  CHECK(cell(1, "mse") == "1.5");
  CHECK(cell(1, "psnr_db") == "40.25");
  CHECK(cell(2, "psnr_db") == "lossless");
  CHECK(cell(1, "model").empty());
  CHECK(cell(2, "model") == "max");
  CHECK(cell(1, "ssim").empty());
  CHECK_FALSE(cell(1, "seconds_train").empty());
  std::vector<std::string> head = lines[0];
  std::sort(head.begin(), head.end());
  CHECK(std::adjacent_find(head.begin(), head.end()) == head.end());
}

TEST_CASE("no rows are no text") { CHECK(vqi::tool::csv_text(SweepResult{}).empty()); }

TEST_CASE("columns are known from the first image and the names of all, so that lines may follow one by one") {
  const SweepResult result = two_images();
  const std::vector<std::string> plain = vqi::tool::csv_columns(result.images[0], {"a.png", "c.png"});
  CHECK(vqi::tool::csv_head(plain) + vqi::tool::csv_rows(result.images[0], plain) +
            vqi::tool::csv_rows(result.images[1], plain) ==
        vqi::tool::csv_text(result));
  const std::vector<std::string> odd = vqi::tool::csv_columns(result.images[0], {"a.png", "\xFF.png"});
  CHECK(odd.size() == plain.size() + 1);
  CHECK(odd.back() == "input_hex");
  CHECK(cells_of(vqi::tool::csv_rows(result.images[1], odd)).size() == odd.size());
}
