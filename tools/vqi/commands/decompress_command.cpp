// vqi decompress: decodes .vqi files to images.
#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <utility>

#include "batch_line.hpp"
#include "commands.hpp"
#include "decompress_options.hpp"
#include "detached_input.hpp"
#include "find_inputs.hpp"
#include "image_input.hpp"
#include "index_files.hpp"
#include "json_report.hpp"
#include "large_output.hpp"
#include "memory_left.hpp"
#include "output_group.hpp"
#include "output_names.hpp"
#include "output_target.hpp"
#include "planned_outputs.hpp"
#include "read_input.hpp"
#include "region_files.hpp"
#include "stopwatch.hpp"
#include "text_report.hpp"
#include "tiled_map.hpp"
#include "vqi/codec.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"decompress", "INPUT... [-o FILE | --output-dir DIR] [OPTIONS]",
                       "Turns .vqi files back into images. Prints how small the files are, and how far the\n"
                       "images are from the originals, as measured when they were compressed.\n"
                       "\n"
                       "INPUT is a .vqi file; - is standard input. The output of a.vqi is a.decoded.png\n"
                       "beside it. With -o the extension chooses the format: .png, .jpg, .tif, .webp, .bmp,\n"
                       ".ppm ...; standard output gets a PNG.",
                       "Examples:\n"
                       "  vqi decompress photo.vqi                          to photo.decoded.png\n"
                       "  vqi decompress photo.vqi -o photo.tif             to another format\n"
                       "  vqi decompress photo.vqi --reference photo.png    measures the distortion again\n"
                       "  vqi decompress logo.vqi --indexed -o logo.png     a palette PNG\n"
                       "  vqi decompress logo.vqi -o logo.h                 C arrays for firmware\n"
                       "  vqi decompress level.vqi -o level.tmx             a map of Tiled with its tiles\n"
                       "  vqi decompress photo.vqi --thumbnail 256           to photo.thumbnail.png\n"
                       "  vqi decompress scan.vqi --region 400,300,640,480   to scan.region.png\n"
                       "  vqi decompress broken.vqi --salvage               what is left of a damaged file\n"
                       "  vqi decompress *.vqi --output-dir unpacked        several files at once",
                       "Turns .vqi files back into images. The output of photo.vqi is photo.decoded.png.\n"
                       "\n"
                       "Common options:\n"
                       "  -o FILE          Write to FILE, in the format of its extension: .png, .jpg, .tif,\n"
                       "                   .webp, .bmp, .ppm ...\n"
                       "  --output-dir DIR Write to a folder\n"
                       "  --indexed        Write a palette PNG, which other programs can open\n"
                       "  --to FORM        Write C arrays, .npy, a map of Tiled ...; see --help\n"
                       "  --reference FILE Measure the distortion against the original\n"
                       "  --salvage        Write what is left of a damaged file\n"
                       "  -r, --recursive  Work on all .vqi files below the named folders\n"
                       "  -f, --force      Replace outputs that exist\n"
                       "  -q, --quiet      Print nothing but errors\n"
                       "\n"
                       "Examples:\n"
                       "  vqi decompress photo.vqi\n"
                       "  vqi decompress photo.vqi -o photo.tif\n"
                       "  vqi decompress *.vqi --output-dir unpacked"};

/// The extension that chooses the image format, also of what an index map is a part of. Throws Error{invalid_option} if
/// no format has the output's extension, or if two files would go to a stream or apart.
std::string output_format(const OutputTarget& target, const DecompressOptions& options) {
  if (options.indices.form == IndexForm::tmx) {
    if (target.is_stream())
      throw Error(ErrorCode::invalid_option, "a map of Tiled has its tiles in a second file, use -o FILE");
    if (target.path() != target.name())
      throw Error(ErrorCode::invalid_option, "the output " + target.name() +
                                                 " is a link, and the tiles of a map of Tiled stand beside the file, "
                                                 "name the file itself");
    check_xml_name(std::filesystem::path(target.name()).filename().string());
  }
  if (target.is_stream() || options.indices.form) return ".png";
  const std::string extension = std::filesystem::path(target.name()).extension().string();
  // Programs that show thumbnails name a file of their own without an extension.
  if (options.thumbnail_px != 0 && !can_write_image(extension)) return ".png";
  if (!can_write_image(extension))
    throw Error(
        ErrorCode::invalid_option,
        "the output " + target.name() +
            " has no extension of a format that vqi writes, use .png, .jpg, .tif, .webp, .bmp, .pam or .ppm, or for "
            "the indices .h, .bin, .npy, .csv or .tmx");
  if (options.indexed && lower_extension(target.name()) != ".png")
    throw Error(ErrorCode::invalid_option,
                "--indexed writes PNG, but the output is " + target.name() + ", name it .png");
  return extension;
}

