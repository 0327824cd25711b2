// The options of vqi decompress: --indexed, --to and what belongs to it, --region, --salvage, --codebook and
// --reference, and the options that it shares with other commands.
#pragma once

#include <optional>
#include <string>

#include "common_options.hpp"
#include "file_options.hpp"
#include "index_forms.hpp"
#include "pixel_region.hpp"

namespace vqi::tool {

struct DecompressOptions {
  CommonOptions common;
  InputChoice input;
  OutputChoice output;
  std::optional<std::string> reference;
  std::optional<std::string> codebook;
  IndexChoice indices;  ///< its form may come from the extension of -o
  std::optional<PixelRegion> region;
  std::uint32_t thumbnail_px = 0;  ///< longest side of a thumbnail; 0: the image itself
  bool indexed = false;
  bool salvage = false;
  bool no_restore = false;
};

/// Adds every option of the command.
void add_decompress_options(CommandLine& line, DecompressOptions& options);

/// Takes the form of index maps from the extension of -o where --to is not given. Throws Error{invalid_option} if
/// options exclude each other, if one is of no use without another, or if --reference names standard input.
void check_decompress_options(DecompressOptions& options);

}  // namespace vqi::tool
