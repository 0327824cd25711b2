// Harness: vqi_decode.h gives the pixels of decode, or refuses what decode refuses, or names what it does not read.
#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>

#include "crc32c.hpp"
#include "harness.hpp"
#include "promises.hpp"
#include "random.hpp"
#include "seed_streams.hpp"
#include "stream_limits.hpp"
#include "stream_mutator.hpp"
#include "vqi/codec.hpp"

#define VQI_DECODE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include "vqi_decode.h"
#pragma GCC diagnostic pop

namespace vqi::fuzz {
using namespace detail;
namespace {

constexpr std::size_t memory_bytes_max = std::size_t{1} << 27;

/// What decode makes of the input, unless that passes a limit, which vqi_decode.h does not have.
struct Decoded {
  std::optional<Image> image;
  bool passes_limit = false;
};

Decoded decode_limited(std::span<const std::byte> input) {
  Decoded decoded;
  decoded.image = accepted(input.size(), [&]() -> std::optional<Image> {
                    try {
                      return decode(input, small_limits(), small_run());
                    } catch (const Error& error) {
                      decoded.passes_limit = error.error_class() == ErrorClass::limit;
                      throw;
                    }
                  }).value_or(std::nullopt);
  return decoded;
}

vqid_format own_format(const vqid_decoder& d) { return d.bit_depth == 8 ? VQID_8 : VQID_16; }

/// Promises that a part of the picture is that part of the whole.
void check_part(vqid_decoder& d, const Image& whole, Random& random) {
  const auto below = [&](std::uint32_t count) { return static_cast<std::uint32_t>(random.below(count)); };
  const std::uint32_t x = below(d.width);
  const std::uint32_t y = below(d.height);
  const std::uint32_t width = 1 + below(d.width - x);
  const std::uint32_t height = 1 + below(d.height - y);
  const std::size_t pixel_bytes = whole.view().pixel_bytes();
  Bytes part(pixel_bytes * width * height);
  promise(vqid_read(&d, x, y, width, height, own_format(d), part.data(), 0) == VQID_OK, "a part of a picture is read");
  for (std::uint32_t v = 0; v < height; ++v) {
    const std::byte* const row = part.data() + v * pixel_bytes * width;
    promise(std::equal(row, row + pixel_bytes * width, whole.row(y + v) + x * pixel_bytes), "a part is of the whole");
  }
}

/// Promises that less memory gives the same pixels or is refused as too small.
void check_small_memory(std::span<const std::byte> input, const Image& whole, Random& random) {
  vqid_decoder d;
  promise(vqid_open(&d, input.data(), input.size()) == VQID_OK, "a file is opened again");
  Bytes memory(random.below(vqid_memory_bytes(&d)));
  Bytes pixels(whole.samples().size());
  vqid_status status = vqid_begin(&d, memory.data(), memory.size());
  if (status == VQID_OK) status = vqid_read(&d, 0, 0, d.width, d.height, own_format(d), pixels.data(), 0);
  promise(status == VQID_OK || status == VQID_MEMORY, "small memory is called so");
  promise(status != VQID_OK || std::equal(pixels.begin(), pixels.end(), whole.samples().begin()),
          "pixels do not depend on the memory");
}

bool is_covered(vqid_status status) { return status < VQID_MODEL_BALANCED || status > VQID_UNKNOWN_SECTION; }

bool run(std::span<const std::byte> input) {
  const Decoded decoded = decode_limited(input);
  vqid_decoder d;
  vqid_status status = vqid_open(&d, input.data(), input.size());
  promise(d.error_offset <= input.size(), "an offset is in the file");
  promise(std::strlen(vqid_message(status)) > 0, "a status has a message");
  if (decoded.passes_limit || !is_covered(status)) return false;
  promise(status == VQID_OK || !decoded.image, "what decode takes is opened");
  if (status != VQID_OK || vqid_memory_bytes(&d) > memory_bytes_max) return false;
  Bytes memory(vqid_memory_bytes(&d));
  Bytes pixels(decoded.image ? decoded.image->samples().size() : 0);
  status = vqid_begin(&d, memory.data(), memory.size());
  promise(status != VQID_MEMORY, "memory that is asked for is enough");
  if (status == VQID_OK) status = vqid_check(&d);
  promise((status == VQID_OK) == decoded.image.has_value(), "what decode refuses is refused, and nothing else");
  if (!decoded.image) return false;
  promise(vqid_read(&d, 0, 0, d.width, d.height, own_format(d), pixels.data(), 0) == VQID_OK, "a picture is read");
  promise(std::equal(pixels.begin(), pixels.end(), decoded.image->samples().begin()), "pixels are those of decode");
  Random random(crc32c(input));
  check_part(d, *decoded.image, random);
  check_small_memory(input, *decoded.image, random);
  return true;
}

}  // namespace

const Harness onefile_harness{"onefile", run, make_seed_streams, 32768, mutate_stream};

}  // namespace vqi::fuzz
