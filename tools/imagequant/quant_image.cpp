// The images and histograms of libimagequant.h.
#include <algorithm>
#include <cstring>
#include <memory>

#include "quant_handles.hpp"

using vqi::imagequant::guarded;
using vqi::imagequant::need;

namespace {

constexpr std::size_t pixel_bytes = sizeof(liq_color);

/// An image of this size without pixels; null if the size or the gamma is none.
std::unique_ptr<liq_image> sized_image(const liq_attr* attr, int width, int height, double gamma) {
  if (attr == nullptr || width <= 0 || height <= 0 || !(gamma >= 0 && gamma <= 1)) return nullptr;
  auto image = std::make_unique<liq_image>();
  image->width_px = static_cast<std::uint32_t>(width);
  image->height_px = static_cast<std::uint32_t>(height);
  image->free = attr->free;
  return image;
}

/// What make() returns, and null if it throws.
template <typename Make>
liq_image* image_or_null(const Make& make) noexcept {
  liq_image* image = nullptr;
  return guarded([&] { image = make().release(); }) == LIQ_OK ? image : nullptr;
}

vqi::Colour colour_of(liq_color color) {
  // As pixels: what is transparent has no colour.
  return color.a == 0 ? vqi::Colour{} : vqi::Colour{color.r, color.g, color.b, color.a};
}

void add_fixed(std::vector<vqi::Colour>& fixed, liq_color color) {
  constexpr std::size_t most = 256;
  const vqi::Colour colour = colour_of(color);
  if (std::find(fixed.begin(), fixed.end(), colour) != fixed.end()) return;
  need(fixed.size() < most, LIQ_UNSUPPORTED);
  fixed.push_back(colour);
}

std::uint32_t key_of(const std::byte* pixel) {
  std::uint32_t key = 0;
  std::memcpy(&key, pixel, sizeof(key));
  return key;
}

}  // namespace

namespace vqi::imagequant {

Image rgba_of(const liq_image& image) {
  Image rgba(image.width_px, image.height_px, 4, 8);
  for (std::uint32_t y = 0; y < image.height_px; ++y) {
    std::byte* row = rgba.row(y);
    if (image.row_callback != nullptr)
      image.row_callback(reinterpret_cast<liq_color*>(row), static_cast<int>(y), static_cast<int>(image.width_px),
                         image.row_user);
    else
      std::memcpy(row, image.rows[y], rgba.row_bytes());
    for (std::size_t x = 0; x < image.width_px; ++x)
      if (row[x * pixel_bytes + 3] == std::byte{0}) std::memset(row + x * pixel_bytes, 0, pixel_bytes);
  }
  return rgba;
}

}  // namespace vqi::imagequant

liq_image* liq_image_create_rgba_rows(const liq_attr* attr, void* const rows[], int width, int height, double gamma) {
  return image_or_null([&] {
    auto image = sized_image(attr, width, height, gamma);
    need(image != nullptr && rows != nullptr && std::find(rows, rows + height, nullptr) == rows + height,
         LIQ_INVALID_POINTER);
    image->rows.assign(rows, rows + height);
    image->owned_rows = rows;  // if the caller gives them away
    return image;
  });
}

liq_image* liq_image_create_rgba(const liq_attr* attr, const void* bitmap, int width, int height, double gamma) {
  return image_or_null([&] {
    auto image = sized_image(attr, width, height, gamma);
    need(image != nullptr && bitmap != nullptr, LIQ_INVALID_POINTER);
    for (std::size_t y = 0; y < image->height_px; ++y)
      image->rows.push_back(static_cast<const std::byte*>(bitmap) + y * image->width_px * pixel_bytes);
    return image;
  });
}

liq_image* liq_image_create_custom(const liq_attr* attr, liq_image_get_rgba_row_callback* row_callback, void* user_info,
                                   int width, int height, double gamma) {
  return image_or_null([&] {
    auto image = sized_image(attr, width, height, gamma);
    need(image != nullptr && row_callback != nullptr, LIQ_INVALID_POINTER);
    image->row_callback = row_callback;
    image->row_user = user_info;
    return image;
  });
}

