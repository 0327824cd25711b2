// Workers take strips in turn, each with one buffer for indices.
#include "strip_decoder.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

#include "codebook_section.hpp"
#include "decode_memory.hpp"
#include "detached_codebook.hpp"
#include "index_decoding.hpp"
#include "stream_error.hpp"
#include "strip_entry.hpp"

namespace vqi::detail {
namespace {

/// The fault of the damaged strip with the lowest number.
class FirstFault {
 public:
  /// Whether the strip may still change what is reported.
  [[nodiscard]] bool matters(std::uint64_t strip) const noexcept { return strip < strip_; }

  void add(std::uint64_t strip, Error fault) {
    const std::lock_guard lock(mutex_);
    if (!matters(strip)) return;
    strip_ = strip;
    fault_ = std::move(fault);
  }

  void throw_any() const {
    if (fault_) throw Error(*fault_);
  }

 private:
  std::mutex mutex_;
  std::atomic<std::uint64_t> strip_{~std::uint64_t{0}};
  std::optional<Error> fault_;
};

}  // namespace

Codewords read_codewords(const StreamHeader& header, const Section& section, const Work& work) {
  return read_codewords(header, section, nullptr, work);
}

Codewords read_codewords(const StreamHeader& header, const Section& section, const Codebook* given, const Work& work) {
  Codewords codewords{header.detached_codebook && given != nullptr
                          ? attached_codewords(header, section, *given)
                          : read_codebook(header, section, [&work] { work.progress.poll(); }),
                      nullptr};
  if (header.model && header.k > 1)
    codewords.model = make_index_model(*header.model, view_codebook(header.grid, codewords.codebook));
  return codewords;
}

DecodeHook DecodeProgress::hook(std::uint32_t map_width) {
  return [this, map_width, before = std::size_t{0}](std::size_t rows) mutable {
    const std::uint64_t more = std::uint64_t{rows - before} * map_width;
    before = rows;
    const std::uint64_t done = done_.fetch_add(more, std::memory_order_relaxed) + more;
    work_.progress.report(static_cast<double>(done) / static_cast<double>(vectors_));
    work_.progress.throw_if_cancelled();
  };
}

std::uint32_t strips_under_way(std::uint64_t count, std::uint32_t at_once, const Work& work) noexcept {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>({count, at_once, work.pool.threads()}));
}

void for_each_strip(std::size_t count, std::uint32_t at_once, std::uint64_t buffer_vectors, const Work& work,
                    const std::function<void(std::size_t i, std::span<std::uint16_t> buffer)>& task) {
  std::atomic<std::size_t> next{0};
  work.pool.for_each(strips_under_way(count, at_once, work), [&](std::size_t) {
    const auto size = static_cast<std::size_t>(buffer_vectors);
    const auto buffer = std::make_unique_for_overwrite<std::uint16_t[]>(size);
    for (std::size_t i = next++; i < count && work.progress.keep_going(); i = next++) task(i, {buffer.get(), size});
  });
  work.progress.throw_if_cancelled();
}

void decode_strips(const StreamReader& reader, const IndexModel* model, const StripRange& range, const Work& work,
                   const StripUse& use) {
  const std::vector<StripEntry> entries = reader.strips();
  const StripFetch all = [&](std::uint64_t begin, std::uint64_t end) {
    return std::span(entries).subspan(begin, end - begin);
  };
  decode_strips(reader.header(), all, model, range, work, use);
}

void decode_strips(const StreamHeader& header, const StripFetch& fetch, const IndexModel* model,
                   const StripRange& range, const Work& work, const StripUse& use,
                   const std::function<void(std::uint64_t next_strip)>& given) {
  const std::uint32_t map_width = header.grid.map_width();
  const std::uint64_t rows_of_all = range.end_row - header.strip_begin(range.begin);
  DecodeProgress progress(work, rows_of_all * map_width);
  FirstFault first_fault;
  std::uint64_t first = range.begin;
  std::span<const StripEntry> entries;
  const auto decode_one = [&](std::size_t i, std::span<std::uint16_t> buffer) {
    const std::uint64_t strip = first + i;
    if (!first_fault.matters(strip)) return;
    const StripEntry& entry = entries[i];
    if (std::optional<Error> fault = strip_crc_fault(header, strip, entry))
      return first_fault.add(strip, std::move(*fault));
    const std::uint32_t first_row = header.strip_begin(strip);
    const std::uint32_t rows_in_strip = header.strip_row_count(strip);
    const std::uint32_t rows = decoded_rows(header, strip, range.end_row);
    const std::size_t vectors = std::size_t{rows} * map_width;
    const std::span<std::uint16_t> indices =
        range.map.empty() ? buffer.first(vectors) : range.map.subspan(std::size_t{first_row} * map_width, vectors);
    const DecodeHook hook = progress.hook(map_width);
    const DecodedRows decoded = decode_indices(header, model, entry.bytes, StripBytes::complete, indices, hook);
    if (decoded.rows < rows || (rows == rows_in_strip && !decoded.ended))
      return first_fault.add(strip,
                             stream_error(ErrorCode::corrupt_indices, entry.offset,
                                          "indices of " + strip_words(header, strip) + " break their coding's rules"));
    hook(rows);
    use(first_row, indices.first(std::size_t{std::min(rows, range.end_row - first_row)} * map_width));
  };
  while (first < range.end) {
    entries = fetch(first, range.end);
    const std::uint64_t end = first + entries.size();
    const std::uint64_t buffer_vectors = range.map.empty() ? strip_vectors_max(header, first, end, range.end_row) : 0;
    for_each_strip(entries.size(), range.at_once, buffer_vectors, work, decode_one);
    first_fault.throw_any();
    first = end;
    if (given) given(first);
  }
}

}  // namespace vqi::detail
