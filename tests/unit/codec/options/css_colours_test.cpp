// CSS names are found in lower case, and nothing else is.
#include "css_colours.hpp"

#include <catch2/catch.hpp>

using vqi::css_colour;

TEST_CASE("CSS names have the values of CSS Color 4") {
  CHECK(css_colour("aliceblue") == 0xF0F8FFU);
  CHECK(css_colour("black") == 0U);
  CHECK(css_colour("cornflowerblue") == 0x6495EDU);
  CHECK(css_colour("darkslategrey") == css_colour("darkslategray"));
  CHECK(css_colour("rebeccapurple") == 0x663399U);
  CHECK(css_colour("tomato") == 0xFF6347U);
  CHECK(css_colour("yellowgreen") == 0x9ACD32U);
  for (const char* name : {"", "a", "tomat", "tomatoes", "Tomato", "zzz", "transparent"}) CHECK_FALSE(css_colour(name));
}
