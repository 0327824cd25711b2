// The options of vqi sweep that name pictures: --plot, --plot-each, --plot-theme and --report.
#pragma once

#include <optional>
#include <string>

#include "command_line.hpp"
#include "plot_style.hpp"

namespace vqi::tool {

/// Files are none where their option was not given.
struct PictureOptions {
  std::optional<std::string> plot;
  bool plot_each = false;  ///< of several images, draw each and not the means
  std::optional<PlotTheme> plot_theme;
  std::optional<std::string> report;
};

/// Adds --plot, --plot-each, --plot-theme and --report to the current group.
void add_picture_options(CommandLine& line, PictureOptions& options);

}  // namespace vqi::tool
