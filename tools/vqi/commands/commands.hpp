// The commands of the tool. Each takes the arguments after its name and returns the exit code.
#pragma once

#include <string>
#include <vector>

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

}  // namespace vqi::tool
