// Harness: both packed index codings refuse hostile strips or read indices in range, and return the indices they code.
#include "bit_packing.hpp"
#include "harness.hpp"
#include "input_reader.hpp"
#include "integer.hpp"
#include "promises.hpp"
#include "random.hpp"
#include "uniform_range.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

using Indices = std::vector<std::uint16_t>;

Bytes pack(const Indices& indices, std::uint32_t bits) {
  Bytes packed(packed_size_bytes(indices.size(), bits));
  pack_indices(indices, bits, packed);
  return packed;
}

bool are_indices(const Indices& indices, std::uint32_t k) {
  return std::all_of(indices.begin(), indices.end(), [&](std::uint16_t index) { return index < k; });
}

/// Promises that an accepted strip holds indices below K and is the only strip that holds them.
bool decode_fixed_width(std::span<const std::byte> strip, std::uint32_t k, std::size_t count) {
  const std::uint32_t bits = bits_for(k);
  Bytes packed(strip.begin(), strip.end());
  packed.resize(packed_size_bytes(count, bits));
  Indices indices(count);
  if (!unpack_indices(packed, bits, indices) || !all_below(indices, bits, k)) return false;
  promise(are_indices(indices, k), "an unpacked index is below K");
  promise(pack(indices, bits) == packed, "one map has one packed strip");
  return true;
}

bool decode_uniform_range(std::span<const std::byte> strip, std::uint32_t k, std::size_t count) {
  // A copy of exactly this size, so that sanitizers notice a read past its end.
  const Bytes coded(strip.begin(), strip.end());
  Indices indices(count);
  if (!decode_uniform(coded, k, indices)) return false;
  promise(are_indices(indices, k), "a decoded index is below K");
  promise(encode_uniform(indices, k) == coded, "one map has one uniform strip");
  return true;
}

void round_trip(std::span<const std::byte> input, std::uint32_t k) {
  InputReader reader(input);
  Indices indices(input.size());
  for (std::uint16_t& index : indices) index = static_cast<std::uint16_t>(reader.number32(0, k - 1));
  const std::uint32_t bits = bits_for(k);
  Indices back(indices.size());
  promise(unpack_indices(pack(indices, bits), bits, back) && back == indices, "packed indices come back");
  if (k < 2) return;
  const Bytes coded = encode_uniform(indices, k);
  promise(coded.size() >= uniform_size_min_bytes && coded.size() <= uniform_size_max_bytes(indices.size()),
          "a uniform strip has a size that readers allow");
  promise(decode_uniform(coded, k, back) && back == indices, "uniform indices come back");
}

/// The input holds K, the number of indices, then the strip.
bool run(std::span<const std::byte> input) {
  InputReader reader(input);
  const std::uint32_t k = reader.number32(1, 65536);
  const std::size_t count = reader.number(0, 4095);
  const std::span<const std::byte> strip = reader.rest();
  round_trip(strip, k);
  const bool is_packed = decode_fixed_width(strip, k, count);
  const bool is_uniform = k > 1 && decode_uniform_range(strip, k, count);
  return is_packed || is_uniform;
}

/// Strips as our encoders write them.
std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  Random random(7);
  for (const std::uint32_t k : {1U, 2U, 3U, 16U, 100U, 257U, 1000U, 40000U, 65536U})
    for (const std::size_t count : {1U, 9U, 200U}) {
      Indices indices(count);
      for (std::uint16_t& index : indices) index = static_cast<std::uint16_t>(random.below(k));
      std::vector<Bytes> strips{pack(indices, bits_for(k))};
      if (k > 1) strips.push_back(encode_uniform(indices, k));
      for (const Bytes& strip : strips) {
        // As InputReader reads them: three bytes and two, most significant byte first.
        const std::uint32_t stored_k = k - 1;
        Bytes seed;
        for (const std::size_t value : {stored_k >> 16U, stored_k >> 8U, stored_k, 0U})
          seed.push_back(static_cast<std::byte>(value & 0xFFU));
        seed.back() = static_cast<std::byte>(count >> 8U);
        seed.push_back(static_cast<std::byte>(count & 0xFFU));
        seed.insert(seed.end(), strip.begin(), strip.end());
        seeds.push_back(std::move(seed));
      }
    }
  return seeds;
}

}  // namespace

const Harness index_coding_harness{"index_coding", run, make_seeds, 4096, nullptr};

}  // namespace vqi::fuzz
