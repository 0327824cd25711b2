// Codes strips in parallel, keeps the smaller of two codings if asked to, and joins the stream.
#include "stream_writer.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <utility>

#include "crc32c.hpp"
#include "stream_ends.hpp"

namespace vqi::detail {
namespace {

/// A map in one coding.
struct CodedMap {
  MapCoding coding;
  std::vector<std::vector<std::byte>> strips{};

  [[nodiscard]] std::uint64_t index_bytes() const noexcept {
    std::uint64_t total = 0;
    for (const std::vector<std::byte>& strip : strips) total += strip.size();
    return total;
  }
  [[nodiscard]] std::uint64_t size_bytes() const noexcept { return coding.size_bytes(index_bytes()); }
};

/// Codes each strip of the map on its own.
CodedMap code_strips(MapCoding coding, std::span<const std::uint16_t> indices, const Work& work) {
  CodedMap map{std::move(coding)};
  const StreamHeader& header = map.coding.header;
  map.strips.resize(header.strip_count());
  std::atomic<std::uint64_t> rows_done{0};
  work.pool.for_each(map.strips.size(), [&](std::size_t i) {
    const std::uint64_t begin = std::uint64_t{header.strip_begin(i)} * header.grid.map_width();
    map.strips[i] = map.coding.code_strip(indices.subspan(begin, header.strip_vectors(i)), [&] {
      work.progress.report(static_cast<double>(++rows_done) / header.grid.map_height());
      work.progress.throw_if_cancelled();
    });
  });
  return map;
}

/// Fixed width for powers of two; else the uniform range coder, unless its final states cost more than it saves, as on
/// maps of a few hundred vectors.
CodedMap code_packed(const StreamHeader& header, const SampleArray& codebook, std::span<const std::uint16_t> indices,
                     const Work& work) {
  MapCoding fixed = fixed_width_coding(header, codebook);
  if (!std::has_single_bit(header.k)) {
    CodedMap uniform = code_strips(uniform_range_coding(header, codebook), indices, work);
    if (uniform.index_bytes() < fixed_width_bytes(fixed)) return uniform;
  }
  return code_strips(std::move(fixed), indices, work);
}

CodedMap code_map(const StreamHeader& header, const IndexCodingChoice& choice, const SampleArray& codebook,
                  std::span<const std::uint16_t> indices, const Work& work) {
  if (choice.coding == Coding::packed) return code_packed(header, codebook, indices, work);
  CodedMap by_model = code_strips(model_coding(header, choice, codebook, work), indices, work);
  if (choice.coding == Coding::entropy) return by_model;
  CodedMap packed = code_packed(header, codebook, indices, work);
  return by_model.size_bytes() < packed.size_bytes() ? by_model : packed;
}

}  // namespace

WrittenStream write_stream(StreamHeader& header, const IndexCodingChoice& choice, const SampleArray& codebook,
                           std::span<const std::uint16_t> indices, const ColourMetadata& metadata, const Work& work) {
  const CodedMap map = code_map(header, choice, codebook, indices, work);
  header = map.coding.header;
  std::vector<CodedStrip> strips(map.strips.size());
  work.pool.for_each(strips.size(), [&](std::size_t i) { strips[i] = {map.strips[i].size(), crc32c(map.strips[i])}; });
  StreamEnds ends = make_ends(header, map.coding.codebook, metadata, strips);
  WrittenStream written{std::move(ends.head), ends.counts};
  written.bytes.reserve(written.counts.file);
  for (const std::vector<std::byte>& strip : map.strips)
    written.bytes.insert(written.bytes.end(), strip.begin(), strip.end());
  written.bytes.insert(written.bytes.end(), ends.tail.begin(), ends.tail.end());
  return written;
}

void set_stored_mse(std::span<std::byte> stream, StreamHeader& header, double mse) {
  header.mse = mse;
  header.version_minor = least_minor(header);
  const auto head = write_header(header);
  std::copy(head.begin(), head.end(), stream.begin());
}

}  // namespace vqi::detail
