// libpng writes rows into a vector, in the smallest form that holds them, at a compression that was measured.
#include "png_writer.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "palette_png.hpp"
#include "png_encoder.hpp"
#include "png_form.hpp"
#include "png_metadata.hpp"
#include "png_rows.hpp"
#include "row_progress.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// Measured on four images of 216, 4096 and all their colours. Images of few colours, as come out of a
/// .vqi file, compress best unfiltered: at 216 and 4096 colours to 16 and 11 % less bytes than with
/// libpng's choice of filters, in half the time (with all colours to 17 % more). Level 6 would save
/// another 15 % in 2.5 times the time.
constexpr int quick_level = 4;
constexpr int best_level = 9;
/// Below, a palette may take more than it saves: both forms are tried.
constexpr std::uint64_t tried_px = std::uint64_t{1} << 16;

int colour_type_of(std::uint32_t channels) {
  constexpr std::array types{PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                             PNG_COLOR_TYPE_RGB_ALPHA};
  return types[channels - 1];
}

/// A file that grows in memory.
class GrowingFile {
 public:
  explicit GrowingFile(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}
  void add(std::span<const std::byte> bytes) {
    if (bytes.size() > most_bytes_ - bytes_.size())
      throw Error(Limit::memory,
                  "the PNG file takes more than the limit of " + std::to_string(most_bytes_) + " bytes of memory");
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::uint64_t most_bytes_;
  std::vector<std::byte> bytes_;
};

/// What rows are written as: their own samples, or less.
struct RowForm {
  std::uint32_t grey_bits = 8;         ///< of 8-bit grey samples
  std::optional<ColourSet> palette{};  ///< of 8-bit RGB or RGBA: indices of these
};

/// Low depths have half of the bytes or less, so that there is time for the smallest file.
PngShape shape_of(const ImageView& image, const RowForm& form) {
  PngShape shape{image.width_px, image.height_px, static_cast<int>(image.bit_depth), colour_type_of(image.channels),
                 quick_level};
  if (form.palette) shape.colour_type = PNG_COLOR_TYPE_PALETTE;
  if (form.palette) shape.bit_depth = static_cast<int>(index_depth(form.palette->colours().size()));
  if (form.grey_bits < 8) shape.bit_depth = static_cast<int>(form.grey_bits);
  if (shape.bit_depth < 8) shape.compression_level = best_level;
  return shape;
}

std::vector<PngChunk> chunks_of(const ImageView& image) {
  if (image.metadata == nullptr) return {};
  return png_metadata_chunks(*image.metadata, image.channels > 2);
}

/// Writes a file from its first row to its last.
class RowWriter {
 public:
  /// Of the image only size, type and metadata are taken.
  RowWriter(const ImageView& image, RowForm form, PngBytes write)
      : encoder_(std::move(write)), form_(std::move(form)), channels_(image.channels), row_(image.width_px) {
    encoder_.write_header(shape_of(image, form_), chunks_of(image), form_.palette ? &*form_.palette : nullptr,
                          form_.palette && channels_ == 4);
  }

  void write(const ImageView& rows) {
    if (form_.palette)
      encoder_.write_rows(rows.height_px, [&](std::uint32_t y) { return indices_of(rows.row(y)); });
    else if (form_.grey_bits < 8)
      encoder_.write_rows(rows.height_px, [&](std::uint32_t y) { return low_grey_of(rows.row(y)); });
    else
      encoder_.write_rows(rows.height_px,
                          [&](std::uint32_t y) { return reinterpret_cast<png_const_bytep>(rows.row(y)); });
  }
  void end() { encoder_.write_end(); }

 private:
  png_const_bytep indices_of(const std::byte* sample) {
    for (png_byte& index : row_) {
      index = form_.palette->index_of(colour_at(sample, channels_));
      sample += channels_;
    }
    return row_.data();
  }
  png_const_bytep low_grey_of(const std::byte* sample) {
    const std::uint32_t step = 255U / ((1U << form_.grey_bits) - 1);
    for (png_byte& value : row_) value = static_cast<png_byte>(std::to_integer<std::uint32_t>(*sample++) / step);
    return row_.data();
  }

