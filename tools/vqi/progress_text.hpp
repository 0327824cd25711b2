// The words of the progress line: what is being done, how far it is, how fast, and how long it will take.
#pragma once

#include <string>

#include "vqi/options.hpp"

namespace vqi::tool {

/// The part of the whole work that is done when a stage is as far as `progress` says. Stages of an
/// encode weigh as they do on a photograph; other work has one stage.
[[nodiscard]] double overall_fraction(const Progress& progress) noexcept;

/// Such as "training 43 %, 12 %/s, 6 s left  photo.png". `seconds` since the work began; rate and
/// remaining time come once there is something to tell them from.
[[nodiscard]] std::string progress_text(const Progress& progress, double seconds, const std::string& label);

}  // namespace vqi::tool
