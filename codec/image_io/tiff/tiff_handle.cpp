// Callbacks over memory; since 4.5 libtiff has message handlers for each file, before that for the whole process.
#include "tiff_handle.hpp"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <limits>
#include <mutex>
#include <new>

#include "image_errors.hpp"
#include "kept_exception.hpp"
#include "vqi/error.hpp"

#if TIFFLIB_VERSION >= 20221213
#define VQI_TIFF_HAS_HANDLERS 1
#endif

namespace vqi::detail {

struct TiffStream {
  const FileBytes* file = nullptr;      ///< that is read; null: one is written
  const ByteSink* file_sink = nullptr;  ///< to here; null: to `sink`
  std::uint64_t file_sink_bytes = 0;    ///< that went there
  KeptException kept_failure{};
  std::vector<TiffPatch> patches;
  std::vector<std::byte> sink;
  std::uint64_t max_sink_bytes = 0;
  bool is_full = false;
  bool is_out_of_memory = false;
  std::uint64_t position = 0;

  [[nodiscard]] std::uint64_t size() const noexcept {
    return file != nullptr ? file->size() : std::max<std::uint64_t>(sink.size(), file_sink_bytes);
  }
};

namespace {

constexpr std::size_t max_messages = 64;
constexpr std::uint64_t least_block_bytes = std::uint64_t{1} << 18;

tmsize_t read_stream(thandle_t handle, void* data, tmsize_t length) {
  auto& stream = *static_cast<TiffStream*>(handle);
  const std::uint64_t left = stream.size() - std::min(stream.position, stream.size());
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(length), left));
  if (count == 0) return 0;
  const std::span<std::byte> target(static_cast<std::byte*>(data), count);
  if (stream.file_sink != nullptr) return 0;  // what is written is not read again
  if (stream.file == nullptr)
    std::memcpy(data, stream.sink.data() + stream.position, count);
  else if (!stream.kept_failure.run([&] { stream.file->read(stream.position, target); }))
    return 0;
  const auto first = std::lower_bound(stream.patches.begin(), stream.patches.end(), stream.position,
                                      [](const TiffPatch& patch, std::uint64_t at) { return patch.offset < at; });
  for (auto patch = first; patch != stream.patches.end() && patch->offset < stream.position + count; ++patch)
    target[patch->offset - stream.position] = patch->value;
  stream.position += count;
  return static_cast<tmsize_t>(count);
}

tmsize_t write_stream(thandle_t handle, void* data, tmsize_t length) {
  auto& stream = *static_cast<TiffStream*>(handle);
  const auto count = static_cast<std::uint64_t>(length);
  if (stream.file_sink != nullptr) {
    const std::span<const std::byte> bytes(static_cast<const std::byte*>(data), count);
    if (!stream.kept_failure.run([&] { stream.file_sink->write_at(stream.position, bytes); })) return 0;
    stream.position += count;
    stream.file_sink_bytes = std::max(stream.file_sink_bytes, stream.position);
    return length;
  }
  stream.is_full =
      stream.is_full || stream.position > stream.max_sink_bytes || count > stream.max_sink_bytes - stream.position;
  if (stream.is_full) return 0;
  try {
    if (stream.position + count > stream.sink.size()) stream.sink.resize(stream.position + count);
  } catch (const std::bad_alloc&) {
    stream.is_out_of_memory = true;
    return 0;
  }
  std::memcpy(stream.sink.data() + stream.position, data, static_cast<std::size_t>(count));
  stream.position += count;
  return length;
}

toff_t seek_stream(thandle_t handle, toff_t offset, int whence) {
  auto& stream = *static_cast<TiffStream*>(handle);
  if (whence == SEEK_SET) stream.position = offset;
  if (whence == SEEK_CUR) stream.position += offset;
  if (whence == SEEK_END) stream.position = stream.size() + offset;
  return stream.position;
}

int close_stream(thandle_t /*handle*/) { return 0; }

toff_t size_of_stream(thandle_t handle) { return static_cast<TiffStream*>(handle)->size(); }

int map_stream(thandle_t handle, void** base, toff_t* size) {
  const auto& stream = *static_cast<TiffStream*>(handle);
  // libtiff reads through a pointer to non-const; what it changes it copies first.
  const auto bytes = stream.file != nullptr ? stream.file->in_memory() : std::nullopt;
  if (!bytes) return 0;
  *base = const_cast<std::byte*>(bytes->data());
  *size = bytes->size();
  return 1;
}

void unmap_stream(thandle_t /*handle*/, void* /*base*/, toff_t /*size*/) {}

#ifdef VQI_TIFF_HAS_HANDLERS

int keep_error(TIFF* /*tiff*/, void* messages, const char* module, const char* format, va_list arguments) {
  static_cast<TiffMessages*>(messages)->add(true, module, format, arguments);
  return 1;  // the handlers of the process are not called
}
int keep_warning(TIFF* /*tiff*/, void* messages, const char* module, const char* format, va_list arguments) {
  static_cast<TiffMessages*>(messages)->add(false, module, format, arguments);
  return 1;
}

#else

/// The messages of the call that this thread is in, if it is in one.
thread_local TiffMessages* listener = nullptr;
TIFFErrorHandler other_error_handler = nullptr;
TIFFErrorHandler other_warning_handler = nullptr;

void keep_error(const char* module, const char* format, va_list arguments) {
  if (listener != nullptr)
    listener->add(true, module, format, arguments);
  else if (other_error_handler != nullptr)
    other_error_handler(module, format, arguments);
}
void keep_warning(const char* module, const char* format, va_list arguments) {
  if (listener != nullptr)
    listener->add(false, module, format, arguments);
  else if (other_warning_handler != nullptr)
    other_warning_handler(module, format, arguments);
}

