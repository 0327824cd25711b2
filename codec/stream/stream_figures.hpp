// figures_of: the figures of a stream that follow from its header and from where its bytes went.
#pragma once

#include "stream_header.hpp"
#include "vqi/report.hpp"

namespace vqi::detail {

[[nodiscard]] StreamFigures figures_of(const StreamHeader& header, const ByteCounts& bytes);

}  // namespace vqi::detail
