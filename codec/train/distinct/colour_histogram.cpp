// Counting, merging and listing bins of one byte; looking up indices at the offsets of bins.
#include "colour_histogram.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <type_traits>

#include "integer.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t bin_max = 255;
/// From this many vectors on, contiguous bins save more time than clearing and listing them takes. With chunks, a
/// photograph of 24 megapixels takes 1.3 times as long from samples to index map, at K = 16 and at 256.
constexpr std::uint64_t contiguous_vectors_min = std::uint64_t{1} << 22;
/// Number of parts of a row that are counted in turns: neighbours often have the same colour, and reading a bin that
/// was just written takes long.
constexpr std::size_t parts = 4;
/// Chunks of one task: enough for a task to be worth starting.
constexpr std::size_t task_chunks = 512;
/// Codes of one task: enough for a task to be worth starting.
constexpr std::size_t task_codes = std::size_t{1} << 16;

}  // namespace

HistogramLayout layout_for(std::uint64_t vectors) noexcept {
  return vectors < contiguous_vectors_min ? HistogramLayout::chunks : HistogramLayout::contiguous;
}

ColourHistogram::ColourHistogram(std::size_t code_count, HistogramLayout layout)
    : layout_(layout),
      chunk_count_(divide_up(code_count, chunk_bins)),
      slot_count_(layout == HistogramLayout::contiguous ? chunk_count_ : 1) {
  if (layout == HistogramLayout::chunks) slot_of_.resize(chunk_count_);
  // This is address space for all chunks; the system gives memory only to pages that are written.
  const std::size_t bytes = (chunk_count_ + 1) * chunk_bins;
  bins_ = std::make_unique_for_overwrite<std::uint8_t[]>(bytes);
  prefer_huge_pages(std::as_writable_bytes(std::span(bins_.get(), bytes)));
  if (layout == HistogramLayout::contiguous) std::memset(bins_.get(), 0, bytes);
}

void ColourHistogram::add_chunk(std::size_t chunk) {
  slot_of_[chunk] = static_cast<std::uint16_t>(slot_count_);
  std::memset(bins_.get() + slot_count_ * chunk_bins, 0, chunk_bins);
  ++slot_count_;
}

template <HistogramLayout Layout>
void ColourHistogram::add_code(std::uint32_t code) {
  if constexpr (Layout == HistogramLayout::chunks)
    if (slot_of_[code >> chunk_bits] == 0) [[unlikely]]
      add_chunk(code >> chunk_bits);
  std::uint8_t& bin = bins_[offset_of<Layout>(code)];
  if (++bin == 0) [[unlikely]] {
    bin = 1;
    overflows_.push_back(code);
  }
}

template <HistogramLayout Layout>
void ColourHistogram::add_codes(std::span<const std::uint32_t> codes) {
  const std::size_t part = codes.size() / parts;
  for (std::size_t i = 0; i < part; ++i)
    for (std::size_t p = 0; p < parts; ++p) add_code<Layout>(codes[p * part + i]);
  for (const std::uint32_t code : codes.subspan(parts * part)) add_code<Layout>(code);
}

void ColourHistogram::add(std::span<const std::uint32_t> codes) {
  if (layout_ == HistogramLayout::contiguous)
    add_codes<HistogramLayout::contiguous>(codes);
  else
    add_codes<HistogramLayout::chunks>(codes);
}

void ColourHistogram::merge_chunk(std::size_t chunk, const ColourHistogram& other,
                                  std::vector<std::uint32_t>& overflows) {
  const auto first_code = static_cast<std::uint32_t>(chunk << chunk_bits);
  std::uint8_t* const bins = bins_.get() + offset_of(first_code);
  for_each_count({other.bins_of(chunk), chunk_bins}, [&](std::uint32_t position, std::uint32_t count) {
    std::uint32_t sum = bins[position] + count;
    if (sum > bin_max) {
      sum -= bin_max;
      overflows.push_back(first_code | position);
    }
    bins[position] = static_cast<std::uint8_t>(sum);
  });
}

void ColourHistogram::add(const ColourHistogram& other, const ThreadPool& pool) {
  const auto append = [&](const std::vector<std::uint32_t>& more) {
    overflows_.insert(overflows_.end(), more.begin(), more.end());
  };
  append(other.overflows_);
  for (std::size_t chunk = 0; layout_ == HistogramLayout::chunks && chunk < chunk_count_; ++chunk)
    if (other.bins_of(chunk) != nullptr && bins_of(chunk) == nullptr) add_chunk(chunk);
  const std::size_t tasks = divide_up(chunk_count_, task_chunks);
  std::vector<std::vector<std::uint32_t>> overflows(tasks);
  pool.for_each(tasks, [&](std::size_t t) {
    for (std::size_t chunk = t * task_chunks; chunk < std::min(chunk_count_, (t + 1) * task_chunks); ++chunk)
      if (other.bins_of(chunk) != nullptr) merge_chunk(chunk, other, overflows[t]);
  });
  for (const std::vector<std::uint32_t>& codes : overflows) append(codes);
}

