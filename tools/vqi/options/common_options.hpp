// The options that every command has, and those that say where outputs go.
#pragma once

#include <cstdint>

#include "batch.hpp"
#include "command_line.hpp"
#include "file_output.hpp"
#include "output_names.hpp"
#include "vqi/options.hpp"
#include "vqi/run_options.hpp"

namespace vqi::tool {

struct CommonOptions {
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  bool force = false;
  bool no_progress = false;
  std::uint32_t threads = 0;  ///< 0: as many as the machine has
  std::uint64_t max_pixels = DecodeLimits{}.max_pixels;
  std::uint64_t max_memory_bytes = RunOptions{}.max_memory_bytes;

  [[nodiscard]] bool show_progress() const noexcept { return !quiet && !json && !no_progress; }
  [[nodiscard]] BatchOptions batch() const noexcept { return {threads, json, false, max_memory_bytes}; }
  /// The same for a command that writes files: with a summary for people.
  [[nodiscard]] BatchOptions writing_batch() const noexcept {
    return {threads, json, !quiet && !json, max_memory_bytes};
  }
  /// How large an image one job may read.
  [[nodiscard]] DecodeLimits limits() const;
  /// The threads, memory and progress of one job.
  [[nodiscard]] RunOptions run(const JobContext& context) const;
};

/// Adds them under a heading of their own: call after the command's own options.
void add_common_options(CommandLine& line, CommonOptions& options);

/// Adds -o, --output-dir and --recursive to the current group.
void add_output_options(CommandLine& line, OutputChoice& choice, const std::string& files);

/// Adds --recursive, for what names end in `files`.
void add_recursive_option(CommandLine& line, bool& recursive, const std::string& files);

/// Throws Error{invalid_option} if there is nothing to work on or if -q and -v contradict each other.
void check_common(const CommonOptions& options, const std::vector<std::string>& inputs);

/// Throws Error{invalid_option} if JSON and image bytes would both go to standard output.
void check_streams(const CommonOptions& options, const std::vector<std::string>& outputs);

/// What may be done for the outputs of `input`.
[[nodiscard]] OutputRules output_rules(const CommonOptions& options, const OutputChoice& choice,
                                       const std::string& input);

/// Puts the report of a finished input where the options want it.
[[nodiscard]] Outcome report_outcome(const CommonOptions& options, const std::string& output, const std::string& text,
                                     const std::string& json);

}  // namespace vqi::tool
