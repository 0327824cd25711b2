// Premultiplied alpha: the nearest integers, and the way back.
#include "premultiply.hpp"

#include <catch2/catch.hpp>
#include <cmath>

TEST_CASE("premultiplied 8-bit samples are the rounded products, for every colour and alpha") {
  std::size_t wrong = 0;
  for (std::uint32_t colour = 0; colour < 256; ++colour)
    for (std::uint32_t alpha = 0; alpha < 256; ++alpha)
      if (vqi::detail::premultiply(colour, alpha, 255) !=
          static_cast<std::uint32_t>(std::round(colour * alpha / 255.0)))
        ++wrong;
  CHECK(wrong == 0);
}

TEST_CASE("a colour that is found for a premultiplied value gives that value again, wherever alpha is not 0") {
  std::size_t wrong = 0;
  for (std::uint32_t alpha = 1; alpha < 256; ++alpha)
    for (std::uint32_t premultiplied = 0; premultiplied <= alpha; ++premultiplied) {
      const std::uint32_t colour = vqi::detail::unpremultiply(premultiplied, alpha, 255);
      if (colour > 255 || vqi::detail::premultiply(colour, alpha, 255) != premultiplied) ++wrong;
    }
  CHECK(wrong == 0);
  CHECK(vqi::detail::unpremultiply(0, 0, 255) == 0);
  CHECK(vqi::detail::unpremultiply(200, 0, 255) == 0);
  CHECK(vqi::detail::unpremultiply(255, 100, 255) == 255);  // more than alpha allows
}

TEST_CASE("16-bit samples are premultiplied without overflow") {
  CHECK(vqi::detail::premultiply(65535, 65535, 65535) == 65535);
  CHECK(vqi::detail::premultiply(65535, 1, 65535) == 1);
  CHECK(vqi::detail::premultiply(32768, 32768, 65535) == 16384);
  CHECK(vqi::detail::unpremultiply(65535, 65535, 65535) == 65535);
  CHECK(vqi::detail::unpremultiply(1, 3, 65535) == 21845);
}
