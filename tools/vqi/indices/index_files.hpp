// write_index_files: the bytes of the one or two files of a form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "block_image.hpp"
#include "index_forms.hpp"
#include "vqi/run_options.hpp"

namespace vqi::tool {

/// The most memory that writing takes for an index or for a sample of the codebook: text is held twice for a moment.
inline constexpr std::uint64_t index_file_memory_bytes = 16;

struct IndexFiles {
  std::vector<std::byte> bytes;
  std::optional<std::vector<std::byte>> sheet;  ///< the tiles of a map of Tiled
  std::string description;                      ///< what the form is like, for a report
  std::vector<std::string> warnings;
};

/// `choice` has a form and fits the stream; `output` names the first file. `run` bounds the memory of the files. Throws
/// Error{invalid_option} if the given colours do not hold the alpha of the codewords, and Error{limit_exceeded,
/// cancelled}.
[[nodiscard]] IndexFiles write_index_files(const BlockImage& image, const IndexChoice& choice,
                                           const std::string& output, const RunOptions& run);

}  // namespace vqi::tool
