// The calls of vqi.h on image files.
#include <utility>

#include "handles.hpp"
#include "vqi/image_io.hpp"
#include "vqi/quantize.hpp"
#include "vqi/report_json.hpp"

using vqi::Command;
using vqi::binding::bytes_of;
using vqi::binding::making;
using vqi::binding::need;
using vqi::binding::options_for;
using vqi::binding::progress_of;
using vqi::binding::view_of;

vqi_status vqi_quantize(const vqi_options* options, const vqi_image* image, vqi_result** result) {
  return making(result, [&](vqi_result& made) {
    vqi_options asked = options_for(Command::quantize, options);
    vqi::Quantized quantized = vqi::quantize_by(view_of(image), std::move(asked.settings), progress_of(asked));
    made.json = vqi::quantize_json(quantized.report);
    made.bytes = std::move(quantized.bytes);
  });
}

vqi_status vqi_read_image(const vqi_options* options, const void* bytes, size_t size, vqi_result** result) {
  return making(result, [&](vqi_result& made) {
    const vqi_options asked = options_for(Command::decompress, options);
    const vqi::ReadOptions reading{asked.settings.limits, vqi::Damage::refuse_lost_pixels, 1};
    made.image = vqi::read_image(bytes_of(bytes, size), reading, asked.settings.run(progress_of(asked))).image;
  });
}

vqi_status vqi_write_image(const vqi_image* image, const char* extension, vqi_result** result) {
  return making(result, [&](vqi_result& made) {
    need(extension != nullptr, "the extension is null");
    made.bytes = vqi::write_image_bytes(view_of(image), extension);
  });
}
