// vqi compress: encodes images as .vqi files.
#include <algorithm>
#include <optional>
#include <utility>

#include "batch_line.hpp"
#include "colour_files.hpp"
#include "commands.hpp"
#include "compress_options.hpp"
#include "find_inputs.hpp"
#include "image_input.hpp"
#include "json_report.hpp"
#include "large_input.hpp"
#include "memory_left.hpp"
#include "output_names.hpp"
#include "output_target.hpp"
#include "planned_outputs.hpp"
#include "read_input.hpp"
#include "stopwatch.hpp"
#include "text_report.hpp"
#include "vqi/codec.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"compress", "INPUT... [-o FILE | --output-dir DIR] [OPTIONS]",
                       "Compresses images: learns a codebook of K codewords for each image and writes\n"
                       "every pixel, or block of pixels, as the index of its nearest codeword. An image\n"
                       "with at most K different pixels, or blocks, is kept exactly.\n"
                       "\n"
                       "INPUT is a PNG, JPEG, TIFF, WebP, GIF, BMP or PNM image, or a .vqi file; - is\n"
                       "standard input. The output of a.png is a.vqi beside it, that of standard input is\n"
                       "standard output.",
                       "Examples:\n"
                       "  vqi compress photo.png                     256 colours, to photo.vqi\n"
                       "  vqi compress -k 16 -o small.vqi photo.png  16 colours, at most 4 bits per pixel\n"
                       "  vqi compress --lossless screen.png         every colour, no loss\n"
                       "  vqi compress --psnr 35 photo.png           as few colours as 35 dB need\n"
                       "  vqi compress --max-bytes 100k photo.png    as many colours as 100,000 bytes hold\n"
                       "  vqi compress -k 4096 --block 4x4 scan.tif  blocks of 16 pixels, at most 0.75 bits\n"
                       "  vqi compress *.png --output-dir packed     several images at once\n"
                       "  vqi compress -r photos --output-dir packed --skip-existing\n"
                       "                                             all images below a folder, in its tree,\n"
                       "                                             but those that were done before\n"
                       "  vqi compress - < a.png > a.vqi             as part of a pipe",
                       "Writes each image as a .vqi file: K colours learned from it, and an index for\n"
                       "each pixel. The output of photo.png is photo.vqi.\n"
                       "\n"
                       "Common options:\n"
                       "  -k N             Number of colours, 1..65536. Default 256\n"
                       "  --lossless       As many colours as the image has, at most 65536\n"
                       "  --psnr DB        As few colours as this quality needs\n"
                       "  --max-bytes N    As many colours as a file of N bytes holds, such as 100k\n"
                       "  --block WxH      Learn blocks of pixels instead of single ones, such as 4x4\n"
                       "  --method ecvq    Smaller files at the same quality; takes longer\n"
                       "  --effort N       1 (fastest) to 9 (best). Default 5\n"
                       "  -o FILE          Write to FILE\n"
                       "  --output-dir DIR Write to a folder\n"
                       "  -r, --recursive  Work on all images below the named folders\n"
                       "  -f, --force      Replace outputs that exist\n"
                       "  -q, --quiet      Print nothing but errors\n"
                       "\n"
                       "Examples:\n"
                       "  vqi compress photo.png\n"
                       "  vqi compress -k 16 -o small.vqi photo.png\n"
                       "  vqi compress --lossless screen.png\n"
                       "  vqi compress -r photos --output-dir packed"};

/// The outcome of a finished input, with its report.
Outcome report(CompressResult& result, const ReadImage& source, const CompressOptions& options,
               const BatchLayout& layout) {
  const CommonOptions& common = options.common;
  result.dropped = source.dropped;
  result.warnings = source.warnings;
  result.warnings.insert(result.warnings.end(), result.report.warnings.begin(), result.report.warnings.end());
  const std::string lines = warning_lines(result.input, result.warnings, common);
  if (is_larger(result) && !result.skipped)  // people read it in the report
    result.warnings.emplace_back("the result is larger than the input's own file");
  const std::string text = layout.one_line ? batch_line(result, layout) : text_report(result, common.verbose);
  Outcome outcome = report_outcome(common, result.output, text, json_line(result));
  outcome.err = lines + outcome.err;
  if (common.reading.salvage && source.lost_pixels) {
    outcome.err +=
        failure_line({ErrorCode::corrupt_image, "is damaged, and pixels may be lost; what is left of it is compressed",
                      result.input, std::nullopt});
    outcome.exit_code = exit_bad_data;
  }
  outcome.skipped = result.skipped;
  outcome.input_bytes = result.input_bytes.value_or(0);
  outcome.output_bytes = result.report.bytes.file;
  return outcome;
}

/// Encodes with the K that is given, that the target needs, or that the gap statistic chooses.
Encoded encode_by(const CompressOptions& options, const ImageView& image, const RunOptions& run) {
  if (options.auto_k) {
    cluster::GapOptions gap = options.gap;
    gap.seed = options.encode.seed;
    return encode_with_gap(image, gap, options.encode, run);
  }
  return options.has_target() ? encode_to_target(image, options.target, options.encode, run)
                              : encode(image, options.encode, run);
}