  PngEncoder encoder_;
  RowForm form_;
  std::uint32_t channels_;
  std::vector<png_byte> row_;
};

/// Writes an image that is in memory.
std::vector<std::byte> write_form(const ImageView& image, RowForm form, const RunOptions& run) {
  GrowingFile file(run.max_memory_bytes);
  RowWriter writer(image, std::move(form), [&](std::span<const std::byte> bytes) { file.add(bytes); });
  RowProgress progress(run.progress, Stage::write, image.height_px);
  progress.in_bands(image.height_px, [&](std::uint32_t begin, std::uint32_t end) {
    ImageView rows = image;
    rows.samples = image.row(begin);
    rows.height_px = end - begin;
    writer.write(rows);
  });
  writer.end();
  return file.take();
}

/// Thrown to leave a look at rows of which enough was seen.
struct EnoughSeen {};

/// The form for rows that are looked at.
RowForm find_form(const RowGiver& image) {
  GreyLevels levels;
  ColourSet colours;
  std::uint32_t channels = 0;
  RowForm form;
  try {
    image({[&](const ImageView& type) {
             channels = type.channels;
             if (type.bit_depth == 16 || channels == 2) throw EnoughSeen();
           },
           [&](std::uint32_t, const ImageView& rows) {
             if (channels == 1) levels.add(rows);
             if (channels == 1 ? levels.bits() == 8 : !add_colours(rows, colours)) throw EnoughSeen();
           }});
  } catch (const EnoughSeen&) {
    return form;
  }
  if (channels == 1) {
    form.grey_bits = levels.bits();
    return form;
  }
  colours.put_translucent_first();
  form.palette = std::move(colours);
  return form;
}

/// Writes an image of few colours as indices. RGBA keeps a tRNS chunk even where it is opaque, by which its readers
/// know that it has alpha.
std::vector<std::byte> write_few_colours(const ImageView& image, const ColourSet& set, std::span<const PngChunk> chunks,
                                         const RunOptions& run) {
  const CallWork work(run);
  PalettePngOptions options;
  options.effort = usual_png_effort(std::uint64_t{image.width_px} * image.height_px);
  options.keeps_alpha = image.channels == 4;
  return write_palette_map(make_palette_map(image, set), chunks, options, work);
}

}  // namespace

std::vector<std::byte> write_png(const ImageView& image, const RunOptions& run) {
  validate(image);
  if (image.bit_depth == 8 && image.channels == 1) return write_form(image, {find_grey_bits(image), {}}, run);
  if (image.bit_depth == 16 || image.channels < 3) return write_form(image, {}, run);
  const std::optional<ColourSet> set = find_few_colours(image);
  if (!set) return write_form(image, {}, run);
  const std::uint64_t pixels = std::uint64_t{image.width_px} * image.height_px;
  if (pixels * png_bytes_per_pixel > run.max_memory_bytes) return write_form(image, {}, run);
  std::vector<std::byte> indexed = write_few_colours(image, *set, chunks_of(image), run);
  if (pixels > tried_px) return indexed;
  RunOptions quiet = run;
  quiet.progress = {};
  std::vector<std::byte> plain = write_form(image, {}, quiet);
  return plain.size() < indexed.size() ? plain : indexed;
}

std::uint64_t write_png_rows(const RowGiver& image, const ByteSink& file, std::string_view /*extension*/) {
  RowForm form = find_form(image);
  std::uint64_t size_bytes = 0;
  const auto append = [&](std::span<const std::byte> bytes) {
    file.write_at(size_bytes, bytes);
    size_bytes += bytes.size();
  };
  std::optional<RowWriter> writer;
  image({[&](const ImageView& type) { writer.emplace(type, std::move(form), append); },
         [&](std::uint32_t, const ImageView& rows) { writer->write(rows); }});
  writer->end();
  return size_bytes;
}

}  // namespace vqi::detail
