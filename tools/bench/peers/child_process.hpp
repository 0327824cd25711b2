// Other programs as child processes: whether they are installed, and what running them costs.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "interleaved_runs.hpp"

namespace vqi::bench {

/// True if PATH has a program of this name, or if the name is the path of a program.
[[nodiscard]] bool is_installed(const std::string& program);

/// Runs a program and waits for it. Returns the wall and processor time of it and of what it started, or none if it
/// could not be started or its exit code is not 0. Its standard output goes to the file `output`, its messages are
/// dropped.
[[nodiscard]] std::optional<Elapsed> run_program(const std::vector<std::string>& arguments,
                                                 const std::filesystem::path& output = "/dev/null");

}  // namespace vqi::bench
