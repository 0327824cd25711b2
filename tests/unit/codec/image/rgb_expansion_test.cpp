// RgbExpansion: both ways give each index its colour, wherever the pixels stand.
#include "rgb_expansion.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "random.hpp"

namespace {

constexpr std::byte untouched{0xA5};
constexpr std::size_t guard_bytes = 64;

/// True if `expand` writes the colours of the indices in order after `offset` bytes and nothing else.
template <typename Expand>
bool writes_colours(const std::vector<std::byte>& colours, const std::vector<std::uint16_t>& indices,
                    std::size_t offset, const Expand& expand) {
  std::vector<std::byte> wanted(offset, untouched);
  for (const std::uint16_t index : indices)
    for (std::size_t i = 0; i < 3; ++i) wanted.push_back(colours[3 * index + i]);
  wanted.resize(wanted.size() + guard_bytes, untouched);
  std::vector<std::byte> pixels(wanted.size(), untouched);
  expand(indices, pixels.data() + offset);
  return pixels == wanted;
}

}  // namespace

TEST_CASE("a palette's indices become its colours at every number, length and alignment, and nothing around them") {
  vqi::detail::Random random(1);
  for (const std::size_t colour_count : {1U, 2U, 100U, 128U, 129U, 256U}) {
    std::vector<std::byte> colours(3 * colour_count);
    for (std::byte& byte : colours) byte = static_cast<std::byte>(random.below(256));
    const vqi::detail::RgbExpansion expansion(colours);
    for (const std::size_t count : {0U, 1U, 63U, 64U, 65U, 127U, 128U, 200U, 1001U})
      for (std::size_t offset = 0; offset < 64; offset += 7) {
        std::vector<std::uint16_t> indices(count);
        for (std::uint16_t& index : indices) index = static_cast<std::uint16_t>(random.below(colour_count));
        CHECK(writes_colours(colours, indices, offset, [&](const auto& of, auto* to) { expansion.expand(of, to); }));
        CHECK(writes_colours(colours, indices, offset,
                             [&](const auto& of, auto* to) { expansion.expand_portable(of, to); }));
      }
  }
}
