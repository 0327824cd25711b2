// Reports as JSON: the names of the contract, in its order, with null where there is no value.
#include "vqi/report_json.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "test_images.hpp"
#include "vqi/codec.hpp"
#include "vqi/settings.hpp"

using namespace vqi;
using Json = nlohmann::ordered_json;
using vqi::test::Content;
using vqi::test::make_image;

namespace {

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

Encoded encoded_with(const Image& image, std::initializer_list<std::pair<const char*, const char*>> options) {
  Settings settings;
  for (const auto& [name, value] : options) set_option(settings, name, value);
  return compress(image, settings);
}

}  // namespace

TEST_CASE("an encode is reported under the names of the schema, in its order") {
  const Image image = make_image(40, 30, 3, 8, Content::smooth);
  const Encoded encoded = encoded_with(image, {{"k", "16"}, {"method", "ecvq"}, {"effort", "1"}});
  const Json json = Json::parse(compress_json(encoded.report));
  CHECK(keys_of(json) == std::vector<std::string>{"schema",
                                                  "command",
                                                  "width",
                                                  "height",
                                                  "channels",
                                                  "bit_depth",
                                                  "raw_bytes",
                                                  "file_bytes",
                                                  "header_bytes",
                                                  "codebook_bytes",
                                                  "index_bytes",
                                                  "metadata_bytes",
                                                  "ratio",
                                                  "bpp",
                                                  "index_bpp",
                                                  "k",
                                                  "k_requested",
                                                  "distinct_vectors",
                                                  "trained_vectors",
                                                  "block",
                                                  "coding",
                                                  "model",
                                                  "method",
                                                  "space",
                                                  "lambda",
                                                  "dither",
                                                  "seeding",
                                                  "seed",
                                                  "effort",
                                                  "training",
                                                  "iterations",
                                                  "converged",
                                                  "mse",
                                                  "mse_straight",
                                                  "psnr_db",
                                                  "ssim",
                                                  "max_error",
                                                  "threads",
                                                  "seconds",
                                                  "warnings"});
  CHECK(json["schema"] == 1);
  CHECK(json["command"] == "compress");
  CHECK(json["file_bytes"] == encoded.bytes.size());
  CHECK(json["mse"].get<double>() == encoded.report.distortion.mse);
  CHECK(json["mse_straight"].is_null());
  CHECK(json["block"] == Json::array({1, 1}));
  CHECK(keys_of(json["seconds"]) == std::vector<std::string>{"train", "assign", "encode", "measure", "total"});
  CHECK(compress_json(encoded.report).find('\n') == std::string::npos);
}

TEST_CASE("em, annealing and the gap statistic add their keys") {
  const Image image = make_image(40, 30, 3, 8, Content::smooth);
  const Json em = Json::parse(compress_json(encoded_with(image, {{"k", "4"}, {"method", "em"}}).report));
  CHECK(em["covariance"] == "tied-spherical");
  CHECK(em["bic"].is_number());
  const Json anneal = Json::parse(compress_json(encoded_with(image, {{"k", "4"}, {"method", "anneal"}}).report));
  CHECK(anneal["annealing"].size() > 1);
  Settings settings;
  for (const auto& [name, value] : {std::pair{"auto-k", "gap"}, {"gap-max-k", "3"}, {"gap-references", "2"}})
    set_option(settings, name, value);
  const Json gap = Json::parse(compress_json(compress(image, settings).report, &settings.gap));
  CHECK(gap["gap"].size() == 3);
  CHECK(gap["gap_references"] == 2);
  CHECK(gap["k_requested"].is_null());
}

TEST_CASE("streams, damage, comparisons and training are reported") {
  const Image image = make_image(40, 30, 3, 8, Content::smooth);
  Encoded encoded = encoded_with(image, {{"k", "16"}, {"effort", "1"}});
  const Json info = Json::parse(info_json(inspect(encoded.bytes)));
  CHECK(info["sections"].size() >= 3);
  CHECK(info["sections"][0]["crc_ok"] == true);
  CHECK_FALSE(info.contains("error"));
  CHECK(Json::parse(decompress_json(inspect(encoded.bytes)))["psnr_db"].get<double>() ==
        encoded.report.distortion.psnr_db.value());
  encoded.bytes.resize(encoded.bytes.size() - 3);
  const Json damaged = Json::parse(info_json(inspect(encoded.bytes)));
  CHECK(damaged["error"]["code"] == "truncated");
  CHECK(damaged["mse"].is_null());
  const Json same = Json::parse(compare_json(measure_distortion(image, image), std::nullopt));
  CHECK(same["identical"] == true);
  CHECK(same["psnr_db"].is_null());
  CHECK(same["ciede2000"].is_null());
  Statistics statistics;
  statistics.add(image);
  EncodeOptions learning;
  learning.k = 4;
  const Json trained = Json::parse(train_json(train_codebook(statistics, learning)));
  CHECK(trained["k"] == 4);
  CHECK(trained["vectors"] == 1200);
}

TEST_CASE("a sweep has a row for each combination, and a palette PNG the sizes of its chunks") {
  const Image image = make_image(40, 30, 3, 8, Content::smooth);
  Settings settings{.command = Command::sweep};
  set_option(settings, "k", "2,4");
  const Json swept = Json::parse(sweep_json(sweep(image, sweep_rows(settings))));
  REQUIRE(swept["rows"].size() == 2);
  CHECK(swept["rows"][1]["k"] == 4);
  CHECK(swept["rows"][1].contains("on_hull"));
  EncodeReport report;
  report.bytes.codebook = 48;
  const Json quantized = Json::parse(quantize_json(report));
  CHECK(quantized["palette_bytes"] == 48);
  CHECK(quantized["command"] == "quantize");
}
