// region_files: what vqi decompress --region writes.
#pragma once

#include <optional>
#include <string>

#include "batch.hpp"
#include "command_results.hpp"
#include "decompress_options.hpp"
#include "index_files.hpp"
#include "vqi/codebook.hpp"

namespace vqi::tool {

/// The image file of the region of the .vqi file `name`, in the format of the extension `format`. A regular file is
/// read in pieces, anything else as a whole. Completes `result`.
[[nodiscard]] IndexFiles region_files(const std::string& name, const std::string& format,
                                      const DecompressOptions& options, const std::optional<Codebook>& codebook,
                                      const JobContext& context, DecompressResult& result);

}  // namespace vqi::tool
