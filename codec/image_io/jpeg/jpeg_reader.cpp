// Limits come before libjpeg; orientation, profile and density are applied or kept after it.
#include "jpeg_reader.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "byte_window.hpp"
#include "damage_report.hpp"
#include "icc_profile.hpp"
#include "image_errors.hpp"
#include "jpeg_decoder.hpp"
#include "jpeg_segments.hpp"
#include "read_limits.hpp"
#include "upright.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "JPEG";

std::uint32_t channels_of(const JpegSegments& segments) { return segments.components == 1 ? 1 : 3; }

void check_limits(const JpegSegments& segments, const ReadOptions& options, const RunOptions& run) {
  check_size_limits(segments.width_px, segments.height_px, options.limits);
  const std::uint64_t image_bytes = std::uint64_t{channels_of(segments)} * segments.width_px * segments.height_px;
  // Where there are several scans, all coefficients are in memory at once.
  const std::uint64_t coefficient_bytes = segments.has_several_scans ? 2 * segments.coefficients : 0;
  const std::uint64_t turning_bytes = segments.orientation == 1 ? 0 : image_bytes;
  check_image_memory(segments.width_px, segments.height_px, channels_of(segments), run,
                     std::max(coefficient_bytes, turning_bytes));
}

/// What libjpeg makes of `bytes`, as stored.
void decode(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run, bool is_alone,
            ReadImage& result) {
  JpegDecoder decoder(bytes, options.damage == Damage::salvage);
  decoder.read_header();
  decoder.read_rows(result.image, run.progress);
  if (decoder.harmless_damage() && !decoder.pixel_damage())
    note_harmless_damage(*decoder.harmless_damage(), options.damage, result);
  if (decoder.pixel_damage()) {
    const std::uint32_t row = decoder.first_damaged_row();
    note_pixel_damage(*decoder.pixel_damage(),
                      row == 0 ? "its pixels" : "the pixels from stored row " + std::to_string(row + 1) + " on",
                      options.damage, result);
  }
  const std::uint64_t trailing = decoder.trailing_bytes();
  if (is_alone) note_trailing_bytes(trailing, bytes.size() - trailing, options.damage, result);
}

/// What stands in front of the marker segment in which libjpeg failed at `offset`, behind the marker.
std::span<const std::byte> whole_segments(std::span<const std::byte> bytes, std::uint64_t offset) {
  const auto front = bytes.first(static_cast<std::size_t>(offset));
  const bool ends_with_marker = front.size() >= 2 && front[front.size() - 2] == std::byte{0xFF};
  return ends_with_marker ? front.first(front.size() - 2) : front;
}

/// As `decode`. Where a segment between scans is damaged, what stands in front of it is decoded.
void decode_or_salvage(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run,
                       bool is_alone, ReadImage& result) {
  try {
    decode(bytes, options, run, is_alone, result);
  } catch (const Error& error) {
    if (options.damage != Damage::salvage || error.error_code() != ErrorCode::corrupt_image || !error.offset() ||
        *error.offset() >= bytes.size())
      throw;
    const std::exception_ptr first_failure = std::current_exception();
    try {
      decode(whole_segments(bytes, *error.offset()), options, run, is_alone, result);
    } catch (const Error& failure) {
      if (failure.error_code() == ErrorCode::cancelled) throw;
      std::rethrow_exception(first_failure);
    }
    if (!result.lost_pixels)
      note_pixel_damage({"a segment between its scans", *error.offset()}, "its pixels", options.damage, result);
  }
}

}  // namespace

bool is_jpeg(std::span<const std::byte> bytes) { return ByteWindow(bytes, format_name).has(0, "\xFF\xD8\xFF"); }

ImageFileInfo inspect_jpeg(std::span<const std::byte> bytes) {
  const JpegSegments segments = read_jpeg_segments(bytes);
  return {std::string(format_name), segments.width_px, segments.height_px, channels_of(segments), 8};
}

ReadImage read_jpeg(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  JpegSegments segments = read_jpeg_segments(bytes);
  check_limits(segments, options, run);
  check_page(options.page, 1, format_name);
  ReadImage result;
  result.format = format_name;
  result.dropped = std::move(segments.dropped);
  result.image = Image(segments.width_px, segments.height_px, channels_of(segments), 8);
  decode_or_salvage(bytes, options, run, !segments.has_other_pictures, result);

  result.image.metadata().density = segments.density;
  if (segments.has_damaged_profile) {
    result.dropped.emplace_back("ICC profile");
    note_harmless_damage({"parts of its ICC profile are missing; it is left out", 0}, options.damage, result);
  } else if (!segments.icc_profile.empty() && segments.components == 4) {
    drop_icc_profile(converted_colours, result);
  } else if (!segments.icc_profile.empty()) {
    keep_icc_profile(segments.icc_profile, result);
  }
  result.image = turned_upright(std::move(result.image), segments.orientation);
  return result;
}

}  // namespace vqi::detail
