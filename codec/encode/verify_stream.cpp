// Decodes with the decoder that everyone has, then compares row by row.
#include "verify_stream.hpp"

#include <cstring>
#include <string>
#include <vector>

#include "decode_on_pool.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorCode::verification_failed, "the stream that was made does not decode to what was encoded (" + what +
                                                  "): the memory of this machine or vqi is at fault, try again");
}

Image decode_or_fail(std::span<const std::byte> stream, const Work& work) {
  try {
    return decode_written(stream, work);
  } catch (const Error& error) {
    if (error.error_class() != ErrorClass::data) throw;
    fail(error.what());
  }
}

}  // namespace

void verify_stream(std::span<const std::byte> stream, const BlockGrid& grid, const PixelRows& expected,
                   const ColourMetadata* metadata, const Work& work) {
  const Image decoded = decode_or_fail(stream, work);
  if (decoded.width_px() != grid.width_px || decoded.height_px() != grid.height_px ||
      decoded.channels() != grid.channels || decoded.bit_depth() != grid.bit_depth)
    fail("size or type");
  if (decoded.metadata() != (metadata != nullptr ? *metadata : ColourMetadata{})) fail("metadata");
  std::vector<std::byte> buffer(decoded.row_bytes());
  for (std::uint32_t y = 0; y < grid.height_px; ++y) {
    const std::byte* row = expected.pixels(y, 0, grid.width_px, buffer.data());
    if (std::memcmp(row, decoded.row(y), decoded.row_bytes()) != 0) fail("pixel row " + std::to_string(y));
    work.progress.poll();
  }
}

}  // namespace vqi::detail
