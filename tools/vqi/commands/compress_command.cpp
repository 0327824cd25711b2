// vqi compress: encodes images as .vqi files.
#include <algorithm>
#include <optional>
#include <utility>

#include "commands.hpp"
#include "compress_options.hpp"
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
                       "  vqi compress --psnr 35 photo.png           as few colours as 35 dB need\n"
                       "  vqi compress --max-bytes 100k photo.png    as many colours as 100,000 bytes hold\n"
                       "  vqi compress -k 4096 --block 4x4 scan.tif  blocks of 16 pixels, at most 0.75 bits\n"
                       "  vqi compress *.png --output-dir packed     several images at once\n"
                       "  vqi compress -r photos --output-dir packed all images below a folder, in its tree\n"
                       "  vqi compress - < a.png > a.vqi             as part of a pipe"};

/// The outcome of a finished input, with its report.
Outcome report(const CompressResult& result, const CompressOptions& options) {
  Outcome outcome =
      report_outcome(options.common, result.output, text_report(result, options.common.verbose), json_line(result));
  outcome.skipped = result.skipped;
  outcome.input_bytes = result.input_bytes;
  outcome.output_bytes = result.report.bytes.file;
  return outcome;
}

/// Encodes with the K that is given, that the target needs, or that the gap statistic chooses.
Encoded encode_by(const CompressOptions& options, const ImageView& image, const RunOptions& run) {
  if (options.auto_k) {
    cluster::GapOptions gap = options.gap.options;
    gap.seed = options.encode.seed;
    return encode_with_gap(image, gap, options.encode, run);
  }
  return options.has_target() ? encode_to_target(image, options.target, options.encode, run)
                              : encode(image, options.encode, run);
}

Outcome compress(const InputFile& input, const std::string& output, const CompressOptions& options,
                 const JobContext& context) {
  if (input.fault) throw Error(*input.fault);
  Stopwatch watch;
  CompressResult result;
  result.input = input.name;
  result.output = output;
  check_input(input.name);
  const OutputTarget target(output, output_rules(options.common, options.output, input.name));

  const std::vector<std::byte> file = read_input(input.name, options.common.max_memory_bytes, check_image_start);
  result.input_bytes = file.size();
  const MemoryBudget::Share memory = context.reserve_memory(memory_of_image(file));
  const ReadImage source = decode_image_input(file, options.common, context);
  result.read_seconds = watch.lap_seconds();

  RunOptions run = options.common.run(context);
  run.progress = context.progress(stage_shares(options.encode));
  Encoded encoded = encode_by(options, source.image, run);
  if (options.auto_k) result.gap = options.gap.options;
  context.stop_if_asked("compressing");

  static_cast<void>(watch.lap_seconds());
  result.skipped = options.skip_larger && encoded.bytes.size() > file.size();
  if (!result.skipped) target.write(encoded.bytes);
  result.write_seconds = watch.lap_seconds();
  result.total_seconds = watch.total_seconds();
  result.verified = options.encode.verify;
  result.report = std::move(encoded.report);

  Outcome outcome = report(result, options);
  outcome.err = warning_lines(input.name, source, options.common) + outcome.err;
  return outcome;
}

}  // namespace

int run_compress(const std::vector<std::string>& arguments) {
  CompressOptions options;
  CommandLine line(help);
  add_compress_options(line, options);
  const std::optional<std::vector<std::string>> names = line.parse(arguments);
  if (!names) return exit_done;
  check_common(options.common, *names);
  check_compress_options(options);
  const std::vector<InputFile> inputs = find_inputs(*names, options.output.recursive, is_image_name);
  const std::vector<std::string> outputs = plan_outputs(inputs, options.output, compressed_name);
  check_streams(options.common, outputs);
  if (options.skip_larger && std::find(outputs.begin(), outputs.end(), standard_stream) != outputs.end())
    throw Error(ErrorCode::invalid_option, "--skip-larger cannot leave standard output empty, use -o FILE");

  Console console(options.common.show_progress());
  return run_batch(names_of(inputs), options.common.writing_batch(), console,
                   [&](std::size_t index, const JobContext& context) {
                     return compress(inputs[index], outputs[index], options, context);
                   });
}

}  // namespace vqi::tool
