// The handles of libimagequant.h, and the way from exceptions to its errors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <new>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "libimagequant.h"
#include "vqi/error.hpp"
#include "vqi/image.hpp"
#include "vqi/options.hpp"
#include "vqi/run_options.hpp"

struct liq_attr {
  int max_colors = 256;
  int speed = 4;
  int min_opacity = 255;
  int min_posterization = 0;
  int min_quality = 0;
  int max_quality = 100;
  bool last_index_transparent = false;
  void (*free)(void*) = std::free;  // of memory that the caller gives away
  liq_log_callback_function* log = nullptr;
  void* log_user = nullptr;
  liq_log_flush_callback_function* flush = nullptr;
  void* flush_user = nullptr;
  liq_progress_callback_function* progress = nullptr;
  void* progress_user = nullptr;
};

struct liq_image {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::vector<const void*> rows{};  // none with a callback
  liq_image_get_rgba_row_callback* row_callback = nullptr;
  void* row_user = nullptr;
  void (*free)(void*) = std::free;
  void* const* owned_rows = nullptr;       // the caller's array of rows
  bool frees_rows = false;                 // it is freed with the image
  void* owned_pixels = nullptr;            // freed with the image
  std::vector<std::uint8_t> importance{};  // empty: all pixels count alike
  std::vector<vqi::Colour> fixed{};
};

namespace vqi::imagequant {

/// An error of the interface.
struct LiqError {
  liq_error error;
};

inline void need(bool condition, liq_error error) {
  if (!condition) throw LiqError{error};
}

/// Calls call() and turns what it throws into an error of the interface.
template <typename Call>
liq_error guarded(const Call& call) noexcept {
  try {
    call();
    return LIQ_OK;
  } catch (const LiqError& wrong) {
    return wrong.error;
  } catch (const Error& error) {
    return error.error_code() == ErrorCode::cancelled ? LIQ_ABORTED : LIQ_UNSUPPORTED;
  } catch (const std::bad_alloc&) {
    return LIQ_OUT_OF_MEMORY;
  } catch (...) {
    return LIQ_UNSUPPORTED;
  }
}

/// The pixels with colours and their counts that a palette is learned from.
using ColourCounts = std::unordered_map<std::uint32_t, std::uint64_t>;

/// A palette that was learned, with what is known of it.
struct Learned {
  std::vector<Colour> colours{};        ///< in the order of the palette
  std::vector<std::uint8_t> indices{};  ///< of each pixel of the image that was learned from; else empty
  double mse = 0;
};

/// How a palette is learned.
struct Request {
  std::uint32_t k = 256;
  std::uint32_t effort = 5;
  std::uint32_t posterize_bits = 0;
  std::optional<double> psnr_db{};  ///< as few colours as this PSNR needs
  double min_psnr_db = 0;           ///< less is LIQ_QUALITY_TOO_LOW
  bool transparent_last = false;
  std::vector<Colour> fixed{};
  RunOptions run{};
};

/// The pixels of an image as RGBA; a transparent pixel is 0 in all samples, whatever colour it hides.
[[nodiscard]] Image rgba_of(const liq_image& image);

/// A palette for an image; with `weights`, a grey image of its size, where pixels count as they say.
[[nodiscard]] Learned learn_palette(const Image& rgba, const Image* weights, const Request& request);

/// A palette for counted colours.
[[nodiscard]] Learned learn_palette(const ColourCounts& counts, const Request& request);

/// The index of each pixel in a palette, by nearest colours or with errors diffused by `dither_level` above 0. Returns
/// the mean squared error.
[[nodiscard]] double remap(const Image& rgba, const std::vector<Colour>& colours, double dither_level,
                           const RunOptions& run, std::vector<std::uint8_t>& indices);

/// The quality 0..100 of a mean squared error, the inverse of psnr_of_quality.
[[nodiscard]] int quality_of_mse(double mse);

/// The callback of the caller as one of vqi.
[[nodiscard]] ProgressCallback progress_of(liq_progress_callback_function* callback, void* user);

}  // namespace vqi::imagequant

struct liq_histogram {
  vqi::imagequant::ColourCounts counts{};
  std::vector<vqi::Colour> fixed{};
};

struct liq_result {
  liq_palette palette{};
  std::vector<vqi::Colour> colours{};
  double gamma = 0.45455;
  double dither_level = 0;
  double quantization_mse = 0;
  double remapping_mse = -1;
  vqi::Image learned_from{};  // of one image, with its map
  std::vector<std::uint8_t> learned_map{};
  liq_progress_callback_function* progress = nullptr;
  void* progress_user = nullptr;
};
