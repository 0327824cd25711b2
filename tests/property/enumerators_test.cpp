// Enumerators that no enumeration has are refused as options, by every call that takes them, before any work.
#include <catch2/catch.hpp>
#include <functional>
#include <vector>

#include "thrown_error.hpp"
#include "vqi/vqi.hpp"

namespace {

using Change = std::function<void(vqi::EncodeOptions&)>;

template <typename Enumeration>
Enumeration out_of_range(int number) {
  return static_cast<Enumeration>(number);
}

std::vector<Change> wrong_options(int number) {
  return {[=](vqi::EncodeOptions& options) { options.method = out_of_range<vqi::Method>(number); },
          [=](vqi::EncodeOptions& options) { options.seeding = out_of_range<vqi::Seeding>(number); },
          [=](vqi::EncodeOptions& options) { options.coding = out_of_range<vqi::Coding>(number); },
          [=](vqi::EncodeOptions& options) {
            options.coding = vqi::Coding::entropy;
            options.model = out_of_range<vqi::Model>(number);
          },
          [=](vqi::EncodeOptions& options) {
            options.method = vqi::Method::em;
            options.covariance = out_of_range<vqi::Covariance>(number);
          }};
}

template <typename Call>
void expect_refused(const Call& call) {
  CHECK(vqi::test::thrown_by(call).code == vqi::ErrorCode::invalid_option);
}

}  // namespace

TEST_CASE("encode, sweep and targets refuse enumerators out of range") {
  const vqi::Image image(20, 20, 3, 8);
  for (const int number : {-1, 100})
    for (const Change& change : wrong_options(number)) {
      vqi::EncodeOptions options;
      change(options);
      expect_refused([&] { static_cast<void>(vqi::encode(image, options)); });
      expect_refused([&] { static_cast<void>(vqi::sweep(image, std::vector{options})); });
      expect_refused([&] { static_cast<void>(vqi::encode_to_target(image, {.psnr_db = 30}, options)); });
      expect_refused([&] { static_cast<void>(vqi::encode_to_target(image, {.max_bytes = 1000}, options)); });
      expect_refused([&] { static_cast<void>(vqi::encode_with_gap(image, {.k_max = 2}, options)); });
    }
}

TEST_CASE("clustering and the gap statistic refuse enumerators out of range, and a choice among no rows") {
  const vqi::cluster::Points points(std::vector<double>{1, 2, 3, 4}, 1);
  const vqi::Image image(20, 20, 3, 8);
  for (const int number : {-1, 100}) {
    const auto covariance = out_of_range<vqi::Covariance>(number);
    expect_refused([&] { static_cast<void>(vqi::cluster::em(points, {.k = 2, .covariance = covariance})); });
    vqi::cluster::Mixture start;
    start.covariance = covariance;
    expect_refused([&] { static_cast<void>(vqi::cluster::em(points, {.k = 1, .start = start})); });
    vqi::cluster::GapOptions box;
    box.box = out_of_range<vqi::cluster::GapBox>(number);
    vqi::cluster::GapOptions rule;
    rule.rule = out_of_range<vqi::cluster::GapRule>(number);
    for (const vqi::cluster::GapOptions& options : {box, rule}) {
      expect_refused([&] { static_cast<void>(vqi::cluster::gap(points, options)); });
      expect_refused([&] { static_cast<void>(vqi::image_gap(image, options)); });
      expect_refused([&] { static_cast<void>(vqi::encode_with_gap(image, options)); });
    }
    const std::vector<vqi::cluster::GapRow> rows(2);
    expect_refused([&] { static_cast<void>(vqi::cluster::choose_by_gap(rows, rule.rule)); });
  }
  expect_refused([] { static_cast<void>(vqi::cluster::choose_by_gap({}, vqi::cluster::GapRule::first_max)); });
}
