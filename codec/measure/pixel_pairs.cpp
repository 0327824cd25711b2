// Premultiplies whole runs of pixels, with the number of channels known to the compiler.
#include "pixel_pairs.hpp"

#include "premultiply.hpp"

namespace vqi::detail {
namespace {

/// `from` and `to` may be the same.
template <typename Sample, std::size_t channels>
void premultiply_run(const Sample* from, std::size_t pixels, Sample* to) noexcept {
  constexpr std::uint32_t max_value = static_cast<Sample>(~Sample{0});
  for (std::size_t i = 0; i < pixels; ++i, from += channels, to += channels) {
    const std::uint32_t alpha = from[channels - 1];
    for (std::size_t c = 0; c + 1 < channels; ++c)
      to[c] = static_cast<Sample>(premultiply_by_depth<max_value>(from[c], alpha));
    to[channels - 1] = static_cast<Sample>(alpha);
  }
}

template <typename Sample>
void premultiply_run(std::uint32_t channels, const std::byte* from, std::size_t pixels, std::byte* to) noexcept {
  const auto* const in = reinterpret_cast<const Sample*>(from);
  auto* const out = reinterpret_cast<Sample*>(to);
  channels == 2 ? premultiply_run<Sample, 2>(in, pixels, out) : premultiply_run<Sample, 4>(in, pixels, out);
}

}  // namespace

PixelPairs::PixelPairs(const ComparedRows& rows, std::uint32_t pixels_max)
    : rows_(rows),
      buffer_bytes_(pixels_max * rows.pixel_bytes()),
      buffers_(std::make_unique_for_overwrite<std::byte[]>(2 * buffer_bytes_)) {}

void PixelPairs::read(std::uint32_t y, std::uint32_t x, std::uint32_t count) noexcept {
  count_ = count;
  reference_ = rows_.reference.pixels(y, x, count, buffers_.get());
  other_ = rows_.other.pixels(y, x, count, buffers_.get() + buffer_bytes_);
}

void PixelPairs::premultiply() noexcept {
  if (!rows_.has_alpha()) return;
  std::byte* buffer = buffers_.get();
  for (const std::byte** samples : {&reference_, &other_}) {
    rows_.bit_depth == 16 ? premultiply_run<std::uint16_t>(rows_.channels, *samples, count_, buffer)
                          : premultiply_run<std::uint8_t>(rows_.channels, *samples, count_, buffer);
    *samples = buffer;
    buffer += buffer_bytes_;
  }
}

}  // namespace vqi::detail
