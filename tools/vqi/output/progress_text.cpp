// Weighs stages by their share of the time, and formats rates and times.
#include "progress_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "plain_text.hpp"
#include "vqi/names.hpp"

namespace vqi::tool {
namespace {

// Part of the work, and time, before which the remaining time would be a guess.
constexpr double told_from_fraction = 0.02;
constexpr double told_from_seconds = 2;

/// "6 s", "2:05", "1:02:05".
std::string duration_text(double seconds) {
  constexpr double longest = 359'999;  // seconds, 99:59:59
  const auto whole = static_cast<std::uint64_t>(std::ceil(std::min(seconds, longest)));
  if (whole < 60) return std::to_string(whole) + " s";
  const auto two_digits = [](std::uint64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  const std::string below_hour = two_digits(whole % 60);
  if (whole < 3600) return std::to_string(whole / 60) + ":" + below_hour;
  return std::to_string(whole / 3600) + ":" + two_digits(whole / 60 % 60) + ":" + below_hour;
}

}  // namespace

StageShares stage_shares(const EncodeOptions& options) noexcept {
  if (options.method == Method::ecvq) return {.train = 0.04, .assign = 0.85, .encode = 0.1, .measure = 0.01};
  if (options.block_width_px != 1 || options.block_height_px != 1)
    return {.train = 0.95, .assign = 0.01, .encode = 0.03, .measure = 0.01};
  if (options.dither != Dither::none) return {.train = 0.1, .assign = 0.45, .encode = 0.42, .measure = 0.03};
  if (options.method != Method::kmeans) return {.train = 0.72, .assign = 0.01, .encode = 0.25, .measure = 0.02};
  const Model model = options.coding == Coding::packed ? Model::fast : model_of(options);
  if (model == Model::max) return {.train = 0.06, .assign = 0.01, .encode = 0.92, .measure = 0.01};
  if (model == Model::balanced) return {.train = 0.19, .assign = 0.02, .encode = 0.74, .measure = 0.05};
  return {};
}

StageShares palette_png_shares(Method method) noexcept {
  if (method == Method::ecvq) return {.train = 0.01, .assign = 0.82, .encode = 0, .measure = 0.01, .write = 0.16};
  return {.train = 0.05, .assign = 0.1, .encode = 0, .measure = 0.02, .write = 0.83};
}

double overall_fraction(const Progress& progress, const StageShares& shares) noexcept {
  const double fraction = std::clamp(progress.fraction, 0.0, 1.0);
  switch (progress.stage) {
    case Stage::train:
      return shares.train * fraction;
    case Stage::assign:
      return shares.train + shares.assign * fraction;
    case Stage::encode:
      return shares.train + shares.assign + shares.encode * fraction;
    case Stage::measure:
      return 1 - shares.write - shares.measure * (1 - fraction);
    case Stage::write:
      return shares.write > 0 ? 1 - shares.write * (1 - fraction) : fraction;
    default:
      return fraction;
  }
}

std::string progress_text(const Progress& progress, const ProgressFacts& facts, const std::string& label,
                          const StageShares& shares) {
  const double done = overall_fraction(progress, shares);
  std::string text =
      std::string(stage_name(progress.stage)) + " " + std::to_string(static_cast<int>(100 * done)) + " %";
  if (facts.pixels != 0 && done >= told_from_fraction && facts.seconds > 0) {
    const double megapixels_per_second = 1e-6 * static_cast<double>(facts.pixels) * done / facts.seconds;
    const int decimals = megapixels_per_second < 0.1 ? 3 : megapixels_per_second < 10 ? 1 : 0;
    text += ", " + fixed(megapixels_per_second, decimals) + " MP/s";
  }
  const double all_done = facts.batch_fraction.value_or(done);
  const double seconds = facts.batch_fraction ? facts.batch_seconds : facts.seconds;
  if (all_done >= told_from_fraction && seconds >= told_from_seconds)
    text += ", " + duration_text(seconds * (1 - all_done) / all_done) + " left";
  return text + "  " + label;
}

}  // namespace vqi::tool
