// The options of vqi compress: what chooses K (-k, --psnr, --max-bytes, --ratio, --bpp, --auto-k), --block, --method,
// --coding, --skip-larger and --verify; and the options that it shares with other commands.
#pragma once

#include "common_options.hpp"
#include "gap_options.hpp"
#include "output_options.hpp"
#include "vqi/sweep.hpp"

namespace vqi::tool {

struct CompressOptions {
  CommonOptions common;
  OutputChoice output;
  EncodeOptions encode;
  bool k_given = false;
  Target target;
  bool auto_k = false;  ///< the gap statistic chooses K
  GapChoice gap;
  bool skip_larger = false;

  [[nodiscard]] bool has_target() const noexcept {
    return target.psnr_db || target.max_bytes || target.ratio || target.bpp;
  }
};

/// Adds every option of the command.
void add_compress_options(CommandLine& line, CompressOptions& options);

/// Throws Error{invalid_option} if more than one option chooses K, or if --gap options come without --auto-k.
void check_compress_options(const CompressOptions& options);

}  // namespace vqi::tool
