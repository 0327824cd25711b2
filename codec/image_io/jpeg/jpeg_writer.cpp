// libjpeg writes rows into blocks that are appended to a vector.
#include "jpeg_writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <new>
#include <optional>
#include <span>
#include <string>

#include "icc_profile.hpp"
#include "jpeg_guard.hpp"
#include "pixel_density.hpp"
#include "read_limits.hpp"
#include "row_progress.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr int quality = 95;
constexpr std::size_t block_bytes = std::size_t{1} << 16;

/// Where libjpeg writes to.
struct JpegSink {
  jpeg_destination_mgr manager{};  // first, as libjpeg knows only this part
  std::array<JOCTET, block_bytes> block{};
  std::vector<std::byte> bytes;
  std::uint64_t most_bytes = 0;
  bool is_full = false;
};

JpegSink& sink_of(j_compress_ptr codec) { return *reinterpret_cast<JpegSink*>(codec->dest); }

void start_block(j_compress_ptr codec) {
  JpegSink& sink = sink_of(codec);
  sink.manager.next_output_byte = sink.block.data();
  sink.manager.free_in_buffer = sink.block.size();
}

/// Appends the first `count` bytes of the block.
void take_block(j_compress_ptr codec, std::size_t count) {
  JpegSink& sink = sink_of(codec);
  sink.is_full = count > sink.most_bytes - sink.bytes.size();
  bool out_of_memory = false;
  try {
    const auto* begin = reinterpret_cast<const std::byte*>(sink.block.data());
    if (!sink.is_full) sink.bytes.insert(sink.bytes.end(), begin, begin + count);
  } catch (const std::bad_alloc&) {
    out_of_memory = true;
  }
  if (!sink.is_full && !out_of_memory) return;
  codec->err->msg_code = out_of_memory ? JERR_OUT_OF_MEMORY : JERR_FILE_WRITE;
  codec->err->error_exit(reinterpret_cast<j_common_ptr>(codec));
}

boolean empty_block(j_compress_ptr codec) {
  take_block(codec, block_bytes);
  start_block(codec);
  return TRUE;
}

void end_block(j_compress_ptr codec) { take_block(codec, block_bytes - sink_of(codec).manager.free_in_buffer); }

/// Density as JFIF has it: unit 0 for an aspect ratio, 1 per inch, 2 per centimetre.
struct JfifDensity {
  UINT8 unit = 0;
  UINT16 x = 0;
  UINT16 y = 0;
};

/// Per inch, or per centimetre where that is the exact one; nothing where 16 bits do not hold it.
std::optional<JfifDensity> jfif_density(const PixelDensity& density) {
  const auto per_inch = [](std::uint32_t per_metre) {
    return static_cast<std::uint32_t>(std::lround(per_metre * inch_in_metres));
  };
  const bool is_metric = density.unit == 1 && density.x % 100 == 0 && density.y % 100 == 0;
  const std::uint32_t x = density.unit == 0 ? density.x : is_metric ? density.x / 100 : per_inch(density.x);
  const std::uint32_t y = density.unit == 0 ? density.y : is_metric ? density.y / 100 : per_inch(density.y);
  if (x == 0 || y == 0 || std::max(x, y) > 0xFFFF) return std::nullopt;
  const int unit = density.unit == 0 ? 0 : is_metric ? 2 : 1;
  return JfifDensity{static_cast<UINT8>(unit), static_cast<UINT16>(x), static_cast<UINT16>(y)};
}

void set_density(const PixelDensity& density, jpeg_compress_struct& codec) {
  const std::optional<JfifDensity> jfif = jfif_density(density);
  if (!jfif) return;
  codec.density_unit = jfif->unit;
  codec.X_density = jfif->x;
  codec.Y_density = jfif->y;
}

/// ICC.1, B.4: a profile goes in numbered parts that fit into segments.
void write_profile(std::span<const std::byte> profile, jpeg_compress_struct& codec) {
  constexpr std::size_t part_bytes_max = max_jpeg_profile_part_bytes;
  const std::size_t parts = (profile.size() + part_bytes_max - 1) / part_bytes_max;
  for (std::size_t part = 0; part < parts; ++part) {
    const auto data =
        profile.subspan(part * part_bytes_max, std::min(part_bytes_max, profile.size() - part * part_bytes_max));
    jpeg_write_m_header(&codec, JPEG_APP0 + 2, static_cast<unsigned>(data.size() + 14));
    for (const char letter : std::string_view("ICC_PROFILE\0", 12)) jpeg_write_m_byte(&codec, letter);
    jpeg_write_m_byte(&codec, static_cast<int>(part + 1));
    jpeg_write_m_byte(&codec, static_cast<int>(parts));
    for (const std::byte byte : data) jpeg_write_m_byte(&codec, std::to_integer<int>(byte));
  }
}

