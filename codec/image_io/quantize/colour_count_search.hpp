// Quantizing by k-means: all colours that are allowed, or as many as a target takes.
#pragma once

#include "vqi/quantize.hpp"

namespace vqi::detail {

/// As `quantize`, of checked options and an image of 8 bits.
[[nodiscard]] Quantized quantize_by_kmeans(const ImageView& image, const QuantizeOptions& options,
                                           const RunOptions& run);

/// Error{target_unreachable}: `options` ask for more than the `psnr_db` that `k` colours reach.
[[noreturn]] void throw_psnr_unreachable(const QuantizeOptions& options, std::uint32_t k, double psnr_db);
/// Error{target_unreachable}: the least file has `bytes`.
[[noreturn]] void throw_size_unreachable(const QuantizeOptions& options, std::uint64_t bytes);

/// True if the distortion has this PSNR, or none.
[[nodiscard]] bool reaches(const Distortion& distortion, double psnr_db) noexcept;

}  // namespace vqi::detail
