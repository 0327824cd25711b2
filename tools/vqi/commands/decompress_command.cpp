// vqi decompress: decodes .vqi files to images.
#include <filesystem>
#include <optional>
#include <utility>

#include "commands.hpp"
#include "decompress_options.hpp"
#include "find_inputs.hpp"
#include "image_input.hpp"
#include "json_report.hpp"
#include "output_names.hpp"
#include "output_target.hpp"
#include "read_input.hpp"
#include "stopwatch.hpp"
#include "text_report.hpp"
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
                       "  vqi decompress broken.vqi --salvage               the whole parts of a damaged file\n"
                       "  vqi decompress *.vqi --output-dir unpacked        several files at once"};

/// The extension that chooses the image format. Throws Error{invalid_option} if no format has the output's extension.
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

/// The bytes of the image file for `stream`. Completes `result` with times, damage, and distortion against a reference.
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

/// The error line about a file that was salvaged.
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
  add_decompress_options(line, options);
  const std::optional<std::vector<std::string>> names = line.parse(arguments);
  if (!names) return exit_done;
  check_common(options.common, *names);
  check_decompress_options(options);
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
