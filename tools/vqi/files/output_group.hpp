// write_together: several outputs of one job, all of them or none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "output_target.hpp"

namespace vqi::tool {

struct OutputPart {
  const OutputTarget* target;
  std::span<const std::byte> bytes;
};

/// Writes the parts in their order, none of them a stream. If one cannot be written, those before it are removed again,
/// or hold what they held before, and so are folders that were made; a run that is killed in between leaves them. Files
/// that may be replaced are read first, each of `max_bytes` at most. Throws as OutputTarget::write does, and as
/// read_input.
void write_together(std::span<const OutputPart> parts, std::uint64_t max_bytes);

}  // namespace vqi::tool
