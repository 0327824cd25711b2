// Statistics by the C++ API, in capsules that threads share: a lock in each lets one call in at a time.
#include "statistics_calls.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "array_object.hpp"
#include "blocking_call.hpp"
#include "vqi/codebook.hpp"
#include "vqi/names.hpp"
#include "vqi/report_json.hpp"
#include "vqi/settings.hpp"
#include "vqi/statistics.hpp"

namespace vqi::python {
namespace {

constexpr const char* capsule_name = "vqi.Statistics";

struct SharedStatistics {
  explicit SharedStatistics(Statistics given) : statistics(std::move(given)) {}

  std::mutex mutex{};
  Statistics statistics;
};

void free_statistics(PyObject* capsule) {
  delete static_cast<SharedStatistics*>(PyCapsule_GetPointer(capsule, capsule_name));
}

Ref capsule_of(Statistics statistics) {
  auto shared = std::make_unique<SharedStatistics>(std::move(statistics));
  Ref capsule = owned(PyCapsule_New(shared.get(), capsule_name, free_statistics));
  (void)shared.release();
  return capsule;
}

SharedStatistics& statistics_in(PyObject* capsule) {
  auto* const shared = static_cast<SharedStatistics*>(PyCapsule_GetPointer(capsule, capsule_name));
  if (shared == nullptr) throw PythonError{};
  return *shared;
}

/// The settings of `vqi train` by (name, text), checked.
Settings train_settings(PyObject* pairs) {
  Settings settings{.command = Command::train};
  const Py_ssize_t count = PySequence_Size(pairs);
  need_success(count >= 0);
  for (Py_ssize_t i = 0; i < count; ++i) {
    const Ref pair = owned(PySequence_GetItem(pairs, i));
    const char *name = nullptr, *text = nullptr;
    need_success(PyArg_ParseTuple(pair.get(), "ss", &name, &text) != 0);
    set_option(settings, name, text);
  }
  check_settings(settings);
  return settings;
}

ProgressCallback progress_of(BlockingCall& call) {
  return [&call](const Progress& at) { return call.tell(stage_name(at.stage).data(), at.fraction); };
}

/// Calls work(statistics) while no other call has them, without the interpreter's lock.
template <typename Work>
void with_statistics(BlockingCall& call, PyObject* capsule, const Work& work) {
  SharedStatistics& shared = statistics_in(capsule);
  call.run([&] {
    const std::lock_guard lock(shared.mutex);
    work(shared.statistics);
  });
}

/// (options of train, shard number, shard count) -> statistics without images
PyObject* new_statistics(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject* pairs;
    unsigned number = 0, count = 0;
    need_success(PyArg_ParseTuple(arguments, "OII", &pairs, &number, &count) != 0);
    const Settings settings = train_settings(pairs);
    const EncodeOptions& learning = settings.encode;
    return capsule_of(
        Statistics(learning.block_width_px, learning.block_height_px, settings.sample_size, Shard{number, count}));
  });
}

/// (options of train, bytes of a .vqs file) -> statistics
PyObject* read_statistics_bytes(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *data;
    need_success(PyArg_ParseTuple(arguments, "OO", &pairs, &data) != 0);
    const Settings settings = train_settings(pairs);
    const HeldBuffer file(data, PyBUF_SIMPLE);
    BlockingCall call(Py_None);
    std::optional<Statistics> statistics;
    call.run([&] { statistics = read_statistics(file.bytes(), settings.run()); });
    return capsule_of(std::move(*statistics));
  });
}

/// (options of train, progress, statistics, image) -> None
PyObject* add_image(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *progress, *capsule, *array;
    need_success(PyArg_ParseTuple(arguments, "OOOO", &pairs, &progress, &capsule, &array) != 0);
    const Settings settings = train_settings(pairs);
    const BorrowedImage borrowed(array, "the image");
    const ImageView view = borrowed.view();
    BlockingCall call(progress);
    with_statistics(call, capsule, [&](Statistics& own) { own.add(view, settings.run(progress_of(call))); });
    return Ref(Py_NewRef(Py_None));
  });
}

/// (options of train, statistics, bytes of a .vqs file) -> whether it brought anything new
PyObject* merge_statistics(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *capsule, *data;
    need_success(PyArg_ParseTuple(arguments, "OOO", &pairs, &capsule, &data) != 0);
    const Settings settings = train_settings(pairs);
    const HeldBuffer file(data, PyBUF_SIMPLE);
    BlockingCall call(Py_None);
    bool is_new = false;
    with_statistics(call, capsule, [&](Statistics& own) {
      is_new = own.merge(read_statistics(file.bytes(), settings.run()), settings.run());
    });
    return owned(PyBool_FromLong(is_new ? 1 : 0));
  });
}

