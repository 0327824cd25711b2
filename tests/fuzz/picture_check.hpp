// What holds of every reader of image files, whatever the bytes, under each rule for damage.
#pragma once

#include <algorithm>
#include <span>

#include "promises.hpp"
#include "stream_limits.hpp"
#include "vqi/image_io.hpp"

namespace vqi::fuzz {
using namespace detail;

/// Reads `input` with `read`, which is as `read_image`, under each rule. Returns whether it was accepted without loss.
template <typename Read>
bool check_picture(std::span<const std::byte> input, const Read& read) {
  const auto under = [&](Damage rule) {
    const ReadOptions options{.limits = small_limits(), .damage = rule};
    return accepted(input.size(), [&] { return read(input, options, small_run()); });
  };
  const auto image = under(Damage::refuse_lost_pixels);
  const auto strict = under(Damage::refuse_any);
  const auto salvaged = under(Damage::salvage);
  for (const auto* result : {&image, &strict, &salvaged}) {
    if (!*result) continue;
    promise((*result)->image.width_px() > 0 && (*result)->image.height_px() > 0, "an image has pixels");
    promise((*result)->sample_bits >= 1 && (*result)->sample_bits <= 16, "samples have 1 to 16 bits");
    for (const std::string& line : (*result)->warnings)
      promise(line.find_first_of("\n\r") == std::string::npos, "a warning is one line");
  }
  promise(!strict || image, "what is accepted strictly is accepted");
  promise(!image || !image->lost_pixels, "no pixel is lost without leave");
  promise(!image || (salvaged && !salvaged->lost_pixels), "salvaging whole pixels loses none");
  const auto same = [](const Image& a, const Image& b) {
    return a.width_px() == b.width_px() && a.channels() == b.channels() &&
           std::equal(a.samples().begin(), a.samples().end(), b.samples().begin(), b.samples().end());
  };
  promise(!image || same(image->image, salvaged->image), "salvaging whole pixels changes none");
  promise(!strict || same(strict->image, image->image), "a strict reader returns the same pixels");
  return image.has_value();
}

}  // namespace vqi::fuzz
