// Harness: hostile bytes of a coded codebook are refused, or decode to samples that encode to the same bytes.
#include <algorithm>

#include "codebook_coding.hpp"
#include "codeword_order.hpp"
#include "harness.hpp"
#include "input_reader.hpp"
#include "promises.hpp"
#include "random.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

SampleArray make_codebook(InputReader& reader) {
  const std::size_t rows = reader.number(1, 300);
  const std::uint32_t dimension = reader.flag() ? reader.number32(1, 4) : reader.number32(1, 1024);
  // Few rows, to keep a run short.
  return {std::min<std::size_t>(rows, 8192 / dimension), dimension, reader.flag() ? 16U : 8U};
}

bool same(const SampleArray& a, const SampleArray& b) {
  return std::equal(a.bytes().begin(), a.bytes().end(), b.bytes().begin(), b.bytes().end());
}

bool decode_bytes(std::span<const std::byte> bytes, SampleArray codebook) {
  // A copy of exactly this size, so that sanitizers notice a read past its end.
  const Bytes coded(bytes.begin(), bytes.end());
  if (!decode_codebook(coded, codebook, {})) return false;
  promise(encode_codebook(codebook) == coded, "one codebook has one coded form");
  return true;
}

/// Fills samples with the bytes, repeated, and promises that the order of codewords holds each of them once.
void round_trip(std::span<const std::byte> bytes, SampleArray codebook) {
  if (bytes.empty()) return;
  std::size_t at = 0;
  for (std::byte& byte : codebook.bytes()) byte = bytes[at++ % bytes.size()];
  const Bytes coded = encode_codebook(codebook);
  SampleArray back(codebook.rows(), codebook.dimension(), codebook.bit_depth());
  promise(decode_codebook(coded, back, {}) && same(back, codebook), "a codebook comes back");
  std::vector<std::uint16_t> order = order_codewords(codebook);
  std::sort(order.begin(), order.end());
  promise(order.size() == codebook.rows(), "an order has every codeword");
  for (std::size_t i = 0; i < order.size(); ++i) promise(order[i] == i, "an order has a codeword once");
}

/// The input holds rows, dimension and depth, then the payload, whose bytes also serve as samples.
bool run(std::span<const std::byte> input) {
  InputReader reader(input);
  const SampleArray codebook = make_codebook(reader);
  round_trip(reader.rest(), codebook);
  return decode_bytes(reader.rest(), codebook);
}

/// A random shape, followed by what the encoder wrote for random samples of it.
std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  Random random(3);
  for (int i = 0; i < 12; ++i) {
    Bytes seed(16);
    for (std::byte& byte : seed) byte = static_cast<std::byte>(random.below(256));
    InputReader reader(seed);
    SampleArray codebook = make_codebook(reader);
    seed.resize(seed.size() - reader.rest().size());
    std::uint64_t value = 0;
    for (std::byte& byte : codebook.bytes()) byte = static_cast<std::byte>(value += random.below(i % 2 == 0 ? 3 : 256));
    const Bytes coded = encode_codebook(codebook);
    seed.insert(seed.end(), coded.begin(), coded.end());
    seeds.push_back(std::move(seed));
  }
  return seeds;
}

}  // namespace

const Harness codebook_harness{"codebook", run, make_seeds, 4096, nullptr};

}  // namespace vqi::fuzz
