// Images to bytes and back by vqi.h; index maps and codebooks, which it has not, by the C++ API.
#include "codec_calls.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string_view>

#include "call_options.hpp"
#include "image_metadata.hpp"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"

namespace vqi::python {
namespace {

Ref bytes_object(std::span<const std::byte> bytes) {
  return owned(
      PyBytes_FromStringAndSize(reinterpret_cast<const char*>(bytes.data()), static_cast<Py_ssize_t>(bytes.size())));
}

/// The bytes of a result, or None where it has none.
Ref bytes_object(const vqi_result& result) {
  std::size_t size = 0;
  const void* const bytes = vqi_result_bytes(&result, &size);
  if (bytes == nullptr) return Ref(Py_NewRef(Py_None));
  return bytes_object({static_cast<const std::byte*>(bytes), size});
}

/// The image of a result, which it keeps.
Ref array_of(Result result) {
  vqi_image image{};
  check(vqi_result_image(result.get(), &image));
  const std::shared_ptr<const void> owner(
      result.release(), [](const void* kept) { vqi_result_free(static_cast<vqi_result*>(const_cast<void*>(kept))); });
  std::vector<Py_ssize_t> shape{image.height, image.width};
  if (image.channels > 1) shape.push_back(image.channels);
  const bool deep = image.bit_depth == 16;
  return make_array({owner, const_cast<void*>(image.samples), {deep ? 'H' : 'B', '\0'}, deep ? 2 : 1, shape});
}

/// (first, second), each of which is kept.
Ref pair_of(const Ref& first, const Ref& second) { return owned(PyTuple_Pack(2, first.get(), second.get())); }

Ref text_of(const vqi_result& result) { return owned(PyUnicode_FromString(vqi_result_json(&result))); }

/// (command, options, codebook, weights, progress, image, metadata or None) -> (bytes or None, JSON)
PyObject* from_image(PyObject*, PyObject* arguments) {
  return guarded([&] {
    const char* command = nullptr;
    PyObject *pairs, *codebook, *weights, *progress, *array, *metadata_pairs;
    need_success(PyArg_ParseTuple(arguments, "sOOOOOO", &command, &pairs, &codebook, &weights, &progress, &array,
                                  &metadata_pairs) != 0);
    BlockingCall call(progress);
    const CallOptions options(command, pairs, codebook, weights, call);
    const BorrowedImage borrowed(array, "the image");
    const ImageMetadata metadata(metadata_pairs);
    const vqi_image image = metadata.with(borrowed.image());
    const std::string_view name = command;
    const auto function = name == "quantize" ? vqi_quantize : name == "sweep" ? vqi_sweep : vqi_encode;
    const Result result = result_of(call, [&](vqi_result** made) { return function(options.get(), &image, made); });
    return pair_of(bytes_object(*result), text_of(*result));
  });
}

/// (options, progress, list of images) -> (bytes of a .vqb file, JSON)
PyObject* train(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *progress, *arrays;
    need_success(PyArg_ParseTuple(arguments, "OOO", &pairs, &progress, &arrays) != 0);
    BlockingCall call(progress);
    const CallOptions options("train", pairs, Py_None, Py_None, call);
    std::deque<BorrowedImage> borrowed;
    std::vector<vqi_image> images;
    const Py_ssize_t count = PySequence_Size(arrays);
    need_success(count >= 0);
    for (Py_ssize_t i = 0; i < count; ++i) {
      const Ref array = owned(PySequence_GetItem(arrays, i));  // which the buffer keeps
      images.push_back(borrowed.emplace_back(array.get(), "the image").image());
    }
    const Result result = result_of(
        call, [&](vqi_result** made) { return vqi_train(options.get(), images.data(), images.size(), made); });
    return pair_of(bytes_object(*result), text_of(*result));
  });
}

