// The type of arrays, and how an array's samples are read as an image.
#include "array_object.hpp"

#include <bit>
#include <cstring>
#include <string>

namespace vqi::python {
namespace {

struct ArrayObject {
  PyObject_HEAD ArrayMemory* memory;
};

PyObject* array_type = nullptr;  // lives as long as the module, which is never unloaded

ArrayMemory& memory_of(PyObject* object) { return *reinterpret_cast<ArrayObject*>(object)->memory; }

void free_array(PyObject* object) {
  PyTypeObject* const type = Py_TYPE(object);
  delete reinterpret_cast<ArrayObject*>(object)->memory;
  reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(object);
  Py_DECREF(reinterpret_cast<PyObject*>(type));
}

int get_buffer(PyObject* object, Py_buffer* view, int flags) {
  ArrayMemory& memory = memory_of(object);
  Py_ssize_t items = 1;
  for (const Py_ssize_t side : memory.shape) items *= side;
  // As PyBuffer_FillInfo does it, but with a shape. The memory has no gaps, so that every request can be met.
  view->obj = Py_NewRef(object);
  view->buf = memory.data;
  view->len = items * memory.item_bytes;
  view->readonly = 0;
  view->itemsize = memory.item_bytes;
  view->format = (flags & PyBUF_FORMAT) != 0 ? memory.format : nullptr;
  view->ndim = static_cast<int>(memory.shape.size());
  view->shape = (flags & PyBUF_ND) != 0 ? memory.shape.data() : nullptr;
  view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? memory.strides.data() : nullptr;
  view->suboffsets = nullptr;
  view->internal = nullptr;
  return 0;
}

[[noreturn]] void refuse(const std::string& message) { throw StatusError{VQI_INVALID_IMAGE, message, {}}; }

/// The samples' type: the last letter of a format is the type, and one before it the byte order.
struct SampleType {
  std::uint32_t bit_depth = 8;
  bool swapped = false;
};

SampleType sample_type(const Py_buffer& view, const std::string& name) {
  const std::string format = view.format == nullptr ? "B" : view.format;
  const char letter = format.empty() ? '?' : format.back();
  const char order = format.size() == 2 ? format.front() : '@';
  constexpr bool is_little = std::endian::native == std::endian::little;
  if (format.size() <= 2 && letter == 'B' && view.itemsize == 1) return {8, false};
  if (format.size() <= 2 && letter == 'H' && view.itemsize == 2)
    return {16, is_little ? order == '>' || order == '!' : order == '<'};
  refuse(name + " has samples of type \"" + format + "\", give uint8 or uint16");
}

/// Height, width, channels and depth of an array; samples and stride are left to who knows the layout.
vqi_image type_of(const Py_buffer& view, const std::string& name) {
  constexpr Py_ssize_t most_channels = 4;
  if (view.ndim != 2 && view.ndim != 3)
    refuse(name + " has " + std::to_string(view.ndim) +
           " dimensions, give (height, width) or (height, width, channels)");
  const Py_ssize_t channels = view.ndim == 3 ? view.shape[2] : 1;
  if (channels < 1 || channels > most_channels)
    refuse(name + " has " + std::to_string(channels) + " channels, give 1 to 4 in the last dimension");
  for (int i = 0; i < 2; ++i)
    if (view.shape[i] < 1 || view.shape[i] > Py_ssize_t{0xFFFFFFFF})
      refuse(name + " has a side of " + std::to_string(view.shape[i]) + ", give 1 to 4294967295");
  return {nullptr,
          nullptr,
          0,
          static_cast<std::uint32_t>(view.shape[1]),
          static_cast<std::uint32_t>(view.shape[0]),
          static_cast<std::uint32_t>(channels),
          sample_type(view, name).bit_depth};
}

/// Whether the samples of a row lie side by side, rows follow downwards, and samples are aligned.
bool has_plain_rows(const Py_buffer& view) {
  const Py_ssize_t channels = view.ndim == 3 ? view.shape[2] : 1;
  const Py_ssize_t pixel_bytes = channels * view.itemsize;
  const bool whole_pixels = view.ndim == 2 || channels == 1 || view.strides[2] == view.itemsize;
  const bool whole_rows = view.shape[1] == 1 || view.strides[1] == pixel_bytes;
  const bool downwards = view.strides[0] >= pixel_bytes * view.shape[1];
  const auto address = reinterpret_cast<std::uintptr_t>(view.buf);
  const bool aligned = view.itemsize == 1 || (address % 2 == 0 && view.strides[0] % 2 == 0);
  return whole_pixels && whole_rows && downwards && aligned;
}

/// The samples of any array, one after the other.
void copy_samples(const Py_buffer& view, bool swapped, std::byte* to) {
  const Py_ssize_t channels = view.ndim == 3 ? view.shape[2] : 1;
  const Py_ssize_t channel_stride = view.ndim == 3 ? view.strides[2] : view.itemsize;
  const auto item = static_cast<std::size_t>(view.itemsize);
  for (Py_ssize_t y = 0; y < view.shape[0]; ++y)
    for (Py_ssize_t x = 0; x < view.shape[1]; ++x)
      for (Py_ssize_t c = 0; c < channels; ++c, to += item) {
        const auto* const from =
            static_cast<const std::byte*>(view.buf) + y * view.strides[0] + x * view.strides[1] + c * channel_stride;
        std::memcpy(to, from, item);
        if (swapped) std::swap(to[0], to[1]);
      }
}

}  // namespace

void add_array_type(PyObject* module) {
  static PyType_Slot slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(free_array)},
                                {Py_bf_getbuffer, reinterpret_cast<void*>(get_buffer)},
                                {0, nullptr}};
  static PyType_Spec spec = {"vqi._core.Array", sizeof(ArrayObject), 0,
                             Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
  array_type = owned(PyType_FromSpec(&spec)).release();
  need_success(PyModule_AddObjectRef(module, "Array", array_type) == 0);
}

