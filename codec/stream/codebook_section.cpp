// Reading and writing codebooks, and the models that know them.
#include "codebook_section.hpp"

#include "bytes.hpp"
#include "codebook_coding.hpp"
#include "stream_error.hpp"
#include "strip_models.hpp"

namespace vqi::detail {

std::vector<std::byte> plain_codebook(const SampleArray& codebook) {
  const std::size_t sample_bytes = codebook.bit_depth() / 8;
  std::vector<std::byte> payload(codebook.bytes().size());
  for (std::size_t i = 0; i < payload.size() / sample_bytes; ++i)
    store_le(payload.data() + i * sample_bytes, load_sample(codebook.bytes().data(), i, codebook.bit_depth()),
             sample_bytes);
  return payload;
}

SampleArray read_codebook(const StreamHeader& header, const Section& section) {
  const std::span<const std::byte> payload = section.payload;
  SampleArray codebook(header.k, header.grid.dimension(), header.grid.bit_depth);
  if (header.coded_codebook) {
    if (!decode_codebook(payload, codebook))
      throw stream_error(ErrorCode::corrupt_codebook, section.payload_offset(),
                         "the coded codebook breaks its coding's rules");
    return codebook;
  }
  const std::size_t sample_bytes = header.grid.bit_depth / 8;
  for (std::size_t i = 0; i < payload.size() / sample_bytes; ++i)
    store_sample(codebook.bytes().data(), i, header.grid.bit_depth,
                 static_cast<std::uint32_t>(load_le(payload.data() + i * sample_bytes, sample_bytes)));
  return codebook;
}

std::unique_ptr<const IndexModel> make_index_model(const StreamHeader& header, const SampleArray& codebook) {
  const std::vector<std::uint16_t> samples = wide_samples(codebook);
  const BlockGrid& grid = header.grid;
  const CodebookView view{header.k, grid.block_width_px, grid.block_height_px, grid.channels, grid.bit_depth, samples};
  switch (header.model.value_or(Model::fast)) {
    case Model::fast:
      return make_fast_model(view);
    case Model::balanced:
      return make_balanced_model(view);
    case Model::max:
      return make_max_model(view);
  }
  return nullptr;
}

Codewords read_codewords(const StreamHeader& header, const Section& section) {
  Codewords codewords{read_codebook(header, section), nullptr, 0};
  if (header.coding != IndexCoding::context_model || header.k == 1) return codewords;
  codewords.model = make_index_model(header, codewords.codebook);
  codewords.state_bytes = codewords.model->state_bytes(header.grid.map_width());
  return codewords;
}

}  // namespace vqi::detail
