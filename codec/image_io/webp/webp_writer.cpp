// libwebp encodes the pixels; a profile is put around them as the container specification says.
#include "webp_writer.hpp"

#include <webp/encode.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <exception>
#include <new>
#include <span>
#include <string>

#include "icc_profile.hpp"
#include "read_limits.hpp"
#include "row_progress.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr int lossless_level = 6;  // libwebp's own choice of 0..9
constexpr std::size_t riff_head_bytes = 12;

[[noreturn]] void throw_over_limit(std::uint64_t most_bytes) {
  throw Error(Limit::memory,
              "the WebP file takes more than the limit of " + std::to_string(most_bytes) + " bytes of memory");
}

/// Where libwebp writes to, and what stopped it.
struct WebpSink {
  std::vector<std::byte> bytes;
  std::size_t skipped_bytes = 0;  ///< of what libwebp writes next
  std::uint64_t most_bytes = 0;
  RowProgress* progress = nullptr;
  std::exception_ptr thrown;
};

int append_to_sink(const std::uint8_t* data, std::size_t size, const WebPPicture* picture) {
  auto& sink = *static_cast<WebpSink*>(picture->custom_ptr);
  try {
    const std::size_t skipped = std::min(sink.skipped_bytes, size);
    sink.skipped_bytes -= skipped;
    if (size - skipped > sink.most_bytes - sink.bytes.size()) throw_over_limit(sink.most_bytes);
    const auto* begin = reinterpret_cast<const std::byte*>(data);
    sink.bytes.insert(sink.bytes.end(), begin + skipped, begin + size);
  } catch (...) {
    sink.thrown = std::current_exception();
    return 0;
  }
  return 1;
}

int report_progress(int percent, const WebPPicture* picture) {
  auto& sink = *static_cast<WebpSink*>(picture->user_data);
  try {
    sink.progress->report_at(static_cast<std::uint64_t>(percent));
  } catch (...) {
    sink.thrown = std::current_exception();
    return 0;
  }
  return 1;
}

/// libwebp's picture, freed with it.
class Picture {
 public:
  Picture() {
    if (WebPPictureInit(&picture_) == 0)
      throw Error(ErrorCode::invalid_image, "image cannot be written as WebP: another version of libwebp's interface");
  }
  Picture(const Picture&) = delete;
  Picture& operator=(const Picture&) = delete;
  ~Picture() { WebPPictureFree(&picture_); }
  WebPPicture& operator*() noexcept { return picture_; }

 private:
  WebPPicture picture_{};
};

/// Copies the pixels into the picture's own form, one number each.
void import_pixels(const ImageView& image, WebPPicture& picture) {
  picture.use_argb = 1;
  picture.width = static_cast<int>(image.width_px);
  picture.height = static_cast<int>(image.height_px);
  if (WebPPictureAlloc(&picture) == 0) throw std::bad_alloc();
  const bool is_grey = image.channels == 1;
  for (std::uint32_t y = 0; y < image.height_px; ++y) {
    const std::byte* sample = image.row(y);
    std::uint32_t* target = picture.argb + std::size_t{y} * static_cast<std::size_t>(picture.argb_stride);
    for (std::uint32_t x = 0; x < image.width_px; ++x, sample += image.channels) {
      const auto part = [&](std::uint32_t channel) { return std::to_integer<std::uint32_t>(sample[channel]); };
      const std::uint32_t alpha = image.channels == 4 ? part(3) : 255U;
      target[x] = alpha << 24 | part(0) << 16 | part(is_grey ? 0 : 1) << 8 | part(is_grey ? 0 : 2);
    }
  }
}

void put_le(std::byte* target, std::uint64_t value, int size) {
  for (int i = 0; i < size; ++i) target[i] = static_cast<std::byte>(value >> (8 * i) & 0xFF);
}
void put_text(std::byte* target, std::string_view text) { std::memcpy(target, text.data(), text.size()); }

/// What stands in front of the pixels of a file with a profile: WebP Container Specification, VP8X and ICCP. The size
/// of the file is left open.
std::vector<std::byte> extended_head(const ImageView& image, std::span<const std::byte> profile,
                                     std::uint64_t most_bytes) {
  constexpr std::uint8_t profile_flag = 0x20;
  constexpr std::uint8_t alpha_flag = 0x10;
  constexpr std::size_t bytes_beside_profile = riff_head_bytes + 18 + 8;
  const std::size_t padding = profile.size() % 2;
  if (profile.size() + padding + bytes_beside_profile > most_bytes) throw_over_limit(most_bytes);
  std::vector<std::byte> head(bytes_beside_profile + profile.size() + padding);
  put_text(&head[0], "RIFF");
  put_text(&head[8], "WEBPVP8X");
  put_le(&head[16], 10, 4);
  put_le(&head[20], profile_flag | (image.channels == 4 ? alpha_flag : 0U), 4);
  put_le(&head[24], image.width_px - 1, 3);
  put_le(&head[27], image.height_px - 1, 3);
  put_text(&head[30], "ICCP");
  put_le(&head[34], profile.size(), 4);
  std::copy(profile.begin(), profile.end(), head.begin() + bytes_beside_profile);
  return head;
}

/// The profile that the file is to have, or nothing.
std::span<const std::byte> kept_profile(const ImageView& image) {
  if (image.metadata == nullptr || !image.metadata->icc_profile) return {};
  const std::vector<std::byte>& profile = image.metadata->icc_profile->bytes;
  return profile.size() <= max_webp_profile_bytes && icc_profile_fits(profile, true) ? std::span(profile)
                                                                                     : std::span<const std::byte>{};
}

}  // namespace

std::vector<std::byte> write_webp(const ImageView& image, std::string_view /*extension*/, const RunOptions& run) {
  check_memory_limit(std::uint64_t{4} * image.width_px * image.height_px, run, "writing the image");
  WebPConfig config{};
  Picture holder;
  WebPPicture& picture = *holder;
  if (WebPConfigInit(&config) == 0 || WebPConfigLosslessPreset(&config, lossless_level) == 0)
    throw Error(ErrorCode::invalid_image, "image cannot be written as WebP: another version of libwebp's interface");
  config.exact = 1;  // colours under transparent pixels stay
  import_pixels(image, picture);
  constexpr std::uint64_t percents = 100;
  RowProgress progress(run.progress, Stage::write, percents);
  WebpSink sink{{}, 0, run.max_memory_bytes, &progress, nullptr};
  const std::span<const std::byte> profile = kept_profile(image);
  if (!profile.empty()) {
    sink.bytes = extended_head(image, profile, run.max_memory_bytes);
    sink.skipped_bytes = riff_head_bytes;  // libwebp writes a simple file
  }
  picture.writer = append_to_sink;
  picture.custom_ptr = &sink;
  picture.progress_hook = report_progress;
  picture.user_data = &sink;
  if (WebPEncode(&config, &picture) == 0) {
    if (sink.thrown) std::rethrow_exception(sink.thrown);
    if (picture.error_code == VP8_ENC_ERROR_OUT_OF_MEMORY) throw std::bad_alloc();
    throw Error(ErrorCode::invalid_image,
                "image cannot be written as WebP: error " + std::to_string(static_cast<int>(picture.error_code)));
  }
  put_le(sink.bytes.data() + 4, sink.bytes.size() - 8, 4);
  return std::move(sink.bytes);
}

}  // namespace vqi::detail
