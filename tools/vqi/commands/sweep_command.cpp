// vqi sweep: one or more images at many K, as a table.
#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "codebook_options.hpp"
#include "commands.hpp"
#include "common_options.hpp"
#include "csv_report.hpp"
#include "file_input.hpp"
#include "file_output.hpp"
#include "gap_options.hpp"
#include "gap_sweep.hpp"
#include "image_input.hpp"
#include "input_files.hpp"
#include "json_report.hpp"
#include "live_table.hpp"
#include "option_lists.hpp"
#include "output_names.hpp"
#include "stopwatch.hpp"
#include "sweep_pictures.hpp"
#include "sweep_result.hpp"
#include "sweep_table.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"sweep", "INPUT... [-k LIST] [OPTIONS]",
                       "Shows what bits buy: compresses each image with every combination of the lists\n"
                       "below, without writing a .vqi file, and prints size and distortion of each. A row is\n"
                       "exactly what compress gives with the same options.\n"
                       "\n"
                       "Rows marked \"hull\" are on the lower convex hull of rate and mean squared error: no\n"
                       "mixture of other rows is better. The knee is the row of the hull behind which more\n"
                       "bits begin to buy less. With several images a table of means comes last.",
                       "Examples:\n"
                       "  vqi sweep photo.png                         K = 2, 4, 8 ... 256\n"
                       "  vqi sweep photo.png -k 10..20:2             K = 10, 12 ... 20\n"
                       "  vqi sweep photo.png --block 1x1,2x2,4x4     three curves\n"
                       "  vqi sweep *.png -k 16,256 --csv sweep.csv   every image, and the mean\n"
                       "  vqi sweep photo.png --plot rate.svg --report report.html   to look at\n"
                       "  vqi sweep photo.png --gap --plot gap.svg    how many clusters of colours there are"};

struct SweepChoices {
  CommonOptions common;
  EncodeOptions encode;  ///< what all rows have in common
  std::vector<std::uint32_t> k{2, 4, 8, 16, 32, 64, 128, 256};
  std::vector<BlockSize> blocks{BlockSize{}};
  std::vector<Method> methods{EncodeOptions{}.method};
  std::optional<Covariance> covariance;  ///< of the rows of method em
  std::vector<Coding> codings{EncodeOptions{}.coding};
  std::optional<std::string> csv;
  PictureOptions pictures;
  bool recursive = false;
  bool gap = false;  ///< the gap statistic in place of rows
  GapChoice gap_choice;
  std::vector<std::string> row_options;  ///< given ones that have no meaning for the gap statistic
};

