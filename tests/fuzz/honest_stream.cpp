// Chooses a shape, makes a codebook and a map that code small or large, and codes them as a writer would.
#include "honest_stream.hpp"

#include <algorithm>
#include <array>

#include "bit_packing.hpp"
#include "bytes.hpp"
#include "codebook_coding.hpp"
#include "codebook_section.hpp"
#include "crc32c.hpp"
#include "index_model.hpp"
#include "integer.hpp"
#include "sections.hpp"
#include "stream_header.hpp"
#include "uniform_range.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

constexpr std::array<std::uint32_t, 14> extreme_k{1, 2, 3, 4, 5, 128, 255, 256, 257, 4095, 4096, 4097, 65535, 65536};
constexpr std::array<std::uint32_t, 8> extreme_sides{1, 2, 3, 16, 17, 300, 4096, 1U << 17};
constexpr std::uint64_t codebook_bytes_max = std::uint64_t{1} << 22;

/// The most vectors of a map that is coded: slow models get few.
std::uint64_t vectors_max(const StreamHeader& header) {
  return header.model && *header.model != Model::fast ? 1U << 11 : 1U << 17;
}

StreamHeader choose_header(Mutation& mutation) {
  StreamHeader header;
  BlockGrid& grid = header.grid;
  const auto block_side = [&] { return static_cast<std::uint32_t>(mutation.one_in(2) ? 1 : 1 + mutation.below(16)); };
  grid.channels = static_cast<std::uint32_t>(1 + mutation.below(4));
  grid.bit_depth = mutation.one_in(2) ? 8 : 16;
  grid.block_width_px = block_side();
  grid.block_height_px = block_side();
  header.k = extreme_k[mutation.below(extreme_k.size())];
  while (header.codebook_bytes() > codebook_bytes_max) header.k = (header.k + 1) / 2;
  if (!mutation.one_in(3)) {
    header.coding = IndexCoding::context_model;
    header.model = std::array{Model::fast, Model::balanced, Model::max}[mutation.below(3)];
  } else if ((header.k & (header.k - 1)) != 0 && mutation.one_in(2)) {
    header.coding = IndexCoding::uniform_range;
  }
  grid.width_px = extreme_sides[mutation.below(extreme_sides.size())];
  grid.height_px = extreme_sides[mutation.below(extreme_sides.size())];
  while (grid.vector_count() > vectors_max(header)) (mutation.one_in(2) ? grid.width_px : grid.height_px) /= 2;
  grid.width_px = std::max(1U, grid.width_px);
  grid.height_px = std::max(1U, grid.height_px);
  header.strip_rows = grid.map_height();
  if (grid.vector_count() >= 2 * strip_vectors_min)
    header.strip_rows = divide_up(static_cast<std::uint32_t>(strip_vectors_min), grid.map_width());
  if (can_restore(grid, header.k) && mutation.one_in(2))
    header.restore = {static_cast<std::uint32_t>(1 + mutation.below(restore_strength_max)),
                      static_cast<std::uint32_t>(1 + mutation.below(restore_deviation_max)),
                      static_cast<std::uint32_t>(1 + mutation.below(restore_scale_max))};
  header.version_minor = least_minor(header);
  return header;
}

/// Codewords of one value, in steps, or of noise.
SampleArray choose_codebook(const StreamHeader& header, Mutation& mutation) {
  SampleArray codebook(header.k, header.grid.dimension(), header.grid.bit_depth);
  const std::size_t kind = mutation.below(3);
  const auto value = static_cast<std::uint32_t>(mutation.below(256));
  const std::uint32_t most = header.grid.bit_depth == 8 ? 0xFF : 0xFFFF;
  for (std::size_t row = 0; row < codebook.rows(); ++row)
    for (std::uint32_t i = 0; i < codebook.dimension(); ++i) {
      std::uint32_t sample = value;
      if (kind == 1) sample = static_cast<std::uint32_t>(row / 3 + i);
      if (kind == 2 && codebook.bytes().size() < 4096) sample = static_cast<std::uint32_t>(mutation.below(65536));
      store_sample(codebook.row(row), i, codebook.bit_depth(), sample & most);
    }
  return codebook;
}

std::vector<std::uint16_t> choose_strip(const StreamHeader& header, std::uint64_t vectors, Mutation& mutation) {
  std::vector<std::uint16_t> indices(vectors, static_cast<std::uint16_t>(mutation.below(header.k)));
  const std::size_t changes = mutation.one_in(2) ? 0 : mutation.below(std::min<std::uint64_t>(vectors, 500));
  for (std::size_t i = 0; i < changes; ++i)
    indices[mutation.below(indices.size())] = static_cast<std::uint16_t>(mutation.below(header.k));
  return indices;
}

Bytes code_strip(const StreamHeader& header, const IndexModel* model, const std::vector<std::uint16_t>& indices) {
  if (header.coding == IndexCoding::uniform_range) return encode_uniform(indices, header.k);
  if (model != nullptr) return model->encode(indices, header.grid.map_width(), {});
  Bytes packed(packed_size_bytes(indices.size(), bits_for(header.k)));
  pack_indices(indices, bits_for(header.k), packed);
  return packed;
}

}  // namespace

Bytes honest_stream(Mutation& mutation) {
  StreamHeader header = choose_header(mutation);
  const SampleArray codebook = choose_codebook(header, mutation);
  Bytes codebook_payload = plain_codebook(codebook);
  if (header.model) {
    Bytes coded = encode_codebook(codebook);
    header.coded_codebook = coded.size() < codebook_payload.size();
    if (header.coded_codebook) codebook_payload = std::move(coded);
  }
  std::unique_ptr<const IndexModel> model;
  if (header.model && header.k > 1) model = make_index_model(*header.model, view_codebook(header.grid, codebook));
  Bytes table;
  Bytes indices;
  ByteWriter table_writer(table);
  for (std::uint64_t i = 0; i < header.strip_count(); ++i) {
    const Bytes strip = code_strip(header, model.get(), choose_strip(header, header.strip_vectors(i), mutation));
    table_writer.integer(strip.size(), strip_length_bytes);
    table_writer.integer(crc32c(strip), strip_crc_bytes);
    indices.insert(indices.end(), strip.begin(), strip.end());
  }
  const auto head = write_header(header);
  Bytes stream(head.begin(), head.end());
  append_section(stream, section_type::codebook, 0, codebook_payload);
  append_section(stream, section_type::strip_table, 0, table);
  append_section(stream, section_type::indices, 0, indices);
  Bytes end;
  ByteWriter(end).integer(stream.size() + section_overhead_bytes + end_payload_bytes, end_payload_bytes);
  append_section(stream, section_type::end, 0, end);
  if (stream.size() > mutation.size_max()) stream.clear();
  return stream;
}

}  // namespace vqi::fuzz
