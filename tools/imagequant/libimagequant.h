/* The interface of libimagequant 2.17, for programs that were written for it: this library stands in its place and
   quantizes by vqi. Written from that library's public documentation (its manual and the symbols that programs use);
   types, values and names are those that compiled programs rely on.

   What differs: output gamma is kept but means nothing, as palettes are learned in code values; min_opacity is kept
   and means nothing either; backgrounds are refused as unsupported; an allocator of the caller's frees what the
   library is given to own, and allocates nothing. */
#ifndef LIBIMAGEQUANT_H
#define LIBIMAGEQUANT_H

#include <stddef.h>

#define LIQ_VERSION 21700
#define LIQ_VERSION_STRING "2.17.0"

#define LIQ_EXPORT __attribute__((visibility("default"))) extern

#ifdef __cplusplus
extern "C" {
#endif

typedef struct liq_attr liq_attr;
typedef struct liq_image liq_image;
typedef struct liq_result liq_result;
typedef struct liq_histogram liq_histogram;

/* Straight alpha. */
typedef struct liq_color {
  unsigned char r, g, b, a;
} liq_color;

typedef struct liq_palette {
  unsigned int count;
  liq_color entries[256];
} liq_palette;

typedef struct liq_histogram_entry {
  liq_color color;
  unsigned int count;
} liq_histogram_entry;

typedef enum liq_error {
  LIQ_OK = 0,
  LIQ_QUALITY_TOO_LOW = 99,
  LIQ_VALUE_OUT_OF_RANGE = 100,
  LIQ_OUT_OF_MEMORY = 101,
  LIQ_ABORTED = 102,
  LIQ_BITMAP_NOT_AVAILABLE = 103,
  LIQ_BUFFER_TOO_SMALL = 104,
  LIQ_INVALID_POINTER = 105,
  LIQ_UNSUPPORTED = 106
} liq_error;

enum liq_ownership { LIQ_OWN_ROWS = 4, LIQ_OWN_PIXELS = 8, LIQ_COPY_PIXELS = 16 };

typedef void liq_log_callback_function(const liq_attr* attr, const char* message, void* user_info);
typedef void liq_log_flush_callback_function(const liq_attr* attr, void* user_info);
/* `progress` is 0..100; returns 0 to stop, and the call then returns LIQ_ABORTED. */
typedef int liq_progress_callback_function(float progress, void* user_info);
typedef void liq_image_get_rgba_row_callback(liq_color row_out[], int row, int width, void* user_info);

/* Attributes: how palettes are made. */
LIQ_EXPORT liq_attr* liq_attr_create(void);
LIQ_EXPORT liq_attr* liq_attr_create_with_allocator(void* (*custom_malloc)(size_t), void (*custom_free)(void*));
LIQ_EXPORT liq_attr* liq_attr_copy(const liq_attr* orig);
LIQ_EXPORT void liq_attr_destroy(liq_attr* attr);
/* 2..256 colours. */
LIQ_EXPORT liq_error liq_set_max_colors(liq_attr* attr, int colors);
LIQ_EXPORT int liq_get_max_colors(const liq_attr* attr);
/* 1 (best) to 11 (fastest); 4 unless set. */
LIQ_EXPORT liq_error liq_set_speed(liq_attr* attr, int speed);
LIQ_EXPORT int liq_get_speed(const liq_attr* attr);
LIQ_EXPORT liq_error liq_set_min_opacity(liq_attr* attr, int min);
LIQ_EXPORT int liq_get_min_opacity(const liq_attr* attr);
/* Samples of the palette keep 8 - bits bits; 0..4. */
LIQ_EXPORT liq_error liq_set_min_posterization(liq_attr* attr, int bits);
LIQ_EXPORT int liq_get_min_posterization(const liq_attr* attr);
/* 0..100 each: as few colours as quality `maximum` needs; LIQ_QUALITY_TOO_LOW if `minimum` is out of reach. */
LIQ_EXPORT liq_error liq_set_quality(liq_attr* attr, int minimum, int maximum);
LIQ_EXPORT int liq_get_min_quality(const liq_attr* attr);
LIQ_EXPORT int liq_get_max_quality(const liq_attr* attr);
/* The transparent colour is the last of the palette, not the first. */
LIQ_EXPORT void liq_set_last_index_transparent(liq_attr* attr, int is_last);
LIQ_EXPORT void liq_set_log_callback(liq_attr* attr, liq_log_callback_function* callback, void* user_info);
LIQ_EXPORT void liq_set_log_flush_callback(liq_attr* attr, liq_log_flush_callback_function* callback, void* user_info);
LIQ_EXPORT void liq_attr_set_progress_callback(liq_attr* attr, liq_progress_callback_function* callback,
                                               void* user_info);

/* Images: rows of 4 bytes a pixel, borrowed until the image is destroyed. */
LIQ_EXPORT liq_image* liq_image_create_rgba_rows(const liq_attr* attr, void* const rows[], int width, int height,
                                                 double gamma);
LIQ_EXPORT liq_image* liq_image_create_rgba(const liq_attr* attr, const void* bitmap, int width, int height,
                                            double gamma);
LIQ_EXPORT liq_image* liq_image_create_custom(const liq_attr* attr, liq_image_get_rgba_row_callback* row_callback,
                                              void* user_info, int width, int height, double gamma);
LIQ_EXPORT liq_error liq_image_set_memory_ownership(liq_image* image, int ownership_flags);
LIQ_EXPORT liq_error liq_image_set_background(liq_image* image, liq_image* background_image);
/* How much each pixel counts in learning, a byte each. */
LIQ_EXPORT liq_error liq_image_set_importance_map(liq_image* image, unsigned char buffer[], size_t buffer_size,
                                                  enum liq_ownership memory_handling);
LIQ_EXPORT liq_error liq_image_add_fixed_color(liq_image* image, liq_color color);
LIQ_EXPORT int liq_image_get_width(const liq_image* image);
LIQ_EXPORT int liq_image_get_height(const liq_image* image);
LIQ_EXPORT void liq_image_destroy(liq_image* image);

/* Histograms: one palette for several images. */
LIQ_EXPORT liq_histogram* liq_histogram_create(const liq_attr* attr);
LIQ_EXPORT liq_error liq_histogram_add_image(liq_histogram* histogram, const liq_attr* attr, liq_image* image);
LIQ_EXPORT liq_error liq_histogram_add_colors(liq_histogram* histogram, const liq_attr* attr,
                                              const liq_histogram_entry entries[], int num_entries, double gamma);
LIQ_EXPORT liq_error liq_histogram_add_fixed_color(liq_histogram* histogram, liq_color color, double gamma);
LIQ_EXPORT void liq_histogram_destroy(liq_histogram* histogram);

/* Results: a palette, and the way of remapping. */
LIQ_EXPORT liq_error liq_image_quantize(liq_image* image, liq_attr* attr, liq_result** result);
LIQ_EXPORT liq_error liq_histogram_quantize(liq_histogram* histogram, liq_attr* attr, liq_result** result);
LIQ_EXPORT liq_result* liq_quantize_image(liq_attr* attr, liq_image* image);
/* 0 (none, unless set) to 1: diffusion of errors in gradients, where bands would be seen. */
LIQ_EXPORT liq_error liq_set_dithering_level(liq_result* result, float dither_level);
LIQ_EXPORT liq_error liq_set_output_gamma(liq_result* result, double gamma);
LIQ_EXPORT double liq_get_output_gamma(const liq_result* result);
LIQ_EXPORT const liq_palette* liq_get_palette(liq_result* result);
LIQ_EXPORT liq_error liq_write_remapped_image(liq_result* result, liq_image* image, void* buffer, size_t buffer_size);
LIQ_EXPORT liq_error liq_write_remapped_image_rows(liq_result* result, liq_image* image, unsigned char** rows);
/* Mean squared errors, in code values over all samples; -1 where nothing is known. */
LIQ_EXPORT double liq_get_quantization_error(const liq_result* result);
LIQ_EXPORT int liq_get_quantization_quality(const liq_result* result);
LIQ_EXPORT double liq_get_remapping_error(const liq_result* result);
LIQ_EXPORT int liq_get_remapping_quality(const liq_result* result);
LIQ_EXPORT void liq_result_set_progress_callback(liq_result* result, liq_progress_callback_function* callback,
                                                 void* user_info);
LIQ_EXPORT void liq_result_destroy(liq_result* result);

/* 21700. */
LIQ_EXPORT int liq_version(void);

#ifdef __cplusplus
}
#endif

#endif
