// vqi_old_faithful: fits two Gaussians to the eruptions of Old Faithful, step by step as in PRML figure 9.8.
//
//   vqi_old_faithful FAITHFUL_CSV [PLOT.svg]
//
// Prints the result of EM after 0, 1, 2, 5 and 20 steps and at its end, and the number of clusters that the gap
// statistic chooses; draws the points with the ellipses of the components.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "scatter_plot.hpp"
#include "vqi/cluster.hpp"

namespace {

using vqi::cluster::EmOptions;
using vqi::cluster::EmResult;
using vqi::cluster::Mixture;
using vqi::cluster::Points;

std::vector<double> read_pairs(const std::string& name) {
  std::ifstream file(name);
  std::string line;
  std::getline(file, line);  // the names of the columns
  std::vector<double> values;
  while (std::getline(file, line)) {
    double minutes = 0;
    double waiting = 0;
    if (std::sscanf(line.c_str(), "%lf,%lf", &minutes, &waiting) == 2) values.insert(values.end(), {minutes, waiting});
  }
  return values;
}

/// A bad start, as in the figure: circles of one standard deviation, each on the wrong side.
Mixture bad_start(const Points& points) {
  double mean[2] = {0, 0};
  double square[2] = {0, 0};
  const auto count = static_cast<double>(points.size());
  for (std::size_t n = 0; n < points.size(); ++n)
    for (int i = 0; i < 2; ++i) {
      mean[i] += points.row(n)[static_cast<std::size_t>(i)] / count;
      square[i] += std::pow(points.row(n)[static_cast<std::size_t>(i)], 2) / count;
    }
  const double x = square[0] - mean[0] * mean[0];
  const double y = square[1] - mean[1] * mean[1];
  return {vqi::Covariance::full,
          2,
          {0.5, 0.5},
          {mean[0] - 1.5 * std::sqrt(x), mean[1] + std::sqrt(y), mean[0] + 1.5 * std::sqrt(x), mean[1] - std::sqrt(y)},
          {x, 0, 0, y, x, 0, 0, y}};
}

EmResult after_steps(const Points& points, std::uint32_t steps) {
  EmOptions options;
  options.start = bad_start(points);
  options.max_iterations = steps;
  return vqi::cluster::em(points, options);
}

void print(const char* what, const EmResult& result) {
  const Mixture& mixture = result.mixture;
  std::printf("%-9s %14.3f", what, result.log_likelihood);
  for (std::size_t k = 0; k < 2; ++k)
    std::printf("   %6.4f (%6.4f, %7.4f)", mixture.weights[k], mixture.means[2 * k], mixture.means[2 * k + 1]);
  std::printf("\n");
}

/// The weight of component k times its density at a point, up to a factor that both components share.
double weighted_density(const Mixture& mixture, std::size_t k, double x, double y) {
  const double* const c = mixture.covariances.data() + 4 * k;
  const double determinant = c[0] * c[3] - c[1] * c[2];
  const double dx = x - mixture.means[2 * k];
  const double dy = y - mixture.means[2 * k + 1];
  const double distance = (c[3] * dx * dx - 2 * c[1] * dx * dy + c[0] * dy * dy) / determinant;
  return mixture.weights[k] * std::exp(-distance / 2) / std::sqrt(determinant);
}

vqi::samples::ScatterPanel panel_of(const Points& points, const std::string& title, const Mixture& mixture) {
  vqi::samples::ScatterPanel panel{title, {}, {}};
  for (std::size_t n = 0; n < points.size(); ++n) {
    const double x = points.row(n)[0];
    const double y = points.row(n)[1];
    const double first = weighted_density(mixture, 0, x, y);
    const double second = weighted_density(mixture, 1, x, y);
    panel.points.push_back({x, y, second / (first + second)});
  }
  for (std::size_t k = 0; k < 2; ++k) {
    const double* const c = mixture.covariances.data() + 4 * k;
    panel.ellipses.push_back({mixture.means[2 * k], mixture.means[2 * k + 1], c[0], c[1], c[3], k == 1});
  }
  return panel;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2 || argc > 3) {
    std::fputs("usage: vqi_old_faithful FAITHFUL_CSV [PLOT.svg]\n", stderr);
    return 2;
  }
  const Points points(read_pairs(argv[1]), 2);
  std::printf("%-9s %14s   weight (minutes, minutes to the next)\n", "steps", "log likelihood");
  std::vector<vqi::samples::ScatterPanel> panels;
  for (const std::uint32_t steps : {0U, 1U, 2U, 5U, 20U}) {
    const EmResult result = after_steps(points, steps);
    print(std::to_string(steps).c_str(), result);
    panels.push_back(
        panel_of(points, "after " + std::to_string(steps) + (steps == 1 ? " step" : " steps"), result.mixture));
  }
  const EmResult end = after_steps(points, EmOptions{}.max_iterations);
  print("converged", end);
  panels.push_back(panel_of(points, "converged, " + std::to_string(end.iterations) + " steps", end.mixture));

  vqi::cluster::GapOptions gap;
  gap.k_max = 8;
  std::printf("clusters by the gap statistic: %u\n", vqi::cluster::gap(points, gap).k);
  if (argc == 3) {
    std::ofstream file(argv[2]);
    vqi::samples::write_scatter_plot(file, {"eruption (minutes)", "next after (minutes)", {1, 6}, {35, 105}}, panels);
    if (!file.flush()) {
      std::fprintf(stderr, "%s cannot be written\n", argv[2]);
      return 5;
    }
  }
  return 0;
} catch (const vqi::Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
