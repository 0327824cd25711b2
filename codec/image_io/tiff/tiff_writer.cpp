// Strips of some hundred kilobytes, each compressed on its own; small ones are tried first to choose the predictor.
#include "tiff_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

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

/// Writes rows, from the first to the last, as strips.
class StripWriter {
 public:
  /// Borrows the handle. Of the image only width, type and metadata are taken.
  StripWriter(TiffHandle& handle, const ImageView& image, const TiffShape& shape)
      : handle_(handle), shape_(shape), strip_bytes_(image.row_bytes() * shape.strip_rows) {
    handle.run([&](TIFF* tiff) { set_fields(tiff, image, shape); });
  }

  void write(const ImageView& rows) {
    for (std::uint32_t y = 0; y < rows.height_px; ++y) {
      strip_.insert(strip_.end(), rows.row(y), rows.row(y) + rows.row_bytes());
      ++done_rows_;
      if (strip_.size() == strip_bytes_ || done_rows_ == shape_.height_px) write_strip();
    }
  }

 private:
  void write_strip() {
    const auto size = static_cast<tmsize_t>(strip_.size());
    if (handle_.run([&](TIFF* tiff) { return TIFFWriteEncodedStrip(tiff, index_, strip_.data(), size); }) != size)
      handle_.throw_write_failure();
    ++index_;
    strip_.clear();
  }

  TiffHandle& handle_;
  TiffShape shape_;
  std::size_t strip_bytes_;
  std::vector<std::byte> strip_;
  std::uint32_t index_ = 0;
  std::uint32_t done_rows_ = 0;
};

bool is_big(const ImageView& image, const TiffShape& shape) {
  return image.row_bytes() * shape.height_px > max_classic_bytes;
}

/// Bands of rows from all over an image, which is seen from its first row to its last.
class BandSample {
 public:
  /// Of the image only size and type are taken.
  explicit BandSample(const ImageView& image) : height_px_(image.height_px) {
    shape_.strip_rows = static_cast<std::uint32_t>(
        std::clamp<std::uint64_t>(band_bytes / image.row_bytes(), 1, (image.height_px - 1) / bands + 1));
    shape_.height_px = std::min(bands * shape_.strip_rows, image.height_px);
    sample_ = Image(image.width_px, shape_.height_px, image.channels, image.bit_depth);
  }

  void add(std::uint32_t first_row, const ImageView& rows) {
    for (std::uint32_t y = 0; y < shape_.height_px; ++y) {
      const std::uint32_t row = row_of(y);
      if (row >= first_row && row - first_row < rows.height_px)
        std::copy_n(rows.row(row - first_row), rows.row_bytes(), sample_.row(y));
    }
  }

  /// True if differences take less than samples in the bands. Images of few colours, as come out of a .vqi file, often
  /// take less without.
  [[nodiscard]] bool is_predictor_better() const {
    TiffShape with_predictor = shape_;
    with_predictor.has_predictor = true;
    return size_of(with_predictor) < size_of(shape_);
  }

 private:
  static constexpr std::uint32_t bands = 4;
  static constexpr std::size_t band_bytes = std::size_t{1} << 16;

  /// The row of the image that is row `y` of the bands.
  [[nodiscard]] std::uint32_t row_of(std::uint32_t y) const noexcept {
    const std::uint32_t band = y / shape_.strip_rows;
    const auto top = static_cast<std::uint32_t>(std::uint64_t{height_px_ - shape_.strip_rows} * band / bands);
    return top + y % shape_.strip_rows;
  }
  [[nodiscard]] std::size_t size_of(const TiffShape& shape) const {
    TiffHandle handle(std::numeric_limits<std::uint64_t>::max(), false);
    StripWriter(handle, sample_, shape).write(sample_);
    return handle.finish_writing().size();
  }

  std::uint32_t height_px_;
  TiffShape shape_;
  Image sample_;
};

}  // namespace

std::vector<std::byte> write_tiff(const ImageView& image, std::string_view /*extension*/, const RunOptions& run) {
  BandSample sample(image);
  sample.add(0, image);
  const TiffShape shape{image.height_px, rows_of_strip(image), sample.is_predictor_better()};
  TiffHandle handle(run.max_memory_bytes, is_big(image, shape));
  StripWriter writer(handle, image, shape);
  RowProgress progress(run.progress, Stage::write, image.height_px);
  progress.in_bands(image.height_px, [&](std::uint32_t begin, std::uint32_t end) {
    ImageView rows = image;
    rows.samples = image.row(begin);
    rows.height_px = end - begin;
    writer.write(rows);
  });
  return handle.finish_writing();
}

std::uint64_t write_tiff_rows(const RowGiver& image, const ByteSink& file, std::string_view /*extension*/) {
  std::optional<BandSample> sample;
  image({[&](const ImageView& type) { sample.emplace(type); },
         [&](std::uint32_t first_row, const ImageView& rows) { sample->add(first_row, rows); }});
  std::optional<TiffHandle> handle;
  std::optional<StripWriter> writer;
  image({[&](const ImageView& type) {
           const TiffShape shape{type.height_px, rows_of_strip(type), sample->is_predictor_better()};
           handle.emplace(file, is_big(type, shape));
           writer.emplace(*handle, type, shape);
         },
         [&](std::uint32_t, const ImageView& rows) { writer->write(rows); }});
  return handle->finish_file();
}

}  // namespace vqi::detail
