// Runs third-party code whose messages must not reach the process's standard error.
#pragma once

#include <functional>
#include <string>

namespace vqi::detail {

/// Runs `work` to its end and returns the first line that it wrote to standard error, if any;
/// exceptions of `work` come out unchanged.
///
/// OpenCV, which reads Sun raster files alone, prints to std::cerr and cannot be told not to for one call. Redirecting
/// descriptor 2 or std::cerr would silence the process's other threads as well. Instead `work` runs on a thread of its
/// own whose descriptor table is a private copy (close_range with CLOSE_RANGE_UNSHARE, Linux 5.9), in which 2 is a file
/// in memory. Where the system has no such thing, `work` just runs, its messages go where they would, and the returned
/// text is empty.
[[nodiscard]] std::string run_with_private_stderr(const std::function<void()>& work);

}  // namespace vqi::detail
