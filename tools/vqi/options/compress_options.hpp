// The options of vqi compress: what chooses K (-k, --psnr, --max-bytes, --ratio, --bpp, --lossless, --auto-k), --block,
// --method, --coding, --salvage, --skip-larger, --keep-extension and --verify; and the options that it shares with
// other commands.
#pragma once

#include "colour_choice.hpp"
#include "common_options.hpp"
#include "file_options.hpp"
#include "gap_options.hpp"
#include "vqi/sweep.hpp"

namespace vqi::tool {

struct CompressOptions {
  CommonOptions common;
  InputChoice input;
  OutputChoice output;
  EncodeOptions encode;
  ColourChoice colours;
  bool k_given = false;
  bool method_given = false;
  bool block_given = false;
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

/// Throws Error{invalid_option} if options exclude each other, or if one is of no use without another; `line` was
/// parsed.
void check_compress_options(const CompressOptions& options, const CommandLine& line);

/// Gives targets the method ecvq, which needs the fewest bytes for them, unless the user chose one or a coding that it
/// cannot have.
void choose_method(CompressOptions& options);

/// Throws Error{invalid_option} if -o names an image, which compress does not write.
void check_output_is_no_image(const OutputChoice& output);

}  // namespace vqi::tool
