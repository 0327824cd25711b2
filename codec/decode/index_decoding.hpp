// decode_indices: the indices of a strip in any coding, as far as its bytes reach.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "index_model.hpp"
#include "stream_header.hpp"

namespace vqi::detail {

/// As IndexModel::decode, in the coding of `header`; `model` is needed for context models alone. `indices` are those of
/// the strip's first rows, or of all.
[[nodiscard]] DecodedRows decode_indices(const StreamHeader& header, const IndexModel* model,
                                         std::span<const std::byte> bytes, StripBytes known,
                                         std::span<std::uint16_t> indices, const DecodeHook& hook);

}  // namespace vqi::detail