/// Encodes an image that does not fit into memory, and writes it. Completes `result`.
void compress_by_rows(const LargeInput& input, const OutputTarget& target, const CompressOptions& options,
                      const JobContext& context, CompressResult& result) {
  const Stopwatch watch;
  RunOptions run = options.common.run(context);
  const MemoryBudget::Share memory = context.reserve_memory(run.max_memory_bytes);
  run.progress = context.progress(stage_shares(options.encode), input.pixels());
  result.input_bytes = input.file_bytes();
  result.report = input.encode(target, options, run);
  context.stop_if_asked("compressing");
  result.report.warnings.emplace_back(
      "the image was compressed row by row, as it does not fit into memory; its SSIM was not measured");
  result.total_seconds = watch.total_seconds();
}

/// Compresses an image that is read as a whole. Completes `result`.
Outcome compress_whole(const InputFile& input, const OutputTarget& target, CompressOptions options,
                       const ColourFiles& colours, const BatchLayout& layout, const JobContext& context,
                       CompressResult result) {
  Stopwatch watch;
  const std::vector<std::byte> file = read_input(input.name, options.common.max_memory_bytes, check_image_start);
  if (input.name != standard_stream) result.input_bytes = file.size();
  const MemoryBudget::Share memory = context.reserve_memory(memory_of_image(file));
  ReadImage source = decode_image_input(file, options.common, context);
  colours.fit(source.image, options.encode, source.warnings);
  if (options.common.reading.salvage) result.lost_pixels = source.lost_pixels;
  result.read_seconds = watch.lap_seconds();

  RunOptions run = options.common.run(context);
  const std::uint64_t held_bytes = file.size() + source.image.samples().size();
  run.progress = context.progress(stage_shares(options.encode), pixels_of(source.image));
  Encoded encoded =
      with_memory_left(run, held_bytes, [&](const RunOptions& left) { return encode_by(options, source.image, left); });
  if (options.auto_k) result.gap = options.gap;
  context.stop_if_asked("compressing");

  static_cast<void>(watch.lap_seconds());
  result.skipped = options.skip_larger && encoded.bytes.size() > file.size();
  if (!result.skipped) target.write(encoded.bytes);
  result.write_seconds = watch.lap_seconds();
  result.total_seconds = watch.total_seconds();
  result.verified = options.encode.verify;
  result.report = std::move(encoded.report);
  return report(result, source, options, layout);
}

Outcome compress(const InputFile& input, const std::string& output, const CompressOptions& options,
                 const ColourFiles& colours, const BatchLayout& layout, const JobContext& context) {
  if (input.fault) throw Error(*input.fault);
  CompressResult result;
  result.input = input.name;
  result.output = output;
  result.lossless = options.encode.lossless;
  result.iterations_given = options.encode.max_iterations.has_value();
  check_input(input.name);
  const OutputTarget target(output, output_rules(options.common, options.output, input.name));

  const LargeInput large = LargeInput::open(input.name, target, options);
  try {
    if (large.is_read_by_rows()) {
      compress_by_rows(large, target, options, context, result);
      return report(result, large.about(), options, layout);
    }
    return compress_whole(input, target, options, colours, layout, context, std::move(result));
  } catch (const Error& error) {
    throw large.explained(error);
  }
}

}  // namespace

CommandOutline outline_compress() {
  CompressOptions options{{.command = Command::compress}};
  return outline_of(help, [&](CommandLine& line) { add_compress_options(line, options); });
}

int run_compress(const std::vector<std::string>& arguments) {
  CompressOptions options{{.command = Command::compress}};
  CommandLine line(help);
  add_compress_options(line, options);
  const std::optional<std::vector<std::string>> named = line.parse(arguments);
  if (!named) return exit_done;
  check_compress_options(options);
  options.encode = encode_options(options);
  const std::vector<std::string> names = input_names(*named, options.input, options.common);
  const std::vector<InputFile> inputs = find_inputs(names, options.input.recursive, is_image_name);
  options.output.name_after = compressed_name_after;
  const OutputPlan plan =
      plan_outputs(inputs, options.output, compressed_name, options.input.kept_files(options.colours.files()));
  check_output_is_no_image(options.output);
  check_streams(options.common, options.output, plan.outputs);
  if (options.skip_larger && std::find(plan.outputs.begin(), plan.outputs.end(), standard_stream) != plan.outputs.end())
    throw Error(ErrorCode::invalid_option, "--skip-larger cannot leave standard output empty, use -o FILE");

  const ColourFiles colours(options.colours, options.common);

  Console console(options.common.show_progress());
  if (!plan.clashes.empty()) return refuse_clashes(plan.clashes, options.common, console);
  const BatchLayout layout(names_of(inputs), options.common.verbose);
  return run_batch(
      names_of(inputs), options.common.writing_batch(), console, [&](std::size_t index, const JobContext& context) {
        return skipping_existing(
            "compress", inputs[index], plan.outputs[index], options.output, options.common, layout,
            [&] { return compress(inputs[index], plan.outputs[index], options, colours, layout, context); });
      });
}

}  // namespace vqi::tool
