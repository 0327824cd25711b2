// The commands of the tool. Each takes the arguments after its name and returns the exit code.
#pragma once

#include <string>
#include <vector>

#include "command_outline.hpp"

namespace vqi::tool {

// If an input fails, its error is printed and decides the exit code. Each function throws Error{invalid_option} for a
// wrong command line, and Error{io_failed} if printing fails.
[[nodiscard]] int run_compress(const std::vector<std::string>& arguments);
[[nodiscard]] int run_decompress(const std::vector<std::string>& arguments);
[[nodiscard]] int run_quantize(const std::vector<std::string>& arguments);
[[nodiscard]] int run_sweep(const std::vector<std::string>& arguments);
[[nodiscard]] int run_info(const std::vector<std::string>& arguments);
[[nodiscard]] int run_compare(const std::vector<std::string>& arguments);
[[nodiscard]] int run_train(const std::vector<std::string>& arguments);
[[nodiscard]] int run_stats(const std::vector<std::string>& arguments);
[[nodiscard]] int run_merge(const std::vector<std::string>& arguments);
[[nodiscard]] int run_palette(const std::vector<std::string>& arguments);

// What --help says of each command, but for its summary.
[[nodiscard]] CommandOutline outline_compress();
[[nodiscard]] CommandOutline outline_decompress();
[[nodiscard]] CommandOutline outline_quantize();
[[nodiscard]] CommandOutline outline_sweep();
[[nodiscard]] CommandOutline outline_info();
[[nodiscard]] CommandOutline outline_compare();
[[nodiscard]] CommandOutline outline_train();
[[nodiscard]] CommandOutline outline_stats();
[[nodiscard]] CommandOutline outline_merge();
[[nodiscard]] CommandOutline outline_palette();

}  // namespace vqi::tool
