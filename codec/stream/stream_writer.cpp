// Coding strips in parallel and joining the sections.
#include "stream_writer.hpp"

#include <algorithm>
#include <bit>

#include "bit_packing.hpp"
#include "bytes.hpp"
#include "crc32c.hpp"
#include "integer.hpp"
#include "metadata_sections.hpp"
#include "sections.hpp"
#include "uniform_range.hpp"

namespace vqi {
namespace {

using Strips = std::vector<std::vector<std::byte>>;

Strips code_strips(const StreamHeader& header, std::span<const std::uint16_t> indices, const ThreadPool& pool,
                   ProgressReporter& progress) {
  Strips strips(header.strip_count());
  pool.for_each(strips.size(), progress, [&](std::size_t i) {
    const std::uint64_t begin = std::uint64_t{header.strip_begin(i)} * header.grid.map_width();
    const std::span<const std::uint16_t> part = indices.subspan(begin, header.strip_vectors(i));
    if (header.coding == IndexCoding::uniform_range) {
      strips[i] = encode_uniform(part, header.k);
    } else {
      const std::uint32_t bits = bits_for(header.k);
      strips[i].resize(packed_size_bytes(part.size(), bits));
      pack_indices(part, bits, strips[i]);
    }
  });
  return strips;
}

std::uint64_t size_bytes(const Strips& strips) {
  std::uint64_t total = 0;
  for (const std::vector<std::byte>& strip : strips) total += strip.size();
  return total;
}

/// Fixed width for powers of two; else the uniform range coder unless its lanes cost more than they
/// win, as on maps of a few hundred vectors.
Strips code_smallest(StreamHeader& header, std::span<const std::uint16_t> indices, const ThreadPool& pool,
                     ProgressReporter& progress) {
  header.coding = IndexCoding::uniform_range;
  if (!std::has_single_bit(header.k)) {
    Strips strips = code_strips(header, indices, pool, progress);
    std::uint64_t fixed_bytes = 0;
    for (std::uint64_t i = 0; i < header.strip_count(); ++i)
      fixed_bytes += packed_size_bytes(header.strip_vectors(i), bits_for(header.k));
    if (size_bytes(strips) < fixed_bytes) return strips;
  }
  header.coding = IndexCoding::fixed_width;
  return code_strips(header, indices, pool, progress);
}

void append_codebook(std::vector<std::byte>& stream, const SampleArray& codebook) {
  const std::size_t sample_bytes = codebook.bit_depth() / 8;
  std::vector<std::byte> payload(codebook.bytes().size());
  for (std::size_t i = 0; i < payload.size() / sample_bytes; ++i)
    store_le(payload.data() + i * sample_bytes, load_sample(codebook.bytes().data(), i, codebook.bit_depth()),
             sample_bytes);
  append_section(stream, section_type::codebook, 0, payload);
}

}  // namespace

WrittenStream write_stream(StreamHeader& header, const SampleArray& codebook, std::span<const std::uint16_t> indices,
                           const ColourMetadata& metadata, const ThreadPool& pool, ProgressReporter& progress) {
  header.strip_rows = choose_strip_rows(header.grid);
  const Strips strips = code_smallest(header, indices, pool, progress);
  std::vector<std::uint32_t> crcs(strips.size());
  pool.for_each(strips.size(), [&](std::size_t i) { crcs[i] = crc32c(strips[i]); });

  WrittenStream written;
  written.counts.index = size_bytes(strips);
  written.counts.codebook = codebook.bytes().size();
  std::vector<std::byte>& bytes = written.bytes;
  bytes.reserve(written.counts.index + written.counts.codebook + 8 * strips.size() + 4096);
  const auto head = write_header(header);
  bytes.insert(bytes.end(), head.begin(), head.end());
  append_codebook(bytes, codebook);
  const std::size_t before_metadata = bytes.size();
  append_metadata(bytes, metadata);
  written.counts.metadata = bytes.size() - before_metadata;

  std::vector<std::byte> table;
  ByteWriter table_writer(table);
  for (std::size_t i = 0; i < strips.size(); ++i) {
    table_writer.integer(strips[i].size(), 4);
    table_writer.integer(crcs[i], 4);
  }
  append_section(bytes, section_type::strip_table, 0, table);
  append_section(bytes, section_type::indices, strips, crcs);
  std::vector<std::byte> end;
  ByteWriter(end).integer(bytes.size() + section_overhead_bytes + 8, 8);
  append_section(bytes, section_type::end, 0, end);
  written.counts.file = bytes.size();
  written.counts.header =
      written.counts.file - written.counts.codebook - written.counts.index - written.counts.metadata;
  return written;
}

void set_stored_mse(std::span<std::byte> stream, StreamHeader& header, double mse) {
  header.mse = mse;
  const auto head = write_header(header);
  std::copy(head.begin(), head.end(), stream.begin());
}

}  // namespace vqi