/// (options, progress, reference, other) -> JSON
PyObject* compare(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *progress, *first_array, *second_array;
    need_success(PyArg_ParseTuple(arguments, "OOOO", &pairs, &progress, &first_array, &second_array) != 0);
    BlockingCall call(progress);
    const CallOptions options("compare", pairs, Py_None, Py_None, call);
    const BorrowedImage first(first_array, "the reference");
    const BorrowedImage second(second_array, "the other image");
    const Result result = result_of(
        call, [&](vqi_result** made) { return vqi_compare(options.get(), &first.image(), &second.image(), made); });
    return text_of(*result);
  });
}

/// (options, bytes) -> JSON
PyObject* inspect(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *data;
    need_success(PyArg_ParseTuple(arguments, "OO", &pairs, &data) != 0);
    BlockingCall call(Py_None);
    const CallOptions options("info", pairs, Py_None, Py_None, call);
    const HeldBuffer stream(data, PyBUF_SIMPLE);
    const auto bytes = stream.bytes();
    const Result result = result_of(
        call, [&](vqi_result** made) { return vqi_inspect(options.get(), bytes.data(), bytes.size(), made); });
    return text_of(*result);
  });
}

/// (options, codebook, progress, bytes, None or (x, y, width, height)) -> Array
PyObject* decode(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *codebook, *progress, *data, *region;
    need_success(PyArg_ParseTuple(arguments, "OOOOO", &pairs, &codebook, &progress, &data, &region) != 0);
    BlockingCall call(progress);
    const CallOptions options("decompress", pairs, codebook, Py_None, call);
    const HeldBuffer stream(data, PyBUF_SIMPLE);
    const auto bytes = stream.bytes();
    unsigned x = 0, y = 0, width = 0, height = 0;
    if (region != Py_None) need_success(PyArg_ParseTuple(region, "IIII", &x, &y, &width, &height) != 0);
    return array_of(result_of(call, [&](vqi_result** made) {
      return region == Py_None
                 ? vqi_decode(options.get(), bytes.data(), bytes.size(), made)
                 : vqi_decode_region(options.get(), bytes.data(), bytes.size(), x, y, width, height, made);
    }));
  });
}

/// A callable of Python that reads a stream: read(offset, size) -> as many bytes.
struct PythonSource {
  BlockingCall& call;
  PyObject* read;

  void read_into(std::uint64_t offset, std::span<std::byte> bytes) const {
    const Ref data = owned(PyObject_CallFunction(read, "KK", static_cast<unsigned long long>(offset),
                                                 static_cast<unsigned long long>(bytes.size())));
    const HeldBuffer held(data.get(), PyBUF_SIMPLE);
    if (held.bytes().size() != bytes.size()) {
      PyErr_Format(PyExc_EOFError, "%zu bytes were read in place of %zu from byte %llu on", held.bytes().size(),
                   bytes.size(), static_cast<unsigned long long>(offset));
      throw PythonError{};
    }
    std::copy(held.bytes().begin(), held.bytes().end(), bytes.begin());
  }
};

/// vqi_read_callback, with a PythonSource as `user`.
int read_by_python(void* user, std::uint64_t offset, void* buffer, std::size_t size) {
  const auto& source = *static_cast<const PythonSource*>(user);
  return source.call.with_lock([&] { source.read_into(offset, {static_cast<std::byte*>(buffer), size}); }) ? 0 : 1;
}

/// (options, codebook, progress, read, size, (x, y, width, height)) -> (Array, JSON)
PyObject* read_region(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *codebook, *progress, *read;
    unsigned long long size = 0;
    unsigned x = 0, y = 0, width = 0, height = 0;
    need_success(PyArg_ParseTuple(arguments, "OOOOK(IIII)", &pairs, &codebook, &progress, &read, &size, &x, &y, &width,
                                  &height) != 0);
    BlockingCall call(progress);
    const CallOptions options("decompress", pairs, codebook, Py_None, call);
    PythonSource source{call, read};
    Result result = result_of(call, [&](vqi_result** made) {
      return vqi_read_region(options.get(), read_by_python, &source, size, x, y, width, height, made);
    });
    const Ref report = text_of(*result);
    return pair_of(array_of(std::move(result)), report);
  });
}

