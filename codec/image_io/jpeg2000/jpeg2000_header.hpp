// What a JPEG 2000 file says of itself before OpenJPEG sees it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vqi::detail {

/// The SIZ segment of the codestream, and the boxes around it.
struct Jpeg2000Header {
  bool is_boxed = false;               ///< a JP2 file; otherwise a codestream alone
  std::uint32_t palette_channels = 0;  ///< 1..4 that a palette makes of the components, or 0: there is none
  std::uint32_t palette_bits = 0;      ///< the most of a channel that it makes
  bool ends_with_marker = true;        ///< the codestream ends with its EOC marker
  std::uint64_t end_offset = 0;        ///< of the codestream
  std::uint64_t trailing_bytes = 0;    ///< behind the last box
  std::uint32_t width_px = 0;          ///< of the components with the most samples
  std::uint32_t height_px = 0;
  std::uint32_t components = 0;
  std::uint32_t component_bits = 0;  ///< the most of any component
  std::uint64_t memory_bytes = 0;    ///< what OpenJPEG takes for it, roughly; the largest integer if it is more
  std::vector<std::string> dropped;  ///< as `ReadImage::dropped`

  [[nodiscard]] bool has_palette() const noexcept { return palette_channels != 0; }
  /// Of the decoded picture, colours and alpha.
  [[nodiscard]] std::uint32_t channels() const noexcept { return has_palette() ? palette_channels : components; }
  /// The most of a sample of the decoded picture.
  [[nodiscard]] std::uint32_t sample_bits() const noexcept { return has_palette() ? palette_bits : component_bits; }
};

/// True if `bytes` begin as a JP2 file or a JPEG 2000 codestream does.
[[nodiscard]] bool is_jpeg2000(std::span<const std::byte> bytes);

/// Reads boxes and the SIZ segment of bytes that `is_jpeg2000`. Throws Error{corrupt_image} where they are damaged, and
/// Error{not_an_image} where the file is of a kind that vqi does not read.
[[nodiscard]] Jpeg2000Header read_jpeg2000_header(std::span<const std::byte> bytes);

}  // namespace vqi::detail
