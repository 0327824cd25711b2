// Strips of some hundred kilobytes, each compressed on its own; small ones are tried first to choose the predictor.
#include "tiff_writer.hpp"

#include <algorithm>
#include <cstdint>

#include "row_progress.hpp"
#include "tiff_handle.hpp"
#include "tiff_metadata.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint64_t strip_bytes_wanted = std::uint64_t{1} << 18;
/// Measured on a photograph and a screen at 256 and all of their colours: 9 takes 3 to 11 % less, and up to five times
/// as long.
constexpr int compression_level = 6;
/// Offsets of a classic TIFF have 32 bits; what cannot be compressed grows a little, and there is a directory.
constexpr std::uint64_t max_classic_bytes = 0xF0000000;

/// What a file has apart from its image.
struct TiffShape {
  std::uint32_t height_px = 0;
  std::uint32_t strip_rows = 0;
  bool has_predictor = false;
};

std::uint32_t rows_of_strip(const ImageView& image) {
  return static_cast<std::uint32_t>(
      std::clamp<std::uint64_t>(strip_bytes_wanted / image.row_bytes(), 1, image.height_px));
}

void set_fields(TIFF* tiff, const ImageView& image, const TiffShape& shape) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, image.width_px);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, shape.height_px);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, static_cast<int>(image.bit_depth));
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, static_cast<int>(image.channels));
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, image.channels >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, shape.strip_rows);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
  TIFFSetField(tiff, TIFFTAG_ZIPQUALITY, compression_level);
  if (shape.has_predictor) TIFFSetField(tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
  if (image.has_alpha()) {
    const std::uint16_t straight = EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &straight);
  }
  if (image.metadata != nullptr) set_tiff_metadata(tiff, *image.metadata, image.channels >= 3);
}

/// Writes strips of rows of the image; `top(i)` is the first row of the strip `i` of `shape`, and is called in order.
template <typename Top>
std::vector<std::byte> write_strips(const ImageView& image, const TiffShape& shape, std::uint64_t max_bytes,
                                    const Top& top) {
  TiffHandle handle(max_bytes, image.row_bytes() * shape.height_px > max_classic_bytes);
  handle.run([&](TIFF* tiff) { set_fields(tiff, image, shape); });
  std::vector<std::byte> strip;
  std::uint32_t index = 0;
  for (std::uint32_t done = 0; done < shape.height_px; done += std::min(shape.strip_rows, shape.height_px - done)) {
    const std::uint32_t begin = top(index);
    const std::uint32_t end = begin + std::min(shape.strip_rows, shape.height_px - done);
    strip.clear();
    for (std::uint32_t y = begin; y < end; ++y)
      strip.insert(strip.end(), image.row(y), image.row(y) + image.row_bytes());
    const auto size = static_cast<tmsize_t>(strip.size());
    if (handle.run([&](TIFF* tiff) { return TIFFWriteEncodedStrip(tiff, index, strip.data(), size); }) != size)
      handle.throw_write_failure();
    ++index;
  }
  return handle.finish_writing();
}

/// True if differences take less than samples in bands of rows from all over the image. Images of few colours, as come
/// out of a .vqi file, often take less without.
bool is_predictor_better(const ImageView& image, std::uint64_t max_bytes) {
  constexpr std::uint32_t bands = 4;
  constexpr std::size_t band_bytes = std::size_t{1} << 16;
  TiffShape shape;
  shape.strip_rows = static_cast<std::uint32_t>(
      std::clamp<std::uint64_t>(band_bytes / image.row_bytes(), 1, (image.height_px - 1) / bands + 1));
  shape.height_px = std::min(bands * shape.strip_rows, image.height_px);
  const auto top = [&](std::uint32_t band) {
    return static_cast<std::uint32_t>(std::uint64_t{image.height_px - shape.strip_rows} * band / bands);
  };
  const std::size_t plain = write_strips(image, shape, max_bytes, top).size();
  shape.has_predictor = true;
  return write_strips(image, shape, max_bytes, top).size() < plain;
}

}  // namespace

std::vector<std::byte> write_tiff(const ImageView& image, std::string_view /*extension*/, const RunOptions& run) {
  const TiffShape shape{image.height_px, rows_of_strip(image), is_predictor_better(image, run.max_memory_bytes)};
  RowProgress progress(run.progress, Stage::write, image.height_px);
  return write_strips(image, shape, run.max_memory_bytes, [&](std::uint32_t strip) {
    const std::uint32_t top = strip * shape.strip_rows;
    progress.report_at(top);
    return top;
  });
}

}  // namespace vqi::detail
