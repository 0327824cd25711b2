// The options of vqi compress: what chooses K (-k, --psnr, --max-bytes, --ratio, --bpp, --lossless, --auto-k), --block,
// --method, --coding, --salvage, --skip-larger and --verify; and the options that it shares with other commands.
#pragma once

#include "colour_choice.hpp"
#include "common_options.hpp"
#include "file_options.hpp"
#include "gap_options.hpp"
#include "vqi/settings.hpp"

namespace vqi::tool {

struct CompressOptions : Settings {
  CommonOptions common{};
  InputChoice input{};
  OutputChoice output{};
  ColourChoice colours{};
  bool skip_larger = false;
};

/// Adds every option of the command.
void add_compress_options(CommandLine& line, CompressOptions& options);

/// Throws Error{invalid_option} if options exclude each other, or if one is of no use without another.
void check_compress_options(CompressOptions& options);

/// Throws Error{invalid_option} if -o names an image, which compress does not write.
void check_output_is_no_image(const OutputChoice& output);

}  // namespace vqi::tool
