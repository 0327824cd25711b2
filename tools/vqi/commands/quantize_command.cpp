// vqi quantize: images to palette PNGs.
#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "batch_line.hpp"
#include "colour_files.hpp"
#include "commands.hpp"
#include "find_inputs.hpp"
#include "image_input.hpp"
#include "json_report.hpp"
#include "output_names.hpp"
#include "output_target.hpp"
#include "planned_outputs.hpp"
#include "quantize_options.hpp"
#include "read_input.hpp"
#include "stopwatch.hpp"
#include "text_report.hpp"
#include "trial_progress.hpp"
#include "vqi/quantize.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"quantize", "INPUT... [-o FILE | --output-dir DIR] [OPTIONS]",
                       "Turns images into palette PNGs of at most 256 colours, which every program opens.\n"
                       "An image with at most K different pixels keeps them all. Colours under transparent\n"
                       "pixels cost nothing, and colour profile, gamma and density are kept.\n"
                       "\n"
                       "INPUT is a PNG, JPEG, TIFF, WebP, GIF, BMP or PNM image, or a .vqi file; - is\n"
                       "standard input. The output of a.png is a.quantized.png beside it, that of standard\n"
                       "input is standard output.",
                       "Examples:\n"
                       "  vqi quantize photo.png                      256 colours, to photo.quantized.png\n"
                       "  vqi quantize -k 16 -o small.png photo.png   16 colours, 4 bits a pixel\n"
                       "  vqi quantize --psnr 38 photo.png            as few bytes as 38 dB need\n"
                       "  vqi quantize --max-bytes 50k photo.png      the best picture in 50,000 bytes\n"
                       "  vqi quantize --quality 65-80 *.png          qualities as pngquant has them\n"
                       "  vqi quantize --ext .png --force *.png       each file in its own place\n"
                       "  vqi quantize --palette inks.hex photo.png   in the colours of a display, dithered\n"
                       "  vqi quantize -r site --skip-larger --ext .png --force\n"
                       "                                              all images below a folder that shrink\n"
                       "  vqi quantize - < a.png > b.png              as part of a pipe",
                       "Turns images into palette PNGs. The output of photo.png is photo.quantized.png.\n"
                       "\n"
                       "Common options:\n"
                       "  -k N             Number of colours, 1..256. Default 256\n"
                       "  --psnr DB        As few bytes as this quality needs\n"
                       "  --max-bytes N    The best picture in a file of N bytes, such as 50k\n"
                       "  --quality MIN-MAX The same on pngquant's scale of 0 to 100\n"
                       "  --effort N       1 (fastest) to 9 (best). Default 5\n"
                       "  --ext END        End of the outputs' names, such as -small.png\n"
                       "  -o FILE          Write to FILE\n"
                       "  --output-dir DIR Write to a folder\n"
                       "  --skip-larger    Write no file that is larger than its input\n"
                       "  -r, --recursive  Work on all images below the named folders\n"
                       "  -f, --force      Replace outputs that exist\n"
                       "  -q, --quiet      Print nothing but errors\n"
                       "\n"
                       "Examples:\n"
                       "  vqi quantize photo.png\n"
                       "  vqi quantize -k 16 -o small.png photo.png\n"
                       "  vqi quantize --quality 65-80 --ext .png --force *.png"};

/// The outcome of a finished input, with its report.
Outcome report(QuantizeResult& result, const ReadImage& source, const QuantizeChoice& choice,
               const BatchLayout& layout) {
  result.dropped = source.dropped;
  result.warnings = source.warnings;
  result.warnings.insert(result.warnings.end(), result.report.warnings.begin(), result.report.warnings.end());
  const std::string lines = warning_lines(result.input, result.warnings, choice.common);
  if (is_larger(result) && !result.skipped)  // people read it in the report
    result.warnings.emplace_back("the result is larger than the input's own file");
  const std::string text = layout.one_line ? batch_line(result, layout) : text_report(result, choice.common.verbose);
  Outcome outcome = report_outcome(choice.common, result.output, text, json_line(result));
  outcome.err = lines + outcome.err;
  outcome.skipped = result.skipped;
  outcome.input_bytes = result.input_bytes.value_or(0);
  outcome.output_bytes = result.report.bytes.file;
  return outcome;
}

/// The progress of one palette PNG, or of the trials of a search for a target.
ProgressCallback progress_of(const QuantizeOptions& options, const JobContext& context, std::uint64_t pixels) {
  const bool has_target = options.psnr_db || options.max_bytes;
  const bool weighs_bits = has_target || options.lambda;
  const StageShares shares = palette_png_shares(options.method.value_or(weighs_bits ? Method::ecvq : Method::kmeans));
  if (!has_target) return context.progress(shares, pixels);
  return [tell = context.progress(), search = TrialProgress(shares)](const Progress& progress) mutable {
    return tell(search.next(progress));
  };
}

