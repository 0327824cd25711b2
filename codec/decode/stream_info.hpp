// stream_info: what is known of a stream from its header and its sizes.
#pragma once

#include "stream_header.hpp"
#include "vqi/report.hpp"

namespace vqi::detail {

/// StreamInfo without sections, damage and hash. Of `sizes` the header's need not be set.
[[nodiscard]] StreamInfo stream_info(const StreamHeader& header, const ByteCounts& sizes);

}  // namespace vqi::detail
