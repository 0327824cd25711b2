// LargeOutput: a .vqi file that vqi decompress turns into an image row by row, as that would not fit into memory.
#pragma once

#include <optional>
#include <string>

#include "batch.hpp"
#include "command_results.hpp"
#include "decompress_options.hpp"
#include "file_source.hpp"
#include "output_target.hpp"
#include "vqi/codebook.hpp"

namespace vqi::tool {

class LargeOutput {
 public:
  /// The file `name`, if the format of the extension `format` is written row by row, the options allow it, and the file
  /// and what decoding takes are more than --max-memory or than half of the machine's memory. Else none.
  [[nodiscard]] static std::optional<LargeOutput> open(const std::string& name, const OutputTarget& target,
                                                       const std::string& format, const DecompressOptions& options);

  /// Decodes the image and writes it to `target`. Completes `result`.
  void write(const OutputTarget& target, const std::string& format, const DecompressOptions& options,
             const std::optional<Codebook>& codebook, const JobContext& context, DecompressResult& result) const;

 private:
  LargeOutput(FileSource file, std::uint64_t pixels, bool is_detached)
      : file_(std::move(file)), pixels_(pixels), is_detached_(is_detached) {}

  FileSource file_;
  std::uint64_t pixels_;
  bool is_detached_;  // without a codebook of its own
};

}  // namespace vqi::tool
