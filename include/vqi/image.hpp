// Image owns samples, ImageView borrows them; both carry the colour metadata that belongs to them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vqi/export.hpp"

namespace vqi {

/// An ICC profile with its PNG name (1-79 Latin-1 characters).
struct IccProfile {
  std::string name;                                    ///< as in PNG's iCCP
  std::vector<std::byte> bytes;                        ///< the profile itself, not compressed
  bool operator==(const IccProfile&) const = default;  ///< the same name and bytes
};

/// Physical sample density, as PNG's pHYs: samples per unit along x and y.
struct PixelDensity {
  std::uint32_t x = 0;                                   ///< samples per unit along a row
  std::uint32_t y = 0;                                   ///< samples per unit down a column
  std::uint8_t unit = 0;                                 ///< 0: unknown (aspect ratio only), 1: metre
  bool operator==(const PixelDensity&) const = default;  ///< the same numbers
};

/// What says how samples look on a screen or on paper. Carried through a .vqi file unchanged; the
/// codec itself computes on code values and never applies it.
struct ColourMetadata {
  std::optional<std::uint32_t> gamma;                          ///< PNG gAMA: file gamma * 100000
  std::optional<std::array<std::uint32_t, 8>> chromaticities;  ///< PNG cHRM: white, red, green, blue (x, y) * 100000
  std::optional<std::uint8_t> srgb_intent;                     ///< PNG sRGB: rendering intent 0..3
  std::optional<IccProfile> icc_profile;                       ///< PNG iCCP, or another format's profile
  std::optional<std::array<std::uint8_t, 4>> cicp;             ///< PNG cICP: ITU-T H.273 primaries, transfer, matrix;
                                                               ///< 1 for the full range of samples, else 0
  std::optional<PixelDensity> density;                         ///< PNG pHYs, or another format's resolution

  [[nodiscard]] VQI_API bool empty() const noexcept;       ///< true if there is none
  bool operator==(const ColourMetadata&) const = default;  ///< all equal
};

/// Borrows an image: `height_px` rows of `width_px` pixels of `channels` interleaved samples.
///
/// Channels are 1 grey, 2 grey+alpha, 3 RGB, 4 RGBA; alpha is straight (not premultiplied). A
/// sample is one byte at `bit_depth` 8 and a native-endian std::uint16_t at 16 (aligned to 2).
/// Rows begin `stride_bytes` apart. The view must not outlive what it borrows.
struct ImageView {
  const std::byte* samples = nullptr;        ///< row 0; borrowed
  std::uint32_t width_px = 0;                ///< pixels in a row
  std::uint32_t height_px = 0;               ///< rows
  std::uint32_t channels = 0;                ///< samples of a pixel, 1..4
  std::uint32_t bit_depth = 8;               ///< 8 or 16
  std::size_t stride_bytes = 0;              ///< from one row to the next, at least row_bytes()
  const ColourMetadata* metadata = nullptr;  ///< borrowed as well; may be null

  /// The first byte of row `y`, which is below height_px.
  [[nodiscard]] const std::byte* row(std::uint32_t y) const noexcept {
    return samples + static_cast<std::size_t>(y) * stride_bytes;
  }
  /// Bytes of one pixel.
  [[nodiscard]] std::size_t pixel_bytes() const noexcept { return std::size_t{channels} * (bit_depth / 8); }
  /// Bytes of the samples in one row, without what the stride adds.
  [[nodiscard]] std::size_t row_bytes() const noexcept { return width_px * pixel_bytes(); }
  /// The last channel is alpha.
  [[nodiscard]] bool has_alpha() const noexcept { return channels == 2 || channels == 4; }
  /// 255 or 65535.
  [[nodiscard]] std::uint32_t max_value() const noexcept { return bit_depth == 16 ? 65535U : 255U; }
};

/// Throws Error{invalid_image}, naming the field and its range, unless `view` can be encoded:
/// sides of at least 1, 1-4 channels, depth 8 or 16, a stride that holds a row, a non-null pointer.
VQI_API void validate(ImageView view);

/// Owns an image whose rows follow one another without gaps. A value: copies are deep.
class Image {
 public:
  Image() = default;  ///< of no size, without samples
  /// Allocates an image whose samples are not initialised. Throws Error{invalid_image} as
  /// `validate` does, and std::bad_alloc.
  VQI_API Image(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels, std::uint32_t bit_depth);
  /// A deep copy of what `source` shows, metadata included.
  VQI_API explicit Image(ImageView source);

  VQI_API Image(const Image& other);             ///< a deep copy
  VQI_API Image& operator=(const Image& other);  ///< a deep copy
  /// Leaves `other` empty: of no size, without samples and metadata.
  VQI_API Image(Image&& other) noexcept;
  VQI_API Image& operator=(Image&& other) noexcept;  ///< as the constructor above
  ~Image() = default;

  [[nodiscard]] std::uint32_t width_px() const noexcept { return width_px_; }    ///< pixels in a row
  [[nodiscard]] std::uint32_t height_px() const noexcept { return height_px_; }  ///< rows
  [[nodiscard]] std::uint32_t channels() const noexcept { return channels_; }    ///< samples of a pixel, 1..4
  [[nodiscard]] std::uint32_t bit_depth() const noexcept { return bit_depth_; }  ///< 8 or 16
  /// Bytes of one row.
  [[nodiscard]] std::size_t row_bytes() const noexcept { return std::size_t{width_px_} * channels_ * (bit_depth_ / 8); }
  [[nodiscard]] std::size_t size_bytes() const noexcept { return row_bytes() * height_px_; }  ///< of all rows

  /// The first byte of row `y`, which is below height_px().
  [[nodiscard]] std::byte* row(std::uint32_t y) noexcept { return samples_.get() + y * row_bytes(); }
  /// The same of an image that is not changed.
  [[nodiscard]] const std::byte* row(std::uint32_t y) const noexcept { return samples_.get() + y * row_bytes(); }
  /// All rows, one after the other.
  [[nodiscard]] std::span<std::byte> samples() noexcept { return {samples_.get(), size_bytes()}; }
  /// The same of an image that is not changed.
  [[nodiscard]] std::span<const std::byte> samples() const noexcept { return {samples_.get(), size_bytes()}; }
  /// The samples of row `y` at depth 16.
  [[nodiscard]] const std::uint16_t* row16(std::uint32_t y) const noexcept {
    return reinterpret_cast<const std::uint16_t*>(row(y));
  }
  /// The same, to be changed.
  [[nodiscard]] std::uint16_t* row16(std::uint32_t y) noexcept { return reinterpret_cast<std::uint16_t*>(row(y)); }

  [[nodiscard]] ColourMetadata& metadata() noexcept { return metadata_; }              ///< to be changed
  [[nodiscard]] const ColourMetadata& metadata() const noexcept { return metadata_; }  ///< what says how samples look

  /// A view of this image, valid while it lives and is not assigned to.
  [[nodiscard]] VQI_API ImageView view() const noexcept;
  operator ImageView() const noexcept { return view(); }  ///< view()

 private:
  void swap(Image& other) noexcept;

  std::uint32_t width_px_ = 0;
  std::uint32_t height_px_ = 0;
  std::uint32_t channels_ = 0;
  std::uint32_t bit_depth_ = 8;
  std::unique_ptr<std::byte[]> samples_;
  ColourMetadata metadata_;
};

}  // namespace vqi