/// (statistics) -> bytes of a .vqs file
PyObject* statistics_bytes(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject* capsule;
    need_success(PyArg_ParseTuple(arguments, "O", &capsule) != 0);
    BlockingCall call(Py_None);
    std::vector<std::byte> bytes;
    with_statistics(call, capsule, [&](const Statistics& own) { bytes = write_statistics(own); });
    return owned(
        PyBytes_FromStringAndSize(reinterpret_cast<const char*>(bytes.data()), static_cast<Py_ssize_t>(bytes.size())));
  });
}

/// (statistics) -> (block width, block height, sample size, images, pixels, vectors, whether vectors were left out,
/// variance or None, number of shards)
PyObject* statistics_figures(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject* capsule;
    need_success(PyArg_ParseTuple(arguments, "O", &capsule) != 0);
    BlockingCall call(Py_None);
    std::uint32_t width_px = 0, height_px = 0, sample_size = 0;
    std::uint64_t images = 0, pixels = 0, vectors = 0, shards = 0;
    bool is_sampled = false;
    std::optional<double> variance;
    with_statistics(call, capsule, [&](const Statistics& own) {
      width_px = own.block_width_px();
      height_px = own.block_height_px();
      sample_size = own.sample_size();
      images = own.images();
      pixels = own.pixels();
      vectors = own.vectors();
      is_sampled = own.is_sampled();
      variance = own.variance();
      shards = own.shards().size();
    });
    const Ref mean = variance ? owned(PyFloat_FromDouble(*variance)) : Ref(Py_NewRef(Py_None));
    const Ref sampled = owned(PyBool_FromLong(is_sampled ? 1 : 0));
    return owned(Py_BuildValue("(IIIKKKOOK)", width_px, height_px, sample_size, static_cast<unsigned long long>(images),
                               static_cast<unsigned long long>(pixels), static_cast<unsigned long long>(vectors),
                               sampled.get(), mean.get(), static_cast<unsigned long long>(shards)));
  });
}

/// (statistics) -> number of different vectors
PyObject* count_distinct_vectors(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject* capsule;
    need_success(PyArg_ParseTuple(arguments, "O", &capsule) != 0);
    BlockingCall call(Py_None);
    std::uint64_t count = 0;
    with_statistics(call, capsule, [&](const Statistics& own) { count = own.distinct_vectors(); });
    return owned(PyLong_FromUnsignedLongLong(count));
  });
}

/// (options of train, progress, statistics) -> (bytes of a .vqb file, JSON)
PyObject* train_from_statistics(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *pairs, *progress, *capsule;
    need_success(PyArg_ParseTuple(arguments, "OOO", &pairs, &progress, &capsule) != 0);
    const Settings settings = train_settings(pairs);
    BlockingCall call(progress);
    CodebookTraining training;
    with_statistics(call, capsule, [&](const Statistics& own) {
      training = train_codebook(own, settings.encode, settings.run(progress_of(call)));
    });
    const std::vector<std::byte> bytes = write_codebook(training.codebook);
    const std::string json = train_json(training);
    return owned(Py_BuildValue("(y#s)", reinterpret_cast<const char*>(bytes.data()),
                               static_cast<Py_ssize_t>(bytes.size()), json.c_str()));
  });
}

PyMethodDef functions[] = {{"new_statistics", new_statistics, METH_VARARGS, nullptr},
                           {"read_statistics", read_statistics_bytes, METH_VARARGS, nullptr},
                           {"add_image", add_image, METH_VARARGS, nullptr},
                           {"merge_statistics", merge_statistics, METH_VARARGS, nullptr},
                           {"statistics_bytes", statistics_bytes, METH_VARARGS, nullptr},
                           {"statistics_figures", statistics_figures, METH_VARARGS, nullptr},
                           {"count_distinct_vectors", count_distinct_vectors, METH_VARARGS, nullptr},
                           {"train_from_statistics", train_from_statistics, METH_VARARGS, nullptr},
                           {nullptr, nullptr, 0, nullptr}};

}  // namespace

PyMethodDef* statistics_functions() noexcept { return functions; }

}  // namespace vqi::python