std::vector<std::uint32_t> ColourHistogram::sorted_overflows() const {
  // A radix sort: by the lower halves, then by the upper halves, which keeps the order of the lower ones.
  constexpr std::uint32_t half_bits = 12;
  std::vector<std::uint32_t> codes = overflows_;
  std::vector<std::uint32_t> sorted(codes.size());
  for (const std::uint32_t shift : {0U, half_bits}) {
    std::array<std::uint32_t, (1U << half_bits) + 1> begin{};
    const auto half = [&](std::uint32_t code) { return code >> shift & ((1U << half_bits) - 1); };
    for (const std::uint32_t code : codes) ++begin[half(code) + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    for (const std::uint32_t code : codes) sorted[begin[half(code)]++] = code;
    codes.swap(sorted);
  }
  return codes;
}

void ColourHistogram::list(LargeVector<std::uint32_t>& codes, LargeVector<std::uint32_t>& counts,
                           const ThreadPool& pool) const {
  const std::size_t tasks = divide_up(chunk_count_, task_chunks);
  std::vector<std::uint16_t> occurring(chunk_count_);
  std::vector<std::size_t> begin(tasks + 1);
  pool.for_each(tasks, [&](std::size_t t) {
    for (std::size_t chunk = t * task_chunks; chunk < std::min(chunk_count_, (t + 1) * task_chunks); ++chunk) {
      if (bins_of(chunk) == nullptr) continue;
      occurring[chunk] = static_cast<std::uint16_t>(count_occurring(bins_of(chunk)));
      begin[t + 1] += occurring[chunk];
    }
  });
  for (std::size_t t = 0; t < tasks; ++t) begin[t + 1] += begin[t];
  codes.resize(begin[tasks]);
  counts.resize(begin[tasks]);
  pool.for_each(tasks, [&](std::size_t t) {
    std::size_t at = begin[t];
    ChunkList list;
    for (std::size_t chunk = t * task_chunks; chunk < std::min(chunk_count_, (t + 1) * task_chunks); ++chunk) {
      if (occurring[chunk] == 0) continue;
      list_chunk(bins_of(chunk), static_cast<std::uint32_t>(chunk << chunk_bits), list);
      std::copy_n(list.codes.begin(), list.size, codes.begin() + static_cast<std::ptrdiff_t>(at));
      std::copy_n(list.counts.begin(), list.size, counts.begin() + static_cast<std::ptrdiff_t>(at));
      at += list.size;
    }
  });
  auto at = codes.begin();
  for (const std::uint32_t code : sorted_overflows()) {
    if (*at != code) at = std::lower_bound(at, codes.end(), code);
    counts[static_cast<std::size_t>(at - codes.begin())] += bin_max;
  }
}

ColourIndices::ColourIndices(const ColourHistogram& histogram, std::span<const std::uint32_t> codes,
                             std::span<const std::uint16_t> indices, const ThreadPool& pool)
    : histogram_(&histogram) {
  const bool narrow = indices.empty() || *std::max_element(indices.begin(), indices.end()) <= bin_max;
  const auto fill_in = [&]<HistogramLayout Layout>(auto& bins) {
    using Bin = typename std::remove_reference_t<decltype(bins)>::value_type;
    pool.for_each(divide_up(codes.size(), task_codes), [&](std::size_t t) {
      for (std::size_t i = t * task_codes; i < std::min(codes.size(), (t + 1) * task_codes); ++i)
        bins[histogram.offset_of<Layout>(codes[i])] = static_cast<Bin>(indices[i]);
    });
  };
  const auto fill = [&](auto& bins) {
    if (histogram.layout_ == HistogramLayout::contiguous)
      fill_in.template operator()<HistogramLayout::contiguous>(bins);
    else
      fill_in.template operator()<HistogramLayout::chunks>(bins);
  };
  if (narrow) {
    narrow_.resize(histogram.slot_count_ * chunk_bins);
    fill(narrow_);
  } else {
    wide_.resize(histogram.slot_count_ * chunk_bins);
    fill(wide_);
  }
}

template <HistogramLayout Layout, typename Bin>
void ColourIndices::look_up_in(const LargeVector<Bin>& bins, std::span<const std::uint32_t> codes,
                               std::uint16_t* indices) const noexcept {
  for (std::size_t i = 0; i < codes.size(); ++i) indices[i] = bins[histogram_->offset_of<Layout>(codes[i])];
}

void ColourIndices::look_up(std::span<const std::uint32_t> codes, std::uint16_t* indices) const noexcept {
  const auto look_up_at = [&]<HistogramLayout Layout>() {
    if (wide_.empty())
      look_up_in<Layout>(narrow_, codes, indices);
    else
      look_up_in<Layout>(wide_, codes, indices);
  };
  if (histogram_->layout_ == HistogramLayout::contiguous)
    look_up_at.template operator()<HistogramLayout::contiguous>();
  else
    look_up_at.template operator()<HistogramLayout::chunks>();
}

}  // namespace vqi::detail
