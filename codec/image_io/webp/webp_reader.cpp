// The demuxer finds frames and metadata; a still picture is decoded as its bytes are handed over, so that what precedes
// damage is there.
#include "webp_reader.hpp"

#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "byte_window.hpp"
#include "damage_report.hpp"
#include "exif.hpp"
#include "icc_profile.hpp"
#include "image_errors.hpp"
#include "opaque_image.hpp"
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

/// What is whole of an animation.
struct WholeFrames {
  std::uint32_t count = 0;       ///< of frames from the first on
  std::uint64_t end_offset = 0;  ///< of the last of them
};

WholeFrames find_whole_frames(const WebPDemuxer* demuxer, std::span<const std::byte> riff) {
  WholeFrames whole;
  WebPIterator frame{};
  for (int number = 1; WebPDemuxGetFrame(demuxer, number, &frame) != 0; ++number) {
    const auto end = static_cast<std::uint64_t>(frame.fragment.bytes + frame.fragment.size - data_of(riff));
    const bool is_whole = frame.complete != 0 && end <= riff.size();
    WebPDemuxReleaseIterator(&frame);
    if (!is_whole) break;
    whole = {static_cast<std::uint32_t>(number), std::min<std::uint64_t>(end + end % 2, riff.size())};
  }
  return whole;
}

/// The file up to the end of its whole frames, as one that ends there.
std::vector<std::byte> file_of_frames(std::span<const std::byte> riff, const WholeFrames& whole) {
  const auto kept = riff.first(static_cast<std::size_t>(whole.end_offset));
  std::vector<std::byte> file(kept.size() + kept.size() % 2);
  std::copy(kept.begin(), kept.end(), file.begin());
  for (std::size_t i = 0; i < 4; ++i)
    file[4 + i] = static_cast<std::byte>((file.size() - riff_head_bytes) >> (8 * i) & 0xFF);
  return file;
}

/// Draws the canvas at frame `page` of an animation whose frames up to there are whole, as a player shows it, or at the
/// last that decodes. Returns the number of that frame.
std::uint32_t decode_frames(std::span<const std::byte> riff, std::uint32_t page, const RunOptions& run, Image& image) {
  const WebPData data{data_of(riff), riff.size()};
  const Animation animation(WebPAnimDecoderNew(&data, nullptr));
  if (!animation) return 0;
  RowProgress progress(run.progress, Stage::read, page);
  for (std::uint32_t frame = 0; frame < page; ++frame) {
    std::uint8_t* canvas = nullptr;
    int time_ms = 0;
    progress.report_at(frame);
    if (WebPAnimDecoderGetNext(animation.get(), &canvas, &time_ms) == 0) return frame;
    // A frame that does not decode may spoil the canvas, so that each is kept.
    std::memcpy(image.samples().data(), canvas, image.size_bytes());
  }
  return page;
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
  const auto block = find_chunk(demuxer, "EXIF");
  if (!block.empty()) result.dropped.emplace_back("EXIF");
  if (!find_chunk(demuxer, "XMP ").empty()) result.dropped.emplace_back("XMP");
  const auto profile = find_chunk(demuxer, "ICCP");
  if (!profile.empty()) keep_icc_profile(profile, result);
  const Exif exif = read_exif(block);
  result.image.metadata().density = exif.density;
  result.image = turned_upright(std::move(result.image), exif.orientation);
}

/// Reads the picture at frame `options.page` of an animation of `frames`.
void read_animation(const WebPDemuxer* demuxer, std::span<const std::byte> riff, bool is_whole, std::uint32_t frames,
                    bool may_be_opaque, const ReadOptions& options, const RunOptions& run, ReadImage& result) {
  const WholeFrames whole = find_whole_frames(demuxer, riff);
  const std::uint32_t wanted = std::min(options.page, whole.count);
  std::uint32_t shown = 0;
  if (is_whole) {
    shown = decode_frames(riff, wanted, run, result.image);
  } else if (wanted > 0) {
    check_memory_limit(whole.end_offset, run, "a copy of the frames that are whole");
    shown = decode_frames(file_of_frames(riff, whole), wanted, run, result.image);
  }
  if (shown < options.page) {
    const FileDamage damage{"frame " + std::to_string(shown + 1) + " of its animation is damaged or cut off",
                            shown < whole.count ? riff.size() : whole.end_offset};
    note_pixel_damage(damage, "what it and those behind it draw", shown == 0 ? Damage::refuse_any : options.damage,
                      result);
  } else if (!is_whole) {
    note_harmless_damage(
        {"it ends early, behind frame " + std::to_string(whole.count) + " of its animation", riff.size()},
        options.damage, result);
  }
  if (may_be_opaque) result.image = without_opaque_alpha(std::move(result.image));
  if (frames > 1 && options.page == 1) result.warnings.push_back(first_picture_warning(frames, format_name));
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
    note_pixel_damage(damage->first, "the pixels from stored row " + std::to_string(damage->second + 1) + " on",
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
  const bool is_whole = state == WEBP_DEMUX_DONE;
  const bool is_cut_off = !is_whole && options.page > frames;  // the demuxer counts whole frames
  if (is_cut_off && (frames == 0 || options.damage != Damage::salvage))
    throw_damaged(format_name, "it ends early, behind frame " + std::to_string(frames), riff.size());
  if (!is_cut_off) check_page(options.page, frames, format_name);
  ReadImage result;
  result.format = format_name;
  result.image =
      Image(static_cast<std::uint32_t>(features.width), static_cast<std::uint32_t>(features.height), channels, 8);
  if (is_animated)
    read_animation(demuxer.get(), riff, is_whole, frames, features.has_alpha == 0, options, run, result);
  else
    read_still(demuxer.get(), riff.size(), is_whole, options, run, result);
  note_trailing_bytes(bytes.size() - riff.size(), riff.size(), options.damage, result);
  keep_metadata(demuxer.get(), result);
  return result;
}

}  // namespace vqi::detail