/// Reads the reference. Its errors name it, because the line that prints them begins with the .vqi file.
ReadImage read_reference(const std::string& name, const CommonOptions& options, const JobContext& context) {
  try {
    check_input(name);
    return read_image_input(name, options, context);
  } catch (const Error& error) {
    const std::string message = "the reference " + name + ": " + error.what();
    if (error.limit()) throw Error(*error.limit(), message);
    throw Error(error.error_code(), message, error.offset());
  }
}

/// What the stream says of itself; nothing if it is damaged, which decoding reports.
StreamInfo header_of(std::span<const std::byte> stream, const DecodeLimits& limits) {
  try {
    return inspect(stream, limits);
  } catch (const Error&) {
    return {};
  }
}

/// What `decode` makes of the stream. The error of a damaged one names --salvage, unless that is given.
template <typename Decode>
auto decoded(std::span<const std::byte> stream, const DecompressOptions& options, const Decode& decode) {
  try {
    return decode();
  } catch (const Error& error) {
    if (error.error_class() != ErrorClass::data || options.salvage) throw;
    throw advised_error(error, stream, options.common.limits(),
                        options.indexed        ? "write what is left of it with --salvage in place of --indexed"
                        : options.indices.form ? "write what is left of it with --salvage, as an image"
                                               : "write what is left of it with --salvage");
  }
}

/// Measures `image` against the reference. Completes `result`.
void measure_reference(const Image& image, const DecompressOptions& options, const RunOptions& run,
                       const JobContext& context, DecompressResult& result) {
  const ReadImage reference = read_reference(*options.reference, options.common, context);
  for (const std::string& warning : reference.warnings)
    result.warnings.push_back("the reference " + *options.reference + ": " + warning);
  check_comparable(kind_of(reference), {"", image.width_px(), image.height_px(), image.channels(), image.bit_depth()});
  RunOptions measuring = run;
  measuring.progress = context.keep_going();
  result.reference = measure_distortion(reference.image, image, measuring);
  context.stop_if_asked("measuring");
}

/// What the file or files for an index map hold, a palette PNG or another form. Completes `result`.
IndexFiles indexed_files(std::span<const std::byte> stream, const StreamInfo& header, const std::string& format,
                         const DecompressOptions& options, const RunOptions& run, DecompressResult& result) {
  const bool named = header.width_px != 0;  // else it is damaged, which decoding reports
  if (named && options.indices.form) check_form_holds(options.indices, header);
  IndexedImage indexed = decoded(stream, options, [&] { return decode_indexed(stream, options.common.limits(), run); });
  constexpr std::uint32_t palette_channels = 3;
  IndexFiles files;
  if (options.indexed) {
    files.bytes = write_indexed_png(indexed, run);
    files.warnings = write_losses(indexed.metadata, palette_channels, format);
    return files;
  }
  files = write_index_files(block_image(std::move(indexed), header.k), options.indices, result.output, run);
  result.form = options.indices.form;
  result.form_text = files.description;
  if (files.sheet) result.tile_sheet = tile_sheet_name(result.output);
  return files;
}

/// The size of the image that is written.
ThumbnailSize written_size(std::uint32_t width_px, std::uint32_t height_px, const DecompressOptions& options) {
  if (options.thumbnail_px == 0) return {width_px, height_px};
  return thumbnail_size(width_px, height_px, options.thumbnail_px);
}

