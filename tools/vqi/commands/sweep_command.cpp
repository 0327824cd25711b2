// vqi sweep: encodes images at many K and prints size and distortion of each as a table.
#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "commands.hpp"
#include "csv_report.hpp"
#include "find_inputs.hpp"
#include "gap_sweep.hpp"
#include "image_input.hpp"
#include "json_report.hpp"
#include "live_table.hpp"
#include "output_target.hpp"
#include "picture_outputs.hpp"
#include "read_input.hpp"
#include "stopwatch.hpp"
#include "sweep_options.hpp"
#include "sweep_result.hpp"
#include "sweep_table.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"sweep", "INPUT... [-k LIST] [OPTIONS]",
                       "Shows the gain of more bits: compresses each image with every combination of the\n"
                       "lists below, and prints size and distortion of each as a row. It writes no .vqi\n"
                       "files. A row is exactly what compress gives with the same options.\n"
                       "\n"
                       "Rows marked \"hull\" are on the lower convex hull of rate and mean squared error: no\n"
                       "mixture of other rows is better. The knee is the row of the hull after which more\n"
                       "bits begin to gain less. With several images a table of means comes last.",
                       "Examples:\n"
                       "  vqi sweep photo.png                         K = 2, 4, 8 ... 256\n"
                       "  vqi sweep photo.png -k 10..20:2             K = 10, 12 ... 20\n"
                       "  vqi sweep photo.png --block 1x1,2x2,4x4     three curves\n"
                       "  vqi sweep *.png -k 16,256 --csv sweep.csv   every image, and the mean\n"
                       "  vqi sweep photo.png --plot rate.svg --report report.html   pictures\n"
                       "  vqi sweep photo.png --gap --plot gap.svg    the number of clusters of colours"};

/// Every combination of the lists. Block sizes vary slowest, because rows of one block size share the most work.
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

/// Sweeps over the inputs of one command, one after the other, each on all threads.
class SweepRun {
 public:
  SweepRun(const SweepChoices& choices, Console& console)
      : choices_(choices),
        console_(console),
        rows_(rows_of(choices)),
        table_(rows_, choices.common.verbose),
        show_table_(!choices.common.quiet && !choices.common.json && choices.csv != standard_stream) {}

  /// Returns the highest exit code. `with_pictures` keeps the pictures of each row for a report.
  int run(const std::vector<InputFile>& inputs, bool with_pictures) {
    if (with_pictures) picture_pixels_ = picture_pixels(rows_.size() * inputs.size());
    int highest = exit_done;
    for (const InputFile& input : inputs) {
      const int code = run_batch({input.name}, choices_.common.batch(), console_,
                                 [&](std::size_t, const JobContext& context) { return sweep_input(input, context); });
      highest = std::max(highest, code);
      if (code > 128) break;  // a signal asked to stop
    }
    if (inputs.size() > 1 && !result_.images.empty()) result_.means = mean_rows(result_.images);
    return highest;
  }

  /// Prints the means over all inputs, and JSON or CSV if asked for.
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
  /// The pictures of each image; empty unless `run` was told to keep them.
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
  std::optional<std::uint64_t> picture_pixels_;  ///< most pixels of one picture; none without a report
  std::vector<RowPictures> pictures_;
};

}  // namespace

int run_sweep(const std::vector<std::string>& arguments) {
  SweepChoices choices;
  CommandLine line(help);
  add_sweep_options(line, choices);
  const std::optional<std::vector<std::string>> names = line.parse(arguments);
  if (!names) return exit_done;
  check_common(choices.common, *names);
  check_sweep_choices(choices);
  const std::vector<InputFile> inputs = find_inputs(*names, choices.recursive, is_image_name);
  check_sweep_files(choices, inputs);
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
