// The program's exit codes, and the one that belongs to an error.
#pragma once

#include "vqi/error.hpp"

namespace vqi::tool {

inline constexpr int exit_done = 0;
inline constexpr int exit_images_differ = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_bad_data = 3;
inline constexpr int exit_limit = 4;
inline constexpr int exit_environment = 5;
inline constexpr int exit_target = 6;
inline constexpr int exit_signal_base = 128;  ///< above it: stopped by the signal of that number less

/// The exit code for errors of a class; for a cancelled one 128 and the signal's number, as a shell
/// reports it.
[[nodiscard]] int exit_code(ErrorClass error_class) noexcept;

}  // namespace vqi::tool
