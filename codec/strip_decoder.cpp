// Parallel decoding of strips.
#include "strip_decoder.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "vqi/error.hpp"

namespace vqi {

void decode_strips(const StreamReader& reader, std::uint64_t begin, std::uint64_t end, const ThreadPool& pool,
                   ProgressReporter& progress,
                   const std::function<void(std::uint64_t, std::span<const std::uint16_t>)>& use) {
  const std::vector<StripEntry> strips = reader.strips();
  std::mutex mutex;
  std::optional<Error> first_error;
  std::uint64_t first_damaged = end;
  pool.for_each(end - begin, progress, [&](std::size_t task) {
    const std::uint64_t strip = begin + task;
    const std::uint64_t count = reader.header().strip_vectors(strip);
    const auto indices = std::make_unique_for_overwrite<std::uint16_t[]>(count);
    try {
      decode_strip(reader.header(), strip, strips[strip], {indices.get(), count});
    } catch (const Error& error) {
      const std::lock_guard lock(mutex);
      if (strip < first_damaged) {
        first_damaged = strip;
        first_error = error;
      }
      return;
    }
    use(strip, {indices.get(), count});
  });
  if (first_error) throw Error(*first_error);
}

}  // namespace vqi
