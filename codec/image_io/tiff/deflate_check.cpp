// zlib checks as it goes; what comes out is thrown away.
#include "deflate_check.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace vqi::detail {

bool is_whole_zlib_stream(std::span<const std::byte> stream, std::uint64_t least_bytes) {
  z_stream state{};
  if (inflateInit(&state) != Z_OK) throw std::bad_alloc();
  std::array<Bytef, 65536> block;
  std::uint64_t total_bytes = 0;
  int status = Z_OK;
  while (status == Z_OK) {
    if (state.avail_in == 0) {
      const auto count = std::min<std::size_t>(stream.size(), std::numeric_limits<uInt>::max());
      // zlib takes a pointer to non-const, and does not write through it.
      state.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(stream.data()));
      state.avail_in = static_cast<uInt>(count);
      stream = stream.subspan(count);
    }
    state.next_out = block.data();
    state.avail_out = static_cast<uInt>(block.size());
    status = inflate(&state, Z_NO_FLUSH);
    total_bytes += block.size() - state.avail_out;
    // A stream of far more than is asked for is none for these pixels, and would take time that they do not justify.
    if (total_bytes / 2 > least_bytes + block.size()) break;
  }
  inflateEnd(&state);
  return status == Z_STREAM_END && total_bytes >= least_bytes;
}

}  // namespace vqi::detail
