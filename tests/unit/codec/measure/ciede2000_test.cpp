// ciede2000 against the published test pairs and against the formula written with angles.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "vqi/metrics.hpp"

namespace {

using vqi::Lab;

double degrees(double radians) { return radians * 180 / std::numbers::pi; }
double radians(double degrees) { return degrees * std::numbers::pi / 180; }

/// The paper's equations one by one, with its hue angles in degrees.
double by_angles(const Lab& first, const Lab& second) {
  const auto g_of = [](double chroma) {
    return std::sqrt(std::pow(chroma, 7) / (std::pow(chroma, 7) + std::pow(25.0, 7)));
  };
  const double mean_ab = (std::hypot(first.a, first.b) + std::hypot(second.a, second.b)) / 2;
  const double g = 0.5 * (1 - g_of(mean_ab));
  const double a1 = (1 + g) * first.a;
  const double a2 = (1 + g) * second.a;
  const double c1 = std::hypot(a1, first.b);
  const double c2 = std::hypot(a2, second.b);
  const auto hue_of = [](double a, double b) {
    const double hue = a == 0 && b == 0 ? 0 : degrees(std::atan2(b, a));
    return hue < 0 ? hue + 360 : hue;
  };
  const double h1 = hue_of(a1, first.b);
  const double h2 = hue_of(a2, second.b);
  double dh = c1 * c2 == 0 ? 0 : h2 - h1;
  if (dh > 180) dh -= 360;
  if (dh < -180) dh += 360;
  double mean_h = h1 + h2;
  if (c1 * c2 != 0) {
    if (std::abs(h1 - h2) > 180) mean_h += h1 + h2 < 360 ? 360 : -360;
    mean_h /= 2;
  }
  const double mean_l = (first.l + second.l) / 2;
  const double mean_c = (c1 + c2) / 2;
  const double t = 1 - 0.17 * std::cos(radians(mean_h - 30)) + 0.24 * std::cos(radians(2 * mean_h)) +
                   0.32 * std::cos(radians(3 * mean_h + 6)) - 0.20 * std::cos(radians(4 * mean_h - 63));
  const double theta = 30 * std::exp(-std::pow((mean_h - 275) / 25, 2));
  const double r_t = -std::sin(radians(2 * theta)) * 2 * g_of(mean_c);
  const double s_l = 1 + 0.015 * std::pow(mean_l - 50, 2) / std::sqrt(20 + std::pow(mean_l - 50, 2));
  const double l = (second.l - first.l) / s_l;
  const double c = (c2 - c1) / (1 + 0.045 * mean_c);
  const double h = 2 * std::sqrt(c1 * c2) * std::sin(radians(dh / 2)) / (1 + 0.015 * mean_c * t);
  return std::sqrt(l * l + c * c + h * h + r_t * c * h);
}

struct Pair {
  Lab first;
  Lab second;
  double difference;
};

// Table 1 of Sharma, Wu and Dalal, 2005.
const std::array<Pair, 34> published{{
    {{50.0000, 2.6772, -79.7751}, {50.0000, 0.0000, -82.7485}, 2.0425},
    {{50.0000, 3.1571, -77.2803}, {50.0000, 0.0000, -82.7485}, 2.8615},
    {{50.0000, 2.8361, -74.0200}, {50.0000, 0.0000, -82.7485}, 3.4412},
    {{50.0000, -1.3802, -84.2814}, {50.0000, 0.0000, -82.7485}, 1.0000},
    {{50.0000, -1.1848, -84.8006}, {50.0000, 0.0000, -82.7485}, 1.0000},
    {{50.0000, -0.9009, -85.5211}, {50.0000, 0.0000, -82.7485}, 1.0000},
    {{50.0000, 0.0000, 0.0000}, {50.0000, -1.0000, 2.0000}, 2.3669},
    {{50.0000, -1.0000, 2.0000}, {50.0000, 0.0000, 0.0000}, 2.3669},
    {{50.0000, 2.4900, -0.0010}, {50.0000, -2.4900, 0.0009}, 7.1792},
    {{50.0000, 2.4900, -0.0010}, {50.0000, -2.4900, 0.0010}, 7.1792},
    {{50.0000, 2.4900, -0.0010}, {50.0000, -2.4900, 0.0011}, 7.2195},
    {{50.0000, 2.4900, -0.0010}, {50.0000, -2.4900, 0.0012}, 7.2195},
    {{50.0000, -0.0010, 2.4900}, {50.0000, 0.0009, -2.4900}, 4.8045},
    {{50.0000, -0.0010, 2.4900}, {50.0000, 0.0010, -2.4900}, 4.8045},
    {{50.0000, -0.0010, 2.4900}, {50.0000, 0.0011, -2.4900}, 4.7461},
    {{50.0000, 2.5000, 0.0000}, {50.0000, 0.0000, -2.5000}, 4.3065},
    {{50.0000, 2.5000, 0.0000}, {73.0000, 25.0000, -18.0000}, 27.1492},
    {{50.0000, 2.5000, 0.0000}, {61.0000, -5.0000, 29.0000}, 22.8977},
    {{50.0000, 2.5000, 0.0000}, {56.0000, -27.0000, -3.0000}, 31.9030},
    {{50.0000, 2.5000, 0.0000}, {58.0000, 24.0000, 15.0000}, 19.4535},
    {{50.0000, 2.5000, 0.0000}, {50.0000, 3.1736, 0.5854}, 1.0000},
    {{50.0000, 2.5000, 0.0000}, {50.0000, 3.2972, 0.0000}, 1.0000},
    {{50.0000, 2.5000, 0.0000}, {50.0000, 1.8634, 0.5757}, 1.0000},
    {{50.0000, 2.5000, 0.0000}, {50.0000, 3.2592, 0.3350}, 1.0000},
    {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
    {{63.0109, -31.0961, -5.8663}, {62.8187, -29.7946, -4.0864}, 1.2630},
    {{61.2901, 3.7196, -5.3901}, {61.4292, 2.2480, -4.9620}, 1.8731},
    {{35.0831, -44.1164, 3.7933}, {35.0232, -40.0716, 1.5901}, 1.8645},
    {{22.7233, 20.0904, -46.6940}, {23.0331, 14.9730, -42.5619}, 2.0373},
    {{36.4612, 47.8580, 18.3852}, {36.2715, 50.5065, 21.2231}, 1.4146},
    {{90.8027, -2.0831, 1.4410}, {91.1528, -1.6435, 0.0447}, 1.4441},
    {{90.9257, -0.5406, -0.9208}, {88.6381, -0.8985, -0.7239}, 1.5381},
    {{6.7747, -0.2908, -2.4247}, {5.8714, -0.0985, -2.2286}, 0.6377},
    {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
}};

}  // namespace

TEST_CASE("ciede2000 gives the published differences of all 34 test pairs, both ways round") {
  for (std::size_t i = 0; i < published.size(); ++i) {
    CAPTURE(i);
    const Pair& pair = published[i];
    CHECK(vqi::ciede2000(pair.first, pair.second) == Approx(pair.difference).margin(1e-4));
    CHECK(vqi::ciede2000(pair.second, pair.first) == Approx(pair.difference).margin(1e-4));
  }
}

TEST_CASE("ciede2000 equals the formula with angles over the whole solid") {
  std::vector<Lab> colours;
  for (const double l : {0.0, 21.5, 50.0, 98.25})
    for (int hue = 0; hue < 360; hue += 24)
      for (const double chroma : {0.5, 12.0, 47.0, 133.0})
        colours.push_back({l, chroma * std::cos(radians(hue + 0.7)), chroma * std::sin(radians(hue + 0.7))});
  colours.push_back({0, 0, 0});
  colours.push_back({100, 0, 0});
  double largest = 0;
  for (const Lab& first : colours)
    for (const Lab& second : colours)
      largest = std::max(largest, std::abs(vqi::ciede2000(first, second) - by_angles(first, second)));
  CHECK(largest < 1e-9);
}

TEST_CASE("equal colours differ by exactly 0, and tiny differences keep their precision") {
  const Lab colour{31.4, 59.2, -65.3};
  CHECK(vqi::ciede2000(colour, colour) == 0);
  const Lab near{31.4, 59.2 + 1e-6, -65.3 - 1e-6};
  CHECK(vqi::ciede2000(colour, near) == Approx(by_angles(colour, near)).epsilon(1e-6));
}
