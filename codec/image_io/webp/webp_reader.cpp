// The demuxer finds frames and metadata; a still picture is decoded as its bytes are handed over, so that what precedes
// damage is there.
#include "webp_reader.hpp"

#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "byte_window.hpp"
#include "exif_density.hpp"
#include "exif_orientation.hpp"
#include "file_damage.hpp"
#include "icc_profile.hpp"
#include "image_errors.hpp"
#include "read_limits.hpp"
#include "row_progress.hpp"
#include "upright.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "WebP";
constexpr std::size_t riff_head_bytes = 8;

struct DemuxerCloser {
  void operator()(WebPDemuxer* demuxer) const noexcept { WebPDemuxDelete(demuxer); }
};
using Demuxer = std::unique_ptr<WebPDemuxer, DemuxerCloser>;
struct AnimationCloser {
  void operator()(WebPAnimDecoder* decoder) const noexcept { WebPAnimDecoderDelete(decoder); }
};
using Animation = std::unique_ptr<WebPAnimDecoder, AnimationCloser>;
struct DecoderCloser {
  void operator()(WebPIDecoder* decoder) const noexcept { WebPIDelete(decoder); }
};
using Decoder = std::unique_ptr<WebPIDecoder, DecoderCloser>;

const std::uint8_t* data_of(std::span<const std::byte> bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

/// The bytes that the RIFF header claims, as far as they are there.
std::span<const std::byte> riff_of(std::span<const std::byte> bytes) {
  const std::uint64_t claimed = std::uint64_t{riff_head_bytes} + ByteWindow(bytes, format_name).le32(4);
  return bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(claimed, bytes.size())));
}

WebPBitstreamFeatures read_features(std::span<const std::byte> bytes) {
  WebPBitstreamFeatures features{};
  const VP8StatusCode status = WebPGetFeatures(data_of(bytes), bytes.size(), &features);
  if (status == VP8_STATUS_NOT_ENOUGH_DATA) static_cast<void>(ByteWindow(bytes, format_name).at(bytes.size(), 1));
  if (status != VP8_STATUS_OK || features.width <= 0 || features.height <= 0)
    throw_damaged(format_name, "its header is not valid", 12);
  return features;
}

/// A chunk of metadata, or nothing.
std::span<const std::byte> find_chunk(const WebPDemuxer* demuxer, const char* type) {
  WebPChunkIterator chunk{};
  std::span<const std::byte> data;
  if (WebPDemuxGetChunk(demuxer, type, 1, &chunk) != 0)
    data = {reinterpret_cast<const std::byte*>(chunk.chunk.bytes), chunk.chunk.size};
  WebPDemuxReleaseChunkIterator(&chunk);
  return data;  // lies in the file
}

/// Decodes a still picture into `image`. Returns damage, and the first row that it took, if any.
std::optional<std::pair<FileDamage, std::uint32_t>> decode_still(std::span<const std::byte> frame,
                                                                 std::uint64_t file_bytes, Image& image,
                                                                 const RunOptions& run) {
  WebPDecoderConfig config{};
  if (WebPInitDecoderConfig(&config) == 0) throw_unsupported(format_name, "another version of libwebp's interface");
  config.output.colorspace = image.channels() == 4 ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = reinterpret_cast<std::uint8_t*>(image.samples().data());
  config.output.u.RGBA.stride = static_cast<int>(image.row_bytes());
  config.output.u.RGBA.size = image.size_bytes();
  const Decoder decoder(WebPIDecode(nullptr, 0, &config));
  if (!decoder) throw std::bad_alloc();
  RowProgress progress(run.progress, Stage::read, frame.size());
  VP8StatusCode status = VP8_STATUS_SUSPENDED;
  std::size_t given = 0;
  const std::size_t step = std::max<std::size_t>(frame.size() / 64, std::size_t{1} << 16);
  while (status == VP8_STATUS_SUSPENDED && given < frame.size()) {
    progress.report_at(given);
    given = std::min(frame.size(), given + step);
    status = WebPIUpdate(decoder.get(), data_of(frame), given);
  }
  if (status == VP8_STATUS_OK) return std::nullopt;
  if (status == VP8_STATUS_OUT_OF_MEMORY) throw std::bad_alloc();
  int rows = 0;
  if (WebPIDecGetRGB(decoder.get(), &rows, nullptr, nullptr, nullptr) == nullptr) rows = 0;
  return std::pair{
      FileDamage{status == VP8_STATUS_SUSPENDED ? "its pixels end early" : "its pixels are damaged", file_bytes},
      static_cast<std::uint32_t>(std::max(rows, 0))};
}

/// The canvas at frame `page`, as a player shows it.
void decode_frame(std::span<const std::byte> riff, std::uint32_t page, bool may_be_opaque, const RunOptions& run,
                  Image& image) {
  const WebPData data{data_of(riff), riff.size()};
  const Animation animation(WebPAnimDecoderNew(&data, nullptr));
  if (!animation) throw_damaged(format_name, "its animation is not whole", riff.size());
  RowProgress progress(run.progress, Stage::read, page);
  std::uint8_t* canvas = nullptr;
  for (std::uint32_t frame = 0; frame < page; ++frame) {
    int time_ms = 0;
    progress.report_at(frame);
    if (WebPAnimDecoderGetNext(animation.get(), &canvas, &time_ms) == 0)
      throw_damaged(format_name, "frame " + std::to_string(frame + 1) + " of its animation is damaged", riff.size());
  }
  const std::span pixels(reinterpret_cast<const std::byte*>(canvas), image.size_bytes());
  std::copy(pixels.begin(), pixels.end(), image.samples().begin());
  bool is_opaque = may_be_opaque;
  for (std::size_t i = 3; i < pixels.size() && is_opaque; i += 4) is_opaque = pixels[i] == std::byte{255};
  if (!is_opaque) return;
  Image opaque(image.width_px(), image.height_px(), 3, 8);
  for (std::size_t i = 0; i < pixels.size() / 4; ++i) std::copy_n(&pixels[4 * i], 3, opaque.samples().data() + 3 * i);
  image = std::move(opaque);
}

