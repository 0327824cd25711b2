// vqi train: one codebook for many images.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "commands.hpp"
#include "find_inputs.hpp"
#include "gather_images.hpp"
#include "gather_parts.hpp"
#include "image_input.hpp"
#include "output_names.hpp"
#include "output_target.hpp"
#include "read_input.hpp"
#include "statistics_options.hpp"
#include "stopwatch.hpp"
#include "train_options.hpp"
#include "train_report.hpp"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"train", "INPUT... -o BOOK.vqb [OPTIONS]",
                       "Learns one codebook from many images together, for \"vqi compress --codebook\". The\n"
                       "order of the images does not matter. Where their types differ, the codebook has the\n"
                       "least type that holds all: RGB, with alpha, 16 bits. -v prints what the codebook\n"
                       "costs each image. The inputs may be the .vqs files of \"vqi stats\" instead.",
                       "Examples:\n"
                       "  vqi train icons/*.png -o icons.vqb                 256 colours for all icons\n"
                       "  vqi train -k 512 --block 4x4 -r tiles -o tiles.vqb blocks of 4x4 pixels\n"
                       "  vqi compress icons/*.png --codebook icons.vqb --detach",
                       "Learns one codebook from many images together.\n"
                       "\n"
                       "Common options:\n"
                       "  -o BOOK.vqb      Write the codebook to BOOK.vqb\n"
                       "  -k N             Number of codewords, 1..65536. Default 256\n"
                       "  --block WxH      Blocks of pixels instead of single ones, such as 4x4\n"
                       "  -r, --recursive  Work on all images below the named folders\n"
                       "  -f, --force      Replace a codebook that exists\n"
                       "\n"
                       "Examples:\n"
                       "  vqi train icons/*.png -o icons.vqb\n"
                       "  vqi compress icons/*.png --codebook icons.vqb"};

/// What the codebook costs each image, which is read again.
std::vector<ImageCost> costs_of(const std::vector<InputFile>& inputs, const TrainOptions& options,
                                const std::shared_ptr<const Codebook>& codebook, const JobContext& context) {
  std::vector<ImageCost> costs;
  EncodeOptions encode_options;
  encode_options.codebook = codebook;
  encode_options.space = options.encode.space;
  encode_options.coding = Coding::packed;
  for (const InputFile& input : inputs) {
    const ReadImage read = read_image_input(input.name, options.common, context);
    const Image image = widened(read.image, codebook->codewords.channels(), codebook->codewords.bit_depth());
    const Distortion distortion = encode(image, encode_options, options.common.run(context)).report.distortion;
    costs.push_back({input.name, distortion.mse, distortion.psnr_db});
  }
  return costs;
}

/// Learns and writes the codebook, once all images are read.
Outcome train(const std::vector<InputFile>& inputs, const Statistics& statistics, const OutputTarget& target,
              const TrainOptions& options, Stopwatch& watch, const JobContext& context) {
  TrainResult result;
  result.inputs = names_of(inputs);
  result.output = target.name();
  result.images = statistics.images();
  result.space = options.encode.space;
  result.threads = context.threads();
  result.read_seconds = watch.lap_seconds();
  result.training = train_codebook(statistics, options.encode, options.common.run(context));
  if (options.common.verbose && !is_part_name(inputs.front().name))
    result.costs = costs_of(inputs, options, std::make_shared<const Codebook>(result.training.codebook), context);
  context.stop_if_asked("learning");
  static_cast<void>(watch.lap_seconds());
  const std::vector<std::byte> bytes = write_codebook(result.training.codebook);
  result.output_bytes = bytes.size();
  target.write(bytes);
  result.write_seconds = watch.lap_seconds();
  result.total_seconds = watch.total_seconds();
  return report_outcome(options.common, target.name(), text_report(result), json_line(result));
}

/// Whether the inputs are files of statistics. Throws Error{invalid_option} if only some are, and for options that
/// only images have.
bool check_inputs(const std::vector<InputFile>& inputs, const CommandLine& line) {
  const auto parts =
      std::count_if(inputs.begin(), inputs.end(), [](const InputFile& input) { return is_part_name(input.name); });
  if (parts == 0) return false;
  if (parts != std::ssize(inputs))
    throw Error(ErrorCode::invalid_option,
                "images and statistics are given, give one kind; \"vqi stats\" makes statistics of images");
  for (const char* const option : {"--page", "--strict"})
    if (line.was_given(option))
      throw Error(ErrorCode::invalid_option, std::string(option) + " is for images, leave it out with statistics");
  return true;
}

/// Throws Error{invalid_option} if options that are given are not those of the statistics.
void check_settings_of(const Statistics& statistics, const TrainOptions& options) {
  StatisticsInfo own{statistics.block_width_px(), statistics.block_height_px(), statistics.sample_size(), {}};
  StatisticsInfo asked = own;
  if (options.is_given("--block")) {
    asked.block_width_px = options.encode.block_width_px;
    asked.block_height_px = options.encode.block_height_px;
  }
  if (options.is_given("--sample")) asked.sample_size = options.sample_size;
  check_alike(own, asked);
}

}  // namespace

CommandOutline outline_train() {
  TrainOptions options{{.command = Command::train}};
  return outline_of(help, [&](CommandLine& line) { add_train_options(line, options); });
}

int run_train(const std::vector<std::string>& arguments) {
  TrainOptions options{{.command = Command::train}};
  CommandLine line(help);
  add_train_options(line, options);
  const std::optional<std::vector<std::string>> named = line.parse(arguments);
  if (!named) return exit_done;
  const std::vector<std::string> names = input_names(*named, options.input, options.common);
  check_train_options(options);
  const std::vector<InputFile> inputs = find_inputs(names, options.input.recursive, is_image_name);
  if (*options.output != standard_stream) check_not_an_input("-o", *options.output, inputs, options.input.kept_files());
  const OutputTarget target(*options.output, OutputRules{options.common.force});

  const bool from_parts = check_inputs(inputs, line);

  Stopwatch watch;
  Console console(options.common.show_progress());
  MergedParts merged;
  int code = exit_done;
  if (from_parts) {
    code = gather_parts(inputs, options.common, console, merged);
  } else {
    merged.statistics = Statistics(options.encode.block_width_px, options.encode.block_height_px, options.sample_size);
    code = gather_images(inputs, options.common, console, merged.statistics);
  }
  if (code != exit_done) return code;  // no codebook of some of the images
  if (from_parts) check_settings_of(merged.statistics, options);
  return run_batch({*options.output}, options.common.batch(), console, [&](std::size_t, const JobContext& context) {
    return train(inputs, merged.statistics, target, options, watch, context);
  });
}

}  // namespace vqi::tool
