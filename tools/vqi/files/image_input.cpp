// Reads images within limits, and estimates the memory that jobs take.
#include "image_input.hpp"

#include <algorithm>
#include <array>

#include "foreign_file.hpp"
#include "memory_left.hpp"
#include "plain_text.hpp"
#include "read_input.hpp"
#include "text_report.hpp"
#include "vqi/codec.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

// Most memory that compressing takes, in bytes per raw byte of the image. Measured on images of 24 megapixels: 3.6 for
// single pixels, 9.3 for blocks of 4x4.
constexpr std::uint64_t compress_memory_factor = 10;
// Most memory that writing an image takes, in bytes per raw byte of the image: for the image, the file, and the buffers
// of the image writer.
constexpr std::uint64_t write_memory_factor = 4;

constexpr std::array<std::byte, 4> stream_start{std::byte{0x89}, std::byte{'V'}, std::byte{'Q'}, std::byte{'I'}};

/// Whether these are the first bytes of a .vqi file, though it may be damaged after them.
bool is_stream(std::span<const std::byte> start) noexcept {
  return start.size() >= stream_start.size() && std::equal(stream_start.begin(), stream_start.end(), start.begin());
}

/// Whether the header, which salvaging needs, can be read.
bool has_header(std::span<const std::byte> file, const DecodeLimits& limits) {
  try {
    return is_stream(file) ? inspect(file, limits).width_px != 0 : inspect_image(file).width_px != 0;
  } catch (const Error&) {
    return false;
  }
}

ReadImage decode_stream(const std::vector<std::byte>& stream, const CommonOptions& options, const RunOptions& run) {
  if (options.reading.page != 1)
    throw Error(ErrorCode::invalid_option, "page " + std::to_string(options.reading.page) +
                                               " was asked for; a .vqi file has 1 picture, leave out --page");
  ReadImage image;
  image.format = "vqi";
  if (!options.reading.salvage) {
    image.image = decode(stream, options.limits(), run);
    return image;
  }
  Salvaged salvaged = salvage(stream, options.limits(), run);
  image.image = std::move(salvaged.image);
  image.lost_pixels = !salvaged.faults.empty();
  for (const Error& fault : salvaged.faults) image.warnings.emplace_back(fault.what());
  return image;
}

/// The format of an image file, by its first bytes; empty for anything else.
std::string image_format(std::span<const std::byte> start) {
  try {
    return inspect_image(start).format;
  } catch (const Error&) {
    return {};
  }
}

/// Throws `error` with words that say what the file is in place of `expected`, where that is known.
[[noreturn]] void throw_foreign(const Error& error, std::span<const std::byte> start, const std::string& expected) {
  const ForeignFile foreign = foreign_file(start);
  if (foreign.what.empty()) throw error;
  throw Error(error.error_code(), foreign.what + ", not " + expected + ", " + foreign.advice, error.offset());
}

}  // namespace

ReadImage read_image_input(const std::string& name, const CommonOptions& options, const JobContext& context) {
  return decode_image_input(read_input(name, options.max_memory_bytes, check_image_start), options, context);
}

std::vector<std::byte> read_stream_input(const std::string& name, const CommonOptions& options) {
  std::vector<std::byte> stream = read_input(name, options.max_memory_bytes, check_stream_start);
  check_stream_start(stream);
  return stream;
}

ReadImage decode_image_input(const std::vector<std::byte>& file, const CommonOptions& options,
                             const JobContext& context) {
  context.stop_if_asked("reading");
  const ReadChoice& reading = options.reading;
  try {
    ReadImage image = with_memory_left(options.run(context), file.size(), [&](const RunOptions& left) {
      return is_stream(file) ? decode_stream(file, options, left) : read_image(file, options.read_options(), left);
    });
    context.stop_if_asked("reading");
    return image;
  } catch (const Error& error) {
    if (error.error_code() == ErrorCode::codebook_needed)
      throw Error(error.error_code(), std::string(error.what()) +
                                          ", make an image of it first with \"vqi decompress --codebook BOOK.vqb\"");
    if (error.error_class() != ErrorClass::data) throw;
    if (error.error_code() == ErrorCode::not_an_image) throw_foreign(error, file, "an image");
    const bool may_salvage = reading.salvage_exists && !reading.salvage && !reading.strict;
    throw advised_error(error, file, options.limits(), may_salvage ? "compress what is left of it with --salvage" : "");
  }
}

