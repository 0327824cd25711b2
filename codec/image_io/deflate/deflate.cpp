// libdeflate takes the bytes in one call; Zopfli in portions, with the 32 KiB before each as their window.
#include "deflate.hpp"

#include <libdeflate.h>
#include <zopfli/deflate.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

#include "deflate_blocks.hpp"
#include "run_parse.hpp"

namespace vqi::detail {
namespace {

struct CompressorDeleter {
  void operator()(libdeflate_compressor* compressor) const noexcept { libdeflate_free_compressor(compressor); }
};

std::vector<std::byte> deflate_by_libdeflate(std::span<const std::uint8_t> bytes, int level) {
  const std::unique_ptr<libdeflate_compressor, CompressorDeleter> compressor(libdeflate_alloc_compressor(level));
  if (compressor == nullptr) throw std::bad_alloc();
  std::vector<std::byte> stream(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()));
  stream.resize(libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(), stream.data(), stream.size()));
  return stream;
}

/// What Zopfli appends to, by malloc and realloc.
struct ZopfliBytes {
  ZopfliBytes() = default;
  ZopfliBytes(const ZopfliBytes&) = delete;
  ZopfliBytes& operator=(const ZopfliBytes&) = delete;
  ~ZopfliBytes() { std::free(data); }  // NOLINT(cppcoreguidelines-no-malloc)

  unsigned char* data = nullptr;
  std::size_t size = 0;
  unsigned char bits_in_last = 0;
};

std::vector<std::byte> deflate_by_zopfli(std::span<const std::uint8_t> bytes, std::uint32_t passes,
                                         const std::function<void()>& poll) {
  /// Short enough to stop soon, and long enough for the codes of a few blocks.
  constexpr std::size_t portion = std::size_t{1} << 18;
  ZopfliOptions options{};
  ZopfliInitOptions(&options);
  options.numiterations = static_cast<int>(passes);
  ZopfliBytes deflated;
  for (std::size_t begin = 0; begin < bytes.size();) {
    poll();
    const bool is_last = bytes.size() - begin < portion + portion / 2;
    const std::size_t end = is_last ? bytes.size() : begin + portion;
    ZopfliDeflatePart(&options, 2, is_last ? 1 : 0, bytes.data(), begin, end, &deflated.bits_in_last, &deflated.data,
                      &deflated.size);
    begin = end;
  }
  std::vector<std::byte> stream{std::byte{0x78}, std::byte{0xDA}};  // RFC 1950: a window of 32 KiB, the most effort
  const auto* data = reinterpret_cast<const std::byte*>(deflated.data);
  stream.insert(stream.end(), data, data + deflated.size);
  const std::uint32_t sum = libdeflate_adler32(1, bytes.data(), bytes.size());
  for (const std::uint32_t shift : {24U, 16U, 8U, 0U}) stream.push_back(static_cast<std::byte>(sum >> shift));
  return stream;
}

}  // namespace

std::vector<std::byte> deflate(std::span<const std::uint8_t> bytes, const DeflateEffort& effort,
                               const std::function<void()>& poll) {
  std::vector<std::byte> smallest;
  const auto keep_smaller = [&](std::vector<std::byte> stream) {
    if (smallest.empty() || stream.size() < smallest.size()) smallest = std::move(stream);
  };
  if (effort.run_passes > 0)
    keep_smaller(write_deflate_blocks(parse_runs(bytes, effort.run_passes, poll), bytes, poll));
  poll();
  if (effort.libdeflate_level > 0) keep_smaller(deflate_by_libdeflate(bytes, effort.libdeflate_level));
  if (effort.zopfli_passes > 0) keep_smaller(deflate_by_zopfli(bytes, effort.zopfli_passes, poll));
  return smallest;
}

}  // namespace vqi::detail
