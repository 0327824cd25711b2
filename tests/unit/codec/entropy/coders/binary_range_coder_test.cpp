// The binary range coder: round trips, sizes near the entropy, and payloads of a wrong length.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "binary_range_coder.hpp"
#include "random.hpp"

namespace {

struct Decision {
  bool bit;
  std::uint32_t p16;
};

/// Bits drawn by their probabilities, which are drawn from all sizes, or lie at the ends of what is allowed.
std::vector<Decision> make_decisions(std::size_t count, std::uint64_t seed, bool only_extremes) {
  vqi::detail::Random random(seed);
  std::vector<Decision> decisions(count);
  for (Decision& decision : decisions) {
    const auto scale = static_cast<std::uint32_t>(random.below(16));
    std::uint32_t p16 = 1 + static_cast<std::uint32_t>(random.below((1U << (scale + 1)) - 1));
    if (only_extremes) p16 = 1;
    if (random.below(2) != 0) p16 = 65536 - p16;
    decision = {random.below(65536) < p16, p16};
  }
  return decisions;
}

std::vector<std::byte> encode(const std::vector<Decision>& decisions) {
  vqi::detail::BinaryEncoder encoder;
  for (const Decision& decision : decisions) encoder.put(decision.bit, decision.p16);
  return encoder.finish();
}

/// True if `bytes` hold exactly these decisions.
bool decodes_to(std::span<const std::byte> bytes, const std::vector<Decision>& decisions) {
  vqi::detail::BinaryDecoder decoder(bytes);
  bool equal = true;
  for (const Decision& decision : decisions) equal &= decoder.get(decision.p16) == decision.bit;
  return equal && decoder.finished();
}

}  // namespace

TEST_CASE("decisions of every probability come back, and their bytes are all that is used") {
  for (const std::size_t count : {0U, 1U, 2U, 3U, 10U, 100U, 100000U})
    for (std::uint64_t seed = 0; seed < (count > 100 ? 3U : 40U); ++seed) {
      const std::vector<Decision> decisions = make_decisions(count, seed, seed % 3 == 2);
      const std::vector<std::byte> coded = encode(decisions);
      // Whatever surrounds the payload must not be seen.
      for (const std::byte sentinel : {std::byte{0x00}, std::byte{0xFF}}) {
        std::vector<std::byte> buffer(coded.size() + 16, sentinel);
        std::copy(coded.begin(), coded.end(), buffer.begin() + 8);
        CHECK(decodes_to(std::span(buffer).subspan(8, coded.size()), decisions));
      }
    }
}

TEST_CASE("the coded size is within a byte and a hundredth of a percent of the entropy") {
  const std::vector<Decision> decisions = make_decisions(1000000, 7, false);
  double bits = 0;
  for (const Decision& decision : decisions) {
    const double p = decision.p16 / 65536.0;
    bits -= std::log2(decision.bit ? p : 1 - p);
  }
  CHECK(static_cast<double>(encode(decisions).size()) < bits / 8 * 1.0001 + 1);
}

TEST_CASE("a carry runs through a long row of 0xFF bytes") {
  // The upper half of the range again and again leads to a number just below a carry; the last bit causes it or not.
  for (const bool last : {false, true}) {
    std::vector<Decision> decisions(4000, Decision{false, 1});
    decisions.insert(decisions.end(), 200, Decision{false, 32768});
    decisions.push_back({last, 65535});
    decisions.push_back({!last, 1});
    CHECK(decodes_to(encode(decisions), decisions));
  }
}

TEST_CASE("a payload that is cut or has bytes too many is noticed") {
  const std::vector<Decision> decisions = make_decisions(3000, 11, false);
  const std::vector<std::byte> coded = encode(decisions);
  for (std::size_t size = 0; size < coded.size(); ++size) {
    CHECK_FALSE(decodes_to(std::span(coded).first(size), decisions));
  }
  std::vector<std::byte> longer = coded;
  longer.push_back(std::byte{0});
  CHECK_FALSE(decodes_to(longer, decisions));
}

TEST_CASE("of all payloads of a length one alone is taken for the same decisions") {
  const std::vector<Decision> decisions = make_decisions(5, 4, false);
  const std::vector<std::byte> coded = encode(decisions);
  std::size_t taken = 0;
  for (int last = 0; last < 256; ++last) {
    std::vector<std::byte> other = coded;
    other.back() = static_cast<std::byte>(last);
    if (decodes_to(other, decisions)) ++taken;
  }
  CHECK(taken == 1);
}

TEST_CASE("any bytes decode to some bits without a read outside them") {
  vqi::detail::Random random(3);
  for (std::size_t size = 0; size < 64; ++size) {
    std::vector<std::byte> noise(size);  // its own allocation: the address sanitizer sees every byte outside
    for (std::byte& byte : noise) byte = static_cast<std::byte>(random.below(256));
    vqi::detail::BinaryDecoder decoder(noise);
    std::size_t ones = 0;
    for (int i = 0; i < 5000; ++i) ones += decoder.get(1 + static_cast<std::uint32_t>(random.below(65535))) ? 1U : 0U;
    CHECK(ones <= 5000);
  }
}
