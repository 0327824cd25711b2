// The page of a report.
#include "report_page.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "report_template.hpp"

using namespace vqi::tool;

namespace {

Report small_report(const std::string& name) {
  Report report;
  report.images.push_back({name, 20, 10, 3, 8, {0, 0, 20, 10}, {std::byte{1}, std::byte{2}}});
  report.curves = {"kmeans, 1x1"};
  ReportRow row;
  row.image = 0;
  row.k = 4;
  row.method = "kmeans";
  row.coding = "packed";
  row.file_bytes = 123;
  row.command = "vqi compress -k 4 '" + name + "'";
  row.picture = RowPicture{{std::byte{3}}, {}};
  row.picture->codebook.counts = {7, 2};
  report.rows.push_back(row);
  return report;
}

/// The data as a browser reads it: the text between the tags of the script element.
nlohmann::json data_of(const std::string& page) {
  REQUIRE(page.starts_with(report_head));
  const std::size_t end = page.find("</script>", report_head.size());
  return nlohmann::json::parse(page.substr(report_head.size(), end - report_head.size()));
}

}  // namespace

TEST_CASE("the template has its parts in place and asks for nothing from outside") {
  const std::string page = std::string(report_head) + std::string(report_tail);
  CHECK(page.starts_with("<!DOCTYPE html>"));
  CHECK(page.ends_with("</html>\n"));
  CHECK(page.find("{{") == std::string::npos);
  CHECK(page.find("default-src 'none'; img-src data:; style-src 'sha256-") != std::string::npos);
  CHECK(page.find("unsafe") == std::string::npos);
  for (const char* const outside : {"src=\"http", "href=\"http", "url(", "@import", "fetch(", "XMLHttpRequest"})
    CHECK(page.find(outside) == std::string::npos);
}

TEST_CASE("the data is what the report says") {
  const nlohmann::json data = data_of(report_page(small_report("a.png")));
  CHECK(data["images"][0]["name"] == "a.png");
  CHECK(data["images"][0]["kind"] == "RGB");
  CHECK(data["images"][0]["picture"] == "AQI=");
  CHECK(data["rows"][0]["k"] == 4);
  CHECK(data["rows"][0]["block"] == nlohmann::json({1, 1}));
  CHECK(data["rows"][0]["psnr_db"].is_null());
  CHECK(data["rows"][0]["picture"] == "Aw==");
  CHECK(data["rows"][0]["codebook"]["counts"] == nlohmann::json({7, 2}));
  CHECK(data["rows"][0]["command"] == "vqi compress -k 4 'a.png'");
}

TEST_CASE("any name stays valid text and cannot end the data") {
  for (const char* const name :
       {"</script><script>alert(1)</script>", "<!--<script>", "]]>", "\xFF\xFE\n\"\\", "&lt;"}) {
    const std::string page = report_page(small_report(name));
    const nlohmann::json data = data_of(page);
    CHECK(data["rows"][0]["k"] == 4);
    CHECK(page.substr(page.find("</script>", report_head.size())) == report_tail);
    if (std::string(name).find('<') == 0) CHECK(data["images"][0]["name"] == name);
  }
}

TEST_CASE("pictures get smaller the more rows a page has, within limits") {
  CHECK(picture_pixels(1) == 1U << 20);
  CHECK(picture_pixels(16) == 1U << 20);
  CHECK(picture_pixels(64) == 1U << 18);
  CHECK(picture_pixels(100000) == 1U << 16);
}

TEST_CASE("a budget that is used up allows no more pictures") {
  PictureBudget budget;
  CHECK(budget.take(10'000'000));
  CHECK(budget.take(1'000));
  CHECK_FALSE(budget.take(10'000'000));
  CHECK_FALSE(budget.take(1));
}
