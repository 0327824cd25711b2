// Hashes rows of an image in parallel, and adds up samples in integers.
#include "image_sums.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <vector>

#include "bytes.hpp"
#include "premultiply.hpp"
#include "sha256.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t digest_bytes = 32;
/// Width, height, channels and bit depth.
constexpr std::size_t head_bytes = 10;
/// Bytes of samples that one task hashes.
constexpr std::size_t task_bytes = std::size_t{1} << 18;

std::array<std::uint8_t, digest_bytes> row_digest(const ImageView& image, std::uint32_t y) {
  const std::span row(image.row(y), image.row_bytes());
  if (std::endian::native == std::endian::little || image.bit_depth == 8) return sha256(row);
  std::vector<std::byte> swapped(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) swapped[i] = row[i ^ 1U];
  return sha256(swapped);
}

}  // namespace

ImageId id_of(std::span<const std::byte> bytes) {
  const auto digest = sha256(bytes);
  ImageId id{};
  std::memcpy(id.data(), digest.data(), id.size());
  return id;
}

ImageId image_id(const ImageView& image, const Work& work) {
  std::vector<std::byte> hashed(head_bytes + digest_bytes * image.height_px);
  store_le(hashed.data(), image.width_px, 4);
  store_le(hashed.data() + 4, image.height_px, 4);
  store_le(hashed.data() + 8, image.channels, 1);
  store_le(hashed.data() + 9, image.bit_depth, 1);
  const auto task_rows =
      static_cast<std::uint32_t>(std::clamp<std::size_t>(task_bytes / image.row_bytes(), 1, image.height_px));
  work.pool.for_each(divide_up(image.height_px, task_rows), [&](std::size_t task) {
    const auto begin = static_cast<std::uint32_t>(task * task_rows);
    const std::uint32_t end = std::min(image.height_px - begin, task_rows) + begin;
    for (std::uint32_t y = begin; y < end; ++y) {
      const auto digest = row_digest(image, y);
      std::memcpy(hashed.data() + head_bytes + digest_bytes * y, digest.data(), digest.size());
    }
  });
  return id_of(hashed);
}

ImageSums sums_of(const ImageView& image, const DistinctVectors& distinct, const Work& work) {
  ImageSums sums;
  sums.id = image_id(image, work);
  sums.width_px = image.width_px;
  sums.height_px = image.height_px;
  sums.type = {image.channels, image.bit_depth};
  const std::uint32_t channels = image.channels;
  const std::uint32_t colours = image.has_alpha() ? channels - 1 : channels;
  const SampleArray& samples = distinct.samples();
  WorkPulse pulse(work.pool);
  for (std::size_t n = 0; n < distinct.size(); ++n) {
    pulse.add(samples.dimension());
    const std::uint64_t count = distinct.counts()[n];
    std::uint64_t squares = 0;
    for (std::uint32_t i = 0; i < samples.dimension(); i += channels)
      for (std::uint32_t c = 0; c < channels; ++c) {
        std::uint64_t sample = samples.at(n, i + c);
        if (c < colours && colours < channels)
          sample = premultiply(static_cast<std::uint32_t>(sample), samples.at(n, i + colours), image.max_value());
        sums.of_channel[c] += count * sample;
        squares += sample * sample;
      }
    sums.of_squares += uint128{squares} * count;
  }
  return sums;
}

double squared_differences(std::span<const ImageSums> images, std::uint64_t samples_of_channel) {
  std::array<uint128, 4> of_channel{};
  uint128 of_squares = 0;
  for (const ImageSums& image : images) {
    for (std::size_t c = 0; c < of_channel.size(); ++c) of_channel[c] += image.of_channel[c];
    of_squares += image.of_squares;
  }
  double differences = static_cast<double>(of_squares);
  for (const uint128 sum : of_channel)
    differences -= static_cast<double>(sum) * (static_cast<double>(sum) / static_cast<double>(samples_of_channel));
  return std::max(0.0, differences);
}

}  // namespace vqi::detail
