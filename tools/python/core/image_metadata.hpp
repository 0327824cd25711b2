// ImageMetadata: metadata of vqi.h from pairs of Python, and back.
#pragma once

#include "python_object.hpp"

namespace vqi::python {

/// Owns metadata.
class ImageMetadata {
 public:
  /// `pairs` is None, or a sequence of (name, bytes) as vqi_metadata_set takes them. Throws StatusError, PythonError.
  explicit ImageMetadata(PyObject* pairs);
  ImageMetadata(const ImageMetadata&) = delete;
  ImageMetadata& operator=(const ImageMetadata&) = delete;
  ~ImageMetadata() { vqi_metadata_free(metadata_); }

  /// `image` with this metadata.
  [[nodiscard]] vqi_image with(vqi_image image) const noexcept {
    image.metadata = metadata_;
    return image;
  }

 private:
  void set(PyObject* pairs);

  vqi_metadata* metadata_ = nullptr;
};

/// A list of (name, bytes); empty for null.
[[nodiscard]] Ref metadata_list(const vqi_metadata* metadata);

}  // namespace vqi::python
