// vqi decompress: .vqi files to images.
#include <filesystem>
#include <optional>
#include <utility>

#include "commands.hpp"
#include "common_options.hpp"
#include "file_input.hpp"
#include "file_output.hpp"
#include "image_input.hpp"
#include "input_files.hpp"
#include "json_report.hpp"
#include "output_names.hpp"
#include "stopwatch.hpp"
#include "text_report.hpp"
#include "vqi/codec.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"decompress", "INPUT... [-o FILE | --output-dir DIR] [OPTIONS]",
                       "Turns .vqi files back into images, and tells how small they were and how far\n"
                       "they are from the originals, as measured when they were compressed.\n"
                       "\n"
                       "INPUT is a .vqi file; - is standard input. The output of a.vqi is a.decoded.png\n"
                       "beside it. With -o the format is the one that the extension names: .png, .jpg,\n"
                       ".tif, .webp, .bmp, .ppm ...; standard output gets a PNG.",
                       "Examples:\n"
                       "  vqi decompress photo.vqi                          to photo.decoded.png\n"
                       "  vqi decompress photo.vqi -o photo.tif             to another format\n"
                       "  vqi decompress photo.vqi --reference photo.png    measures the distortion again\n"
                       "  vqi decompress logo.vqi --indexed -o logo.png     a palette PNG\n"
                       "  vqi decompress broken.vqi --salvage               what is left of a damaged file\n"
                       "  vqi decompress *.vqi --output-dir unpacked        several files at once"};

struct DecompressOptions {
  CommonOptions common;
  OutputChoice output;
  std::optional<std::string> reference;
  bool indexed = false;
  bool salvage = false;
};

void add_options(CommandLine& line, DecompressOptions& options) {
  line.start_group("Output");
  add_output_options(line, options.output, ".vqi files");
  line.add_flag("--indexed", options.indexed,
                "Write a palette PNG with the same indices; needs\nK <= 256, blocks of 1x1 and 8 bits");
  line.add_flag(
      "--salvage", options.salvage,
      "Of a damaged file write what is whole; lost rows are\nnamed and get the codebook's mean. The exit code stays 3");
  line.start_group("Check");
  line.add_text("--reference", options.reference, "FILE", "Measure the distortion again, against this image");
  add_common_options(line, options.common);
}

/// The extension that chooses the format. Throws Error{invalid_option} before any work if there is none.
std::string output_format(const OutputTarget& target, bool indexed) {
  if (target.is_stream()) return ".png";
  const std::string extension = std::filesystem::path(target.name()).extension().string();
  if (!can_write_image(extension))
    throw Error(ErrorCode::invalid_option,
                "the output " + target.name() +
                    " has no extension of an image format, use .png, .jpg, .tif, .webp, .bmp or .ppm");
  const bool is_png = extension == ".png" || extension == ".PNG";
  if (indexed && !is_png)
    throw Error(ErrorCode::invalid_option,
                "--indexed writes PNG, but the output is " + target.name() + ", name it .png");
  return extension;
}

/// Reads the reference; a failure names it, because it is told of the .vqi file.
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

/// The image file for `stream`, and with a reference the distortion of what is in it.
std::vector<std::byte> decoded_file(std::span<const std::byte> stream, const std::string& format,
                                    const DecompressOptions& options, const JobContext& context,
                                    DecompressResult& result) {
  const DecodeLimits limits = options.common.limits();
  const RunOptions run = options.common.run(context);
  Stopwatch watch;
  std::optional<Image> image;
  std::vector<std::byte> file;
  if (options.indexed) file = write_indexed_png(decode_indexed(stream, limits, run), run);
  if (options.salvage) {
    Salvaged salvaged = salvage(stream, limits, run);
    image = std::move(salvaged.image);
    if (!salvaged.faults.empty()) result.damage = StreamDamage{salvaged.faults.front(), std::move(salvaged.lost_rows)};
  } else if (!options.indexed || options.reference) {
    image = decode(stream, limits, run);
  }
  result.decode_seconds = watch.lap_seconds();
  context.stop_if_asked("decoding");

  if (options.reference) {
    const ReadImage reference = read_reference(*options.reference, options.common, context);
    check_comparable(kind_of(reference),
                     {"", image->width_px(), image->height_px(), image->channels(), image->bit_depth()});
    RunOptions measuring = run;
    measuring.progress = context.keep_going();
    result.reference = measure_distortion(reference.image, *image, measuring);
    context.stop_if_asked("measuring");
    static_cast<void>(watch.lap_seconds());
  }
  if (!options.indexed) file = write_image_bytes(*image, format, run);
  result.write_seconds = watch.lap_seconds();
  return file;
}

/// The one line about a file that was salvaged.
Failure salvage_failure(const DecompressResult& result) {
  const StreamDamage& damage = *result.damage;
  return {damage.fault.error_code(), std::string(damage.fault.what()) + "; " + salvaged_text(result), result.input,
          damage.fault.offset()};
}

Outcome decompress(const InputFile& input, const std::string& output, const DecompressOptions& options,
                   const JobContext& context) {
  if (input.fault) throw Error(*input.fault);
  Stopwatch watch;
  DecompressResult result;
  result.input = input.name;
  result.output = output;
  result.threads = context.threads();
  result.salvage = options.salvage;
  check_input(input.name);
  const OutputTarget target(output, output_rules(options.common, options.output, input.name));
  const std::string format = output_format(target, options.indexed);

  const std::vector<std::byte> stream = read_input(input.name, options.common.max_memory_bytes, check_stream_start);
  const MemoryBudget::Share memory = context.reserve_memory(memory_of_stream(stream, options.common.limits()));
  result.read_seconds = watch.lap_seconds();
  const std::vector<std::byte> file = decoded_file(stream, format, options, context, result);
  result.info = inspect(stream, options.common.limits());

  static_cast<void>(watch.lap_seconds());
  target.write(file);
  result.write_seconds += watch.lap_seconds();
  result.total_seconds = watch.total_seconds();

  Outcome outcome =
      report_outcome(options.common, output, text_report(result, options.common.verbose), json_line(result));
  outcome.input_bytes = stream.size();
  outcome.output_bytes = file.size();
  if (result.damage) {
    outcome.err += failure_line(salvage_failure(result));
    outcome.exit_code = exit_bad_data;
  }
  return outcome;
}

}  // namespace

int run_decompress(const std::vector<std::string>& arguments) {
  DecompressOptions options;
  CommandLine line(help);
  add_options(line, options);
  const std::optional<std::vector<std::string>> names = line.parse(arguments);
  if (!names) return exit_done;
  check_common(options.common, *names);
  if (options.reference == standard_stream)
    throw Error(ErrorCode::invalid_option, "--reference cannot be standard input, name a file");
  if (options.salvage && options.indexed)
    throw Error(ErrorCode::invalid_option, "--salvage and --indexed exclude each other, give one of them");
  std::vector<std::string> kept;
  if (options.reference) kept.push_back(*options.reference);
  const std::vector<InputFile> inputs = find_inputs(*names, options.output.recursive, is_stream_name);
  const std::vector<std::string> outputs = plan_outputs(inputs, options.output, decompressed_name, kept);
  check_streams(options.common, outputs);

  Console console(options.common.show_progress());
  return run_batch(names_of(inputs), options.common.writing_batch(), console,
                   [&](std::size_t index, const JobContext& context) {
                     return decompress(inputs[index], outputs[index], options, context);
                   });
}

}  // namespace vqi::tool
