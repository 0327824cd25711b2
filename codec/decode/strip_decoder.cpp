// Workers take strips in turn, each with one buffer for indices.
#include "strip_decoder.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

#include "bit_packing.hpp"
#include "codebook_section.hpp"
#include "integer.hpp"
#include "stream_error.hpp"
#include "uniform_range.hpp"

namespace vqi::detail {
namespace {

/// Decodes the indices of a strip in the header's coding. False for bytes that no encoder writes.
bool decode_indices(const StreamHeader& header, const IndexModel* model, std::span<const std::byte> bytes,
                    std::span<std::uint16_t> indices, const RowHook& between_rows) {
  if (header.coding == IndexCoding::uniform_range) return decode_uniform(bytes, header.k, indices);
  if (header.coding == IndexCoding::fixed_width || header.k == 1)
    return unpack_indices(bytes, bits_for(header.k), header.k, indices);
  return model->decode(bytes, header.grid.map_width(), indices, between_rows);
}

}  // namespace

void decode_strip(const StreamHeader& header, const IndexModel* model, std::uint64_t strip, const StripEntry& entry,
                  std::span<std::uint16_t> indices, const RowHook& between_rows) {
  check_strip_crc(header, strip, entry);
  if (!decode_indices(header, model, entry.bytes, indices, between_rows))
    throw stream_error(ErrorCode::corrupt_indices, entry.offset,
                       "indices of " + strip_words(header, strip) + " break their coding's rules");
}

Codewords read_codewords(const StreamHeader& header, const Section& section) {
  Codewords codewords{read_codebook(header, section), nullptr, 0};
  if (!header.model || header.k == 1) return codewords;
  const std::vector<std::uint16_t> samples = wide_samples(codewords.codebook);
  codewords.model = make_index_model(*header.model, view_codebook(header.grid, samples));
  codewords.state_bytes = codewords.model->state_bytes(header.grid.map_width());
  return codewords;
}

std::vector<StripFault> try_strips(const StreamHeader& header, const IndexModel* model,
                                   std::span<const NumberedStrip> strips, std::uint32_t at_once, const Work& work,
                                   const StripUse& use) {
  std::uint64_t vectors_max = 0;
  for (const NumberedStrip& strip : strips) vectors_max = std::max(vectors_max, header.strip_vectors(strip.number));
  std::mutex mutex;
  std::vector<StripFault> faults;
  std::atomic<std::size_t> next{0};
  // A worker has one buffer for all its strips, so that memory depends on the number of workers alone.
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
