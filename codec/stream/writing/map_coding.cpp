// What each coding does to header and codebook, and its coder of strips.
#include "map_coding.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

#include "bit_packing.hpp"
#include "codebook_coding.hpp"
#include "codebook_section.hpp"
#include "codeword_order.hpp"
#include "index_model.hpp"
#include "integer.hpp"
#include "strip_rows.hpp"
#include "uniform_range.hpp"

namespace vqi::detail {
namespace {

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

/// A coding of packed indices, without its coder.
MapCoding packed_coding(const StreamHeader& header, const SampleArray& codebook, IndexCoding coding) {
  MapCoding packed{header, plain_codebook(codebook), {}};
  packed.header.strip_rows = choose_strip_rows(header.grid);
  packed.header.coding = coding;
  return packed;
}

}  // namespace

MapCoding fixed_width_coding(const StreamHeader& header, const SampleArray& codebook) {
  MapCoding coding = packed_coding(header, codebook, IndexCoding::fixed_width);
  coding.code_strip = [bits = bits_for(header.k)](std::span<const std::uint16_t> indices, const RowCoded&) {
    std::vector<std::byte> packed(packed_size_bytes(indices.size(), bits));
    pack_indices(indices, bits, packed);
    return packed;
  };
  return coding;
}

MapCoding uniform_range_coding(const StreamHeader& header, const SampleArray& codebook) {
  MapCoding coding = packed_coding(header, codebook, IndexCoding::uniform_range);
  coding.code_strip = [k = header.k](std::span<const std::uint16_t> indices, const RowCoded&) {
    return encode_uniform(indices, k);
  };
  return coding;
}

MapCoding model_coding(const StreamHeader& header, const IndexCodingChoice& choice, const SampleArray& codebook,
                       const Work& work) {
  const Model model = choice.model;
  const WorkPulse pulse(work.pool);
  const std::vector<std::uint16_t> order = stored_order(codebook, choice.kept, pulse);
  const SampleArray ordered = in_order(codebook, order);
  MapCoding coding{header, encode_codebook(ordered, pulse), {}};
  coding.header.coding = IndexCoding::context_model;
  coding.header.model = model;
  coding.header.coded_codebook = coding.codebook.size() < ordered.bytes().size();
  if (!coding.header.coded_codebook) coding.codebook = plain_codebook(ordered);
  coding.header.strip_rows = choose_strip_rows(header.grid, model);
  coding.header.version_minor = least_minor(coding.header);
  if (header.k == 1) {
    coding.code_strip = [](std::span<const std::uint16_t>, const RowCoded&) { return std::vector<std::byte>(); };
    return coding;
  }
  const std::shared_ptr<const IndexModel> index_model =
      make_index_model(model, view_codebook(header.grid, ordered), choice.row_order);
  std::vector<std::uint16_t> new_index(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) new_index[order[i]] = static_cast<std::uint16_t>(i);
  coding.code_strip = [index_model, new_index = std::move(new_index), map_width = header.grid.map_width()](
                          std::span<const std::uint16_t> indices, const RowCoded& row_coded) {
    std::vector<std::uint16_t> renamed(indices.size());
    std::transform(indices.begin(), indices.end(), renamed.begin(),
                   [&](std::uint16_t index) { return new_index[index]; });
    return index_model->encode(renamed, map_width, row_coded);
  };
  return coding;
}

std::uint64_t fixed_width_bytes(const MapCoding& coding) noexcept {
  std::uint64_t bytes = 0;
  for (std::uint64_t i = 0; i < coding.header.strip_count(); ++i)
    bytes += packed_size_bytes(coding.header.strip_vectors(i), bits_for(coding.header.k));
  return bytes;
}

}  // namespace vqi::detail
