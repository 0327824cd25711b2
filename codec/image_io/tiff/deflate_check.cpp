// zlib checks as it goes; what comes out is thrown away.
#include "deflate_check.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

namespace vqi::detail {
namespace {

/// Ends the state as well where the file cannot be read.
class Inflation {
 public:
  Inflation() {
    if (inflateInit(&state) != Z_OK) throw std::bad_alloc();
  }
  Inflation(const Inflation&) = delete;
  Inflation& operator=(const Inflation&) = delete;
  ~Inflation() { inflateEnd(&state); }

  z_stream state{};
};

}  // namespace

bool is_whole_zlib_stream(const FileBytes& file, const FilePiece& stream, std::uint64_t least_bytes) {
  constexpr std::uint64_t read_bytes = std::uint64_t{1} << 16;
  Inflation inflation;
  z_stream& state = inflation.state;
  std::array<Bytef, 65536> block;
  std::uint64_t taken_bytes = 0;
  std::uint64_t total_bytes = 0;
  int status = Z_OK;
  while (status == Z_OK) {
    if (state.avail_in == 0) {
      const std::uint64_t count = std::min(stream.size_bytes - taken_bytes, read_bytes);
      const std::span<const std::byte> bytes = file.at(stream.offset + taken_bytes, count);
      // zlib takes a pointer to non-const, and does not write through it.
      state.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
      state.avail_in = static_cast<uInt>(bytes.size());
      taken_bytes += count;
    }
    state.next_out = block.data();
    state.avail_out = static_cast<uInt>(block.size());
    status = inflate(&state, Z_NO_FLUSH);
    total_bytes += block.size() - state.avail_out;
    // A stream of far more than is asked for is none for these pixels, and would take time that they do not justify.
    if (total_bytes / 2 > least_bytes + block.size()) break;
  }
  return status == Z_STREAM_END && total_bytes >= least_bytes;
}

}  // namespace vqi::detail
