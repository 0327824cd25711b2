// Allocates, copies and validates images.
#include "vqi/image.hpp"

#include <cstring>
#include <limits>
#include <string>
#include <utility>

#include "large_memory.hpp"
#include "vqi/error.hpp"

namespace vqi {
using namespace detail;
namespace {

[[noreturn]] void reject(const std::string& what) { throw Error(ErrorCode::invalid_image, what); }

void validate_shape(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels, std::uint32_t bit_depth) {
  if (width_px == 0) reject("image width is 0 pixels; it must be at least 1");
  if (height_px == 0) reject("image height is 0 pixels; it must be at least 1");
  if (channels < 1 || channels > 4) reject("image has " + std::to_string(channels) + " channels; 1 to 4 are possible");
  if (bit_depth != 8 && bit_depth != 16)
    reject("image has " + std::to_string(bit_depth) + " bits per sample; 8 and 16 are possible");
  // 2^32 * 2^32 pixels of 8 bytes would overflow; the row cannot (2^32 * 8 < 2^64).
  const std::uint64_t row = std::uint64_t{width_px} * channels * (bit_depth / 8);
  if (row > std::numeric_limits<std::ptrdiff_t>::max() / height_px)
    reject("image of " + std::to_string(width_px) + "x" + std::to_string(height_px) + " pixels does not fit in memory");
}

}  // namespace

bool ColourMetadata::empty() const noexcept {
  return !gamma && !chromaticities && !srgb_intent && !icc_profile && !cicp && !density;
}

void validate(ImageView view) {
  validate_shape(view.width_px, view.height_px, view.channels, view.bit_depth);
  if (view.samples == nullptr) reject("image samples pointer is null");
  if (view.stride_bytes < view.row_bytes())
    reject("image stride of " + std::to_string(view.stride_bytes) + " bytes is shorter than a row of " +
           std::to_string(view.row_bytes()) + " bytes");
  if (view.bit_depth == 16 &&
      (reinterpret_cast<std::uintptr_t>(view.samples) % 2 != 0 || (view.stride_bytes % 2 != 0 && view.height_px > 1)))
    reject("16-bit samples are not aligned to 2 bytes");
}

Image::Image(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels, std::uint32_t bit_depth)
    : width_px_(width_px), height_px_(height_px), channels_(channels), bit_depth_(bit_depth) {
  validate_shape(width_px, height_px, channels, bit_depth);
  samples_ = std::make_unique_for_overwrite<std::byte[]>(size_bytes());
  prefer_huge_pages(samples());
}

Image::Image(ImageView source) : Image(source.width_px, source.height_px, source.channels, source.bit_depth) {
  validate(source);
  for (std::uint32_t y = 0; y < height_px_; ++y) std::memcpy(row(y), source.row(y), row_bytes());
  if (source.metadata != nullptr) metadata_ = *source.metadata;
}

Image::Image(const Image& other) : metadata_(other.metadata_) {
  if (other.samples_ == nullptr) return;
  width_px_ = other.width_px_;
  height_px_ = other.height_px_;
  channels_ = other.channels_;
  bit_depth_ = other.bit_depth_;
  samples_ = std::make_unique_for_overwrite<std::byte[]>(size_bytes());
  prefer_huge_pages(samples());
  std::memcpy(samples_.get(), other.samples_.get(), size_bytes());
}

Image& Image::operator=(const Image& other) {
  if (this != &other) *this = Image(other);
  return *this;
}

void Image::swap(Image& other) noexcept {
  std::swap(width_px_, other.width_px_);
  std::swap(height_px_, other.height_px_);
  std::swap(channels_, other.channels_);
  std::swap(bit_depth_, other.bit_depth_);
  std::swap(samples_, other.samples_);
  std::swap(metadata_, other.metadata_);
}

Image::Image(Image&& other) noexcept { swap(other); }

Image& Image::operator=(Image&& other) noexcept {
  Image taken(std::move(other));
  swap(taken);
  return *this;
}

ImageView Image::view() const noexcept {
  return {samples_.get(), width_px_, height_px_, channels_, bit_depth_, row_bytes(), &metadata_};
}

}  // namespace vqi
