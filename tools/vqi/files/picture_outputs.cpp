// Checks the files of --plot and --report, and writes them.
#include "picture_outputs.hpp"

#include "gap_page.hpp"
#include "picture_file.hpp"
#include "read_input.hpp"
#include "report_page.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

void refuse_stream(const std::string& option, const std::string& file) {
  if (file == standard_stream)
    throw Error(ErrorCode::invalid_option, option + " cannot go to standard output, which has the table, name a file");
}

OutputRules rules_of(const char* option, bool replace) {
  OutputRules rules{replace};
  rules.option = option;
  return rules;
}

}  // namespace

PictureOutputs::PictureOutputs(const PictureOptions& options, bool replace) {
  if (options.plot_theme && !options.plot)
    throw Error(ErrorCode::invalid_option, "--plot-theme is of no use without --plot, give both or none");
  if (options.plot_each && !options.plot)
    throw Error(ErrorCode::invalid_option, "--plot-each is of no use without --plot, give both or none");
  each_ = options.plot_each;
  if (options.plot && options.plot == options.report)
    throw Error(ErrorCode::invalid_option, "--plot and --report name one file, give each its own");
  if (options.plot) {
    refuse_stream("--plot", *options.plot);
    format_ = plot_format(*options.plot);
    theme_ = options.plot_theme.value_or(PlotTheme::light);
    plot_.emplace(*options.plot, rules_of("--plot FILE", replace));
  }
  if (options.report) {
    refuse_stream("--report", *options.report);
    report_.emplace(*options.report, rules_of("--report FILE", replace));
  }
}

void PictureOutputs::write(const SweepResult& result, std::span<const RowPictures> pictures) const {
  if (plot_) plot_->write(plot_bytes(rate_curves(result, each_), theme_, format_));
  if (report_) {
    const std::string page = report_page(sweep_report(result, pictures));
    report_->write(std::as_bytes(std::span(page)));
  }
}

void PictureOutputs::write(std::span<const GapCurve> curves, const std::vector<GapOfImage>& gaps) const {
  if (plot_) plot_->write(picture_bytes(gap_plot(curves, theme_, picture_text_measure()), format_));
  if (report_) {
    const std::string page = gap_page(gaps);
    report_->write(std::as_bytes(std::span(page)));
  }
}

}  // namespace vqi::tool
