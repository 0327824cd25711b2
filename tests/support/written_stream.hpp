// A stream written by write_stream from a map and codewords that are made up.
#pragma once

#include <cstdint>
#include <vector>

#include "random.hpp"
#include "stream_writer.hpp"
#include "test_work.hpp"

namespace vqi::test {
using namespace detail;

/// What a stream is made of, and its bytes.
struct MadeStream {
  StreamHeader header;
  SampleArray codebook;
  std::vector<std::uint16_t> indices;
  WrittenStream written;
};

/// k random codewords, pairwise distinct by their first sample (k <= 256), and a map with runs in it.
inline MadeStream make_stream(const BlockGrid& grid, std::uint32_t k, const IndexCodingChoice& choice,
                              const ColourMetadata& metadata = {}, std::uint32_t threads = 1) {
  Random random(k + grid.width_px);
  MadeStream made;
  made.header.grid = grid;
  made.header.k = k;
  made.header.mse = 2.5;
  made.codebook = SampleArray(k, grid.dimension(), grid.bit_depth);
  for (std::byte& byte : made.codebook.bytes()) byte = static_cast<std::byte>(random.below(256));
  for (std::size_t i = 0; i < k; ++i)
    store_sample(made.codebook.row(i), 0, grid.bit_depth, static_cast<std::uint32_t>(i * 37 % 256));
  for (std::uint64_t n = 0; n < grid.vector_count(); ++n)
    made.indices.push_back(n > 0 && random.below(3) > 0 ? made.indices.back()
                                                        : static_cast<std::uint16_t>(random.below(k)));
  TestWork work(threads);
  made.written = write_stream(made.header, choice, made.codebook, made.indices, metadata, work);
  return made;
}

}  // namespace vqi::test