Error advised_error(const Error& error, std::span<const std::byte> file, const DecodeLimits& limits,
                    const std::string& rescue) {
  std::string message = error.what();
  if (error.error_code() == ErrorCode::corrupt_image) message += ", get a fresh copy of it";
  if (!rescue.empty() && has_header(file, limits)) message += ", or " + rescue;
  return {error.error_code(), message, error.offset()};
}

void check_image_start(std::span<const std::byte> start) {
  if (is_stream(start)) return check_stream_start(start);
  try {
    static_cast<void>(inspect_image(start));
  } catch (const Error& error) {  // other errors may come from the missing rest
    if (error.error_code() == ErrorCode::not_an_image) throw_foreign(error, start, "an image");
  }
}

void check_stream_start(std::span<const std::byte> start) {
  try {
    static_cast<void>(inspect(start));
  } catch (const Error& error) {
    if (error.error_code() != ErrorCode::bad_magic) return;
    const std::string format = image_format(start);
    if (format.empty()) throw_foreign(error, start, "a .vqi file");
    throw Error(ErrorCode::bad_magic,
                "is a " + format + " image, not a .vqi file, use \"vqi compress\" to make one of it", error.offset());
  }
}

std::uint64_t memory_of_image(const std::vector<std::byte>& file) {
  try {
    if (is_stream(file)) {
      const StreamInfo info = inspect(file);
      return std::max(info.decode_memory_bytes, compress_memory_factor * info.raw_bytes) + 2 * file.size();
    }
    const ImageFileInfo info = inspect_image(file);
    const std::uint64_t pixels = std::uint64_t{info.width_px} * info.height_px;
    return compress_memory_factor * pixels * info.channels * (info.bit_depth / 8) + file.size();
  } catch (const Error&) {
    return 0;  // reading the image reports the error
  }
}

std::uint64_t memory_of_stream(std::span<const std::byte> start, std::uint64_t file_bytes, const DecodeLimits& limits,
                               std::uint32_t threads) {
  try {
    const StreamInfo info = inspect(start, limits);
    const std::uint64_t more_strips = std::min<std::uint64_t>(threads, info.strip_count) - 1;
    const std::uint64_t decoding = info.decode_memory_bytes + more_strips * info.decode_strip_memory_bytes;
    // Metadata is copied out of the file.
    return std::max(decoding, write_memory_factor * info.raw_bytes) +
           2 * std::max<std::uint64_t>(file_bytes, start.size());
  } catch (const Error&) {
    return 0;
  }
}

std::string warning_lines(const std::string& name, const std::vector<std::string>& warnings,
                          const CommonOptions& options) {
  std::string lines;
  if (options.quiet) return lines;
  for (const std::string& warning : warnings)
    lines += "vqi: " + one_line(name) + ": warning: " + one_line(warning) + "\n";
  return lines;
}

ImageKind kind_of(const ReadImage& image) {
  return {image.format, image.image.width_px(), image.image.height_px(), image.image.channels(),
          image.image.bit_depth()};
}

std::uint64_t pixels_of(const ImageView& image) noexcept { return std::uint64_t{image.width_px} * image.height_px; }

void check_comparable(const ImageKind& reference, const ImageKind& other) {
  if (reference.width_px == other.width_px && reference.height_px == other.height_px) return;
  const auto text = [](const ImageKind& kind) {
    return kind_text(kind.width_px, kind.height_px, kind.channels, kind.bit_depth);
  };
  throw Error(ErrorCode::invalid_image, "the images cannot be compared (" + text(other) + " against " +
                                            text(reference) + "), give images of one size");
}

}  // namespace vqi::tool
