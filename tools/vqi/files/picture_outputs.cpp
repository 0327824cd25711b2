// Checks the files of --plot and --report, and writes them.
#include "picture_outputs.hpp"

#include "read_input.hpp"
#include "report_page.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

void refuse_stream(const std::string& option, const std::string& file) {
  if (file == standard_stream)
    throw Error(ErrorCode::invalid_option, option + " cannot go to standard output, which has the table, name a file");
}

}  // namespace

PictureOutputs::PictureOutputs(const PictureOptions& options, bool replace) {
  if (options.plot_theme && !options.plot)
    throw Error(ErrorCode::invalid_option, "--plot-theme is of no use without --plot, give both or none");
  if (options.plot && options.plot == options.report)
    throw Error(ErrorCode::invalid_option, "--plot and --report name one file, give each its own");
  if (options.plot) {
    refuse_stream("--plot", *options.plot);
    format_ = plot_format(*options.plot);
    theme_ = options.plot_theme.value_or(PlotTheme::light);
    plot_.emplace(*options.plot, OutputRules{replace});
  }
  if (options.report) {
    refuse_stream("--report", *options.report);
    report_.emplace(*options.report, OutputRules{replace});
  }
}

void PictureOutputs::write(const SweepResult& result, std::span<const RowPictures> pictures) const {
  if (plot_) plot_->write(plot_bytes(rate_curves(result), theme_, format_));
  if (report_) {
    const std::string page = report_page(sweep_report(result, pictures));
    report_->write(std::as_bytes(std::span(page)));
  }
}

}  // namespace vqi::tool