/// The bytes of the file or files for `stream`. Completes `result` with times, damage, warnings of what they do not
/// keep, and distortion against a reference.
IndexFiles decoded_files(std::span<const std::byte> stream, const std::string& format, const DecompressOptions& options,
                         const JobContext& context, DecompressResult& result) {
  DecodeLimits limits = options.common.limits();
  RunOptions run = options.common.run(context);
  const auto with_left = [&](const auto& call) { return with_memory_left(run, stream.size(), call); };
  const StreamInfo header = header_of(stream, limits);
  run.progress = context.progress({}, std::uint64_t{header.width_px} * header.height_px);
  const bool writes_indices = options.indexed || options.indices.form;
  limits.restore = result.restored = !options.no_restore && !writes_indices;
  const ThumbnailSize written = written_size(header.width_px, header.height_px, options);
  if (header.width_px != 0 && !writes_indices)
    check_can_write(written.width_px, written.height_px, header.channels, header.bit_depth, format);
  Stopwatch watch;
  std::optional<Image> image;
  IndexFiles files;
  if (writes_indices)
    files =
        with_left([&](const RunOptions& left) { return indexed_files(stream, header, format, options, left, result); });
  result.warnings = files.warnings;
  if (options.salvage) {
    Salvaged salvaged = with_left([&](const RunOptions& left) { return salvage(stream, limits, left); });
    image = std::move(salvaged.image);
    if (!salvaged.faults.empty())
      result.damage =
          StreamDamage{salvaged.faults.front(), std::move(salvaged.unverified_rows), std::move(salvaged.lost_rows)};
  } else if (!writes_indices || options.reference) {
    image = decoded(stream, options,
                    [&] { return with_left([&](const RunOptions& left) { return decode(stream, limits, left); }); });
  }
  result.decode_seconds = watch.lap_seconds();
  context.stop_if_asked("decoding");

  if (options.reference) {
    measure_reference(*image, options, run, context, result);
    static_cast<void>(watch.lap_seconds());
  }
  if (options.thumbnail_px != 0) {
    result.thumbnail = written_size(image->width_px(), image->height_px(), options);
    image = thumbnail(*image, *result.thumbnail);
  }
  if (!writes_indices) {
    const std::vector<std::string> losses = write_losses(image->metadata(), image->channels(), format);
    result.warnings.insert(result.warnings.end(), losses.begin(), losses.end());
    files.bytes = with_left([&](const RunOptions& left) { return write_image_bytes(*image, format, left); });
  }
  result.write_seconds = watch.lap_seconds();
  return files;
}

/// The error line about a file that was salvaged.
Failure salvage_failure(const DecompressResult& result) {
  const StreamDamage& damage = *result.damage;
  return {damage.fault.error_code(), std::string(damage.fault.what()) + "; " + salvaged_text(result), result.input,
          damage.fault.offset()};
}

/// The place of the tiles of a map of Tiled. A sheet without its map, which a killed run may leave, is not what
/// --skip-existing skips.
OutputTarget sheet_target(const std::string& output, const OutputRules& rules, bool skip_existing) {
  const std::string name = tile_sheet_name(output);
  try {
    return {name, rules};
  } catch (const Error& error) {
    if (!skip_existing || error.error_code() != ErrorCode::output_exists) throw;
    throw Error(ErrorCode::invalid_option, "the output " + name + " exists without its map, remove it");
  }
}

/// The file or files for an input that is read as a whole. Completes `result`.
IndexFiles whole_files(const std::string& name, const std::string& format, const DecompressOptions& options,
                       const std::optional<Codebook>& codebook, const JobContext& context, DecompressResult& result) {
  Stopwatch watch;
  std::optional<MemoryBudget::Share> memory;
  const auto reserve = [&](std::span<const std::byte> start) {
    check_stream_start(start);
    const DecodeLimits limits = options.common.limits();
    std::uint64_t bytes = memory_of_stream(start, input_size(name), limits, context.threads());
    if (options.indices.form) {
      const StreamInfo header = header_of(start, limits);
      bytes += index_file_memory_bytes * header.width_px * header.height_px;
    }
    memory.emplace(context.reserve_memory(bytes));
  };
  const std::vector<std::byte> stream = read_input(name, options.common.max_memory_bytes, reserve);
  if (!memory) reserve(stream);
  result.read_seconds = watch.lap_seconds();
  const std::vector<std::byte> whole = with_codebook(stream, codebook);
  IndexFiles files = decoded_files(whole.empty() ? stream : whole, format, options, context, result);
  result.info = inspect(stream, options.common.limits());
  return files;
}

