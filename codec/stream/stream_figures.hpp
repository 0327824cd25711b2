// figures_of: the figures of a stream that follow from its header and from where its bytes went.
#pragma once

#include "stream_header.hpp"
#include "vqi/report.hpp"

namespace vqi::detail {

/// What the header says of its decode filter.
[[nodiscard]] std::optional<RestoreFigures> restore_figures(const StreamHeader& header);

[[nodiscard]] StreamFigures figures_of(const StreamHeader& header, const ByteCounts& bytes);

}  // namespace vqi::detail
