// Parallel decoding of strips.
#include "strip_decoder.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

namespace vqi::detail {

std::vector<StripFault> try_strips(const StreamHeader& header, const IndexModel* model,
                                   std::span<const NumberedStrip> strips, std::uint32_t at_once, const Work& work,
                                   const StripUse& use) {
  std::uint64_t vectors_max = 0;
  for (const NumberedStrip& strip : strips) vectors_max = std::max(vectors_max, header.strip_vectors(strip.number));
  std::mutex mutex;
  std::vector<StripFault> faults;
  std::atomic<std::size_t> next{0};
  // A worker has one buffer for all strips that it takes up: memory depends on the workers alone.
  const std::size_t workers = std::min<std::size_t>({at_once, work.pool.threads(), strips.size()});
  work.pool.for_each(workers, [&](std::size_t) {
    const auto buffer = std::make_unique_for_overwrite<std::uint16_t[]>(vectors_max);
    for (std::size_t i = next++; i < strips.size() && work.progress.keep_going(); i = next++) {
      const NumberedStrip& strip = strips[i];
      const std::span<std::uint16_t> indices(buffer.get(), header.strip_vectors(strip.number));
      try {
        decode_strip(header, model, strip.number, strip.entry, indices, [&work] { work.progress.poll(); });
        use(strip.number, indices);
      } catch (const Error& error) {
        if (error.error_class() == ErrorClass::cancelled) throw;
        const std::lock_guard lock(mutex);
        faults.push_back({strip.number, error});
      }
      work.progress.report(static_cast<double>(i + 1) / static_cast<double>(strips.size()));
    }
  });
  work.progress.throw_if_cancelled();
  std::sort(faults.begin(), faults.end(),
            [](const StripFault& first, const StripFault& second) { return first.number < second.number; });
  return faults;
}

void decode_strips(const StreamReader& reader, const IndexModel* model, std::uint64_t begin, std::uint64_t end,
                   std::uint32_t at_once, const Work& work, const StripUse& use) {
  std::vector<NumberedStrip> strips;
  strips.reserve(end - begin);
  const std::vector<StripEntry> entries = reader.strips();
  for (std::uint64_t number = begin; number < end; ++number) strips.push_back({number, entries[number]});
  const std::vector<StripFault> faults = try_strips(reader.header(), model, strips, at_once, work, use);
  if (!faults.empty()) throw Error(faults.front().error);
}

}  // namespace vqi::detail
