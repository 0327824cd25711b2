// The calls of vqi.h on images and streams in memory.
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

#include "handles.hpp"
#include "integer.hpp"
#include "row_decoder.hpp"
#include "stream_header.hpp"
#include "stream_reader.hpp"
#include "vqi/codec.hpp"
#include "vqi/metrics.hpp"
#include "vqi/report_json.hpp"
#include "vqi/sweep.hpp"

namespace {

using vqi::Command;
using vqi::ImageView;
using vqi::binding::bytes_of;
using vqi::binding::guarded;
using vqi::binding::image_of;
using vqi::binding::making;
using vqi::binding::need;
using vqi::binding::options_for;
using vqi::binding::progress_of;
using vqi::binding::view_of;

using Bytes = std::span<const std::byte>;

/// A stream that can be decoded: `bytes`, or with its codebook put in its place.
class Stream {
 public:
  Stream(const vqi_options& options, const void* bytes, std::size_t size)
      : bytes_(bytes_of(bytes, size)),
        limits_(options.settings.limits),
        run_(options.settings.run(progress_of(options))) {
    if (!options.codebook) return;
    attached_ = vqi::attach_codebook(bytes_, *options.codebook);
    bytes_ = attached_;
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  [[nodiscard]] Bytes bytes() const noexcept { return bytes_; }
  [[nodiscard]] vqi::Image decode() const { return vqi::decode(bytes_, limits_, run_); }
  [[nodiscard]] vqi::Image region(std::uint32_t x, std::uint32_t y, std::uint32_t width, std::uint32_t height) const {
    return vqi::decode_region(bytes_, x, y, width, height, limits_, run_);
  }
  void rows(const vqi::detail::RowsUse& use) const { vqi::detail::decode_rows(bytes_, limits_, run_, use); }
  /// The header, whose image is within the limits.
  [[nodiscard]] vqi::detail::StreamHeader header() const {
    const vqi::detail::StreamHeader header = vqi::detail::read_header(bytes_);
    vqi::detail::check_limits(header, limits_);
    return header;
  }
  [[nodiscard]] vqi::StreamInfo info() const { return vqi::inspect(bytes_, limits_); }

 private:
  Bytes bytes_;
  std::vector<std::byte> attached_;
  vqi::DecodeLimits limits_;
  vqi::RunOptions run_;
};

/// The type of the image in a stream, without samples.
ImageView type_of(const vqi::detail::StreamHeader& header) {
  const vqi::detail::BlockGrid& grid = header.grid;
  ImageView view{nullptr, grid.width_px, grid.height_px, grid.channels, grid.bit_depth};
  view.stride_bytes = view.row_bytes();
  return view;
}

/// Pixel rows that are decoded at once: whole strips, of about a megapixel together or one, so that what is made of the
/// codebook each time costs little.
std::uint32_t rows_at_once(const vqi::detail::StreamHeader& header) {
  constexpr std::uint64_t band_px = std::uint64_t{1} << 20;
  const vqi::detail::BlockGrid& grid = header.grid;
  const std::uint64_t strip_px_rows = std::uint64_t{header.strip_rows} * grid.block_height_px;
  const std::uint64_t strip_px = strip_px_rows * grid.width_px;
  const std::uint64_t strips = std::max<std::uint64_t>(1, band_px / std::max<std::uint64_t>(1, strip_px));
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(strips * strip_px_rows, grid.height_px));
}

/// Calls take(first row, rows) from the first row to the last. Long strips are given while they are decoded.
template <typename Take>
void decode_bands(const Stream& stream, const vqi::detail::StreamHeader& header, const Take& take) {
  if (vqi::detail::has_long_strips(header)) return stream.rows(take);
  const std::uint32_t height = header.grid.height_px;
  const std::uint32_t band = rows_at_once(header);
  if (band == height) return take(0, ImageView(stream.decode()));
  for (std::uint32_t y = 0; y < height;) {
    const std::uint32_t rows = std::min(band, height - y);
    const vqi::Image decoded = stream.region(0, y, header.grid.width_px, rows);
    take(y, ImageView(decoded));
    y += rows;
  }
}

}  // namespace

vqi_status vqi_encode(const vqi_options* options, const vqi_image* image, vqi_result** result) {
  return making(result, [&](vqi_result& made) {
    const vqi_options asked = options_for(Command::compress, options);
    vqi::Encoded encoded = vqi::compress(view_of(image), asked.settings, progress_of(asked));
    made.json = vqi::compress_json(encoded.report, asked.settings.auto_k ? &asked.settings.gap : nullptr);
    made.bytes = std::move(encoded.bytes);
  });
}

vqi_status vqi_encode_into(const vqi_options* options, const vqi_image* image, void* buffer, size_t capacity,
                           size_t* size, vqi_result** result) {
  if (size != nullptr) *size = 0;
  vqi_result* encoded = nullptr;
  vqi_status status = vqi_encode(options, image, &encoded);
  if (status == VQI_OK) status = vqi_result_copy_bytes(encoded, buffer, capacity, size);
  if (result != nullptr) *result = nullptr;
  if (status != VQI_OK || result == nullptr) {
    vqi_result_free(encoded);
  } else {
    encoded->bytes = {};
    *result = encoded;
  }
  return status;
}

vqi_status vqi_sweep(const vqi_options* options, const vqi_image* image, vqi_result** result) {
  return making(result, [&](vqi_result& made) {
    const vqi_options asked = options_for(Command::sweep, options);
    vqi::check_settings(asked.settings);
    vqi::Settings fitting = asked.settings;
    vqi::Image storage;
    std::vector<std::string> warnings;
    const vqi::ImageView fitted = vqi::fit_colours(view_of(image), fitting, storage, warnings);
    const std::vector<vqi::SweepRow> rows =
        vqi::sweep(fitted, vqi::sweep_rows(asked.settings), {}, asked.settings.run(progress_of(asked)));
    made.json = vqi::sweep_json(rows);
  });
}