Outcome quantize_one(const InputFile& input, const std::string& output, const QuantizeChoice& choice,
                     const ColourFiles& colours, const BatchLayout& layout, const JobContext& context) {
  if (input.fault) throw Error(*input.fault);
  Stopwatch watch;
  QuantizeResult result;
  result.input = input.name;
  result.output = output;
  check_input(input.name);
  const OutputTarget target(output, output_rules(choice.common, choice.output, input.name));

  const std::vector<std::byte> file = read_input(input.name, choice.common.max_memory_bytes, check_image_start);
  if (input.name != standard_stream) result.input_bytes = file.size();
  const MemoryBudget::Share memory = context.reserve_memory(memory_of_image(file));
  ReadImage source = decode_image_input(file, choice.common, context);
  Settings fitted = choice;
  colours.fit(source.image, fitted.encode, source.warnings);
  result.read_seconds = watch.lap_seconds();

  RunOptions run = choice.common.run(context);
  const QuantizeOptions options = quantize_options(fitted);
  run.progress = progress_of(options, context, pixels_of(source.image));
  Quantized quantized = quantize(source.image, options, run);
  context.stop_if_asked("quantizing");

  static_cast<void>(watch.lap_seconds());
  result.skipped = choice.skip_larger && quantized.bytes.size() > file.size();
  if (!result.skipped) target.write(quantized.bytes);
  result.write_seconds = watch.lap_seconds();
  result.total_seconds = watch.total_seconds();
  result.report = std::move(quantized.report);
  return report(result, source, choice, layout);
}

/// True for names that an earlier run may have given to its outputs: they are no inputs where folders are searched, so
/// that a second run goes on where the first one stopped. Ends such as ".png" and "x.png" do not tell outputs from
/// inputs.
bool is_named_as_output(const std::string& file_name, const std::string& end) {
  const bool has_mark = std::string_view(".-_~+@").find(end.front()) != std::string_view::npos;
  const bool is_extension = end.find_last_of('.') == 0;
  return has_mark && !is_extension && file_name.ends_with(end);
}

/// Refuses another extension than PNG's, whose file it would not be.
void check_output_is_png(const OutputChoice& output) {
  if (!output.file || !is_any_image_name(*output.file)) return;
  std::string extension = std::filesystem::path(*output.file).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (extension != ".png")
    throw Error(ErrorCode::invalid_option,
                "-o " + *output.file + " is not named as a PNG, which quantize writes, " + "name it .png");
}

}  // namespace

CommandOutline outline_quantize() {
  QuantizeChoice choice{{.command = Command::quantize}};
  return outline_of(help, [&](CommandLine& line) { add_quantize_options(line, choice); });
}

int run_quantize(const std::vector<std::string>& arguments) {
  QuantizeChoice choice{{.command = Command::quantize}};
  CommandLine line(help);
  add_quantize_options(line, choice);
  const std::optional<std::vector<std::string>> named = line.parse(arguments);
  if (!named) return exit_done;
  choice.output.may_replace_input = choice.common.force;
  check_quantize_options(choice);
  const std::vector<std::string> names = input_names(*named, choice.input, choice.common);
  const std::vector<InputFile> inputs = find_inputs(names, choice.input.recursive, [&](const std::string& file_name) {
    return is_image_name(file_name) && !is_named_as_output(file_name, choice.end);
  });
  const auto quantized_name = [&](const std::string& file_name) {
    return std::filesystem::path(file_name).replace_extension().string() + choice.end;
  };
  choice.output.name_after = [&](const std::string& file_name) { return file_name + choice.end; };
  const OutputPlan plan =
      plan_outputs(inputs, choice.output, quantized_name, choice.input.kept_files(choice.colours.files()));
  check_output_is_png(choice.output);
  check_streams(choice.common, choice.output, plan.outputs);
  if (choice.skip_larger && std::find(plan.outputs.begin(), plan.outputs.end(), standard_stream) != plan.outputs.end())
    throw Error(ErrorCode::invalid_option, "--skip-larger cannot leave standard output empty, use -o FILE");

  const ColourFiles colours(choice.colours, choice.common);

  Console console(choice.common.show_progress());
  if (!plan.clashes.empty()) return refuse_clashes(plan.clashes, choice.common, console);
  const BatchLayout layout(names_of(inputs), choice.common.verbose);
  return run_batch(
      names_of(inputs), choice.common.writing_batch(), console, [&](std::size_t index, const JobContext& context) {
        return skipping_existing(
            "quantize", inputs[index], plan.outputs[index], choice.output, choice.common, layout,
            [&] { return quantize_one(inputs[index], plan.outputs[index], choice, colours, layout, context); });
      });
}

}  // namespace vqi::tool
