// The files that --plot and --report name: their options, their checks before the work, and their writing.
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

/// Where plot and report go, as far as they are asked for.
class PictureOutputs {
 public:
  /// Throws Error{invalid_option} where an option cannot be or a file exists and `replace` is false,
  /// and Error{io_failed} where a file could not be written.
  PictureOutputs(const PictureOptions& options, bool replace);

  /// True if rows need their pictures.
  [[nodiscard]] bool has_report() const noexcept { return report_.has_value(); }
  /// Writes the files; `pictures` of each image for a report. Throws as OutputTarget::write does.
  void write(const SweepResult& result, std::span<const RowPictures> pictures) const;

 private:
  std::optional<OutputTarget> plot_;
  PictureFormat format_ = PictureFormat::svg;
  PlotTheme theme_ = PlotTheme::light;
  std::optional<OutputTarget> report_;
};

}  // namespace vqi::tool