class JpegEncoder {
 public:
  explicit JpegEncoder(const RunOptions& run) : run_(run) {
    codec_.err = start_jpeg_failure(failure_);
    if (!run_jpeg_step(failure_, [this] { jpeg_create_compress(&codec_); })) throw std::bad_alloc();
    sink_.most_bytes = run.max_memory_bytes;
    sink_.manager.init_destination = start_block;
    sink_.manager.empty_output_buffer = empty_block;
    sink_.manager.term_destination = end_block;
    codec_.dest = &sink_.manager;
  }
  JpegEncoder(const JpegEncoder&) = delete;
  JpegEncoder& operator=(const JpegEncoder&) = delete;
  ~JpegEncoder() { jpeg_destroy_compress(&codec_); }

  std::vector<std::byte> write(const ImageView& image) {
    step([&] { start(image); });
    RowProgress progress(run_.progress, Stage::write, image.height_px);
    progress.in_bands(image.height_px, [&](std::uint32_t begin, std::uint32_t end) {
      step([&] {
        for (std::uint32_t y = begin; y < end; ++y) {
          // libjpeg takes a pointer to non-const, and does not write through it.
          JSAMPROW row = const_cast<JSAMPROW>(reinterpret_cast<const JSAMPLE*>(image.row(y)));
          static_cast<void>(jpeg_write_scanlines(&codec_, &row, 1));
        }
      });
    });
    step([this] { jpeg_finish_compress(&codec_); });
    return std::move(sink_.bytes);
  }

 private:
  void start(const ImageView& image) {
    codec_.image_width = image.width_px;
    codec_.image_height = image.height_px;
    codec_.input_components = static_cast<int>(image.channels);
    codec_.in_color_space = image.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&codec_);
    jpeg_set_quality(&codec_, quality, TRUE);
    codec_.dct_method = JDCT_ISLOW;
    codec_.optimize_coding = TRUE;
    // All samples of all colours: images of few colours have sharp edges between them.
    codec_.comp_info[0].h_samp_factor = 1;
    codec_.comp_info[0].v_samp_factor = 1;
    if (image.metadata != nullptr && image.metadata->density) set_density(*image.metadata->density, codec_);
    jpeg_start_compress(&codec_, TRUE);
    if (image.metadata != nullptr && image.metadata->icc_profile &&
        image.metadata->icc_profile->bytes.size() <= max_jpeg_profile_bytes &&
        icc_profile_fits(image.metadata->icc_profile->bytes, image.channels != 1))
      write_profile(image.metadata->icc_profile->bytes, codec_);
  }

  template <typename Step>
  void step(const Step& work) {
    if (run_jpeg_step(failure_, work)) return;
    if (failure_.code == JERR_OUT_OF_MEMORY) throw std::bad_alloc();
    if (sink_.is_full)
      throw Error(Limit::memory, "the JPEG file takes more than the limit of " + std::to_string(sink_.most_bytes) +
                                     " bytes of memory");
    throw Error(ErrorCode::invalid_image, std::string("image cannot be written as JPEG: ") + failure_.text);
  }

  const RunOptions& run_;
  JpegFailure failure_;
  jpeg_compress_struct codec_{};
  JpegSink sink_;
};

}  // namespace

bool jpeg_has_density(const PixelDensity& density) { return jfif_density(density).has_value(); }

std::vector<std::byte> write_jpeg(const ImageView& image, std::string_view /*extension*/, const RunOptions& run) {
  // With optimised codes libjpeg keeps all coefficients until the end.
  constexpr std::uint64_t bytes_per_sample = 2;
  check_memory_limit(bytes_per_sample * image.channels * image.width_px * image.height_px, run, "writing the image");
  return JpegEncoder(run).write(image);
}

}  // namespace vqi::detail