liq_error liq_image_set_memory_ownership(liq_image* image, int ownership_flags) {
  if (image == nullptr) return LIQ_INVALID_POINTER;
  const bool known = ownership_flags != 0 && (ownership_flags & ~(LIQ_OWN_ROWS | LIQ_OWN_PIXELS)) == 0;
  if (!known || image->rows.empty()) return LIQ_VALUE_OUT_OF_RANGE;
  if ((ownership_flags & LIQ_OWN_ROWS) != 0) {
    if (image->owned_rows == nullptr) return LIQ_VALUE_OUT_OF_RANGE;
    image->frees_rows = true;
  }
  // The pixels are one block, which begins with the lowest row.
  if ((ownership_flags & LIQ_OWN_PIXELS) != 0)
    image->owned_pixels = const_cast<void*>(*std::min_element(image->rows.begin(), image->rows.end(), std::less<>{}));
  return LIQ_OK;
}

liq_error liq_image_set_background(liq_image* image, liq_image* background_image) {
  return image == nullptr || background_image == nullptr ? LIQ_INVALID_POINTER : LIQ_UNSUPPORTED;
}

liq_error liq_image_set_importance_map(liq_image* image, unsigned char buffer[], size_t buffer_size,
                                       enum liq_ownership memory_handling) {
  return guarded([&] {
    need(image != nullptr && buffer != nullptr, LIQ_INVALID_POINTER);
    const std::size_t pixels = std::size_t{image->width_px} * image->height_px;
    need(buffer_size >= pixels, LIQ_BUFFER_TOO_SMALL);
    need(memory_handling == LIQ_COPY_PIXELS || memory_handling == LIQ_OWN_PIXELS, LIQ_UNSUPPORTED);
    image->importance.assign(buffer, buffer + pixels);
    if (memory_handling == LIQ_OWN_PIXELS) image->free(buffer);
  });
}

liq_error liq_image_add_fixed_color(liq_image* image, liq_color color) {
  return guarded([&] {
    need(image != nullptr, LIQ_INVALID_POINTER);
    add_fixed(image->fixed, color);
  });
}

int liq_image_get_width(const liq_image* image) { return image != nullptr ? static_cast<int>(image->width_px) : -1; }

int liq_image_get_height(const liq_image* image) { return image != nullptr ? static_cast<int>(image->height_px) : -1; }

void liq_image_destroy(liq_image* image) {
  if (image == nullptr) return;
  if (image->owned_pixels != nullptr) image->free(image->owned_pixels);
  if (image->frees_rows) image->free(const_cast<void**>(image->owned_rows));
  delete image;
}

liq_histogram* liq_histogram_create(const liq_attr* attr) {
  return attr != nullptr ? new (std::nothrow) liq_histogram : nullptr;
}

liq_error liq_histogram_add_image(liq_histogram* histogram, const liq_attr* attr, liq_image* image) {
  return guarded([&] {
    need(histogram != nullptr && attr != nullptr && image != nullptr, LIQ_INVALID_POINTER);
    constexpr std::uint64_t full = 255;  // what a pixel counts without a map
    const vqi::Image rgba = vqi::imagequant::rgba_of(*image);
    for (std::size_t i = 0; i < rgba.size_bytes() / pixel_bytes; ++i) {
      const std::uint64_t weight = image->importance.empty() ? full : image->importance[i];
      if (weight > 0) histogram->counts[key_of(rgba.samples().data() + i * pixel_bytes)] += weight;
    }
    for (const vqi::Colour& colour : image->fixed)
      add_fixed(histogram->fixed, {colour[0], colour[1], colour[2], colour[3]});
  });
}

liq_error liq_histogram_add_colors(liq_histogram* histogram, const liq_attr* attr, const liq_histogram_entry entries[],
                                   int num_entries, double gamma) {
  return guarded([&] {
    need(histogram != nullptr && attr != nullptr && entries != nullptr, LIQ_INVALID_POINTER);
    need(num_entries > 0 && gamma >= 0 && gamma < 1, LIQ_VALUE_OUT_OF_RANGE);
    constexpr std::uint64_t full = 255;
    for (const liq_histogram_entry* entry = entries; entry != entries + num_entries; ++entry) {
      const vqi::Colour colour = colour_of(entry->color);
      if (entry->count > 0)
        histogram->counts[key_of(reinterpret_cast<const std::byte*>(colour.data()))] += entry->count * full;
    }
  });
}

liq_error liq_histogram_add_fixed_color(liq_histogram* histogram, liq_color color, double gamma) {
  return guarded([&] {
    need(histogram != nullptr, LIQ_INVALID_POINTER);
    need(gamma >= 0 && gamma < 1, LIQ_VALUE_OUT_OF_RANGE);
    add_fixed(histogram->fixed, color);
  });
}

void liq_histogram_destroy(liq_histogram* histogram) { delete histogram; }
