// TargetGoal: one comparison and one sentence for each kind of target.
#include "target_goal.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <string>

namespace vqi::detail {
namespace {

/// `value` as a person would write it.
std::string decimal(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.10g", value);
  return text.data();
}

// Figures that may be asked for as they are printed: rounded to the side on which they are reached.
std::string decimal_below(double value) { return decimal(std::floor(value * 1e4) / 1e4); }
std::string decimal_above(double value) { return decimal(std::ceil(value * 1e4) / 1e4); }

void validate_target(const Target& target) {
  int count = target.max_bytes ? 1 : 0;
  for (const std::optional<double>& value : {target.psnr_db, target.ratio, target.bpp}) {
    count += value ? 1 : 0;
    if (value && !(*value > 0 && std::isfinite(*value)))
      throw Error(ErrorCode::invalid_option, "target is " + decimal(*value) + "; it must be above 0");
  }
  if (count != 1) throw Error(ErrorCode::invalid_option, std::to_string(count) + " targets are set; it must be one");
}

}  // namespace

TargetGoal::TargetGoal(const ImageView& image, const Target& target) : image_(image), target_(target) {
  validate_target(target);
}

double TargetGoal::bytes_allowed() const {
  const double pixels = static_cast<double>(image_.width_px) * image_.height_px;
  if (target_.max_bytes) return static_cast<double>(*target_.max_bytes);
  if (target_.bpp) return *target_.bpp * pixels / 8;
  return pixels * static_cast<double>(image_.pixel_bytes()) / *target_.ratio;
}

bool TargetGoal::fits(const EncodeReport& report) const {
  if (target_.max_bytes) return report.bytes.file <= *target_.max_bytes;
  return target_.bpp ? report.bpp <= *target_.bpp : report.ratio >= *target_.ratio;
}

void TargetGoal::fail(const GoalAttempt& best) const {
  // A size and a rate are easier to meet when larger, the other targets when smaller.
  const char* const easier = target_.max_bytes || target_.bpp ? "more" : "less";
  std::string asked;
  std::string reached;
  if (target_.psnr_db) {
    asked = "a PSNR of " + decimal(*target_.psnr_db) + " dB";
    reached = decimal_below(best.psnr_db) + " dB";
  } else if (target_.max_bytes) {
    asked = "a size of " + std::to_string(*target_.max_bytes) + " bytes";
    reached = std::to_string(best.report.bytes.file) + " bytes";
  } else if (target_.ratio) {
    asked = "a ratio of " + decimal(*target_.ratio);
    reached = decimal_below(best.report.ratio);
  } else {
    asked = "a rate of " + decimal(*target_.bpp) + " bits per pixel";
    reached = decimal_above(best.report.bpp);
  }
  throw Error(ErrorCode::target_unreachable, asked + " cannot be met, the best possible is " + reached + " at K = " +
                                                 std::to_string(best.k) + ", ask for that or for " + easier);
}

}  // namespace vqi::detail
