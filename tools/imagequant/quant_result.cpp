// The results of libimagequant.h: palettes, and images remapped to them.
#include <algorithm>
#include <cstring>
#include <memory>

#include "quant_handles.hpp"
#include "vqi/option_values.hpp"
#include "vqi/version.hpp"

using namespace vqi::imagequant;

namespace {

/// The effort of vqi that takes less time than libimagequant at this speed, 1 to 11, and errs less.
std::uint32_t effort_of_speed(int speed) {
  constexpr std::uint32_t efforts[] = {6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1};
  return efforts[speed - 1];
}

Request request_of(const liq_attr& attr, const std::vector<vqi::Colour>& fixed) {
  Request request;
  request.k = static_cast<std::uint32_t>(attr.max_colors);
  request.effort = effort_of_speed(attr.speed);
  request.posterize_bits = static_cast<std::uint32_t>(attr.min_posterization);
  if (attr.max_quality < 100) request.psnr_db = vqi::psnr_of_quality(static_cast<unsigned>(attr.max_quality));
  if (attr.min_quality > 0) request.min_psnr_db = vqi::psnr_of_quality(static_cast<unsigned>(attr.min_quality));
  request.transparent_last = attr.last_index_transparent;
  request.fixed = fixed;
  request.run.progress = progress_of(attr.progress, attr.progress_user);
  return request;
}

std::unique_ptr<liq_result> result_of(Learned learned, const liq_attr& attr) {
  auto result = std::make_unique<liq_result>();
  result->colours = std::move(learned.colours);
  result->learned_map = std::move(learned.indices);
  result->quantization_mse = learned.mse;
  result->palette.count = static_cast<unsigned>(result->colours.size());
  for (std::size_t i = 0; i < result->colours.size(); ++i) {
    const vqi::Colour& colour = result->colours[i];
    result->palette.entries[i] = {colour[0], colour[1], colour[2], colour[3]};
  }
  if (attr.log != nullptr) {
    const std::string message =
        "  vqi " + std::string(vqi::version()) + " made " + std::to_string(result->palette.count) +
        " colours...MSE=" + std::to_string(learned.mse) + " (Q=" + std::to_string(quality_of_mse(learned.mse)) + ")";
    attr.log(&attr, message.c_str(), attr.log_user);
  }
  return result;
}

vqi::Image weights_of(const liq_image& image) {
  vqi::Image weights(image.width_px, image.height_px, 1, 8);
  std::memcpy(weights.row(0), image.importance.data(), image.importance.size());
  return weights;
}

std::unique_ptr<liq_result> quantize_image(const liq_image& image, const liq_attr& attr) {
  vqi::Image rgba = rgba_of(image);
  const Request request = request_of(attr, image.fixed);
  if (!image.importance.empty()) {
    const vqi::Image weights = weights_of(image);
    return result_of(learn_palette(rgba, &weights, request), attr);
  }
  std::unique_ptr<liq_result> result = result_of(learn_palette(rgba, nullptr, request), attr);
  result->learned_from = std::move(rgba);
  return result;
}

/// Whether the map of the palette's own image can be taken as it is.
bool has_map_of(const liq_result& result, const vqi::Image& rgba) {
  const vqi::Image& known = result.learned_from;
  return result.dither_level == 0 && !result.learned_map.empty() && known.width_px() == rgba.width_px() &&
         known.height_px() == rgba.height_px() && std::memcmp(known.row(0), rgba.row(0), rgba.size_bytes()) == 0;
}

/// The index of each pixel of the image.
std::vector<std::uint8_t> map_of(liq_result& result, const liq_image& image) {
  const vqi::Image rgba = rgba_of(image);
  if (has_map_of(result, rgba)) {
    result.remapping_mse = result.quantization_mse;
    return result.learned_map;
  }
  std::vector<std::uint8_t> indices;
  vqi::RunOptions run;
  run.progress = progress_of(result.progress, result.progress_user);
  result.remapping_mse = remap(rgba, result.colours, result.dither_level, run, indices);
  return indices;
}

}  // namespace

