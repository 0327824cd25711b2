// libjpeg goes on after most damage; what it warns of decides whether a pixel may have changed.
#include "jpeg_decoder.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <vector>

#include "image_errors.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "JPEG";
/// Encoders write some ten scans. Each goes over the whole image, however few bytes it has, so that a small file of
/// very many would take hours.
constexpr int scans_max = 100;
/// What libjpeg returns for coefficients that never came.
constexpr std::byte lost_sample{128};

/// Failures that mean that the file is of a kind that libjpeg does not read.
bool is_unsupported(int code) {
  constexpr std::array codes{JERR_ARITH_NOTIMPL,   JERR_BAD_PRECISION,        JERR_CCIR601_NOTIMPL,
                             JERR_COMPONENT_COUNT, JERR_FRACT_SAMPLE_NOTIMPL, JERR_CONVERSION_NOTIMPL,
                             JERR_NOTIMPL,         JERR_NOT_COMPILED,         JERR_SOF_UNSUPPORTED,
                             JERR_IMAGE_TOO_BIG};
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string printable(const char* text) {
  std::string words = text;
  std::replace_if(
      words.begin(), words.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return words;
}

/// Inverted inks, as Adobe's programs write them and all readers expect them, without a profile: each ink and black
/// let light through, one after the other.
void convert_inks(const JSAMPLE* inks, std::byte* rgb, std::uint32_t width_px) {
  for (std::uint32_t x = 0; x < width_px; ++x, inks += 4, rgb += 3)
    for (int channel = 0; channel < 3; ++channel)
      rgb[channel] = static_cast<std::byte>((inks[channel] * inks[3] + 127) / 255);
}

}  // namespace

JpegDecoder::JpegDecoder(std::span<const std::byte> bytes, bool keeps_going)
    : bytes_(bytes), keeps_going_(keeps_going) {
  codec_.err = start_jpeg_failure(failure_);
  if (!run([this] { jpeg_create_decompress(&codec_); })) throw std::bad_alloc();
  codec_.client_data = this;
  failure_.manager.emit_message = take_message;
}

JpegDecoder::~JpegDecoder() { jpeg_destroy_decompress(&codec_); }

template <typename Step>
bool JpegDecoder::run(const Step& step) {
  return run_jpeg_step(failure_, step);
}

std::uint64_t JpegDecoder::position() const noexcept {
  if (ended_early_ || codec_.src == nullptr) return bytes_.size();
  return bytes_.size() - std::min(codec_.src->bytes_in_buffer, bytes_.size());
}

void JpegDecoder::throw_failure() const {
  if (failure_.thrown) std::rethrow_exception(failure_.thrown);
  if (failure_.code == JERR_OUT_OF_MEMORY) throw std::bad_alloc();
  if (is_unsupported(failure_.code))
    throw_unsupported(format_name, "a coding that is not read: " + printable(failure_.text));
  if (ended_early_)
    throw Error(ErrorCode::corrupt_image,
                "JPEG ends early, at byte " + std::to_string(bytes_.size()) + "; the file is truncated or damaged",
                bytes_.size());
  throw_damaged(format_name, printable(failure_.text), position());
}

void JpegDecoder::take_message(j_common_ptr codec, int level) {
  if (level >= 0) return;
  JpegFailure& failure = of(codec).failure_;
  try {
    of(codec).note_message(codec);
  } catch (...) {
    failure.thrown = std::current_exception();
  }
  if (failure.thrown || failure.code != 0) std::longjmp(failure.jump, 1);
}

/// Sorts a warning. In front of the first scan, bytes that belong to nothing cost no pixel whose loss the scans would
/// not show; from there on they show that codes were read at wrong places.
void JpegDecoder::note_message(j_common_ptr codec) {
  const int code = codec->err->msg_code;
  if (code == JWRN_JPEG_EOF) {
    ended_early_ = true;
    return;
  }
  std::array<char, JMSG_LENGTH_MAX> text{};
  codec->err->format_message(codec, text.data());
  const bool is_harmless = !reads_scans_ || code == JWRN_ADOBE_XFORM || code == JWRN_NOT_SEQUENTIAL;
  std::optional<FileDamage>& damage = is_harmless ? harmless_damage_ : pixel_damage_;
  if (damage) return;
  if (is_harmless || keeps_going_) {
    if (!is_harmless) first_damaged_row_ = codec_.output_scanline;
    damage = FileDamage{printable(text.data()), position()};
    return;
  }
  failure_.code = code;
  std::copy(text.begin(), text.end(), failure_.text);
}

void JpegDecoder::take_progress(j_common_ptr codec) {
  JpegDecoder& decoder = of(codec);
  JpegFailure& failure = decoder.failure_;
  if (decoder.progress_ == nullptr) return;
  try {
    if (decoder.codec_.input_scan_number > scans_max)
      throw_unsupported(format_name, "more than " + std::to_string(scans_max) + " scans");
    const std::uint64_t share = decoder.position() * decoder.codec_.output_height / decoder.bytes_.size();
    decoder.progress_->report_at(share);
  } catch (...) {
    failure.thrown = std::current_exception();
  }
  if (failure.thrown) std::longjmp(failure.jump, 1);
}

void JpegDecoder::read_header() {
  const bool is_read = run([this] {
    jpeg_mem_src(&codec_, reinterpret_cast<const unsigned char*>(bytes_.data()),
                 static_cast<unsigned long>(bytes_.size()));
    static_cast<void>(jpeg_read_header(&codec_, TRUE));
  });
  if (!is_read) throw_failure();
}

void JpegDecoder::read_rows(Image& image, const ProgressCallback& callback) {
  reads_scans_ = true;
  const bool has_several_scans = jpeg_has_multiple_scans(&codec_) != 0;
  RowProgress progress(callback, Stage::read, std::uint64_t{image.height_px()} * (has_several_scans ? 2 : 1));
  progress_ = &progress;
  const bool is_started = run([&] {
    codec_.dct_method = JDCT_ISLOW;
    codec_.out_color_space = codec_.num_components == 4 ? JCS_CMYK : image.channels() == 1 ? JCS_GRAYSCALE : JCS_RGB;
    progress_manager_.progress_monitor = take_progress;
    codec_.progress = &progress_manager_;
    static_cast<void>(jpeg_start_decompress(&codec_));
  });
  progress_ = nullptr;
  if (!is_started) throw_failure();
  if (has_several_scans) {
    check_scans();
    progress.report_at(image.height_px());
  }
  if (read_bands(image, progress)) read_end();
}

/// All scans of a file of several have been read.
void JpegDecoder::check_scans() {
  const std::span components(codec_.comp_info, static_cast<std::size_t>(codec_.num_components));
  // libjpeg keeps a component's table when its first scan begins.
  if (std::any_of(components.begin(), components.end(), [](const auto& c) { return c.quant_table == nullptr; }))
    damage_pixels({"a component has no scan", position()});
  if (codec_.coef_bits == nullptr) return;
  for (std::size_t i = 0; i < components.size(); ++i) {
    const std::span bits(codec_.coef_bits[i], DCTSIZE2);
    if (bits[0] < 0) damage_pixels({"a component has no first scan", position()});
    if (std::any_of(bits.begin(), bits.end(), [](int low) { return low != 0; })) lacks_precision_ = true;
  }
}

bool JpegDecoder::read_bands(Image& image, RowProgress& progress) {
  std::vector<JSAMPLE> inks(codec_.num_components == 4 ? std::size_t{4} * image.width_px() : 0);
  bool has_failed = false;
  progress.in_bands(image.height_px(), [&](std::uint32_t begin, std::uint32_t end) {
    if (has_failed) return;
    has_failed = !run([&] {
      for (std::uint32_t y = begin; y < end; ++y) {
        JSAMPROW row = inks.empty() ? reinterpret_cast<JSAMPROW>(image.row(y)) : inks.data();
        static_cast<void>(jpeg_read_scanlines(&codec_, &row, 1));
        if (!inks.empty()) convert_inks(inks.data(), image.row(y), image.width_px());
      }
    });
    if (!has_failed) return;
    if (!keeps_going_ || failure_.thrown || failure_.code == JERR_OUT_OF_MEMORY) throw_failure();
    const std::uint32_t lost = codec_.output_scanline;
    std::fill(image.row(lost), image.samples().data() + image.size_bytes(), lost_sample);
    if (!pixel_damage_) first_damaged_row_ = lost;
    damage_pixels({printable(failure_.text), position()});
  });
  return !has_failed;
}

/// Reads on to the end marker.
void JpegDecoder::read_end() {
  const bool has_arithmetic_codes = codec_.arith_code != 0;
  if (!run([this] { static_cast<void>(jpeg_finish_decompress(&codec_)); })) {
    if (!keeps_going_ || failure_.thrown || failure_.code == JERR_OUT_OF_MEMORY) throw_failure();
    damage_pixels({printable(failure_.text), position()});
    return;
  }
  if (!ended_early_) {
    trailing_bytes_ = codec_.src->bytes_in_buffer;
    return;
  }
  // An arithmetic decoder needs no more bytes to go on, so that nothing tells what it lacks.
  if (has_arithmetic_codes || lacks_precision_)
    damage_pixels({"it ends early", bytes_.size()});
  else if (!harmless_damage_ && !pixel_damage_)
    harmless_damage_ = FileDamage{"its end marker is missing", bytes_.size()};
}

void JpegDecoder::damage_pixels(FileDamage damage) {
  if (!keeps_going_) throw_damaged(format_name, damage.words, damage.offset);
  if (!pixel_damage_) pixel_damage_ = std::move(damage);
}

}  // namespace vqi::detail
