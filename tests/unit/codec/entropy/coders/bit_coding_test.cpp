// EncodedBits and DecodedBits: a model that is written once goes both ways.
#include "bit_coding.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "random.hpp"

namespace {

/// Codes bits of any probability; what `bits` returns is what it goes on with.
template <class Bits>
std::vector<bool> code_all(Bits& bits, const std::vector<bool>& told) {
  vqi::detail::Random random(3);
  std::vector<bool> coded;
  for (const bool bit : told) coded.push_back(bits.code(bit, static_cast<std::int32_t>(1 + random.below(65535))));
  return coded;
}

}  // namespace

TEST_CASE("decoded bits equal the encoded bits, whatever bits the decoder is passed") {
  std::vector<bool> bits;
  vqi::detail::Random random(1);
  for (int i = 0; i < 3000; ++i) bits.push_back(random.below(3) == 0);
  vqi::detail::EncodedBits encoded;
  CHECK(code_all(encoded, bits) == bits);
  const std::vector<std::byte> bytes = encoded.coder.finish();
  vqi::detail::DecodedBits decoded{vqi::detail::BinaryDecoder(bytes)};
  CHECK(code_all(decoded, std::vector<bool>(bits.size(), false)) == bits);
  CHECK(decoded.coder.finished());
}
