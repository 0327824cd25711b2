// vqi compress: images to .vqi files.
#include <limits>
#include <optional>
#include <utility>

#include "commands.hpp"
#include "common_options.hpp"
#include "file_input.hpp"
#include "file_output.hpp"
#include "image_input.hpp"
#include "json_report.hpp"
#include "names.hpp"
#include "output_names.hpp"
#include "stopwatch.hpp"
#include "text_report.hpp"
#include "vqi/codec.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"compress", "INPUT... [-o FILE | --output-dir DIR] [OPTIONS]",
                       "Compresses images: learns a codebook of K codewords for each image and writes\n"
                       "every pixel, or block of pixels, as the index of its nearest codeword. An image\n"
                       "that has no more than K different ones is kept exactly.\n"
                       "\n"
                       "INPUT is a PNG, JPEG, TIFF, WebP, BMP or PNM image; - is standard input. The\n"
                       "output of a.png is a.vqi beside it, that of standard input is standard output.",
                       "Examples:\n"
                       "  vqi compress photo.png                     256 colours, to photo.vqi\n"
                       "  vqi compress -k 16 -o small.vqi photo.png  16 colours, 4 bits per pixel\n"
                       "  vqi compress -k 4096 --block 4x4 scan.tif  blocks of 16 pixels, 0.75 bits per pixel\n"
                       "  vqi compress *.png --output-dir packed     several images at once\n"
                       "  vqi compress - < a.png > a.vqi             as part of a pipe"};

struct CompressOptions {
  CommonOptions common;
  OutputChoice output;
  EncodeOptions encode;
};

void add_options(CommandLine& line, CompressOptions& options) {
  EncodeOptions& encode = options.encode;
  line.start_group("Output");
  add_output_options(line, options.output);
  line.start_group("Codebook");
  line.add_integer("-k", encode.k, 1, 65536,
                   "Codewords, 1..65536; more keep more detail and take\nlog2(K) bits per pixel or block. Default 256");
  line.add_value(
      "--block",
      [&encode](const std::string& text) {
        const BlockSize block = parse_block("--block", text);
        encode.block_width_px = block.width_px;
        encode.block_height_px = block.height_px;
      },
      "WxH", "A codeword stands for a block of W x H pixels,\n1x1..16x16. Default 1x1: a pixel");
  line.add_value(
      "--coding",
      [&encode](const std::string& text) {
        const std::optional<Coding> coding = coding_from_name(text);
        if (!coding)
          throw Error(ErrorCode::invalid_option,
                      "--coding \"" + text + "\" is not a way to write indices, give packed");
        encode.coding = *coding;
      },
      "NAME", "How indices are written: packed, log2(K) bits each.\nDefault packed");
  line.add_integer("--effort", encode.effort, 1, 9, "1 (fastest) to 9 (lowest distortion). Default 5");
  line.add_value(
      "--seeding",
      [&encode](const std::string& text) {
        const std::optional<Seeding> seeding = seeding_from_name(text);
        if (!seeding)
          throw Error(ErrorCode::invalid_option, "--seeding \"" + text + "\" is unknown, give auto, split or kmeans++");
        encode.seeding = *seeding;
      },
      "NAME",
      "First codebook: split (costly cells cut in two),\nkmeans++ (drawn at random), or auto: split, and for\n"
      "grey pixels none, their optimum is computed.\nDefault auto");
  line.add_value(
      "--max-iterations",
      [&encode](const std::string& text) {
        encode.max_iterations = static_cast<std::uint32_t>(
            parse_integer("--max-iterations", text, 0, std::numeric_limits<std::uint32_t>::max()));
      },
      "N", "Lloyd's steps on all vectors at the most,\n0..4294967295. Default: as the effort allows");
  line.add_integer("--seed", encode.seed, 0, std::numeric_limits<std::uint64_t>::max(),
                   "Of the random numbers, 0..18446744073709551615; the\nsame seed gives the same file. Default 1");
  add_common_options(line, options.common);
}

Outcome compress(const std::string& input, const std::string& output, const CompressOptions& options,
                 const JobContext& context) {
  Stopwatch watch;
  CompressResult result;
  result.input = input;
  result.output = output;
  check_input(input);
  const OutputTarget target(output, options.common.force);

  const ReadImage source = read_image_input(input, options.common, context);
  result.read_seconds = watch.lap_seconds();

  EncodeOptions encode_options = options.encode;
  encode_options.threads = context.threads();
  encode_options.progress = context.progress();
  Encoded encoded = encode(source.image, encode_options);
  context.stop_if_asked("compressing");

  static_cast<void>(watch.lap_seconds());
  target.write(encoded.bytes);
  result.write_seconds = watch.lap_seconds();
  result.total_seconds = watch.total_seconds();
  result.report = std::move(encoded.report);

  Outcome outcome =
      report_outcome(options.common, output, text_report(result, options.common.verbose), json_line(result));
  outcome.err = warning_lines(input, source, options.common) + outcome.err;
  return outcome;
}

}  // namespace

int run_compress(const std::vector<std::string>& arguments) {
  CompressOptions options;
  CommandLine line(help);
  add_options(line, options);
  const std::optional<std::vector<std::string>> inputs = line.parse(arguments);
  if (!inputs) return exit_done;
  check_common(options.common, *inputs);
  const std::vector<std::string> outputs = plan_outputs(*inputs, options.output, compressed_name);
  check_streams(options.common, outputs);

  Console console(options.common.show_progress());
  return run_batch(*inputs, options.common.batch(), console, [&](std::size_t index, const JobContext& context) {
    return compress((*inputs)[index], outputs[index], options, context);
  });
}

}  // namespace vqi::tool