/// Appends `value` unless it is there.
template <typename Value>
void append_once(std::vector<Value>& values, const Value& value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

void add_options(CommandLine& line, SweepChoices& choices) {
  line.start_group("Rows");
  line.add_value(
      "-k",
      [&choices](const std::string& text) {
        choices.k = parse_integer_list("-k", text, 1, 65536);
        choices.row_options.emplace_back("-k");
      },
      "LIST",
      "Codewords, 1..65536: numbers and ranges such as\n2,4,8 or 2..256 (powers of two) or 10..20:2 (steps\nof 2). "
      "Default 2..256");
  line.add_value(
      "--block",
      [&choices](const std::string& text) {
        choices.blocks.clear();
        for (const std::string& name : split_list("--block", text))
          append_once(choices.blocks, parse_block("--block", name));
      },
      "LIST", "Blocks of W x H pixels, 1x1..16x16. Default 1x1");
  line.add_value(
      "--method",
      [&choices](const std::string& text) {
        choices.methods.clear();
        choices.row_options.emplace_back("--method");
        for (const std::string& name : split_list("--method", text)) append_once(choices.methods, parse_method(name));
      },
      "LIST", "Ways to find codebook and indices: kmeans, ecvq, em,\nanneal. Default kmeans");
  line.add_value(
      "--coding",
      [&choices](const std::string& text) {
        choices.codings.clear();
        choices.row_options.emplace_back("--coding");
        for (const std::string& name : split_list("--coding", text)) append_once(choices.codings, parse_coding(name));
      },
      "LIST", "Ways to write indices: packed, entropy, auto.\nDefault auto");
  line.start_group("All rows");
  add_covariance_option(line, choices.covariance);
  add_model_option(line, choices.encode);
  add_lambda_option(line, choices.encode.lambda);
  add_training_options(line, choices.encode);
  line.start_group("The gap statistic in place of rows");
  line.add_flag("--gap", choices.gap,
                "Print, and with --plot draw, log W for K clusters, its\nexpectation, the gap and its error");
  add_gap_options(line, choices.gap_choice);
  line.start_group("Output");
  line.add_text("--csv", choices.csv, "FILE",
                "Write the rows as comma-separated values; - is\nstandard output, in place of the table");
  add_picture_options(line, choices.pictures);
  line.start_group("Input");
  add_recursive_option(line, choices.recursive, "images");
  add_common_options(line, choices.common);
}

/// Block sizes outermost: rows of one block size share the most work.
std::vector<EncodeOptions> rows_of(const SweepChoices& choices) {
  std::vector<EncodeOptions> rows;
  for (const BlockSize& block : choices.blocks)
    for (const Method method : choices.methods)
      for (const Coding coding : choices.codings)
        for (const std::uint32_t k : choices.k) {
          EncodeOptions& row = rows.emplace_back(choices.encode);
          row.block_width_px = block.width_px;
          row.block_height_px = block.height_px;
          row.method = method;
          if (method != Method::ecvq) row.lambda.reset();
          if (method == Method::em) row.covariance = choices.covariance;
          row.coding = coding;
          row.k = k;
        }
  return rows;
}

/// All inputs of one command, one after the other, each on all threads.
class SweepRun {
 public:
  SweepRun(const SweepChoices& choices, Console& console)
      : choices_(choices),
        console_(console),
        rows_(rows_of(choices)),
        table_(rows_, choices.common.verbose),
        show_table_(!choices.common.quiet && !choices.common.json && choices.csv != standard_stream) {}

  /// With `with_pictures` they are kept for a report.
  int run(const std::vector<InputFile>& inputs, bool with_pictures) {
    if (with_pictures) picture_pixels_ = picture_pixels(rows_.size() * inputs.size());
    int highest = exit_done;
    for (const InputFile& input : inputs) {
      const int code = run_batch({input.name}, choices_.common.batch(), console_,
                                 [&](std::size_t, const JobContext& context) { return sweep_input(input, context); });
      highest = std::max(highest, code);
      if (code > 128) break;  // told to stop
    }
    if (inputs.size() > 1 && !result_.images.empty()) result_.means = mean_rows(result_.images);
    return highest;
  }

  /// Prints what concerns all inputs.
  void print() {
    if (show_table_ && !result_.means.empty()) {
      std::string text = "\n" + table_.mean_title(result_.images.size()) + table_.mean_head();
      for (const SweepMean& mean : result_.means) text += table_.mean_row(mean);
      console_.print(text);
    }
    if (choices_.common.json) console_.print(json_line(result_));
    if (choices_.csv == standard_stream) console_.print(csv_text(result_));
  }

  [[nodiscard]] const SweepResult& result() const noexcept { return result_; }
  /// Of each image of the result, if they were asked for.
  [[nodiscard]] const std::vector<RowPictures>& pictures() const noexcept { return pictures_; }

 private:
  Outcome sweep_input(const InputFile& input, const JobContext& context) {
    if (input.fault) throw Error(*input.fault);
    Stopwatch watch;
    const ReadImage source = read_image_input(input.name, choices_.common, context);
    SweptImage swept{input.name, kind_of(source), {}, watch.total_seconds()};
    const std::string title = (result_.images.empty() ? "" : "\n") + table_.title(swept);

    LiveTable live(console_, table_, rows_.size(), show_table_);
    live.begin(title);
    std::optional<RowPictures> pictures;
    if (picture_pixels_) pictures.emplace(input.name, source.image, rows_.size(), *picture_pixels_);
    const auto on_row = [&](std::size_t number, const SweepRow& row, std::span<const std::byte> bytes) {
      if (pictures) pictures->add(number, row, bytes);
      live.add(number, row);
    };
    swept.rows = sweep(source.image, rows_, on_row, choices_.common.run(context));
    context.stop_if_asked("sweeping");
    live.finish(title, swept.rows);
    result_.images.push_back(std::move(swept));
    if (pictures) pictures_.push_back(std::move(*pictures));

    Outcome outcome;
    outcome.err = warning_lines(input.name, source, choices_.common);
    return outcome;
  }

  const SweepChoices& choices_;
  Console& console_;
  std::vector<EncodeOptions> rows_;
  SweepTable table_;
  bool show_table_;
  SweepResult result_;
  std::optional<std::uint64_t> picture_pixels_;  ///< of one picture, if there is to be a report
  std::vector<RowPictures> pictures_;
};

void check_choices(const SweepChoices& choices, const std::vector<InputFile>& inputs) {
  if (choices.covariance &&
      std::find(choices.methods.begin(), choices.methods.end(), Method::em) == choices.methods.end())
    throw Error(ErrorCode::invalid_option, "--covariance is of no use without --method em, give both or none");
  if (std::count_if(inputs.begin(), inputs.end(), [](const auto& input) { return input.name == standard_stream; }) > 1)
    throw Error(ErrorCode::invalid_option, "standard input (-) is named twice, name it once");
  if (choices.encode.lambda &&
      std::find(choices.methods.begin(), choices.methods.end(), Method::ecvq) == choices.methods.end())
    throw Error(ErrorCode::invalid_option, "--lambda is of no use without --method ecvq, give both or none");
  const PictureOptions& pictures = choices.pictures;
  if (choices.csv && (choices.csv == pictures.plot || choices.csv == pictures.report))
    throw Error(ErrorCode::invalid_option, "--csv and another option name one file, give each its own");
  if (choices.csv) {
    check_streams(choices.common, {*choices.csv});
    check_not_an_input("--csv", *choices.csv, inputs);
  }
  if (pictures.plot) check_not_an_input("--plot", *pictures.plot, inputs);
  if (pictures.report) check_not_an_input("--report", *pictures.report, inputs);
}

/// Throws Error{invalid_option} where options do not fit to --gap, or to its absence.
void check_gap(const SweepChoices& choices) {
  if (!choices.gap && choices.gap_choice.given)
    throw Error(ErrorCode::invalid_option, "--gap options are of no use without --gap, give both or none");
  if (!choices.gap) return;
  std::vector<std::string> wrong = choices.row_options;
  if (choices.csv) wrong.emplace_back("--csv");
  if (choices.covariance) wrong.emplace_back("--covariance");
  if (choices.encode.lambda) wrong.emplace_back("--lambda");
  const EncodeOptions& encode = choices.encode;
  const EncodeOptions defaults;
  if (encode.model) wrong.emplace_back("--model");
  if (encode.effort != defaults.effort) wrong.emplace_back("--effort");
  if (encode.seeding != defaults.seeding) wrong.emplace_back("--seeding");
  if (encode.max_iterations) wrong.emplace_back("--max-iterations");
  if (!wrong.empty())
    throw Error(ErrorCode::invalid_option,
                wrong.front() + " does not apply to the gap statistic, leave out it or --gap");
}

}  // namespace

