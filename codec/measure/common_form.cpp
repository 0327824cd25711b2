// Converts pixels sample by sample; the check of sizes before every comparison.
#include "common_form.hpp"

#include <algorithm>
#include <string>

#include "sample_array.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t to_16_bits = 257;  // 255 * 257 = 65535

std::string size_of(const ImageView& view) {
  return std::to_string(view.width_px) + "x" + std::to_string(view.height_px);
}

void require_same_size(const ImageView& reference, const ImageView& other) {
  validate(reference);
  validate(other);
  if (reference.width_px == other.width_px && reference.height_px == other.height_px) return;
  throw Error(ErrorCode::invalid_image, "the images to compare differ in size (" + size_of(reference) + " and " +
                                            size_of(other) + "), give two of the same size");
}

std::uint32_t common_channels(const ImageView& first, const ImageView& second) noexcept {
  const bool colour = first.channels >= 3 || second.channels >= 3;
  const bool alpha = first.has_alpha() || second.has_alpha();
  return (colour ? 3U : 1U) + (alpha ? 1U : 0U);
}

}  // namespace

const std::byte* ViewRows::pixels(std::uint32_t y, std::uint32_t x, std::uint32_t count,
                                  std::byte* buffer) const noexcept {
  const std::byte* const source = view_.row(y) + x * view_.pixel_bytes();
  if (channels_ == view_.channels && bit_depth_ == view_.bit_depth) return source;
  const std::uint32_t factor = bit_depth_ != view_.bit_depth ? to_16_bits : 1;
  const std::uint32_t colours = channels_ - (channels_ % 2 == 0 ? 1U : 0U);
  const std::uint32_t source_colours = view_.channels - (view_.has_alpha() ? 1U : 0U);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t from = std::size_t{i} * view_.channels;
    const std::size_t to = std::size_t{i} * channels_;
    for (std::uint32_t c = 0; c < colours; ++c)
      store_sample(buffer, to + c, bit_depth_,
                   factor * load_sample(source, from + (source_colours == 1 ? 0 : c), view_.bit_depth));
    if (colours == channels_) continue;
    const std::uint32_t alpha =
        view_.has_alpha() ? load_sample(source, from + source_colours, view_.bit_depth) : view_.max_value();
    store_sample(buffer, to + colours, bit_depth_, factor * alpha);
  }
  return buffer;
}

CommonForm::CommonForm(const ImageView& reference, const ImageView& other)
    : reference_(reference, common_channels(reference, other), std::max(reference.bit_depth, other.bit_depth)),
      other_(other, common_channels(reference, other), std::max(reference.bit_depth, other.bit_depth)),
      rows_{reference_,
            other_,
            reference.width_px,
            reference.height_px,
            common_channels(reference, other),
            std::max(reference.bit_depth, other.bit_depth)} {
  require_same_size(reference, other);
}

}  // namespace vqi::detail
