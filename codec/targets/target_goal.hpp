// TargetGoal: what a target asks of one image, and the error if it cannot be reached.
#pragma once

#include <cstdint>
#include <limits>

#include "vqi/sweep.hpp"

namespace vqi::detail {

/// What the K that came nearest to a goal reached.
struct GoalAttempt {
  std::uint32_t k = 0;
  EncodeReport report;  ///< of goals in bytes
  double psnr_db = std::numeric_limits<double>::infinity();
};

class TargetGoal {
 public:
  /// Throws Error{invalid_option} unless exactly one target is set, above 0. Both are borrowed.
  TargetGoal(const ImageView& image, const Target& target);

  [[nodiscard]] bool is_psnr() const noexcept { return target_.psnr_db.has_value(); }
  /// The PSNR that is asked for, where it is one.
  [[nodiscard]] double psnr_db() const { return *target_.psnr_db; }
  /// Stream bytes that any other goal allows.
  [[nodiscard]] double bytes_allowed() const;
  /// Whether a stream is small enough, on the figures that are reported.
  [[nodiscard]] bool fits(const EncodeReport& report) const;
  /// Throws Error{target_unreachable}, which says what `best` reached.
  [[noreturn]] void fail(const GoalAttempt& best) const;

 private:
  const ImageView& image_;
  const Target& target_;
};

}  // namespace vqi::detail
