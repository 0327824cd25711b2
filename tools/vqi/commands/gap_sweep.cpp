// Measures gaps image by image, and prints and draws them.
#include "gap_sweep.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "exit_code.hpp"
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

/// The file of --plot, checked before the work and written after it.
class GapPlotFile {
 public:
  GapPlotFile(const PictureOptions& pictures, bool replace) {
    if (pictures.report)
      throw Error(ErrorCode::invalid_option, "--report cannot show the gap statistic, leave out --report or --gap");
    if (pictures.plot_theme && !pictures.plot)
      throw Error(ErrorCode::invalid_option, "--plot-theme is of no use without --plot, give both or none");
    if (!pictures.plot) return;
    if (*pictures.plot == standard_stream)
      throw Error(ErrorCode::invalid_option, "--plot cannot go to standard output, which has the table, name a file");
    format_ = plot_format(*pictures.plot);
    theme_ = pictures.plot_theme.value_or(PlotTheme::light);
    file_.emplace(*pictures.plot, OutputRules{replace});
  }

  void write(const std::vector<GapCurve>& curves) const {
    if (file_) file_->write(picture_bytes(gap_plot(curves, theme_, picture_text_measure()), format_));
  }

 private:
  std::optional<OutputTarget> file_;
  PictureFormat format_ = PictureFormat::svg;
  PlotTheme theme_ = PlotTheme::light;
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
      if (!choices_.common.quiet && !choices_.common.json)
        outcome.out += (curves_.empty() ? "" : "\n") + name + ", blocks " + block_text(block) + ": " +
                       gap_summary(result, choices_.gap.options) + "\n" + gap_rows(result);
      results_.push_back({input.name, block, choices_.gap.options, choices_.seed, result});
      const std::string label = choices_.blocks.size() > 1 ? name + ", " + block_text(block) : name;
      curves_.push_back({label, std::move(result)});
    }
    outcome.err = warning_lines(input.name, source, choices_.common);
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
  const GapPlotFile plot(choices.pictures, choices.common.force);
  Console console(choices.common.show_progress());
  GapRun run(choices);
  int highest = exit_done;
  for (const InputFile& input : inputs) {
    const int code = run_batch({input.name}, choices.common.batch(), console,
                               [&](std::size_t, const JobContext& context) { return run.measure(input, context); });
    highest = std::max(highest, code);
    if (code > 128) return highest;  // a signal asked to stop
  }
  if (run.results().empty()) return highest;
  if (choices.common.json) console.print(json_line(run.results()));
  plot.write(run.curves());
  return highest;
}

}  // namespace vqi::tool
