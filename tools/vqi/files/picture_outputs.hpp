// PictureOutputs: the files that --plot and --report name, checked before the work and written after it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "output_target.hpp"
#include "picture_options.hpp"
#include "plot_output.hpp"
#include "sweep_views.hpp"

namespace vqi::tool {

/// The targets of plot and report, each empty unless its option is given.
class PictureOutputs {
 public:
  /// Throws Error{invalid_option} if options contradict each other, or if a file exists and `replace` is false;
  /// Error{io_failed} if a file cannot be written or cairo cannot be loaded.
  PictureOutputs(const PictureOptions& options, bool replace);

  /// True if a report is asked for, which needs the pictures of the rows.
  [[nodiscard]] bool has_report() const noexcept { return report_.has_value(); }
  /// Writes the files. A report needs `pictures` for each image. Throws as OutputTarget::write does.
  void write(const SweepResult& result, std::span<const RowPictures> pictures) const;

 private:
  std::optional<OutputTarget> plot_;
  PictureFormat format_ = PictureFormat::svg;
  PlotTheme theme_ = PlotTheme::light;
  bool each_ = false;
  std::optional<OutputTarget> report_;
};

}  // namespace vqi::tool
