// The format and the bytes of the file that --plot names.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "cairo_door.hpp"
#include "plot_style.hpp"
#include "rate_curve.hpp"

namespace vqi::tool {

/// The format for the extension of `file`, in small or capital letters. Throws Error{invalid_option} unless that is
/// .svg or .png, and Error{io_failed} if cairo cannot be loaded.
[[nodiscard]] PictureFormat plot_format(const std::string& file);

/// The whole picture file of the curves. Throws as `picture_bytes` does.
[[nodiscard]] std::vector<std::byte> plot_bytes(std::span<const RateCurve> curves, PlotTheme theme,
                                                PictureFormat format);

}  // namespace vqi::tool
