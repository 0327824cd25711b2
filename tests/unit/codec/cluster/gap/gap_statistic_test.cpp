// The simulations are of the kinds in Tibshirani, Walther and Hastie 2001, section 5.
#include <catch2/catch.hpp>
#include <vector>

#include "clouds.hpp"
#include "vqi/cluster.hpp"

using vqi::cluster::GapBox;
using vqi::cluster::GapOptions;
using vqi::cluster::GapResult;
using vqi::detail::Random;

namespace {

std::uint32_t chosen(const std::vector<double>& values, std::uint32_t d, GapBox box, std::uint64_t seed) {
  GapOptions options;
  options.k_max = 6;
  options.box = box;
  options.starts = 2;
  options.seed = seed;
  return vqi::cluster::gap({values, d}, options).k;
}

/// Centres drawn until no two are nearer than `apart`.
std::vector<double> separated_centres(std::uint32_t k, std::uint32_t d, double apart, Random& random) {
  for (;;) {
    std::vector<double> centres;
    for (std::uint32_t i = 0; i < k * d; ++i) centres.push_back(12 * vqi::test::unit_number(random));
    bool far = true;
    for (std::uint32_t a = 0; a < k; ++a)
      for (std::uint32_t b = 0; b < a; ++b) {
        double square = 0;
        for (std::uint32_t i = 0; i < d; ++i) {
          const double difference = centres[a * d + i] - centres[b * d + i];
          square += difference * difference;
        }
        far = far && square > apart * apart;
      }
    if (far) return centres;
  }
}

}  // namespace

TEST_CASE("one uniform cloud is one cluster in at least 90 of 100 trials, with either box") {
  int uniform_right = 0;
  int principal_right = 0;
  for (std::uint64_t trial = 0; trial < 100; ++trial) {
    Random random(1000 + trial);
    const std::vector<double> values = vqi::test::uniform_cloud(200, 10, random);
    uniform_right += chosen(values, 10, GapBox::uniform, trial) == 1 ? 1 : 0;
    principal_right += chosen(values, 10, GapBox::principal, trial) == 1 ? 1 : 0;
  }
  INFO(uniform_right << " and " << principal_right);
  CHECK(uniform_right >= 90);
  CHECK(principal_right >= 90);
}

TEST_CASE("three and four well-separated clusters are found in at least 90 of 100 trials, with either box") {
  int uniform_right = 0;
  int principal_right = 0;
  for (std::uint64_t trial = 0; trial < 100; ++trial) {
    Random random(2000 + trial);
    const std::uint32_t k = trial % 2 == 0 ? 3 : 4;
    const std::uint32_t d = trial % 2 == 0 ? 2 : 3;
    const std::vector<double> centres = separated_centres(k, d, 6, random);
    const std::vector<double> values = vqi::test::bell_clouds(centres, d, 30, 1, random);
    uniform_right += chosen(values, d, GapBox::uniform, trial) == k ? 1 : 0;
    principal_right += chosen(values, d, GapBox::principal, trial) == k ? 1 : 0;
  }
  INFO(uniform_right << " and " << principal_right);
  CHECK(uniform_right >= 90);
  CHECK(principal_right >= 90);
}

TEST_CASE("two elongated clusters are found with the box along the principal axes") {
  int right = 0;
  for (std::uint64_t trial = 0; trial < 100; ++trial) {
    // Along the diagonal of three dimensions, 100 points each, 10 apart: the paper's last simulation.
    Random random(3000 + trial);
    std::vector<double> values;
    for (int cluster = 0; cluster < 2; ++cluster)
      for (int n = 0; n < 100; ++n)
        for (int i = 0; i < 3; ++i)
          values.push_back(10 * cluster - 0.5 + n / 99.0 + 0.1 * vqi::test::bell_number(random));
    right += chosen(values, 3, GapBox::principal, trial) == 2 ? 1 : 0;
  }
  INFO(right);
  CHECK(right >= 90);
}

TEST_CASE("dispersions fall with K, gaps are their differences, and rows end where nothing is left") {
  Random random(4);
  const std::vector<double> values = vqi::test::uniform_cloud(12, 2, random);
  GapOptions options;
  options.references = 5;
  const GapResult result = vqi::cluster::gap({values, 2}, options);
  REQUIRE(result.rows.size() == 11);  // with 12 means nothing is left
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const vqi::cluster::GapRow& row = result.rows[i];
    CHECK(row.k == i + 1);
    CHECK(row.gap == Approx(row.expected_log_w - row.log_w));
    CHECK(row.error > 0);
    if (i > 0) CHECK(row.log_w < result.rows[i - 1].log_w);
  }
  const GapResult equal = vqi::cluster::gap({std::vector<double>(10, 1.0), 1}, options);
  CHECK(equal.k == 1);
  CHECK(equal.rows.empty());
}

TEST_CASE("weights stand for repeated points in the dispersions") {
  GapOptions options;
  options.k_max = 2;
  options.references = 2;
  const std::vector<double> three{0, 1, 9};
  const std::vector<double> weights{1, 2, 1};
  const GapResult weighted = vqi::cluster::gap({three, 1, weights}, options);
  const GapResult repeated = vqi::cluster::gap({std::vector<double>{0, 1, 1, 9}, 1}, options);
  for (std::size_t i = 0; i < 2; ++i) CHECK(weighted.rows[i].log_w == Approx(repeated.rows[i].log_w));
}
