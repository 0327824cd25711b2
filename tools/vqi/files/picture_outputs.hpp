// PictureOutputs: the files that --plot and --report name, checked before the work and written after it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "command_results.hpp"
#include "gap_plot.hpp"
#include "output_target.hpp"
#include "picture_options.hpp"
#include "plot_output.hpp"
#include "sweep_views.hpp"

namespace vqi::tool {

/// The targets of plot and report, of a sweep or of gaps, each empty unless its option is given.
class PictureOutputs {
 public:
  /// Throws Error{invalid_option} if options contradict each other, or if a file exists and `replace` is false;
  /// Error{io_failed} if a file cannot be written or cairo cannot be loaded.
  PictureOutputs(const PictureOptions& options, bool replace);

  /// True if a report is asked for, which needs the pictures of the rows.
  [[nodiscard]] bool has_report() const noexcept { return report_.has_value(); }
  /// Writes the files. A report needs `pictures` for each image. Throws as OutputTarget::write does.
  void write(const SweepResult& result, std::span<const RowPictures> pictures) const;
  /// The same for the gap statistic; `curves` are for the plot, `gaps` for the page.
  void write(std::span<const GapCurve> curves, const std::vector<GapOfImage>& gaps) const;

 private:
  std::optional<OutputTarget> plot_;
  PictureFormat format_ = PictureFormat::svg;
  PlotTheme theme_ = PlotTheme::light;
  bool each_ = false;
  std::optional<OutputTarget> report_;
};

}  // namespace vqi::tool
