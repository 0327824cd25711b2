// Measures gaps image by image, and prints, writes and draws them.
#include "gap_sweep.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "csv_report.hpp"
#include "exit_code.hpp"
#include "gap_page.hpp"
#include "gap_plot.hpp"
#include "gap_table.hpp"
#include "image_input.hpp"
#include "json_report.hpp"
#include "output_target.hpp"
#include "picture_file.hpp"
#include "plain_text.hpp"
#include "plot_output.hpp"
#include "read_input.hpp"
#include "vqi/sweep.hpp"

namespace vqi::tool {
namespace {

/// The file of one option, checked before the work and written after it.
class OutputFile {
 public:
  OutputFile(const std::string& option, const std::optional<std::string>& name, bool replace) {
    if (!name) return;
    if (*name == standard_stream)
      throw Error(ErrorCode::invalid_option,
                  option + " cannot go to standard output, which has the table, name a file");
    OutputRules rules{replace};
    rules.option = option + " FILE";
    file_.emplace(*name, rules);
  }

  [[nodiscard]] bool wanted() const noexcept { return file_.has_value(); }
  void write(std::span<const std::byte> bytes) const { file_->write(bytes); }
  void write(const std::string& text) const { write(std::as_bytes(std::span(text))); }

 private:
  std::optional<OutputTarget> file_;
};

/// The files of --csv, --plot and --report.
class GapOutputs {
 public:
  explicit GapOutputs(const GapSweep& choices)
      : pictures_(choices.pictures),
        csv_("--csv", choices.csv == standard_stream ? std::nullopt : choices.csv, choices.common.force),
        plot_("--plot", pictures_.plot, choices.common.force),
        report_("--report", pictures_.report, choices.common.force) {
    if (pictures_.plot_theme && !pictures_.plot)
      throw Error(ErrorCode::invalid_option, "--plot-theme is of no use without --plot, give both or none");
    if (pictures_.plot && pictures_.plot == pictures_.report)
      throw Error(ErrorCode::invalid_option, "--plot and --report name one file, give each its own");
    if (pictures_.plot) format_ = plot_format(*pictures_.plot);
  }

  void write(const std::vector<GapOfImage>& gaps, const std::vector<GapCurve>& curves) const {
    if (csv_.wanted()) csv_.write(csv_text(gaps));
    const PlotTheme theme = pictures_.plot_theme.value_or(PlotTheme::light);
    if (plot_.wanted()) plot_.write(picture_bytes(gap_plot(curves, theme, picture_text_measure()), format_));
    if (report_.wanted()) report_.write(gap_page(gaps));
  }

 private:
  const PictureOptions& pictures_;
  OutputFile csv_;
  OutputFile plot_;
  OutputFile report_;
  PictureFormat format_ = PictureFormat::svg;
};

std::string block_text(const BlockSize& block) {
  return std::to_string(block.width_px) + "x" + std::to_string(block.height_px);
}

/// Measures all images and block sizes of one command.
class GapRun {
 public:
  explicit GapRun(const GapSweep& choices) : choices_(choices) {}

  Outcome measure(const InputFile& input, const JobContext& context) {
    if (input.fault) throw Error(*input.fault);
    const ReadImage source = read_image_input(input.name, choices_.common, context);
    Outcome outcome;
    for (const BlockSize& block : choices_.blocks) {
      cluster::GapOptions options = choices_.gap.options;
      options.seed = choices_.seed;
      cluster::GapResult result =
          image_gap(source.image, options, block.width_px, block.height_px, choices_.common.run(context));
      context.stop_if_asked("sweeping");
      const std::string name = input.name == standard_stream ? "standard input" : one_line(input.name);
      if (!choices_.common.quiet && !choices_.common.json && choices_.csv != standard_stream)
        outcome.out += (curves_.empty() ? "" : "\n") + name + ", blocks " + block_text(block) + ": " +
                       gap_summary(result, choices_.gap.options) + "\n" + gap_rows(result);
      results_.push_back({input.name, block, choices_.gap.options, choices_.seed, result, source.warnings});
      const std::string label = choices_.blocks.size() > 1 ? name + ", " + block_text(block) : name;
      curves_.push_back({label, std::move(result)});
    }
    outcome.err = warning_lines(input.name, source.warnings, choices_.common);
    return outcome;
  }

  [[nodiscard]] const std::vector<GapCurve>& curves() const noexcept { return curves_; }
  [[nodiscard]] const std::vector<GapOfImage>& results() const noexcept { return results_; }

 private:
  const GapSweep& choices_;
  std::vector<GapCurve> curves_;
  std::vector<GapOfImage> results_;
};

}  // namespace

int run_gap_sweep(const GapSweep& choices, const std::vector<InputFile>& inputs) {
  const GapOutputs outputs(choices);
  Console console(choices.common.show_progress());
  GapRun run(choices);
  int highest = exit_done;
  BatchProgress progress(names_of(inputs));
  BatchOptions options = choices.common.batch();
  options.whole = &progress;
  for (; options.place < inputs.size(); ++options.place) {
    const InputFile& input = inputs[options.place];
    const int code = run_batch({input.name}, options, console,
                               [&](std::size_t, const JobContext& context) { return run.measure(input, context); });
    highest = std::max(highest, code);
    if (code > exit_signal_base) return highest;
  }
  if (run.results().empty()) return highest;
  if (choices.common.json) console.print(json_line(run.results()));
  if (choices.csv == standard_stream) console.print(csv_text(run.results()));
  outputs.write(run.results(), run.curves());
  return highest;
}

}  // namespace vqi::tool
