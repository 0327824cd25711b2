// read_image and write_image: files on disk, and which reader or writer each format has.
#include "vqi/image_io.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>
#include <utility>

#include "image_formats.hpp"
#include "palette_png.hpp"
#include "png_writer.hpp"
#include "unread_formats.hpp"
#include "vqi/error.hpp"

namespace vqi {
using namespace detail;
namespace {

constexpr std::size_t read_block_bytes = std::size_t{1} << 20;
constexpr std::uint64_t start_bytes = 4096;  // tell what format a file has

struct FileCloser {
  void operator()(std::FILE* file) const noexcept { static_cast<void>(std::fclose(file)); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

[[noreturn]] void throw_io_failed(std::string_view what, int error_number) {
  throw Error(ErrorCode::io_failed,
              "file cannot be " + std::string(what) + ": " + std::generic_category().message(error_number));
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& letter : result)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return result;
}

std::vector<std::byte> read_file(const std::filesystem::path& path, const RunOptions& run) {
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) throw_io_failed("read", errno);
  std::vector<std::byte> bytes;
  std::error_code ignored;
  // A size that cannot be had, as of a pipe, is no fault: the vector then grows as the bytes come.
  if (const auto size = std::filesystem::file_size(path, ignored); !ignored && size <= run.max_memory_bytes)
    bytes.reserve(static_cast<std::size_t>(size) + read_block_bytes);
  std::size_t used = 0;
  while (true) {
    bytes.resize(used + read_block_bytes);
    const std::size_t count = std::fread(bytes.data() + used, 1, read_block_bytes, file.get());
    used += count;
    if (used > run.max_memory_bytes)
      throw Error(Limit::memory,
                  "file is larger than the limit of " + std::to_string(run.max_memory_bytes) + " bytes of memory");
    if (count == read_block_bytes) continue;
    if (std::ferror(file.get()) != 0) throw_io_failed("read", errno);
    bytes.resize(used);
    return bytes;
  }
}

[[noreturn]] void throw_unknown(std::span<const std::byte> bytes) {
  if (bytes.empty()) throw Error(ErrorCode::not_an_image, "file is empty; an image was expected", 0);
  if (const std::string_view name = unread_format(bytes); !name.empty())
    throw Error(ErrorCode::not_an_image,
                std::string(name) + ", which vqi does not read; convert it to PNG first with another program", 0);
  throw Error(ErrorCode::not_an_image,
              "not an image that vqi reads (PNG, JPEG, TIFF, WebP, GIF, BMP, PNM, PAM, JPEG 2000 or Sun raster)", 0);
}

void write_file(std::span<const std::byte> bytes, const std::filesystem::path& path) {
  File file(std::fopen(path.c_str(), "wb"));
  if (!file) throw_io_failed("written", errno);
  bool is_written = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
  int error_number = errno;
  if (std::fclose(file.release()) != 0 && is_written) {
    is_written = false;
    error_number = errno;
  }
  if (is_written) return;
  std::error_code ignored;
  // Half a file is of no use, but a device or a pipe is not ours to remove.
  if (std::filesystem::is_regular_file(path, ignored)) std::filesystem::remove(path, ignored);
  throw_io_failed("written", error_number);
}

/// Throws Error{invalid_option} if there is none.
const ImageWriter& writer_for(std::string_view extension) {
  const ImageWriter* writer = find_image_writer(lower_case(extension));
  if (writer == nullptr)
    throw Error(ErrorCode::invalid_option, "image format \"" + std::string(extension) +
                                               "\" is not one that vqi writes (" + image_writer_extensions() + ")");
  return *writer;
}

}  // namespace

ImageFileInfo inspect_image(std::span<const std::byte> bytes) {
  if (const ImageReader* reader = find_image_reader(bytes)) return reader->inspect(bytes);
  throw_unknown(bytes);
}

ReadImage read_image(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  if (const ImageReader* reader = find_image_reader(bytes)) return reader->read(bytes, options, run);
  throw_unknown(bytes);
}

ReadImage read_image(const std::filesystem::path& path, const ReadOptions& options, const RunOptions& run) {
  return read_image(read_file(path, run), options, run);
}

bool can_write_image(std::string_view extension) { return find_image_writer(lower_case(extension)) != nullptr; }

void check_can_write(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels, std::uint32_t bit_depth,
                     std::string_view extension) {
  check_writer_holds(writer_for(extension), width_px, height_px, channels, bit_depth);
}

std::vector<std::string> write_losses(const ColourMetadata& metadata, std::uint32_t channels,
                                      std::string_view extension) {
  return losses_of(writer_for(extension), metadata, channels);
}

std::vector<std::byte> write_image_bytes(ImageView image, std::string_view extension, const RunOptions& run) {
  validate(image);
  const ImageWriter& writer = writer_for(extension);
  check_writer_holds(writer, image.width_px, image.height_px, image.channels, image.bit_depth);
  return writer.write(image, writer.extension, run);
}

bool can_write_image_rows(std::string_view extension) {
  const ImageWriter* writer = find_image_writer(lower_case(extension));
  return writer != nullptr && writer->write_rows != nullptr;
}

std::uint64_t write_image_rows(const RowGiver& image, const ByteSink& file, std::string_view extension) {
  const ImageWriter& writer = writer_for(extension);
  if (writer.write_rows == nullptr)
    throw Error(ErrorCode::invalid_option,
                std::string(writer.name) + " is not written row by row; write a .png instead");
  const RowGiver checked = [&](const RowSink& sink) {
    image({[&](const ImageView& type) {
             check_writer_holds(writer, type.width_px, type.height_px, type.channels, type.bit_depth);
             sink.begin(type);
           },
           sink.rows});
  };
  return writer.write_rows(checked, file, writer.extension);
}

void write_image(ImageView image, const std::filesystem::path& path, const RunOptions& run) {
  const std::vector<std::byte> bytes = write_image_bytes(image, std::string_view(path.extension().string()), run);
  write_file(bytes, path);
}

std::vector<std::byte> write_indexed_png(const IndexedImage& indexed, const RunOptions& run) {
  return write_palette_png(indexed, usual_png_effort(std::uint64_t{indexed.width_px} * indexed.height_px), run);
}

std::optional<ImageRows> read_image_rows(const ByteSource& file, const ReadOptions& options, const RunOptions& run) {
  std::vector<std::byte> start(static_cast<std::size_t>(std::min(file.size_bytes, start_bytes)));
  if (!start.empty()) file.read_at(0, start);
  const ImageReader* reader = find_image_reader(start);
  if (reader == nullptr || reader->read_rows == nullptr) return std::nullopt;
  return reader->read_rows(file, options, run);
}

}  // namespace vqi
