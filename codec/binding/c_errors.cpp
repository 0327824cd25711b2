// Versions, statuses and errors of vqi.h.
#include <algorithm>
#include <array>
#include <cstring>

#include "vqi.h"
#include "vqi/error.hpp"

namespace {

struct ThreadError {
  std::array<char, 1024> message{};
  std::uint64_t offset = 0;
  bool has_offset = false;
};

ThreadError& thread_error() noexcept {
  thread_local ThreadError error;
  return error;
}

bool is_error_code(vqi_status status) noexcept { return status >= VQI_INVALID_IMAGE && status <= VQI_CODEBOOK_NEEDED; }

}  // namespace

const char* vqi_version(void) { return VQI_VERSION; }

int vqi_version_number(void) { return VQI_VERSION_NUMBER; }

const char* vqi_status_name(vqi_status status) {
  switch (status) {
    case VQI_OK:
      return "ok";
    case VQI_INVALID_ARGUMENT:
      return "invalid_argument";
    case VQI_BUFFER_TOO_SMALL:
      return "buffer_too_small";
    case VQI_OUT_OF_MEMORY:
      return "out_of_memory";
    case VQI_INTERNAL_ERROR:
      return "internal_error";
    default:
      // The names are literals, so that they end in a NUL.
      return is_error_code(status) ? vqi::error_code_name(static_cast<vqi::ErrorCode>(status)).data() : "unknown";
  }
}

int vqi_status_exit_code(vqi_status status) {
  constexpr int wrong_use = 2;
  constexpr int system_failed = 5;
  constexpr int cancelled = 130;
  constexpr std::array codes{wrong_use, 3, 4, system_failed, 6, cancelled};  // by ErrorClass
  if (status == VQI_OK) return 0;
  if (status == VQI_INVALID_ARGUMENT || status == VQI_BUFFER_TOO_SMALL) return wrong_use;
  if (!is_error_code(status)) return system_failed;
  return codes[static_cast<std::size_t>(vqi::error_class(static_cast<vqi::ErrorCode>(status)))];
}

const char* vqi_error_message(void) { return thread_error().message.data(); }

int vqi_error_offset(uint64_t* offset) {
  const ThreadError& error = thread_error();
  if (!error.has_offset) return 0;
  if (offset != nullptr) *offset = error.offset;
  return 1;
}

vqi_status vqi_set_error(vqi_status status, const char* message, const uint64_t* offset) {
  ThreadError& error = thread_error();
  const char* text = message != nullptr ? message : "";
  const std::size_t length = std::min(std::strlen(text), error.message.size() - 1);
  std::memcpy(error.message.data(), text, length);
  error.message[length] = '\0';
  error.has_offset = offset != nullptr;
  error.offset = offset != nullptr ? *offset : 0;
  return status;
}
