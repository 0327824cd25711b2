// In which order the model "balanced" codes the rows of a strip: an encoder's choice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace vqi::detail {

/// The bit that a strip begins with, and its probability to be 1, in 1/65536: rows one by one are to cost nothing,
/// since they are for small files.
inline constexpr std::int32_t side_by_side_probability = 256;

/// Whether neighbourhoods of ten indices seldom come again with the same index between them, as on photographs: then
/// rows side by side are coded in about half of the time. On screens rows one by one take up to a quarter less bytes:
/// what repeats in one row is learned before the next.
[[nodiscard]] bool seldom_repeats(std::span<const std::uint16_t> indices, std::size_t map_width);

}  // namespace vqi::detail