liq_error liq_image_quantize(liq_image* image, liq_attr* attr, liq_result** result) {
  return guarded([&] {
    need(image != nullptr && attr != nullptr && result != nullptr, LIQ_INVALID_POINTER);
    *result = nullptr;
    *result = quantize_image(*image, *attr).release();
  });
}

liq_error liq_histogram_quantize(liq_histogram* histogram, liq_attr* attr, liq_result** result) {
  return guarded([&] {
    need(histogram != nullptr && attr != nullptr && result != nullptr, LIQ_INVALID_POINTER);
    *result = nullptr;
    need(!histogram->counts.empty() || !histogram->fixed.empty(), LIQ_UNSUPPORTED);
    *result = result_of(learn_palette(histogram->counts, request_of(*attr, histogram->fixed)), *attr).release();
  });
}

liq_result* liq_quantize_image(liq_attr* attr, liq_image* image) {
  liq_result* result = nullptr;
  return liq_image_quantize(image, attr, &result) == LIQ_OK ? result : nullptr;
}

liq_error liq_set_dithering_level(liq_result* result, float dither_level) {
  if (result == nullptr) return LIQ_INVALID_POINTER;
  if (!(dither_level >= 0 && dither_level <= 1)) return LIQ_VALUE_OUT_OF_RANGE;
  result->dither_level = static_cast<double>(dither_level);
  return LIQ_OK;
}

liq_error liq_set_output_gamma(liq_result* result, double gamma) {
  if (result == nullptr) return LIQ_INVALID_POINTER;
  if (!(gamma > 0 && gamma < 1)) return LIQ_VALUE_OUT_OF_RANGE;
  result->gamma = gamma;
  return LIQ_OK;
}

double liq_get_output_gamma(const liq_result* result) { return result != nullptr ? result->gamma : -1; }

const liq_palette* liq_get_palette(liq_result* result) { return result != nullptr ? &result->palette : nullptr; }

liq_error liq_write_remapped_image(liq_result* result, liq_image* image, void* buffer, size_t buffer_size) {
  return guarded([&] {
    need(result != nullptr && image != nullptr && buffer != nullptr, LIQ_INVALID_POINTER);
    need(buffer_size >= std::size_t{image->width_px} * image->height_px, LIQ_BUFFER_TOO_SMALL);
    const std::vector<std::uint8_t> indices = map_of(*result, *image);
    std::memcpy(buffer, indices.data(), indices.size());
  });
}

liq_error liq_write_remapped_image_rows(liq_result* result, liq_image* image, unsigned char** rows) {
  return guarded([&] {
    need(result != nullptr && image != nullptr && rows != nullptr, LIQ_INVALID_POINTER);
    need(std::find(rows, rows + image->height_px, nullptr) == rows + image->height_px, LIQ_INVALID_POINTER);
    const std::vector<std::uint8_t> indices = map_of(*result, *image);
    for (std::size_t y = 0; y < image->height_px; ++y)
      std::memcpy(rows[y], indices.data() + y * image->width_px, image->width_px);
  });
}

double liq_get_quantization_error(const liq_result* result) {
  return result != nullptr ? result->quantization_mse : -1;
}

int liq_get_quantization_quality(const liq_result* result) {
  return result != nullptr ? quality_of_mse(result->quantization_mse) : -1;
}

double liq_get_remapping_error(const liq_result* result) { return result != nullptr ? result->remapping_mse : -1; }

int liq_get_remapping_quality(const liq_result* result) {
  return result != nullptr && result->remapping_mse >= 0 ? quality_of_mse(result->remapping_mse) : -1;
}

void liq_result_set_progress_callback(liq_result* result, liq_progress_callback_function* callback, void* user_info) {
  if (result == nullptr) return;
  result->progress = callback;
  result->progress_user = user_info;
}

void liq_result_destroy(liq_result* result) { delete result; }
