// vqi sweep: encodes images at many K and prints size and distortion of each as a table.
#include <algorithm>
#include <mutex>
#include <optional>
#include <span>
#include <utility>

#include "colour_files.hpp"
#include "commands.hpp"
#include "csv_report.hpp"
#include "file_options.hpp"
#include "find_inputs.hpp"
#include "gap_sweep.hpp"
#include "growing_file.hpp"
#include "image_input.hpp"
#include "json_report.hpp"
#include "live_table.hpp"
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
                       "bits begin to gain less. Both are told in a last line, or behind the rows on a\n"
                       "terminal. With several images a table of means comes last. Rows are printed, and\n"
                       "written to --csv, as they are finished; stopping with Ctrl-C keeps them.",
                       "Examples:\n"
                       "  vqi sweep photo.png                         K = 2, 4, 8 ... 256\n"
                       "  vqi sweep photo.png -k 10..20:2             K = 10, 12 ... 20\n"
                       "  vqi sweep photo.png --block 1x1,2x2,4x4     three curves\n"
                       "  vqi sweep *.png -k 16,256 --csv sweep.csv   every image, and the mean\n"
                       "  vqi sweep photo.png --plot rate.svg --report report.html   pictures\n"
                       "  vqi sweep photo.png --gap --plot gap.svg    the number of clusters of colours",
                       "Compresses each image at many K, and prints size and distortion of each as a row.\n"
                       "Writes no .vqi files.\n"
                       "\n"
                       "Common options:\n"
                       "  -k LIST          Such as 2,4,8 or 2..256 (powers of two). Default 2..256\n"
                       "  --block LIST     Such as 1x1,2x2,4x4\n"
                       "  --method LIST    Such as kmeans,ecvq\n"
                       "  --effort LIST    1 (fastest) to 9 (best). Default 5\n"
                       "  --csv FILE       Write the rows as comma-separated values\n"
                       "  --plot FILE      Draw the curves, as NAME.svg or NAME.png\n"
                       "  --report FILE    Write a page for a browser, with each row's picture\n"
                       "  --gap            Ask the gap statistic for the number of clusters\n"
                       "  -f, --force      Replace outputs that exist\n"
                       "\n"
                       "Examples:\n"
                       "  vqi sweep photo.png\n"
                       "  vqi sweep *.png -k 16,256 --csv sweep.csv\n"
                       "  vqi sweep photo.png --block 1x1,2x2 --plot rate.svg --report report.html"};

/// Sweeps over the inputs of one command, one after the other, each on all threads.
class SweepRun {
 public:
  SweepRun(const SweepChoices& choices, Console& console)
      : choices_(choices),
        console_(console),
        rows_(sweep_rows(choices)),
        table_(rows_, choices.common.verbose),
        show_table_(!choices.common.quiet && !choices.common.json && choices.csv != standard_stream) {
    OutputRules rules{choices.common.force};
    rules.option = "--csv FILE";
    if (choices.csv && choices.csv != standard_stream) csv_.emplace(*choices.csv, rules);
  }

  /// Returns the highest exit code. `with_pictures` keeps the pictures of each row for a report.
  int run(const std::vector<InputFile>& inputs, bool with_pictures) {
    if (with_pictures) picture_pixels_ = picture_pixels(rows_.size() * inputs.size());
    int highest = exit_done;
    names_ = names_of(inputs);
    BatchProgress progress(names_);
    BatchOptions options = choices_.common.batch();
    options.whole = &progress;
    options.before_end = [this] { print_finished(); };
    for (; options.place < inputs.size(); ++options.place) {
      const InputFile& input = inputs[options.place];
      const int code = run_batch({input.name}, options, console_,
                                 [&](std::size_t, const JobContext& context) { return sweep_input(input, context); });
      highest = std::max(highest, code);
      if (code > exit_signal_base) break;
    }
    const bool stopped = highest > exit_signal_base;
    if (!stopped && inputs.size() > 1 && !result_.images.empty()) result_.means = mean_rows(result_.images);
    print_finished();
    return highest;
  }

  [[nodiscard]] const SweepResult& result() const noexcept { return result_; }
  /// The pictures of each image; empty unless `run` was told to keep them.
  [[nodiscard]] const std::vector<RowPictures>& pictures() const noexcept { return pictures_; }

 private:
  Outcome sweep_input(const InputFile& input, const JobContext& context) {
    if (input.fault) throw Error(*input.fault);
    Stopwatch watch;
    ReadImage source = read_image_input(input.name, choices_.common, context);
    widen_for_fixed(source.image, choices_.encode.fixed, source.warnings);
    const SweptImage image{input.name, kind_of(source), {}, watch.total_seconds(), source.dropped, source.warnings};

    LiveTable live(console_, table_, rows_.size(), show_table_);
    live.begin((result_.images.empty() ? "" : "\n") + table_.title(image));
    std::optional<RowPictures> pictures;
    std::vector<std::string> warnings = source.warnings;
    if (picture_pixels_) pictures.emplace(input.name, source.image, rows_.size(), *picture_pixels_);
    begin_image(image);
    const auto on_row = [&](std::size_t number, const SweepRow& row, std::span<const std::byte> bytes) {
      if (pictures) pictures->add(number, row, bytes);
      live.add(number, row);
      add_row(number, row);
    };
    try {
      std::vector<SweepRow> rows = sweep(source.image, rows_, on_row, choices_.common.run(context));
      context.stop_if_asked("sweeping");
      live.finish(rows);
      const std::vector<std::string> told = table_.warnings(rows);
      warnings.insert(warnings.end(), told.begin(), told.end());
      end_image(std::move(rows));
    } catch (const Error& error) {
      if (error.error_code() != ErrorCode::cancelled) drop_image();
      throw;
    }
    if (pictures) pictures_.push_back(std::move(*pictures));

    Outcome outcome;
    outcome.err = warning_lines(input.name, warnings, choices_.common);
    return outcome;
  }