int run_sweep(const std::vector<std::string>& arguments) {
  SweepChoices choices;
  CommandLine line(help);
  add_options(line, choices);
  const std::optional<std::vector<std::string>> names = line.parse(arguments);
  if (!names) return exit_done;
  check_common(choices.common, *names);
  check_gap(choices);
  const std::vector<InputFile> inputs = find_inputs(*names, choices.recursive, is_image_name);
  check_choices(choices, inputs);
  if (choices.gap)
    return run_gap_sweep({choices.common, choices.gap_choice, choices.encode.seed, choices.blocks, choices.pictures},
                         inputs);
  std::optional<OutputTarget> csv;
  if (choices.csv && choices.csv != standard_stream)
    csv.emplace(*choices.csv, OutputRules{choices.common.force, false, 0666});

  const PictureOutputs pictures(choices.pictures, choices.common.force);

  Console console(choices.common.show_progress());
  SweepRun run(choices, console);
  const int code = run.run(inputs, pictures.has_report());
  if (code > 128 || run.result().images.empty()) return code;
  run.print();
  if (csv) {
    const std::string text = csv_text(run.result());
    csv->write(std::as_bytes(std::span(text)));
  }
  pictures.write(run.result(), run.pictures());
  return code;
}

}  // namespace vqi::tool
