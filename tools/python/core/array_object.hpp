// Arrays: C++ memory that Python sees through the buffer protocol, and the other way round.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "python_object.hpp"
#include "vqi/image.hpp"

namespace vqi::python {

/// Memory of C++ as an array without gaps; 'B' bytes, 'H' uint16, 'I' uint32, 'd' double.
struct ArrayMemory {
  std::shared_ptr<const void> owner;
  void* data = nullptr;
  char format[2] = {'B', '\0'};
  Py_ssize_t item_bytes = 1;
  std::vector<Py_ssize_t> shape;
  std::vector<Py_ssize_t> strides{};  // set by make_array
};

/// Makes the type of arrays and adds it to the module. Throws PythonError.
void add_array_type(PyObject* module);

/// An object with the buffer protocol, writable, which keeps the memory.
[[nodiscard]] Ref make_array(ArrayMemory memory);
/// (h, w) for one channel, else (h, w, c).
[[nodiscard]] Ref make_array(Image image);
template <typename Value>
[[nodiscard]] Ref make_array(std::vector<Value> values, std::vector<Py_ssize_t> shape, char format) {
  const auto owner = std::make_shared<std::vector<Value>>(std::move(values));
  return make_array({owner, owner->data(), {format, '\0'}, sizeof(Value), std::move(shape)});
}

/// A buffer of a Python object, held while this lives.
class HeldBuffer {
 public:
  /// Throws PythonError if the object gives none. `flags` are those of PyObject_GetBuffer.
  HeldBuffer(PyObject* object, int flags);
  HeldBuffer(const HeldBuffer&) = delete;
  HeldBuffer& operator=(const HeldBuffer&) = delete;
  ~HeldBuffer() { PyBuffer_Release(&view_); }

  [[nodiscard]] const Py_buffer& view() const noexcept { return view_; }
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept {
    return {static_cast<const std::byte*>(view_.buf), static_cast<std::size_t>(view_.len)};
  }

 private:
  Py_buffer view_{};
};

/// The numbers of a contiguous buffer of doubles; none for None. Throws PythonError for anything else.
class HeldDoubles {
 public:
  explicit HeldDoubles(PyObject* object);
  [[nodiscard]] std::span<const double> values() const noexcept;

 private:
  std::optional<HeldBuffer> buffer_;
};

/// An image in an array of shape (h, w) or (h, w, 1..4) of uint8 or uint16. It is borrowed where the samples of a row
/// lie side by side and rows follow downwards, and else copied.
class BorrowedImage {
 public:
  /// Throws StatusError{VQI_INVALID_IMAGE} for another shape or type, PythonError for what is no array. `name` is what
  /// messages call it.
  BorrowedImage(PyObject* object, const char* name);

  [[nodiscard]] const vqi_image& image() const noexcept { return image_; }
  [[nodiscard]] ImageView view() const noexcept;

 private:
  HeldBuffer buffer_;
  vqi_image image_{};
  std::vector<std::uint16_t> copy_;  // uint16, so that it is aligned for both types
};

/// An array to decode into: as BorrowedImage, but writable, and its rows must lie as vqi_decode_into writes them.
class WritableImage {
 public:
  /// Throws StatusError{VQI_INVALID_IMAGE} unless the array has the size and the type of `expected`.
  WritableImage(PyObject* object, const vqi_image& expected);

  /// False if its samples lie otherwise than vqi_decode_into can write them.
  [[nodiscard]] bool has_rows() const noexcept { return has_rows_; }
  [[nodiscard]] void* samples() const noexcept { return buffer_.view().buf; }
  [[nodiscard]] std::size_t stride_bytes() const noexcept {
    return static_cast<std::size_t>(buffer_.view().strides[0]);
  }

 private:
  HeldBuffer buffer_;
  bool has_rows_ = false;
};

}  // namespace vqi::python
