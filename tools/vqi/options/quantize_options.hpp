// The options of vqi quantize: -k, --psnr, --max-bytes, --quality, --effort, --max-iterations, --seed, --ext, --strip
// and --skip-larger; and the options that it shares with other commands, those about colours among them.
#pragma once

#include <string>

#include "colour_choice.hpp"
#include "common_options.hpp"
#include "file_options.hpp"
#include "vqi/settings.hpp"

namespace vqi::tool {

struct QuantizeChoice : Settings {
  CommonOptions common{};
  InputChoice input{};
  OutputChoice output{};
  ColourChoice colours{};
  std::string end = ".quantized.png";  ///< what outputs are called after the name of the input without its extension
  bool end_given = false;
  bool skip_larger = false;
};

/// Adds every option of the command.
void add_quantize_options(CommandLine& line, QuantizeChoice& choice);

/// Throws Error{invalid_option} if options exclude each other, or if one is of no use without another.
void check_quantize_options(QuantizeChoice& choice);

}  // namespace vqi::tool
