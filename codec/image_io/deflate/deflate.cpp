// libdeflate takes the bytes in one call; the others in portions, with the 32 KiB before each as their window.
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

/// Cuts `size` bytes into portions of nearly the same size.
struct Portions {
  std::size_t size;
  std::size_t most;  ///< bytes of a portion

  [[nodiscard]] std::size_t count() const noexcept { return std::max<std::size_t>(1, (size + most - 1) / most); }
  [[nodiscard]] std::size_t begin(std::size_t i) const noexcept { return size * i / count(); }
};

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
  const Portions portions{bytes.size(), portion};
  for (std::size_t i = 0; i < portions.count(); ++i) {
    poll();
    ZopfliDeflatePart(&options, 2, i + 1 == portions.count() ? 1 : 0, bytes.data(), portions.begin(i),
                      portions.begin(i + 1), &deflated.bits_in_last, &deflated.data, &deflated.size);
  }
  std::vector<std::byte> stream{std::byte{0x78}, std::byte{0xDA}};  // RFC 1950: a window of 32 KiB, the most effort
  const auto* data = reinterpret_cast<const std::byte*>(deflated.data);
  stream.insert(stream.end(), data, data + deflated.size);
  const std::uint32_t sum = libdeflate_adler32(1, bytes.data(), bytes.size());
  for (const std::uint32_t shift : {24U, 16U, 8U, 0U}) stream.push_back(static_cast<std::byte>(sum >> shift));
  return stream;
}

/// Our own writer, of what `parse` makes of each portion.
template <typename Parse>
std::vector<std::byte> deflate_portions(std::span<const std::uint8_t> bytes, const std::function<void()>& poll,
                                        const ThreadPool* pool, const Parse& parse) {
  const Portions portions{bytes.size(), most_parsed_bytes};
  std::vector<std::vector<DeflateStep>> parts(portions.count());
  const auto parse_part = [&](std::size_t i) { parts[i] = parse(portions.begin(i), portions.begin(i + 1)); };
  if (pool != nullptr)
    pool->for_each(parts.size(), parse_part);
  else
    for (std::size_t i = 0; i < parts.size(); ++i) parse_part(i);
  std::vector<DeflateStep> steps = std::move(parts[0]);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    steps.insert(steps.end(), parts[i].begin(), parts[i].end());
    parts[i] = {};
  }
  return write_deflate_blocks(steps, bytes, poll);
}

}  // namespace

std::vector<std::byte> deflate(std::span<const std::uint8_t> bytes, const DeflateEffort& effort,
                               const std::function<void()>& poll, const ThreadPool* pool) {
  std::vector<std::byte> smallest;
  const auto keep_smaller = [&](std::vector<std::byte> stream) {
    if (smallest.empty() || stream.size() < smallest.size()) smallest = std::move(stream);
  };
  if (effort.run_passes > 0)
    keep_smaller(deflate_portions(bytes, poll, pool, [&](std::size_t begin, std::size_t end) {
      return parse_runs(bytes, begin, end, effort.run_passes, poll);
    }));
  poll();
  const std::size_t by_runs = smallest.size();
  bool tries_matches = effort.matches.passes + effort.matches.full_passes > 0;
  if (effort.libdeflate_level > 0) {
    std::vector<std::byte> stream = deflate_by_libdeflate(bytes, effort.libdeflate_level);
    constexpr std::size_t hopeless = 16;  // by a sixteenth: a better parse of matches gains less on level 9
    if (by_runs > 0 && stream.size() > by_runs + by_runs / hopeless) tries_matches = false;
    keep_smaller(std::move(stream));
  }
  if (tries_matches)
    keep_smaller(deflate_portions(bytes, poll, pool, [&](std::size_t begin, std::size_t end) {
      return parse_matches(bytes, begin, end, effort.matches, poll);
    }));
  if (effort.zopfli_passes > 0) keep_smaller(deflate_by_zopfli(bytes, effort.zopfli_passes, poll));
  return smallest;
}

}  // namespace vqi::detail