Ref make_array(ArrayMemory memory) {
  memory.strides.resize(memory.shape.size());
  Py_ssize_t stride = memory.item_bytes;
  for (std::size_t i = memory.shape.size(); i-- > 0; stride *= memory.shape[i]) memory.strides[i] = stride;
  auto kept = std::make_unique<ArrayMemory>(std::move(memory));
  Ref object = owned(PyType_GenericAlloc(reinterpret_cast<PyTypeObject*>(array_type), 0));
  reinterpret_cast<ArrayObject*>(object.get())->memory = kept.release();
  return object;
}

Ref make_array(Image image) {
  const auto owner = std::make_shared<Image>(std::move(image));
  std::vector<Py_ssize_t> shape{owner->height_px(), owner->width_px()};
  if (owner->channels() > 1) shape.push_back(owner->channels());
  const bool deep = owner->bit_depth() == 16;
  return make_array({owner, owner->row(0), {deep ? 'H' : 'B', '\0'}, deep ? 2 : 1, std::move(shape)});
}

HeldBuffer::HeldBuffer(PyObject* object, int flags) { need_success(PyObject_GetBuffer(object, &view_, flags) == 0); }

HeldDoubles::HeldDoubles(PyObject* object) {
  if (object == Py_None) return;
  buffer_.emplace(object, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT);
  if (buffer_->view().format != nullptr && std::string_view(buffer_->view().format) == "d") return;
  PyErr_SetString(PyExc_TypeError, "an array of float64 is needed");
  throw PythonError{};
}

std::span<const double> HeldDoubles::values() const noexcept {
  if (!buffer_) return {};
  return {static_cast<const double*>(buffer_->view().buf), buffer_->bytes().size() / sizeof(double)};
}

BorrowedImage::BorrowedImage(PyObject* object, const char* name) : buffer_(object, PyBUF_STRIDES | PyBUF_FORMAT) {
  const Py_buffer& view = buffer_.view();
  image_ = type_of(view, name);
  const bool swapped = sample_type(view, name).swapped;
  image_.samples = view.buf;
  image_.stride_bytes = static_cast<std::size_t>(view.strides[0]);
  if (has_plain_rows(view) && !swapped) return;
  copy_.resize((static_cast<std::size_t>(view.len) + 1) / 2);
  copy_samples(view, swapped, reinterpret_cast<std::byte*>(copy_.data()));
  image_.samples = copy_.data();
  image_.stride_bytes = 0;
}

ImageView BorrowedImage::view() const noexcept {
  ImageView view{static_cast<const std::byte*>(image_.samples),
                 image_.width,
                 image_.height,
                 image_.channels,
                 image_.bit_depth,
                 image_.stride_bytes};
  if (view.stride_bytes == 0) view.stride_bytes = view.row_bytes();
  return view;
}

WritableImage::WritableImage(PyObject* object, const vqi_image& expected)
    : buffer_(object, PyBUF_STRIDES | PyBUF_FORMAT | PyBUF_WRITABLE) {
  const Py_buffer& view = buffer_.view();
  const vqi_image own = type_of(view, "out");
  if (own.width != expected.width || own.height != expected.height || own.channels != expected.channels ||
      own.bit_depth != expected.bit_depth) {
    const std::string channels = expected.channels == 1 ? "" : ", " + std::to_string(expected.channels);
    refuse("out does not fit the image, give an array of shape (" + std::to_string(expected.height) + ", " +
           std::to_string(expected.width) + channels + ") and type uint" + std::to_string(expected.bit_depth));
  }
  has_rows_ = has_plain_rows(view) && !sample_type(view, "out").swapped;
}

}  // namespace vqi::python
