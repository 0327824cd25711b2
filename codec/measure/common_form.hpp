// CommonForm: two images of one size, of whatever types, as images of one type.
#pragma once

#include <cstdint>

#include "pixel_rows.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

/// The rows of a view, converted to a type that holds all that the view holds.
class ViewRows final : public PixelRows {
 public:
  /// `view` is valid and borrowed; `channels` and `bit_depth` are at least its own, with alpha and colour where it has
  /// them.
  ViewRows(const ImageView& view, std::uint32_t channels, std::uint32_t bit_depth) noexcept
      : view_(view), channels_(channels), bit_depth_(bit_depth) {}

  [[nodiscard]] const std::byte* pixels(std::uint32_t y, std::uint32_t x, std::uint32_t count,
                                        std::byte* buffer) const noexcept override;

 private:
  ImageView view_;
  std::uint32_t channels_;
  std::uint32_t bit_depth_;
};

/// The least type that holds the samples of both images: RGB if one is RGB, with alpha if one has alpha, 16 bits if one
/// has 16. Grey becomes R = G = B, an opaque image gets the greatest alpha, and 8-bit samples are multiplied by 257.
/// Nothing is rounded, so that samples that are equal in it are equal.
class CommonForm {
 public:
  /// Borrows both. Throws Error{invalid_image} unless both are valid and have the same size.
  CommonForm(const ImageView& reference, const ImageView& other);

  [[nodiscard]] const ComparedRows& rows() const noexcept { return rows_; }

 private:
  ViewRows reference_;
  ViewRows other_;
  ComparedRows rows_;
};

}  // namespace vqi::detail