/// Puts our handlers in front of those of the process, which go on to hear of files that are not ours.
void set_handlers() {
  static std::once_flag once;
  std::call_once(once, [] {
    other_error_handler = TIFFSetErrorHandler(keep_error);
    other_warning_handler = TIFFSetWarningHandler(keep_warning);
  });
}

#endif

}  // namespace

void TiffMessages::add(bool is_error, const char* module, const char* format, va_list arguments) noexcept {
  char text[256];
  if (std::vsnprintf(text, sizeof text, format, arguments) < 0) text[0] = '\0';
  for (char* letter = text; *letter != '\0'; ++letter)
    if (*letter < ' ' || *letter > '~') *letter = '?';
  try {
    // The first say what went wrong; the last error may be what a caller asks for.
    if (messages_.size() == max_messages) messages_.pop_back();
    messages_.push_back({is_error, module == nullptr ? "" : module, text});
  } catch (const std::bad_alloc&) {
    return;  // a message less
  }
}

std::string TiffMessages::reason(const std::string& otherwise) const {
  const auto error =
      std::find_if(messages_.rbegin(), messages_.rend(), [](const TiffMessage& message) { return message.is_error; });
  if (error != messages_.rend()) return error->text;
  return messages_.empty() ? otherwise : messages_.back().text;
}

void TiffMessages::throw_if_over_limit() const {
  for (const TiffMessage& message : messages_)
    if (message.text.find("limit defined in open options") != std::string::npos)
      throw Error(Limit::memory,
                  "reading the image would take more bytes of memory than the limit (" + message.text + ")");
}

#ifdef VQI_TIFF_HAS_HANDLERS
TiffHandle::Listening::Listening(TiffMessages& /*messages*/) noexcept {}
TiffHandle::Listening::~Listening() { static_cast<void>(before_); }
#else
TiffHandle::Listening::Listening(TiffMessages& messages) noexcept : before_(listener) { listener = &messages; }
TiffHandle::Listening::~Listening() { listener = before_; }
#endif

TiffHandle::TiffHandle(const FileBytes& file, std::vector<TiffPatch> patches, std::uint64_t max_block_bytes)
    : messages_(std::make_unique<TiffMessages>()), stream_(std::make_unique<TiffStream>()) {
  stream_->file = &file;
  stream_->patches = std::move(patches);
  // h: no directory is read yet. c: strips are those of the file. m: the file is not taken as it lies in memory, so
  // that patches are seen.
  open(stream_->patches.empty() ? "rhc" : "rhcm", max_block_bytes);
  throw_kept_failure();
  if (tiff_ == nullptr) throw_damaged("TIFF", messages_->reason("its header"), 0);
}

TiffHandle::TiffHandle(std::uint64_t max_bytes, bool is_big)
    : messages_(std::make_unique<TiffMessages>()), stream_(std::make_unique<TiffStream>()) {
  stream_->max_sink_bytes = max_bytes;
  open(is_big ? "w8" : "w", std::numeric_limits<std::uint64_t>::max());
  if (tiff_ == nullptr) throw_write_failure();
}

TiffHandle::TiffHandle(const ByteSink& sink, bool is_big)
    : messages_(std::make_unique<TiffMessages>()), stream_(std::make_unique<TiffStream>()) {
  stream_->file_sink = &sink;
  open(is_big ? "w8" : "w", std::numeric_limits<std::uint64_t>::max());
  throw_kept_failure();
  if (tiff_ == nullptr) throw_write_failure();
}

void TiffHandle::open(const char* mode, std::uint64_t max_block_bytes) {
#ifdef VQI_TIFF_HAS_HANDLERS
  const std::unique_ptr<TIFFOpenOptions, void (*)(TIFFOpenOptions*)> options(TIFFOpenOptionsAlloc(),
                                                                             TIFFOpenOptionsFree);
  if (!options) throw std::bad_alloc();
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keep_error, messages_.get());
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), keep_warning, messages_.get());
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<tmsize_t>::max());
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(),
                                      static_cast<tmsize_t>(std::clamp(max_block_bytes, least_block_bytes, most)));
  tiff_ = TIFFClientOpenExt("", mode, stream_.get(), read_stream, write_stream, seek_stream, close_stream,
                            size_of_stream, map_stream, unmap_stream, options.get());
#else
  static_cast<void>(max_block_bytes);
  set_handlers();
  const Listening listening(*messages_);
  tiff_ = TIFFClientOpen("", mode, stream_.get(), read_stream, write_stream, seek_stream, close_stream, size_of_stream,
                         map_stream, unmap_stream);
#endif
}

TiffHandle::~TiffHandle() {
  if (tiff_ == nullptr) return;
  const Listening listening(*messages_);
  TIFFCleanup(tiff_);
}

void TiffHandle::throw_kept_failure() { stream_->kept_failure.rethrow(); }

void TiffHandle::finish() {
  const bool is_written = run([](TIFF* tiff) { return TIFFFlush(tiff) != 0; });
  if (!is_written) throw_write_failure();
  run([](TIFF* tiff) { TIFFCleanup(tiff); });
  tiff_ = nullptr;
}

std::vector<std::byte> TiffHandle::finish_writing() {
  finish();
  return std::move(stream_->sink);
}

std::uint64_t TiffHandle::finish_file() {
  finish();
  return stream_->size();
}

void TiffHandle::throw_write_failure() const {
  if (stream_->is_out_of_memory) throw std::bad_alloc();
  if (stream_->is_full)
    throw Error(Limit::memory, "the TIFF file takes more than the limit of " + std::to_string(stream_->max_sink_bytes) +
                                   " bytes of memory");
  throw Error(ErrorCode::invalid_image, "image cannot be written as TIFF: " + messages_->reason("libtiff fails"));
}

}  // namespace vqi::detail
