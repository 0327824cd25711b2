// The options that every command has: --json, --quiet, --verbose, --force, --threads, --max-pixels, --max-memory and
// --no-progress.
#pragma once

#include <cstdint>

#include "batch.hpp"
#include "command_line.hpp"
#include "vqi/options.hpp"

namespace vqi::tool {

struct CommonOptions {
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  bool force = false;
  bool no_progress = false;
  std::uint32_t threads = 0;  ///< 0: as many as the machine has
  std::uint64_t max_pixels = DecodeLimits{}.max_pixels;
  std::uint64_t max_memory_bytes = DecodeLimits{}.max_memory_bytes;

  [[nodiscard]] bool show_progress() const noexcept { return !quiet && !json && !no_progress; }
  [[nodiscard]] BatchOptions batch() const noexcept { return {threads, json, false, max_memory_bytes}; }
  /// The same for a command that writes files: with a summary for people.
  [[nodiscard]] BatchOptions writing_batch() const noexcept {
    return {threads, json, !quiet && !json, max_memory_bytes};
  }
  /// What one job may spend.
  [[nodiscard]] DecodeLimits limits(const JobContext& context) const;
};

/// Adds them under a heading of their own: call after the command's own options.
void add_common_options(CommandLine& line, CommonOptions& options);

/// Throws Error{invalid_option} if there is nothing to work on or if -q and -v contradict each other.
void check_common(const CommonOptions& options, const std::vector<std::string>& inputs);

/// Puts the report of a finished input where the options want it.
[[nodiscard]] Outcome report_outcome(const CommonOptions& options, const std::string& output, const std::string& text,
                                     const std::string& json);

}  // namespace vqi::tool
