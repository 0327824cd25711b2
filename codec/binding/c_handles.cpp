// Options and results of vqi.h.
#include <cstring>
#include <nlohmann/json.hpp>

#include "handles.hpp"
#include "option_table.hpp"
#include "vqi/codec.hpp"

using vqi::binding::guarded;
using vqi::binding::need;

namespace {

/// Calls visit(entry) for each option of the command.
template <typename Visit>
void for_each_option(const char* command, const Visit& visit) {
  const vqi::detail::Commands bit = vqi::detail::bit_of(vqi::parse_command(command));
  for (const auto table : {vqi::detail::encoding_table(), vqi::detail::quantize_table(), vqi::detail::sweep_table()})
    for (const vqi::detail::OptionEntry& entry : table)
      if ((entry.commands & bit) != 0) visit(entry);
}

}  // namespace

vqi_status vqi_options_new(const char* command, vqi_options** options) {
  return guarded([&] {
    need(options != nullptr, "the place for the options is null");
    *options = nullptr;
    need(command != nullptr, "the command is null");
    *options = new vqi_options{{.command = vqi::parse_command(command)}};
  });
}

vqi_status vqi_options_copy(const vqi_options* options, vqi_options** copy) {
  return guarded([&] {
    need(options != nullptr && copy != nullptr, "the options are null");
    *copy = new vqi_options(*options);
  });
}

void vqi_options_free(vqi_options* options) { delete options; }

vqi_status vqi_options_set(vqi_options* options, const char* name, const char* value) {
  return guarded([&] {
    need(options != nullptr && name != nullptr, "the options or the name are null");
    vqi::set_option(options->settings, name, value != nullptr ? value : "");
  });
}

const char* vqi_option_name(const char* command, size_t i) {
  const char* name = nullptr;
  static_cast<void>(guarded([&] {
    need(command != nullptr, "the command is null");
    std::size_t at = 0;
    for_each_option(command, [&](const vqi::detail::OptionEntry& entry) {
      if (at++ == i) name = entry.name.data();  // a literal
    });
  }));
  return name;
}

int vqi_option_is_flag(const char* command, const char* name) {
  bool flag = false;
  static_cast<void>(guarded([&] {
    need(command != nullptr && name != nullptr, "the command or the name is null");
    flag = vqi::is_flag(vqi::parse_command(command), name);
  }));
  return flag ? 1 : 0;
}

vqi_status vqi_options_set_codebook(vqi_options* options, const void* bytes, size_t size) {
  return guarded([&] {
    need(options != nullptr, "the options are null");
    vqi::Settings& settings = options->settings;
    auto codebook =
        std::make_shared<const vqi::Codebook>(vqi::read_codebook(vqi::binding::bytes_of(bytes, size), settings.run()));
    switch (settings.command) {
      case vqi::Command::compress:
      case vqi::Command::quantize:
        settings.encode.codebook = std::move(codebook);
        settings.give("--codebook");
        return;
      case vqi::Command::decompress:
        options->codebook = std::move(codebook);
        return;
      default:
        throw vqi::binding::InvalidArgument{"only compress, quantize and decompress take a codebook"};
    }
  });
}

vqi_status vqi_options_set_weights(vqi_options* options, const vqi_image* mask) {
  return guarded([&] {
    need(options != nullptr, "the options are null");
    vqi::Settings& settings = options->settings;
    need(settings.command == vqi::Command::compress || settings.command == vqi::Command::quantize,
         "only compress and quantize take weights");
    settings.encode.weights = std::make_shared<const vqi::Image>(vqi::binding::view_of(mask));
    settings.give("--weights");
  });
}

vqi_status vqi_options_set_progress(vqi_options* options, vqi_progress_callback callback, void* user) {
  return guarded([&] {
    need(options != nullptr, "the options are null");
    options->progress = callback;
    options->user = user;
  });
}

void vqi_result_free(vqi_result* result) { delete result; }

const void* vqi_result_bytes(const vqi_result* result, size_t* size) {
  const bool any = result != nullptr && !result->bytes.empty();
  if (size != nullptr) *size = any ? result->bytes.size() : 0;
  return any ? result->bytes.data() : nullptr;
}

vqi_status vqi_result_copy_bytes(const vqi_result* result, void* buffer, size_t capacity, size_t* size) {
  std::size_t count = 0;
  const void* bytes = vqi_result_bytes(result, &count);
  if (size != nullptr) *size = count;
  if (bytes == nullptr) return vqi_set_error(VQI_INVALID_ARGUMENT, "the result has no bytes", nullptr);
  if (count > capacity || buffer == nullptr) return guarded([&] { vqi::binding::refuse_buffer(count, capacity); });
  std::memcpy(buffer, bytes, count);
  return VQI_OK;
}

vqi_status vqi_result_image(const vqi_result* result, vqi_image* image) {
  return guarded([&] {
    need(result != nullptr && image != nullptr, "the result or the place for the image is null");
    need(result->image.has_value(), "the result has no image");
    *image = vqi::binding::image_of(*result->image);
    if (!result->metadata.empty()) image->metadata = &result->metadata;
  });
}

const char* vqi_result_json(const vqi_result* result) { return result != nullptr ? result->json.c_str() : "{}"; }

vqi_status vqi_result_number(const vqi_result* result, const char* name, double* value) {
  return guarded([&] {
    need(result != nullptr && name != nullptr && value != nullptr, "the result, the name or the value is null");
    const nlohmann::json report = nlohmann::json::parse(result->json);
    const auto entry = report.find(name);
    need(entry != report.end() && entry->is_number(), "the report has no number of that name");
    *value = entry->get<double>();
  });
}
