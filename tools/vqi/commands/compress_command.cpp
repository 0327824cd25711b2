// vqi compress: images to .vqi files.
#include <algorithm>
#include <optional>
#include <utility>

#include "codebook_options.hpp"
#include "commands.hpp"
#include "common_options.hpp"
#include "file_input.hpp"
#include "file_output.hpp"
#include "gap_options.hpp"
#include "image_input.hpp"
#include "input_files.hpp"
#include "json_report.hpp"
#include "output_names.hpp"
#include "stopwatch.hpp"
#include "text_report.hpp"
#include "vqi/codec.hpp"
#include "vqi/sweep.hpp"

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
                       "  vqi compress -k 16 -o small.vqi photo.png  16 colours, at most 4 bits per pixel\n"
                       "  vqi compress --psnr 35 photo.png           as few colours as 35 dB need\n"
                       "  vqi compress --max-bytes 100k photo.png    as many colours as 100,000 bytes hold\n"
                       "  vqi compress -k 4096 --block 4x4 scan.tif  blocks of 16 pixels, at most 0.75 bits\n"
                       "  vqi compress *.png --output-dir packed     several images at once\n"
                       "  vqi compress -r photos --output-dir packed all images below a folder, in its tree\n"
                       "  vqi compress - < a.png > a.vqi             as part of a pipe"};

struct CompressOptions {
  CommonOptions common;
  OutputChoice output;
  EncodeOptions encode;
  bool k_given = false;
  Target target;
  bool auto_k = false;  ///< by the gap statistic
  GapChoice gap;

  [[nodiscard]] bool has_target() const noexcept {
    return target.psnr_db || target.max_bytes || target.ratio || target.bpp;
  }
  bool skip_larger = false;
};

/// -k and the targets that choose it.
void add_size_options(CommandLine& line, CompressOptions& options) {
  Target& target = options.target;
  line.add_value(
      "-k",
      [&options](const std::string& text) {
        options.encode.k = static_cast<std::uint32_t>(parse_integer("-k", text, 1, 65536));
        options.k_given = true;
      },
      "N", "Codewords, 1..65536; more keep more detail and take\nlog2(K) bits per pixel or block. Default 256");
  line.add_value(
      "--psnr", [&target](const std::string& text) { target.psnr_db = parse_positive("--psnr", text); }, "DB",
      "In place of -k: as few codewords as this PSNR needs");
  line.add_value(
      "--max-bytes",
      [&target](const std::string& text) {
        target.max_bytes = parse_size("--max-bytes", text, 1, std::uint64_t{1} << 62);
      },
      "N", "In place of -k: as many codewords as a file of N bytes\nholds; k, M, G stand for 1000, 10^6, 10^9");
  line.add_value(
      "--ratio", [&target](const std::string& text) { target.ratio = parse_positive("--ratio", text); }, "R",
      "The same for raw size / file size of at least R");
  line.add_value(
      "--bpp", [&target](const std::string& text) { target.bpp = parse_positive("--bpp", text); }, "B",
      "The same for at most B bits per pixel");
}

/// --auto-k and what belongs to it.
void add_auto_k_options(CommandLine& line, CompressOptions& options) {
  line.start_group("K by the gap statistic");
  line.add_value(
      "--auto-k",
      [&options](const std::string& text) {
        if (text != "gap") throw Error(ErrorCode::invalid_option, "--auto-k \"" + text + "\" is unknown, give gap");
        options.auto_k = true;
      },
      "NAME", "In place of -k: gap, the number of clusters by\nTibshirani, Walther and Hastie");
  add_gap_options(line, options.gap);
}

/// Throws Error{invalid_option} if more than one option chooses K.
void check_size_options(const CompressOptions& options) {
  std::string given;
  const Target& target = options.target;
  for (const auto& [name, is_given] : {std::pair{"-k", options.k_given},
                                       {"--psnr", target.psnr_db.has_value()},
                                       {"--max-bytes", target.max_bytes.has_value()},
                                       {"--ratio", target.ratio.has_value()},
                                       {"--bpp", target.bpp.has_value()},
                                       {"--auto-k", options.auto_k}}) {
    if (!is_given) continue;
    if (!given.empty())
      throw Error(ErrorCode::invalid_option, given + " and " + name + " exclude each other, give one of them");
    given = name;
  }
  if (options.gap.given && !options.auto_k)
    throw Error(ErrorCode::invalid_option, "--gap options are of no use without --auto-k gap, give both or none");
}

void add_options(CommandLine& line, CompressOptions& options) {
  EncodeOptions& encode = options.encode;
  line.start_group("Output");
  add_output_options(line, options.output, "images");
  line.add_flag(
      "--skip-larger", options.skip_larger,
      "Write nothing where the output would be larger than the\ninput's file; the exit code is 0 all the same");
  line.start_group("Codebook");
  add_size_options(line, options);
  line.add_value(
      "--block",
      [&encode](const std::string& text) {
        const BlockSize block = parse_block("--block", text);
        encode.block_width_px = block.width_px;
        encode.block_height_px = block.height_px;
      },
      "WxH", "A codeword stands for a block of W x H pixels,\n1x1..16x16. Default 1x1: a pixel");
  line.add_value(
      "--method", [&encode](const std::string& text) { encode.method = parse_method(text); }, "NAME",
      "How codebook and indices are found: kmeans, with the\nleast distortion; ecvq, with the least distortion "
      "+\nlambda * bits, of N codewords those that pay; em, the\nmeans of a mixture of Gaussians; or anneal, k-means "
      "by\n"
      "slow cooling. Default kmeans");
  add_lambda_option(line, encode.lambda);
  add_covariance_option(line, encode.covariance);
  line.add_value(
      "--coding", [&encode](const std::string& text) { encode.coding = parse_coding(text); }, "NAME",
      "How indices are written: packed, log2(K) bits each;\nentropy, by a model that knows the colours; or auto,\n"
      "the smaller of the two. Default auto");
  add_model_option(line, encode);
  add_training_options(line, encode);
  add_auto_k_options(line, options);
  add_common_options(line, options.common);
}

/// The outcome of a finished input; `result` is complete.
Outcome report(const CompressResult& result, const CompressOptions& options) {
  Outcome outcome =
      report_outcome(options.common, result.output, text_report(result, options.common.verbose), json_line(result));
  outcome.skipped = result.skipped;
  outcome.input_bytes = result.input_bytes;
  outcome.output_bytes = result.report.bytes.file;
  return outcome;
}

/// With the K that is given, that a target needs, or that the gap statistic chooses.
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
  result.report = std::move(encoded.report);

  Outcome outcome = report(result, options);
  outcome.err = warning_lines(input.name, source, options.common) + outcome.err;
  return outcome;
}

}  // namespace

int run_compress(const std::vector<std::string>& arguments) {
  CompressOptions options;
  CommandLine line(help);
  add_options(line, options);
  const std::optional<std::vector<std::string>> names = line.parse(arguments);
  if (!names) return exit_done;
  check_common(options.common, *names);
  check_size_options(options);
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
