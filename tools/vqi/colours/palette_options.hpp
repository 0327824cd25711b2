// The options of vqi palette, its own and those that it shares with other commands.
#pragma once

#include <optional>
#include <string>

#include "colour_order.hpp"
#include "common_options.hpp"
#include "palette_forms.hpp"

namespace vqi::tool {

struct PaletteOptions {
  CommonOptions common;
  std::optional<std::string> output;
  std::optional<FormChoice> form;   ///< none: by the extension of `output`, or hex
  std::optional<PixelForm> pixels;  ///< --palette-format
  PaletteOrder order = PaletteOrder::none;
  std::optional<std::string> codebook;  ///< of a detached .vqi file
};

/// Adds --palette-format to the current group; decompress has it as well.
void add_pixel_form(CommandLine& line, std::optional<PixelForm>& pixels);

/// Adds every option of the command.
void add_palette_options(CommandLine& line, PaletteOptions& options);

/// The form to write. Throws Error{invalid_option} if the extension of -o names none and --to is not given, and if JSON
/// and a palette would both go to standard output; also if --palette-format cannot apply.
[[nodiscard]] FormChoice form_of(const PaletteOptions& options);

}  // namespace vqi::tool
