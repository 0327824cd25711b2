// vqi_mixture_probe: reads points and a first mixture, takes EM steps and prints the figures for
// mixture_cross_check.py.
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "vqi/cluster.hpp"

namespace {

std::vector<double> read_numbers(std::size_t count) {
  std::vector<double> numbers(count);
  for (double& number : numbers) std::cin >> number;
  return numbers;
}

}  // namespace

// Standard input: kind of covariance (0 tied_spherical .. 4 full), n, d, k, steps; the first mixture's weights, means
// and covariances; the points' values. Standard output: log likelihood, BIC, restarts.
int main() try {
  int kind = 0;
  std::size_t n = 0;
  std::uint32_t d = 0;
  vqi::cluster::EmOptions options;
  std::cin >> kind >> n >> d >> options.k >> options.max_iterations;
  options.covariance = static_cast<vqi::cluster::Covariance>(kind);
  options.likelihood_tolerance = 0;
  vqi::cluster::Mixture start{
      options.covariance, d, read_numbers(options.k), read_numbers(std::size_t{options.k} * d), {}};
  const std::size_t numbers[] = {1, options.k, options.k * d, d * d, options.k * d * d};
  start.covariances = read_numbers(numbers[kind]);
  options.start = start;
  const std::vector<double> values = read_numbers(n * d);
  if (!std::cin) {
    std::fputs("the input is not what it should be\n", stderr);
    return 2;
  }
  const vqi::cluster::EmResult result = vqi::cluster::em({values, d}, options);
  std::printf("%.17g %.17g %u\n", result.log_likelihood, result.bic, result.restarts);
  return 0;
} catch (const vqi::Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
