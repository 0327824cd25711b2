// LargeInput: an image file that vqi compress encodes row by row, as it would not fit into memory.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "compress_options.hpp"
#include "file_source.hpp"
#include "output_target.hpp"
#include "vqi/image_io.hpp"

namespace vqi::tool {

class LargeInput {
 public:
  /// The file `name`, if its format has rows that can be read one by one, the options allow it to be encoded so, and
  /// file, pixels and indices are more than --max-memory or than half of the machine's memory. Else none.
  [[nodiscard]] static std::optional<LargeInput> open(const std::string& name, const OutputTarget& target,
                                                      const CompressOptions& options);

  [[nodiscard]] std::uint64_t file_bytes() const noexcept { return file_->size_bytes(); }
  [[nodiscard]] std::uint64_t pixels() const noexcept {
    return std::uint64_t{image_.rows.type.width_px} * image_.rows.type.height_px;
  }
  /// Encodes the image and writes the file, the same as `encode` makes.
  [[nodiscard]] EncodeReport encode(const OutputTarget& target, const EncodeOptions& options,
                                    const RunOptions& run) const;

 private:
  std::unique_ptr<const FileSource> file_;
  ImageRows image_;
};

}  // namespace vqi::tool