Outcome decompress(const InputFile& input, const std::string& output, const DecompressOptions& options,
                   const std::optional<Codebook>& codebook, const BatchLayout& layout, const JobContext& context) {
  if (input.fault) throw Error(*input.fault);
  Stopwatch watch;
  DecompressResult result;
  result.input = input.name;
  result.output = output;
  result.threads = context.threads();
  result.salvage = options.salvage;
  check_input(input.name);
  const OutputRules rules = output_rules(options.common, options.output, input.name);
  const OutputTarget target(output, rules);
  const std::string format = output_format(target, options);
  std::optional<OutputTarget> sheet;
  if (options.indices.form == IndexForm::tmx) sheet = sheet_target(output, rules, options.output.skip_existing);

  if (const auto large = LargeOutput::open(input.name, target, format, options)) {
    large->write(target, format, options, codebook, context, result);
  } else {
    const IndexFiles files = options.region ? region_files(input.name, format, options, codebook, context, result)
                                            : whole_files(input.name, format, options, codebook, context, result);
    static_cast<void>(watch.lap_seconds());
    if (files.sheet)
      write_together(std::array{OutputPart{&*sheet, *files.sheet}, OutputPart{&target, files.bytes}},
                     options.common.max_memory_bytes);
    else
      target.write(files.bytes);
    result.write_seconds += watch.lap_seconds();
    result.output_bytes = files.bytes.size() + (files.sheet ? files.sheet->size() : 0);
  }
  result.total_seconds = watch.total_seconds();

  const std::string text = layout.one_line ? batch_line(result, layout) : text_report(result, options.common.verbose);
  Outcome outcome = report_outcome(options.common, output, text, json_line(result));
  outcome.err = warning_lines(input.name, result.warnings, options.common) + outcome.err;
  outcome.input_bytes = result.info.bytes.file;
  outcome.output_bytes = result.output_bytes;
  if (result.damage) {
    outcome.err += failure_line(salvage_failure(result));
    outcome.exit_code = exit_bad_data;
  }
  return outcome;
}

/// Throws Error{invalid_option} if the tiles of a map of Tiled would replace a file that is read.
void check_sheets(const DecompressOptions& options, const std::vector<InputFile>& inputs,
                  const std::vector<std::string>& outputs, const std::vector<std::string>& kept) {
  if (options.indices.form != IndexForm::tmx) return;
  for (const std::string& output : outputs)
    if (!output.empty() && output != standard_stream)
      check_not_an_input("--to tmx", tile_sheet_name(output), inputs, kept);
}

}  // namespace

CommandOutline outline_decompress() {
  DecompressOptions options;
  return outline_of(help, [&](CommandLine& line) { add_decompress_options(line, options); });
}

int run_decompress(const std::vector<std::string>& arguments) {
  DecompressOptions options;
  CommandLine line(help);
  add_decompress_options(line, options);
  const std::optional<std::vector<std::string>> named = line.parse(arguments);
  if (!named) return exit_done;
  check_decompress_options(options);
  const std::vector<std::string> names = input_names(*named, options.input, options.common);
  std::vector<std::string> kept = options.input.kept_files();
  if (options.reference) kept.push_back(*options.reference);
  if (options.codebook) kept.push_back(*options.codebook);
  const std::vector<InputFile> inputs = find_inputs(names, options.input.recursive, is_stream_name);
  const auto default_name = [&](const std::string& file_name) {
    if (options.region) return region_name(file_name);
    if (options.thumbnail_px != 0) return thumbnail_name(file_name);
    return options.indices.form ? index_file_name(file_name, *options.indices.form) : decompressed_name(file_name);
  };
  const OutputPlan plan = plan_outputs(inputs, options.output, default_name, kept);
  check_sheets(options, inputs, plan.outputs, kept);
  check_streams(options.common, options.output, plan.outputs);

  const std::optional<Codebook> codebook = codebook_of(options.codebook, options.common);

  Console console(options.common.show_progress());
  if (!plan.clashes.empty()) return refuse_clashes(plan.clashes, options.common, console);
  const BatchLayout layout(names_of(inputs), options.common.verbose);
  return run_batch(
      names_of(inputs), options.common.writing_batch(), console, [&](std::size_t index, const JobContext& context) {
        return skipping_existing(
            "decompress", inputs[index], plan.outputs[index], options.output, options.common, layout,
            [&] { return decompress(inputs[index], plan.outputs[index], options, codebook, layout, context); });
      });
}

}  // namespace vqi::tool
