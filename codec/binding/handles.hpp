// The handles of vqi.h, and the way from exceptions to statuses.
#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vqi.h"
#include "vqi/codebook.hpp"
#include "vqi/error.hpp"
#include "vqi/names.hpp"
#include "vqi/settings.hpp"

struct vqi_options {
  vqi::Settings settings{};
  std::shared_ptr<const vqi::Codebook> codebook{};  // of decompress
  vqi_progress_callback progress = nullptr;
  void* user = nullptr;
};

struct vqi_metadata : vqi::ColourMetadata {};

struct vqi_result {
  std::vector<std::byte> bytes{};
  std::optional<vqi::Image> image{};
  vqi_metadata metadata{};  // of the image
  std::string json = "{}";
};

namespace vqi::binding {

/// An argument of a C call that is wrong in itself.
struct InvalidArgument {
  const char* message;
};

inline void need(bool condition, const char* message) {
  if (!condition) throw InvalidArgument{message};
}

/// The caller's buffer does not hold what there is.
struct BufferTooSmall {
  std::string message;
};

[[noreturn]] inline void refuse_buffer(std::size_t needed, std::size_t capacity) {
  throw BufferTooSmall{"the result takes " + std::to_string(needed) + " bytes and the buffer has " +
                       std::to_string(capacity) + ", give a larger one"};
}

/// Calls call() and turns what it throws into the thread's error and a status.
template <typename Call>
vqi_status guarded(const Call& call) noexcept {
  try {
    call();
    return VQI_OK;
  } catch (const Error& error) {
    const std::optional<std::uint64_t> offset = error.offset();
    return vqi_set_error(static_cast<vqi_status>(error.error_code()), error.what(), offset ? &*offset : nullptr);
  } catch (const InvalidArgument& wrong) {
    return vqi_set_error(VQI_INVALID_ARGUMENT, wrong.message, nullptr);
  } catch (const BufferTooSmall& small) {
    return vqi_set_error(VQI_BUFFER_TOO_SMALL, small.message.c_str(), nullptr);
  } catch (const std::bad_alloc&) {
    return vqi_set_error(VQI_OUT_OF_MEMORY, "memory is used up, free some or take a smaller image", nullptr);
  } catch (const std::exception& error) {
    return vqi_set_error(VQI_INTERNAL_ERROR, error.what(), nullptr);
  } catch (...) {
    return vqi_set_error(VQI_INTERNAL_ERROR, "an exception of unknown type, report it", nullptr);
  }
}

/// The options, or the defaults of the command for null. Throws InvalidArgument for those of another command.
inline vqi_options options_for(Command command, const vqi_options* options) {
  if (options == nullptr) return {{.command = command}};
  need(options->settings.command == command, "the options are of another command, make them by vqi_options_new");
  return *options;
}

/// The callback of the options, if there is one.
inline ProgressCallback progress_of(const vqi_options& options) {
  if (options.progress == nullptr) return {};
  return [call = options.progress, user = options.user](const Progress& progress) {
    return call(user, stage_name(progress.stage).data(), progress.fraction) == 0;
  };
}

inline ImageView view_of(const vqi_image* image) {
  need(image != nullptr, "the image is null");
  ImageView view{static_cast<const std::byte*>(image->samples),
                 image->width,
                 image->height,
                 image->channels,
                 image->bit_depth,
                 image->stride_bytes};
  if (view.stride_bytes == 0) view.stride_bytes = view.row_bytes();
  view.metadata = image->metadata;
  return view;
}

inline vqi_image image_of(const ImageView& view) {
  return {view.samples, nullptr, view.stride_bytes, view.width_px, view.height_px, view.channels, view.bit_depth};
}

inline std::span<const std::byte> bytes_of(const void* bytes, std::size_t size) {
  need(bytes != nullptr || size == 0, "the bytes are null");
  return {static_cast<const std::byte*>(bytes), size};
}

/// Sets *result to what make() returns, and to null before that.
template <typename Make>
vqi_status making(vqi_result** result, const Make& make) noexcept {
  return guarded([&] {
    need(result != nullptr, "the place for the result is null");
    *result = nullptr;
    auto made = std::make_unique<vqi_result>();
    make(*made);
    if (made->image) static_cast<ColourMetadata&>(made->metadata) = std::move(made->image->metadata());
    *result = made.release();
  });
}

}  // namespace vqi::binding
