// Measures gaps image by image, and prints, writes and draws them.
#include "gap_sweep.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "csv_report.hpp"
#include "exit_code.hpp"
#include "gap_table.hpp"
#include "image_input.hpp"
#include "json_report.hpp"
#include "output_target.hpp"
#include "picture_outputs.hpp"
#include "plain_text.hpp"
#include "read_input.hpp"
#include "text_report.hpp"
#include "vqi/sweep.hpp"

namespace vqi::tool {
namespace {

/// Measures all images and block sizes of one command.
class GapRun {
 public:
  explicit GapRun(const GapSweep& choices) : choices_(choices) {}

  Outcome measure(const InputFile& input, const JobContext& context) {
    if (input.fault) throw Error(*input.fault);
    const ReadImage source = read_image_input(input.name, choices_.common, context);
    Outcome outcome;
    std::vector<std::string> told = source.warnings;
    for (const BlockSize& block : choices_.blocks) {
      cluster::GapOptions options = choices_.gap;
      options.seed = choices_.seed;
      cluster::GapResult result =
          image_gap(source.image, options, block.width_px, block.height_px, choices_.common.run(context));
      context.stop_if_asked("sweeping");
      const std::string name = input_text(input.name);
      const std::string size = dimensions_text(block.width_px, block.height_px);
      if (!choices_.common.quiet && !choices_.common.json && choices_.csv != standard_stream)
        outcome.out.append(curves_.empty() ? "" : "\n")
            .append(name + ", blocks " + size + ": " + gap_summary(result, choices_.gap) + "\n")
            .append(gap_rows(result));
      std::vector<std::string> warnings = source.warnings;
      const std::string warning_start = "blocks " + size + ": ";
      for (const std::string& warning : gap_warnings(result)) {
        warnings.push_back(warning);
        told.push_back(warning_start + warning);
      }
      results_.push_back({input.name, block, choices_.gap, choices_.seed, result, warnings});
      std::string label = name;
      if (choices_.blocks.size() > 1) label.append(", ").append(size);
      curves_.push_back({label, std::move(result)});
    }
    outcome.err = warning_lines(input.name, told, choices_.common);
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
  std::optional<OutputTarget> csv;
  OutputRules rules{choices.common.force};
  rules.option = "--csv FILE";
  if (choices.csv && choices.csv != standard_stream) csv.emplace(*choices.csv, rules);
  const PictureOutputs pictures(choices.pictures, choices.common.force);
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
  const std::string rows = choices.csv ? csv_text(run.results()) : "";
  if (choices.csv == standard_stream) console.print(rows);
  if (csv) csv->write(std::as_bytes(std::span(rows)));
  pictures.write(run.curves(), run.results());
  return highest;
}

}  // namespace vqi::tool
