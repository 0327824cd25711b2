// Codes strips in parallel, keeps the smaller of two codings if asked to, and joins the sections.
#include "stream_writer.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <functional>
#include <memory>
#include <numeric>

#include "bit_packing.hpp"
#include "bytes.hpp"
#include "codebook_coding.hpp"
#include "codebook_section.hpp"
#include "codeword_order.hpp"
#include "crc32c.hpp"
#include "index_model.hpp"
#include "integer.hpp"
#include "metadata_sections.hpp"
#include "sections.hpp"
#include "strip_rows.hpp"
#include "uniform_range.hpp"

namespace vqi::detail {
namespace {

using Strips = std::vector<std::vector<std::byte>>;

/// A map in one coding, with the header fields and the codebook that belong to it.
struct CodedMap {
  StreamHeader header;
  std::vector<std::byte> codebook;
  Strips strips;

  [[nodiscard]] std::uint64_t index_bytes() const noexcept {
    std::uint64_t total = 0;
    for (const std::vector<std::byte>& strip : strips) total += strip.size();
    return total;
  }
  /// The bytes that differ between codings: codebook, strips and their entries in the table.
  [[nodiscard]] std::uint64_t size_bytes() const noexcept {
    return codebook.size() + index_bytes() + strip_entry_bytes * strips.size();
  }
};

/// Codes each strip of the map on its own. `code` reports how far it is, or takes no longer than the blink of an eye.
Strips code_strips(const StreamHeader& header, std::span<const std::uint16_t> indices, const Work& work,
                   const std::function<std::vector<std::byte>(std::span<const std::uint16_t>)>& code) {
  Strips strips(header.strip_count());
  work.pool.for_each(strips.size(), [&](std::size_t i) {
    const std::uint64_t begin = std::uint64_t{header.strip_begin(i)} * header.grid.map_width();
    strips[i] = code(indices.subspan(begin, header.strip_vectors(i)));
  });
  return strips;
}

/// Fixed width for powers of two; else the uniform range coder, unless its final states cost more than it saves, as on
/// maps of a few hundred vectors.
CodedMap code_packed(const StreamHeader& header, const SampleArray& codebook, std::span<const std::uint16_t> indices,
                     const Work& work) {
  CodedMap map{header, plain_codebook(codebook), {}};
  map.header.strip_rows = choose_strip_rows(header.grid);
  if (!std::has_single_bit(header.k)) {
    map.header.coding = IndexCoding::uniform_range;
    map.strips = code_strips(map.header, indices, work,
                             [&](std::span<const std::uint16_t> part) { return encode_uniform(part, header.k); });
    std::uint64_t fixed_bytes = 0;
    for (std::uint64_t i = 0; i < map.header.strip_count(); ++i)
      fixed_bytes += packed_size_bytes(map.header.strip_vectors(i), bits_for(header.k));
    if (map.index_bytes() < fixed_bytes) return map;
  }
  map.header.coding = IndexCoding::fixed_width;
  map.strips = code_strips(map.header, indices, work, [&](std::span<const std::uint16_t> part) {
    const std::uint32_t bits = bits_for(header.k);
    std::vector<std::byte> packed(packed_size_bytes(part.size(), bits));
    pack_indices(part, bits, packed);
    return packed;
  });
  return map;
}

SampleArray in_order(const SampleArray& codebook, std::span<const std::uint16_t> order) {
  SampleArray ordered(codebook.rows(), codebook.dimension(), codebook.bit_depth());
  for (std::size_t i = 0; i < order.size(); ++i)
    std::copy_n(codebook.row(order[i]), codebook.row_bytes(), ordered.row(i));
  return ordered;
}

/// An order of the codewords that makes their coding small; the first `kept` stay in their places.
std::vector<std::uint16_t> stored_order(const SampleArray& codebook, std::size_t kept, WorkPulse pulse) {
  if (kept == 0) return order_codewords(codebook, pulse);
  std::vector<std::uint16_t> order(codebook.rows());
  std::iota(order.begin(), order.end(), std::uint16_t{0});
  if (kept == codebook.rows()) return order;
  SampleArray others(codebook.rows() - kept, codebook.dimension(), codebook.bit_depth());
  std::copy_n(codebook.row(kept), others.bytes().size(), others.row(0));
  const std::vector<std::uint16_t> order_of_others = order_codewords(others, pulse);
  std::transform(order_of_others.begin(), order_of_others.end(), order.begin() + static_cast<std::ptrdiff_t>(kept),
                 [&](std::uint16_t k) { return static_cast<std::uint16_t>(k + kept); });
  return order;
}

/// A context model's strips, and the codebook in the order that is stored.
CodedMap code_by_model(const StreamHeader& header, const IndexCodingChoice& choice, const SampleArray& codebook,
                       std::span<const std::uint16_t> indices, const Work& work) {
  const Model model = choice.model;
  const WorkPulse pulse(work.pool);
  const std::vector<std::uint16_t> order = stored_order(codebook, choice.kept, pulse);
  const SampleArray ordered = in_order(codebook, order);
  CodedMap map{header, encode_codebook(ordered, pulse), {}};
  map.header.coding = IndexCoding::context_model;
  map.header.model = model;
  map.header.coded_codebook = map.codebook.size() < ordered.bytes().size();
  if (!map.header.coded_codebook) map.codebook = plain_codebook(ordered);
  map.header.strip_rows = choose_strip_rows(header.grid, model);
  map.header.version_minor = least_minor(map.header);
  if (header.k == 1) {
    map.strips.resize(map.header.strip_count());
    return map;
  }
  const std::unique_ptr<const IndexModel> index_model = make_index_model(model, view_codebook(header.grid, ordered));
  std::vector<std::uint16_t> new_index(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) new_index[order[i]] = static_cast<std::uint16_t>(i);
  std::atomic<std::uint64_t> rows_done{0};
  map.strips = code_strips(map.header, indices, work, [&](std::span<const std::uint16_t> part) {
    std::vector<std::uint16_t> renamed(part.size());
    std::transform(part.begin(), part.end(), renamed.begin(), [&](std::uint16_t index) { return new_index[index]; });
    return index_model->encode(renamed, header.grid.map_width(), [&] {
      work.progress.report(static_cast<double>(++rows_done) / header.grid.map_height());
      work.progress.throw_if_cancelled();
    });
  });
  return map;
}

CodedMap code_map(const StreamHeader& header, const IndexCodingChoice& choice, const SampleArray& codebook,
                  std::span<const std::uint16_t> indices, const Work& work) {
  if (choice.coding == Coding::packed) return code_packed(header, codebook, indices, work);
  CodedMap by_model = code_by_model(header, choice, codebook, indices, work);
  if (choice.coding == Coding::entropy) return by_model;
  CodedMap packed = code_packed(header, codebook, indices, work);
  return by_model.size_bytes() < packed.size_bytes() ? by_model : packed;
}

}  // namespace

WrittenStream write_stream(StreamHeader& header, const IndexCodingChoice& choice, const SampleArray& codebook,
                           std::span<const std::uint16_t> indices, const ColourMetadata& metadata, const Work& work) {
  const CodedMap map = code_map(header, choice, codebook, indices, work);
  header = map.header;
  const Strips& strips = map.strips;
  std::vector<std::uint32_t> crcs(strips.size());
  work.pool.for_each(strips.size(), [&](std::size_t i) { crcs[i] = crc32c(strips[i]); });

  WrittenStream written;
  written.counts.index = map.index_bytes();
  written.counts.codebook = map.codebook.size();
  std::vector<std::byte>& bytes = written.bytes;
  bytes.reserve(written.counts.index + written.counts.codebook + strip_entry_bytes * strips.size() + 4096);
  const auto head = write_header(header);
  bytes.insert(bytes.end(), head.begin(), head.end());
  append_section(bytes, section_type::codebook, 0, map.codebook);
  const std::size_t before_metadata = bytes.size();
  append_metadata(bytes, metadata);
  written.counts.metadata = bytes.size() - before_metadata;

  std::vector<std::byte> table;
  ByteWriter table_writer(table);
  for (std::size_t i = 0; i < strips.size(); ++i) {
    table_writer.integer(strips[i].size(), strip_length_bytes);
    table_writer.integer(crcs[i], strip_crc_bytes);
  }
  append_section(bytes, section_type::strip_table, 0, table);
  append_section(bytes, section_type::indices, strips, crcs);
  std::vector<std::byte> end;
  ByteWriter(end).integer(bytes.size() + section_overhead_bytes + end_payload_bytes, end_payload_bytes);
  append_section(bytes, section_type::end, 0, end);
  written.counts.file = bytes.size();
  written.counts.header =
      written.counts.file - written.counts.codebook - written.counts.index - written.counts.metadata;
  return written;
}

void set_stored_mse(std::span<std::byte> stream, StreamHeader& header, double mse) {
  header.mse = mse;
  header.version_minor = least_minor(header);
  const auto head = write_header(header);
  std::copy(head.begin(), head.end(), stream.begin());
}

}  // namespace vqi::detail