/// (options, codebook, progress, bytes, out) -> whether `out` was written; False: its samples lie in another way
PyObject* decode_into(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *codebook, *progress, *data, *out;
    need_success(PyArg_ParseTuple(arguments, "OOOOO", &pairs, &codebook, &progress, &data, &out) != 0);
    BlockingCall call(progress);
    const CallOptions options("decompress", pairs, codebook, Py_None, call);
    const HeldBuffer stream(data, PyBUF_SIMPLE);
    const auto bytes = stream.bytes();
    vqi_image image{};
    check(vqi_stream_image(options.get(), bytes.data(), bytes.size(), &image));
    const WritableImage target(out, image);
    if (!target.has_rows()) return Ref(Py_NewRef(Py_False));
    const std::size_t capacity = target.stride_bytes() * image.height;
    call.run([&] {
      check(vqi_decode_into(options.get(), bytes.data(), bytes.size(), target.samples(), capacity,
                            target.stride_bytes(), nullptr));
    });
    return Ref(Py_NewRef(Py_True));
  });
}

/// (options, bytes) -> (height, width, channels, bit depth)
PyObject* stream_image(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *data;
    need_success(PyArg_ParseTuple(arguments, "OO", &pairs, &data) != 0);
    BlockingCall call(Py_None);
    const CallOptions options("decompress", pairs, Py_None, Py_None, call);
    const HeldBuffer stream(data, PyBUF_SIMPLE);
    vqi_image image{};
    check(vqi_stream_image(options.get(), stream.bytes().data(), stream.bytes().size(), &image));
    return owned(Py_BuildValue("(IIII)", image.height, image.width, image.channels, image.bit_depth));
  });
}

/// (options, bytes of a stream) -> list of (name, bytes)
PyObject* stream_metadata(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *data;
    need_success(PyArg_ParseTuple(arguments, "OO", &pairs, &data) != 0);
    BlockingCall call(Py_None);
    const CallOptions options("decompress", pairs, Py_None, Py_None, call);
    const HeldBuffer stream(data, PyBUF_SIMPLE);
    vqi_metadata* metadata = nullptr;
    check(vqi_stream_metadata(options.get(), stream.bytes().data(), stream.bytes().size(), &metadata));
    const std::unique_ptr<vqi_metadata, decltype(&vqi_metadata_free)> owner(metadata, vqi_metadata_free);
    return metadata_list(metadata);
  });
}

/// (bytes of an image file) -> (Array, list of (name, bytes))
PyObject* read_image(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject* data;
    need_success(PyArg_ParseTuple(arguments, "O", &data) != 0);
    BlockingCall call(Py_None);
    const HeldBuffer file(data, PyBUF_SIMPLE);
    Result result = result_of(call, [&](vqi_result** made) {
      return vqi_read_image(nullptr, file.bytes().data(), file.bytes().size(), made);
    });
    vqi_image image{};
    check(vqi_result_image(result.get(), &image));
    const Ref metadata = metadata_list(image.metadata);
    return pair_of(array_of(std::move(result)), metadata);
  });
}

/// (image, extension, metadata or None) -> bytes of an image file
PyObject* write_image(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *array, *metadata_pairs;
    const char* extension = nullptr;
    need_success(PyArg_ParseTuple(arguments, "OsO", &array, &extension, &metadata_pairs) != 0);
    BlockingCall call(Py_None);
    const BorrowedImage borrowed(array, "the image");
    const ImageMetadata metadata(metadata_pairs);
    const vqi_image image = metadata.with(borrowed.image());
    const Result result = result_of(call, [&](vqi_result** made) { return vqi_write_image(&image, extension, made); });
    return bytes_object(*result);
  });
}