void check_limits(const WebPBitstreamFeatures& features, std::uint32_t channels, const ReadOptions& options,
                  const RunOptions& run) {
  const auto width_px = static_cast<std::uint64_t>(features.width);
  const auto height_px = static_cast<std::uint64_t>(features.height);
  check_size_limits(width_px, height_px, options.limits);
  // libwebp keeps one more copy of the pixels: 4 bytes each when lossless; an animation has two canvases and a frame.
  check_image_memory(width_px, height_px, channels + (features.has_animation != 0 ? 12U : 4U), run);
}

void keep_metadata(const WebPDemuxer* demuxer, ReadImage& result) {
  auto exif = find_chunk(demuxer, "EXIF");
  if (!exif.empty()) result.dropped.emplace_back("EXIF");
  // Some writers keep JPEG's prefix, which the specification does not have.
  if (ByteWindow(exif, format_name).has(0, {"Exif\0\0", 6})) exif = exif.subspan(6);
  if (!find_chunk(demuxer, "XMP ").empty()) result.dropped.emplace_back("XMP");
  const auto profile = find_chunk(demuxer, "ICCP");
  ColourMetadata& metadata = result.image.metadata();
  if (!profile.empty()) metadata.icc_profile = keep_icc_profile(profile, true, format_name, result.warnings);
  if (exif.empty()) return;
  metadata.density = read_exif_density(exif);
  result.image = turned_upright(std::move(result.image), read_exif_orientation(exif));
}

/// Reads the one picture of a file without animation.
void read_still(const WebPDemuxer* demuxer, std::uint64_t file_bytes, bool is_whole, const ReadOptions& options,
                const RunOptions& run, ReadImage& result) {
  WebPIterator frame{};
  const bool is_found = WebPDemuxGetFrame(demuxer, 1, &frame) != 0;
  const std::span data(reinterpret_cast<const std::byte*>(frame.fragment.bytes), frame.fragment.size);
  WebPDemuxReleaseIterator(&frame);
  if (!is_found) throw_damaged(format_name, "it has no pixels", file_bytes);
  // Rows that are lost stay black.
  std::fill(result.image.samples().begin(), result.image.samples().end(), std::byte{0});
  if (const auto damage = decode_still(data, file_bytes, result.image, run))
    note_pixel_damage(damage->first, "the pixels from stored row " + std::to_string(damage->second) + " on",
                      options.damage, result);
  else if (!is_whole)
    note_harmless_damage({"it ends behind its pixels", file_bytes}, options.damage, result);
}

}  // namespace

bool is_webp(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, format_name);
  return window.has(0, "RIFF") && window.has(8, "WEBP");
}

ImageFileInfo inspect_webp(std::span<const std::byte> bytes) {
  const WebPBitstreamFeatures features = read_features(bytes);
  const bool may_have_alpha = features.has_alpha != 0 || features.has_animation != 0;
  return {std::string(format_name), static_cast<std::uint32_t>(features.width),
          static_cast<std::uint32_t>(features.height), may_have_alpha ? 4U : 3U, 8};
}

ReadImage read_webp(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  const WebPBitstreamFeatures features = read_features(bytes);
  const bool is_animated = features.has_animation != 0;
  const std::uint32_t channels = features.has_alpha != 0 || is_animated ? 4 : 3;
  check_limits(features, channels, options, run);
  const auto riff = riff_of(bytes);
  const WebPData data{data_of(riff), riff.size()};
  WebPDemuxState state{};
  const Demuxer demuxer(WebPDemuxPartial(&data, &state));
  if (!demuxer || state == WEBP_DEMUX_PARSE_ERROR || state == WEBP_DEMUX_PARSING_HEADER)
    throw_damaged(format_name, "its chunks are not those of a picture", riff.size());
  const std::uint32_t frames = is_animated ? WebPDemuxGetI(demuxer.get(), WEBP_FF_FRAME_COUNT) : 1;
  check_page(options.page, frames, format_name);
  ReadImage result;
  result.format = format_name;
  result.image =
      Image(static_cast<std::uint32_t>(features.width), static_cast<std::uint32_t>(features.height), channels, 8);
  if (is_animated) {
    decode_frame(riff, options.page, features.has_alpha == 0, run, result.image);
    if (frames > 1)
      result.warnings.push_back("the WebP is an animation of " + std::to_string(frames) + " frames; only frame " +
                                std::to_string(options.page) + " is read");
  } else {
    read_still(demuxer.get(), riff.size(), state == WEBP_DEMUX_DONE, options, run, result);
  }
  note_trailing_bytes(bytes.size() - riff.size(), riff.size(), options.damage, result);
  keep_metadata(demuxer.get(), result);
  return result;
}

}  // namespace vqi::detail
