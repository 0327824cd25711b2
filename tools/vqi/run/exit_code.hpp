// The program's exit codes, and the exit code of each class of errors.
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
inline constexpr int exit_signal_base = 128;  ///< 128 + n: stopped by signal n

/// The exit code of a class of errors. For cancelled it is 128 plus the number of the signal, as a shell reports it;
/// SIGINT if no signal has arrived.
[[nodiscard]] int exit_code(ErrorClass error_class) noexcept;

}  // namespace vqi::tool