/// (command) -> list of (name, whether it is a flag)
PyObject* option_names(PyObject*, PyObject* arguments) {
  return guarded([&] {
    const char* command = nullptr;
    need_success(PyArg_ParseTuple(arguments, "s", &command) != 0);
    Ref names = owned(PyList_New(0));
    for (std::size_t i = 0;; ++i) {
      const char* const name = vqi_option_name(command, i);
      if (name == nullptr) return names;
      const Ref flag = owned(PyBool_FromLong(vqi_option_is_flag(command, name)));
      const Ref entry = owned(Py_BuildValue("(sO)", name, flag.get()));
      need_success(PyList_Append(names.get(), entry.get()) == 0);
    }
  });
}

/// (codebook with blocks) -> (block width, block height, Array of (block height, k * block width[, channels]))
Ref codebook_parts(std::uint32_t block_width_px, std::uint32_t block_height_px, Image codewords) {
  const Ref array = make_array(std::move(codewords));
  return owned(Py_BuildValue("(IIO)", block_width_px, block_height_px, array.get()));
}

/// (bytes of a .vqb file) -> codebook_parts
PyObject* read_codebook_parts(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject* data;
    need_success(PyArg_ParseTuple(arguments, "O", &data) != 0);
    Codebook codebook = read_codebook(HeldBuffer(data, PyBUF_SIMPLE).bytes());
    return codebook_parts(codebook.block_width_px, codebook.block_height_px, std::move(codebook.codewords));
  });
}

/// (block width, block height, array as in codebook_parts) -> bytes of a .vqb file
PyObject* make_codebook(PyObject*, PyObject* arguments) {
  return guarded([&] {
    unsigned width = 0, height = 0;
    PyObject* array;
    need_success(PyArg_ParseTuple(arguments, "IIO", &width, &height, &array) != 0);
    const BorrowedImage codewords(array, "the codebook");
    return bytes_object(write_codebook({width, height, Image(codewords.view())}));
  });
}

/// (progress, bytes) -> (Array of indices, codebook_parts)
PyObject* decode_indices(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *progress, *data;
    need_success(PyArg_ParseTuple(arguments, "OO", &progress, &data) != 0);
    BlockingCall call(progress);
    const HeldBuffer stream(data, PyBUF_SIMPLE);
    const StreamInfo info = vqi::inspect(stream.bytes());
    IndexedImage decoded;
    call.run([&] {
      RunOptions run;
      run.progress = [&call](const Progress& at) { return call.tell("decode", at.fraction); };
      decoded = vqi::decode_indexed(stream.bytes(), {}, run);
    });
    const Ref indices = make_array(std::move(decoded.indices), {decoded.map_height, decoded.map_width}, 'H');
    const Ref parts = codebook_parts(info.block_width_px, info.block_height_px, std::move(decoded.codebook));
    return pair_of(indices, parts);
  });
}

PyMethodDef functions[] = {{"from_image", from_image, METH_VARARGS, nullptr},
                           {"train", train, METH_VARARGS, nullptr},
                           {"compare", compare, METH_VARARGS, nullptr},
                           {"inspect", inspect, METH_VARARGS, nullptr},
                           {"decode", decode, METH_VARARGS, nullptr},
                           {"read_region", read_region, METH_VARARGS, nullptr},
                           {"decode_into", decode_into, METH_VARARGS, nullptr},
                           {"decode_indices", decode_indices, METH_VARARGS, nullptr},
                           {"stream_image", stream_image, METH_VARARGS, nullptr},
                           {"stream_metadata", stream_metadata, METH_VARARGS, nullptr},
                           {"read_image", read_image, METH_VARARGS, nullptr},
                           {"write_image", write_image, METH_VARARGS, nullptr},
                           {"read_codebook", read_codebook_parts, METH_VARARGS, nullptr},
                           {"make_codebook", make_codebook, METH_VARARGS, nullptr},
                           {"option_names", option_names, METH_VARARGS, nullptr},
                           {nullptr, nullptr, 0, nullptr}};

}  // namespace

PyMethodDef* codec_functions() noexcept { return functions; }

}  // namespace vqi::python
