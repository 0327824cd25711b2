// The options that every command has: --json, --quiet, --verbose, --force, --threads, --max-pixels, --max-memory and
// --no-progress.
#pragma once

#include <cstdint>

#include "batch.hpp"
#include "command_line.hpp"
#include "vqi/image_io.hpp"
#include "vqi/options.hpp"
#include "vqi/run_options.hpp"

namespace vqi::tool {

/// How images are read, for commands that read them.
struct ReadChoice {
  bool strict = false;          ///< refuse all damage
  bool salvage = false;         ///< take what a damaged image still has; not with `strict`
  bool salvage_exists = false;  ///< the command has the option --salvage, so that errors may name it
  std::uint32_t page = 1;
};

struct CommonOptions {
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  bool force = false;
  bool no_progress = false;
  std::uint32_t threads = 0;  ///< 0: one for each core
  std::uint64_t max_pixels = DecodeLimits{}.max_pixels;
  std::uint64_t max_memory_bytes = RunOptions{}.max_memory_bytes;
  ReadChoice reading;

  [[nodiscard]] bool show_progress() const noexcept { return !quiet && !json && !no_progress; }
  [[nodiscard]] BatchOptions batch() const noexcept { return {threads, json, false, max_memory_bytes}; }
  /// The same for a command that writes files: a summary is printed for people.
  [[nodiscard]] BatchOptions writing_batch() const noexcept {
    return {threads, json, !quiet && !json, max_memory_bytes};
  }
  /// How large an image one job may read.
  [[nodiscard]] DecodeLimits limits() const;
  /// How a job reads an image.
  [[nodiscard]] ReadOptions read_options() const;
  /// The threads, memory and progress of one job.
  [[nodiscard]] RunOptions run(const JobContext& context) const;
};

/// Adds the options under their own heading. Call this after adding the command's other options, for they come last.
void add_common_options(CommandLine& line, CommonOptions& options);

/// Throws Error{invalid_option} if no input is named, if an input's name is empty, or if -q and -v are both given.
void check_common(const CommonOptions& options, const std::vector<std::string>& inputs);

/// Puts the report of a finished input on the stream that the options choose: standard error for -v where `output` is
/// standard output, nowhere for -q, else standard output.
[[nodiscard]] Outcome report_outcome(const CommonOptions& options, const std::string& output, const std::string& text,
                                     const std::string& json);

}  // namespace vqi::tool
