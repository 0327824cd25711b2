// PngEncoder: rows to the bytes of a PNG file, through libpng.
#pragma once

#include <png.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "kept_exception.hpp"
#include "png_form.hpp"
#include "png_guard.hpp"
#include "png_metadata.hpp"

namespace vqi::detail {

/// What IHDR says, and how rows are compressed.
struct PngShape {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  int bit_depth = 8;
  int colour_type = PNG_COLOR_TYPE_RGB;
  int compression_level = 0;
};

/// The bytes of a file, one after the other.
using PngBytes = std::function<void(std::span<const std::byte> bytes)>;

/// A libpng write struct, with its errors turned into Error.
class PngEncoder {
 public:
  explicit PngEncoder(PngBytes write);
  PngEncoder(const PngEncoder&) = delete;
  PngEncoder& operator=(const PngEncoder&) = delete;
  ~PngEncoder();

  /// With the colours of an indexed image, and `chunks` before them. `keeps_alpha` adds tRNS even where all are opaque.
  void write_header(const PngShape& shape, std::span<const PngChunk> chunks, const ColourSet* palette = nullptr,
                    bool keeps_alpha = false);

  /// Writes the `count` rows that `row(y)` points to, from y = 0 on.
  template <typename Row>
  void write_rows(std::uint32_t count, const Row& row) {
    run([&] {
      for (std::uint32_t y = 0; y < count; ++y) png_write_row(png_, row(y));
    });
  }
  void write_end();

 private:
  template <typename Step>
  void run(const Step& step) {
    if (!run_png_step(png_, step)) throw_failure();
  }
  [[noreturn]] void throw_failure();

  /// Where libpng writes to.
  struct Output {
    PngBytes write;
    KeptException exception{};
  };
  static void write_to_output(png_structp png, png_bytep data, std::size_t length);

  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  PngFailure failure_;
  Output output_;
};

}  // namespace vqi::detail
