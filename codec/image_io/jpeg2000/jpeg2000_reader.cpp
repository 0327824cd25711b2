// OpenJPEG reads from memory, in its strict mode unless damage is to be salvaged.
#include "jpeg2000_reader.hpp"

#include <openjpeg.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "damage_report.hpp"
#include "icc_profile.hpp"
#include "image_errors.hpp"
#include "jpeg2000_header.hpp"
#include "jpeg2000_samples.hpp"
#include "read_limits.hpp"
#include "row_progress.hpp"
#include "tile_parts.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "JPEG 2000";

struct CodecCloser {
  void operator()(opj_codec_t* codec) const noexcept { opj_destroy_codec(codec); }
};
struct StreamCloser {
  void operator()(opj_stream_t* stream) const noexcept { opj_stream_destroy(stream); }
};
struct ImageCloser {
  void operator()(opj_image_t* image) const noexcept { opj_image_destroy(image); }
};
using DecodedImage = std::unique_ptr<opj_image_t, ImageCloser>;

/// The bytes that OpenJPEG reads from.
struct MemorySource {
  std::span<const std::byte> bytes;
  std::size_t position = 0;
};

OPJ_SIZE_T read_source(void* buffer, OPJ_SIZE_T size, void* data) {
  auto& source = *static_cast<MemorySource*>(data);
  const std::size_t count = std::min<std::size_t>(size, source.bytes.size() - source.position);
  if (count == 0) return static_cast<OPJ_SIZE_T>(-1);
  std::memcpy(buffer, source.bytes.data() + source.position, count);
  source.position += count;
  return count;
}

OPJ_OFF_T skip_source(OPJ_OFF_T size, void* data) {
  auto& source = *static_cast<MemorySource*>(data);
  if (size < 0) return -1;
  const std::size_t rest = source.bytes.size() - source.position;
  if (rest == 0 && size > 0) return -1;
  const std::size_t count = std::min(rest, static_cast<std::size_t>(size));
  source.position += count;
  return static_cast<OPJ_OFF_T>(count);
}

OPJ_BOOL seek_source(OPJ_OFF_T position, void* data) {
  auto& source = *static_cast<MemorySource*>(data);
  if (position < 0 || static_cast<std::uint64_t>(position) > source.bytes.size()) return OPJ_FALSE;
  source.position = static_cast<std::size_t>(position);
  return OPJ_TRUE;
}

/// The first words of an error and of a warning.
struct Messages {
  char error[160] = "";
  char warning[160] = "";
};

void keep_words(char (&kept)[160], const char* text) {
  if (kept[0] != '\0') return;
  std::snprintf(kept, sizeof kept, "%s", text);
  for (char* letter = kept; *letter != '\0'; ++letter) {
    const bool is_end = *letter == '\n' || *letter == '\r';
    if (is_end) *letter = '\0';
    if (is_end) break;
    if (*letter < ' ' || *letter > '~') *letter = '?';
  }
}

void keep_error(const char* text, void* data) { keep_words(static_cast<Messages*>(data)->error, text); }
void keep_warning(const char* text, void* data) { keep_words(static_cast<Messages*>(data)->warning, text); }
void ignore_message(const char*, void*) {}

