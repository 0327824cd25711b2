// What takes the bytes may throw, which libpng must not see.
#include "png_encoder.hpp"

#include <bit>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "vqi/error.hpp"

namespace vqi::detail {

void PngEncoder::write_to_output(png_structp png, png_bytep data, std::size_t length) {
  auto* output = static_cast<Output*>(png_get_io_ptr(png));
  const bool is_written = output->exception.run([&] {
    output->write({reinterpret_cast<const std::byte*>(data), length});
  });
  if (!is_written) png_error(png, "cannot be written");
}

PngEncoder::PngEncoder(PngBytes write) : output_{std::move(write)} {
  png_ = png_create_write_struct(PNG_LIBPNG_VER_STRING, &failure_, fail_png_step, ignore_png_warning);
  if (png_ == nullptr) throw std::bad_alloc();
  info_ = png_create_info_struct(png_);
  if (info_ == nullptr) {
    png_destroy_write_struct(&png_, nullptr);
    throw std::bad_alloc();
  }
}

PngEncoder::~PngEncoder() { png_destroy_write_struct(&png_, &info_); }

void PngEncoder::write_header(const PngShape& shape, std::span<const PngChunk> chunks, const ColourSet* palette,
                              bool keeps_alpha) {
  std::vector<png_color> colours;
  std::vector<png_byte> alpha;
  std::size_t alpha_size = keeps_alpha ? 1 : 0;
  for (const ColourSet::Colour colour : palette != nullptr ? palette->colours() : std::vector<ColourSet::Colour>()) {
    const auto part = [&](int shift) { return static_cast<png_byte>((colour >> shift) & 0xFF); };
    colours.push_back({part(0), part(8), part(16)});
    alpha.push_back(part(24));
    if (is_translucent(colour)) alpha_size = alpha.size();
  }
  run([&] {
    png_set_write_fn(png_, &output_, write_to_output, nullptr);
    png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_compression_level(png_, shape.compression_level);
    if (shape.bit_depth <= 8) png_set_filter(png_, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_IHDR(png_, info_, shape.width_px, shape.height_px, shape.bit_depth, shape.colour_type, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    if (!colours.empty()) png_set_PLTE(png_, info_, colours.data(), static_cast<int>(colours.size()));
    if (alpha_size > 0) png_set_tRNS(png_, info_, alpha.data(), static_cast<int>(alpha_size), nullptr);
    png_write_info_before_PLTE(png_, info_);
    for (const PngChunk& chunk : chunks)
      png_write_chunk(png_, chunk.type.data(), reinterpret_cast<png_const_bytep>(chunk.data.data()), chunk.data.size());
    png_write_info(png_, info_);
    png_set_packing(png_);
    if constexpr (std::endian::native == std::endian::little) png_set_swap(png_);
  });
}

void PngEncoder::write_end() {
  run([&] { png_write_end(png_, nullptr); });
}

void PngEncoder::throw_failure() {
  output_.exception.rethrow();
  throw Error(ErrorCode::invalid_image, std::string("image cannot be written as PNG: ") + failure_.text);
}

}  // namespace vqi::detail
