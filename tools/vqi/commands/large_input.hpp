// LargeInput: an image file that vqi compress encodes row by row, as it would not fit into memory.
#pragma once

#include <memory>
#include <string>

#include "compress_options.hpp"
#include "file_source.hpp"
#include "output_target.hpp"
#include "vqi/image_io.hpp"

namespace vqi::tool {

class LargeInput {
 public:
  /// Looks into the file `name`. Throws Error where its rows should be read, and are found damaged.
  [[nodiscard]] static LargeInput open(const std::string& name, const OutputTarget& target,
                                       const CompressOptions& options);

  /// Whether the file has rows that can be read one by one, the options allow it to be encoded so, and file, pixels and
  /// indices are more than --max-memory or than half of the machine's memory.
  [[nodiscard]] bool is_read_by_rows() const noexcept { return is_read_by_rows_; }
  /// `error` of the image as a whole; if it is about memory, with what keeps its rows from being read.
  [[nodiscard]] Error explained(const Error& error) const;

  // For an input that is read by rows.
  [[nodiscard]] std::uint64_t file_bytes() const noexcept { return file_->size_bytes(); }
  [[nodiscard]] std::uint64_t pixels() const noexcept {
    return std::uint64_t{image_.rows.type.width_px} * image_.rows.type.height_px;
  }
  /// What is told of the file; all warnings are there after `encode`.
  [[nodiscard]] const ReadImage& about() const noexcept { return *image_.about; }
  /// Encodes the image and writes the file, the same as `encode` makes. Throws Error{io_failed} if the input was
  /// changed meanwhile.
  [[nodiscard]] EncodeReport encode(const OutputTarget& target, const CompressOptions& options,
                                    const RunOptions& run) const;

 private:
  std::unique_ptr<const FileSource> file_;
  ImageRows image_;
  bool is_read_by_rows_ = false;
  std::string obstacle_;
};

}  // namespace vqi::tool
