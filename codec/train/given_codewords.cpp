// Compares rows of samples byte by byte, and leaves nearness to the search.
#include "given_codewords.hpp"

#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "stored_codebook.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

std::string_view bytes_of_row(const SampleArray& array, std::size_t row) {
  return {reinterpret_cast<const char*>(array.row(row)), array.row_bytes()};
}

void append_row(const SampleArray& from, std::size_t row, std::vector<std::byte>& rows) {
  rows.insert(rows.end(), from.row(row), from.row(row) + from.row_bytes());
}

SampleArray array_of(const std::vector<std::byte>& rows, const SampleArray& like) {
  SampleArray array(rows.size() / like.row_bytes(), like.dimension(), like.bit_depth());
  std::memcpy(array.bytes().data(), rows.data(), rows.size());
  return array;
}

/// The rows of `fixed` and, if they fit into k as well, the distinct vectors that are none of them.
std::optional<SampleArray> all_distinct(const SampleArray& fixed, const VectorCounts& distinct, std::uint32_t k) {
  std::unordered_set<std::string_view> known;
  std::vector<std::byte> rows;
  for (std::size_t r = 0; r < fixed.rows(); ++r) {
    known.insert(bytes_of_row(fixed, r));
    append_row(fixed, r, rows);
  }
  for (std::size_t d = 0; d < distinct.size(); ++d) {
    if (known.contains(bytes_of_row(distinct.samples(), d))) continue;
    if (rows.size() / fixed.row_bytes() == k) return std::nullopt;
    append_row(distinct.samples(), d, rows);
  }
  return array_of(rows, fixed);
}

/// The same of training vectors, which hidden colours do not tell apart.
std::optional<SampleArray> all_visible(const SampleArray& fixed, const Dataset& dataset, std::uint32_t k) {
  const FixedCodewords scaled = coordinates_of(fixed, dataset.space());
  const auto key = [](std::span<const std::int32_t> row) {
    return std::string(reinterpret_cast<const char*>(row.data()), row.size_bytes());
  };
  std::unordered_set<std::string> known;
  std::vector<std::byte> rows;
  for (std::size_t r = 0; r < fixed.rows(); ++r) {
    known.insert(key(scaled.row(r)));
    append_row(fixed, r, rows);
  }
  std::vector<std::int32_t> vector(dataset.space().dimension());
  for (std::size_t n = 0; n < dataset.size(); ++n) {
    dataset.all().vectors().read_scaled(n, vector);
    if (known.contains(key(vector))) continue;
    if (rows.size() / fixed.row_bytes() == k) return std::nullopt;
    append_row(dataset.distinct().samples(), dataset.representative(n), rows);
  }
  return array_of(rows, fixed);
}

}  // namespace

SampleArray codewords_of_colours(std::span<const Colour> colours, const BlockGrid& grid) {
  SampleArray codewords(colours.size(), grid.channels, grid.bit_depth);
  const auto refuse = [](const Colour& colour, const char* what) {
    std::string text = "the colour (" + std::to_string(colour[0]);
    for (std::size_t i = 1; i < colour.size(); ++i) text += ", " + std::to_string(colour[i]);
    throw Error(ErrorCode::invalid_option, text + ") " + what);
  };
  constexpr std::uint32_t all_bits = 255;
  const std::uint32_t unit = grid.bit_depth == 16 ? 257 : 1;
  for (std::size_t r = 0; r < colours.size(); ++r) {
    const Colour& colour = colours[r];
    const bool is_grey = colour[0] == colour[1] && colour[1] == colour[2];
    if (grid.channels < 3 && !is_grey) refuse(colour, "is not grey but the image is, give a grey");
    if (!grid.has_alpha() && colour[3] != all_bits)
      refuse(colour, "is not opaque but the image has no alpha, give an opaque colour");
    for (std::uint32_t c = 0; c < grid.channels; ++c) {
      const bool is_alpha = grid.has_alpha() && c + 1 == grid.channels;
      store_sample(codewords.row(r), c, grid.bit_depth, colour[is_alpha ? 3 : c] * unit);
    }
  }
  return codewords;
}

SampleArray joined_rows(const SampleArray& first, const SampleArray& second) {
  if (second.bytes().empty()) return first;
  if (first.bytes().empty()) return second;
  SampleArray joined(first.rows() + second.rows(), first.dimension(), first.bit_depth());
  std::memcpy(joined.bytes().data(), first.bytes().data(), first.bytes().size());
  std::memcpy(joined.row(first.rows()), second.bytes().data(), second.bytes().size());
  return joined;
}

IndexedCodebook use_given(SampleArray codewords, const Dataset& dataset) {
  std::vector<std::uint16_t> index_of =
      dataset.indices_of_distinct(std::move(assign_given(codewords, dataset).indices));
  if (dataset.grid().has_alpha()) {
    std::unordered_map<std::string_view, std::uint16_t> place;
    for (std::size_t k = 0; k < codewords.rows(); ++k)
      place.try_emplace(bytes_of_row(codewords, k), static_cast<std::uint16_t>(k));
    const SampleArray& samples = dataset.distinct().samples();
    for (std::size_t d = 0; d < index_of.size(); ++d)
      if (const auto found = place.find(bytes_of_row(samples, d)); found != place.end()) index_of[d] = found->second;
  }
  return {std::move(codewords), std::move(index_of)};
}

std::optional<IndexedCodebook> exact_around(const SampleArray& fixed, const Dataset& dataset, std::uint32_t k) {
  std::optional<SampleArray> codewords = all_distinct(fixed, dataset.distinct(), k);
  if (!codewords) codewords = all_visible(fixed, dataset, k);
  if (!codewords) return std::nullopt;
  return use_given(std::move(*codewords), dataset);
}

}  // namespace vqi::detail