/// What OpenJPEG makes of `bytes`, or null.
DecodedImage decode(std::span<const std::byte> bytes, bool is_boxed, bool is_strict, Messages& messages) {
  MemorySource source{bytes};
  const std::unique_ptr<opj_codec_t, CodecCloser> codec(
      opj_create_decompress(is_boxed ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
  const std::unique_ptr<opj_stream_t, StreamCloser> stream(opj_stream_default_create(OPJ_TRUE));
  if (!codec || !stream) throw std::bad_alloc();
  opj_set_error_handler(codec.get(), keep_error, &messages);
  opj_set_warning_handler(codec.get(), keep_warning, &messages);
  opj_set_info_handler(codec.get(), ignore_message, nullptr);
  opj_stream_set_user_data(stream.get(), &source, nullptr);
  opj_stream_set_user_data_length(stream.get(), bytes.size());
  opj_stream_set_read_function(stream.get(), read_source);
  opj_stream_set_skip_function(stream.get(), skip_source);
  opj_stream_set_seek_function(stream.get(), seek_source);
  opj_dparameters_t parameters{};
  opj_set_default_decoder_parameters(&parameters);
  opj_image_t* image = nullptr;
  const bool has_header = opj_setup_decoder(codec.get(), &parameters) != OPJ_FALSE &&
                          opj_decoder_set_strict_mode(codec.get(), is_strict ? OPJ_TRUE : OPJ_FALSE) != OPJ_FALSE &&
                          opj_read_header(stream.get(), codec.get(), &image) != OPJ_FALSE;
  DecodedImage result(image);
  if (!has_header) return nullptr;
  const bool is_decoded = opj_decode(codec.get(), stream.get(), image) != OPJ_FALSE;
  // In a lenient read the boxes behind the pixels are of no interest.
  const bool is_ended = is_decoded && opj_end_decompress(codec.get(), stream.get()) != OPJ_FALSE;
  if (is_ended || (is_decoded && !is_strict)) return result;
  return nullptr;
}

/// OpenJPEG warns of what breaks the standard and is decoded nevertheless; whether pixels are right, it does not tell.
void note_decoder_warning(const char* words, Damage rule, ReadImage& result) {
  const std::string line = std::string("the JPEG 2000 decoder says: ") + words;
  if (rule == Damage::refuse_any) throw Error(ErrorCode::corrupt_image, line);
  result.warnings.push_back(line);
}

void check_limits(const Jpeg2000Header& header, const ReadOptions& options, const RunOptions& run) {
  check_size_limits(header.width_px, header.height_px, options.limits);
  const std::uint64_t sample_bytes = header.sample_bits() > 8 ? 2 : 1;
  check_image_memory(header.width_px, header.height_px, header.channels() * sample_bytes, run, header.memory_bytes);
}

}  // namespace

ImageFileInfo inspect_jpeg2000(std::span<const std::byte> bytes) {
  const Jpeg2000Header header = read_jpeg2000_header(bytes);
  return {std::string(format_name), header.width_px, header.height_px, header.channels(),
          header.sample_bits() > 8 ? 16U : 8U};
}

ReadImage read_jpeg2000(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  Jpeg2000Header header = read_jpeg2000_header(bytes);
  check_limits(header, options, run);
  check_page(options.page, 1, format_name);
  RowProgress(run.progress, Stage::read, 1).report_at(0);
  ReadImage result;
  result.format = format_name;
  result.dropped = std::move(header.dropped);
  result.is_palette = header.has_palette();
  result.sample_bits = header.component_bits;
  // OpenJPEG is not to take what follows the last box for another.
  const auto boxes = bytes.first(bytes.size() - static_cast<std::size_t>(header.trailing_bytes));
  Messages messages;
  DecodedImage decoded = decode(boxes, header.is_boxed, true, messages);
  if (!decoded) {
    const FileDamage damage{messages.error[0] == '\0' ? "it does not decode" : messages.error,
                            std::min<std::uint64_t>(header.end_offset, bytes.size())};
    note_pixel_damage(damage, "its pixels", options.damage, result);
    Messages ignored;
    const std::vector<std::byte> bounded = with_bounded_tile_parts(boxes);
    decoded = decode(bounded.empty() ? boxes : bounded, header.is_boxed, false, ignored);
    if (!decoded) throw_damaged(format_name, damage.words, damage.offset);
  } else if (!header.ends_with_marker) {
    note_harmless_damage({"it does not end with its end marker", header.end_offset}, options.damage, result);
  }
  if (!result.lost_pixels && messages.warning[0] != '\0')
    note_decoder_warning(messages.warning, options.damage, result);
  note_trailing_bytes(header.trailing_bytes, bytes.size() - header.trailing_bytes, options.damage, result);
  result.image = image_of_components(*decoded, result.warnings);
  if (decoded->icc_profile_len > 0)
    keep_icc_profile({reinterpret_cast<const std::byte*>(decoded->icc_profile_buf), decoded->icc_profile_len}, result);
  return result;
}

}  // namespace vqi::detail