vqi_status vqi_train(const vqi_options* options, const vqi_image* images, size_t count, vqi_result** result) {
  return making(result, [&](vqi_result& made) {
    const vqi_options asked = options_for(Command::train, options);
    need(images != nullptr && count > 0, "there is no image to learn from");
    vqi::check_settings(asked.settings);
    const vqi::EncodeOptions& learning = asked.settings.encode;
    const vqi::RunOptions run = asked.settings.run(progress_of(asked));
    vqi::Statistics statistics(learning.block_width_px, learning.block_height_px, asked.settings.sample_size);
    for (const vqi_image& image : std::span(images, count)) statistics.add(view_of(&image), run);
    const vqi::CodebookTraining training = vqi::train_codebook(statistics, learning, run);
    made.bytes = vqi::write_codebook(training.codebook);
    made.json = vqi::train_json(training);
  });
}

vqi_status vqi_compare(const vqi_options* options, const vqi_image* reference, const vqi_image* other,
                       vqi_result** result) {
  return making(result, [&](vqi_result& made) {
    const vqi_options asked = options_for(Command::compare, options);
    const vqi::RunOptions run = asked.settings.run(progress_of(asked));
    const ImageView first = view_of(reference);
    const ImageView second = view_of(other);
    const vqi::Distortion distortion = vqi::measure_distortion(first, second, run);
    made.json = vqi::compare_json(distortion, vqi::measure_ciede2000(first, second, run));
  });
}

vqi_status vqi_stream_image(const vqi_options* options, const void* bytes, size_t size, vqi_image* image) {
  return guarded([&] {
    need(image != nullptr, "the place for the image is null");
    const vqi_options asked = options_for(Command::decompress, options);
    *image = image_of(type_of(Stream(asked, bytes, size).header()));
  });
}

vqi_status vqi_stream_metadata(const vqi_options* options, const void* bytes, size_t size, vqi_metadata** metadata) {
  return guarded([&] {
    need(metadata != nullptr, "the place for the metadata is null");
    *metadata = nullptr;
    const vqi_options asked = options_for(Command::decompress, options);
    *metadata = new vqi_metadata{vqi::detail::StreamReader(bytes_of(bytes, size), asked.settings.limits).metadata()};
  });
}

vqi_status vqi_inspect(const vqi_options* options, const void* bytes, size_t size, vqi_result** result) {
  return making(result, [&](vqi_result& made) {
    made.json = vqi::info_json(Stream(options_for(Command::info, options), bytes, size).info());
  });
}

vqi_status vqi_decode(const vqi_options* options, const void* bytes, size_t size, vqi_result** result) {
  return making(result, [&](vqi_result& made) {
    const vqi_options asked = options_for(Command::decompress, options);
    const Stream stream(asked, bytes, size);
    made.image = stream.decode();
    made.json = vqi::decompress_json(stream.info());
  });
}

vqi_status vqi_decode_into(const vqi_options* options, const void* bytes, size_t size, void* samples, size_t capacity,
                           size_t stride_bytes, size_t* needed) {
  if (needed != nullptr) *needed = 0;
  return guarded([&] {
    const vqi_options asked = options_for(Command::decompress, options);
    const Stream stream(asked, bytes, size);
    const vqi::detail::StreamHeader header = stream.header();
    const ImageView type = type_of(header);
    const std::size_t row_bytes = type.row_bytes();
    const std::size_t stride = stride_bytes == 0 ? row_bytes : stride_bytes;
    need(stride >= row_bytes, "the stride is shorter than a row");
    const std::optional<std::uint64_t> all =
        vqi::detail::checked_sum(vqi::detail::checked_product(stride, type.height_px - std::uint64_t{1}), row_bytes);
    const std::size_t total = static_cast<std::size_t>(all.value_or(std::numeric_limits<std::size_t>::max()));
    if (needed != nullptr) *needed = total;
    if (total > capacity || samples == nullptr) vqi::binding::refuse_buffer(total, capacity);
    decode_bands(stream, header, [&](std::uint32_t first_row, const ImageView& rows) {
      for (std::uint32_t y = 0; y < rows.height_px; ++y)
        std::memcpy(static_cast<std::byte*>(samples) + (std::size_t{first_row} + y) * stride, rows.row(y), row_bytes);
    });
  });
}

vqi_status vqi_decode_rows(const vqi_options* options, const void* bytes, size_t size, vqi_rows_callback callback,
                           void* user) {
  return guarded([&] {
    need(callback != nullptr, "the callback is null");
    const vqi_options asked = options_for(Command::decompress, options);
    const Stream stream(asked, bytes, size);
    decode_bands(stream, stream.header(), [&](std::uint32_t first_row, const ImageView& rows) {
      const vqi_image image = image_of(rows);
      if (callback(user, first_row, &image) != 0)
        throw vqi::Error(vqi::ErrorCode::cancelled, "cancelled while decoding");
    });
  });
}

vqi_status vqi_decode_region(const vqi_options* options, const void* bytes, size_t size, uint32_t x, uint32_t y,
                             uint32_t width, uint32_t height, vqi_result** result) {
  return making(result, [&](vqi_result& made) {
    const vqi_options asked = options_for(Command::decompress, options);
    made.image = Stream(asked, bytes, size).region(x, y, width, height);
  });
}