  void begin_image(const SweptImage& image) {
    const std::lock_guard lock(mutex_);
    current_ = image;
    current_rows_.assign(rows_.size(), std::nullopt);
  }

  void add_row(std::size_t number, const SweepRow& row) {
    const std::lock_guard lock(mutex_);
    if (!current_) return;
    current_rows_[number] = row;
    if (csv_) csv_->update([this] { return csv_text(with_current()); });
  }

  void end_image(std::vector<SweepRow> rows) {
    const std::lock_guard lock(mutex_);
    if (!current_) return;
    current_->rows = std::move(rows);
    result_.images.push_back(std::move(*current_));
    current_.reset();
    print_csv();
  }

  void drop_image() {
    const std::lock_guard lock(mutex_);
    current_.reset();
  }

  /// All images that are finished, and the finished rows of the current one.
  [[nodiscard]] SweepResult with_current() const {
    SweepResult result = result_;
    if (!current_) return result;
    SweptImage part = *current_;
    for (const std::optional<SweepRow>& row : current_rows_)
      if (row) part.rows.push_back(*row);
    mark_hull(part.rows);
    if (!part.rows.empty()) result.images.push_back(std::move(part));
    return result;
  }

  /// Prints to standard output the CSV lines of the last image.
  void print_csv() {
    if (choices_.csv != standard_stream) return;
    const SweptImage& last = result_.images.back();
    const bool is_first = csv_columns_.empty();
    if (is_first) csv_columns_ = csv_columns(last, names_);
    console_.print((is_first ? csv_head(csv_columns_) : "") + csv_rows(last, csv_columns_));
  }

  /// Prints the means, JSON and CSV of all rows that are finished, even if a signal asked to stop.
  void print_finished() {
    const std::lock_guard lock(mutex_);
    if (current_) {
      const std::size_t whole_images = result_.images.size();
      result_ = with_current();
      current_.reset();
      if (result_.images.size() > whole_images) print_csv();
    }
    if (result_.images.empty()) return;
    if (show_table_ && !result_.means.empty()) {
      std::string text = "\n" + table_.mean_title(result_.images.size()) + table_.mean_head();
      for (const SweepMean& mean : result_.means) text += table_.mean_row(mean);
      console_.print(text);
    }
    if (choices_.common.json) console_.print(json_line(result_));
    if (csv_) csv_->finish(csv_text(result_));
  }

  const SweepChoices& choices_;
  Console& console_;
  std::vector<EncodeOptions> rows_;
  SweepTable table_;
  bool show_table_;
  std::vector<std::string> names_;  ///< of all inputs
  std::optional<GrowingFile> csv_;
  std::optional<std::uint64_t> picture_pixels_;  ///< most pixels of one picture; none without a report
  std::vector<RowPictures> pictures_;

  std::mutex mutex_;  // guards what follows, as the program may end while rows are still encoded
  SweepResult result_;
  std::vector<std::string> csv_columns_;               ///< those that went to standard output
  std::optional<SweptImage> current_;                  ///< the image whose rows are encoded
  std::vector<std::optional<SweepRow>> current_rows_;  ///< those that are finished
};

}  // namespace

CommandOutline outline_sweep() {
  SweepChoices choices{{.command = Command::sweep}};
  return outline_of(help, [&](CommandLine& line) { add_sweep_options(line, choices); });
}

int run_sweep(const std::vector<std::string>& arguments) {
  SweepChoices choices{{.command = Command::sweep}};
  CommandLine line(help);
  add_sweep_options(line, choices);
  const std::optional<std::vector<std::string>> named = line.parse(arguments);
  if (!named) return exit_done;
  check_sweep_choices(choices);
  const std::vector<InputFile> inputs =
      find_inputs(input_names(*named, choices.input, choices.common), choices.input.recursive, is_image_name);
  check_sweep_files(choices, inputs);
  if (choices.wants_gap)
    return run_gap_sweep(
        {choices.common, choices.of_gap.gap, choices.encode.seed, choices.sweep.blocks, choices.csv, choices.pictures},
        inputs);
  const PictureOutputs pictures(choices.pictures, choices.common.force);

  Console console(choices.common.show_progress());
  SweepRun run(choices, console);
  const int code = run.run(inputs, pictures.has_report());
  if (code > exit_signal_base || run.result().images.empty()) return code;
  pictures.write(run.result(), run.pictures());
  return code;
}

}  // namespace vqi::tool
