// Bytes as base64.
#include "base64.hpp"

#include <catch2/catch.hpp>
#include <string_view>

using vqi::tool::base64;

namespace {

std::string of(std::string_view text) { return base64({reinterpret_cast<const std::byte*>(text.data()), text.size()}); }

}  // namespace

TEST_CASE("base64 gives the test vectors of RFC 4648") {
  CHECK(of("").empty());
  CHECK(of("f") == "Zg==");
  CHECK(of("fo") == "Zm8=");
  CHECK(of("foo") == "Zm9v");
  CHECK(of("foob") == "Zm9vYg==");
  CHECK(of("fooba") == "Zm9vYmE=");
  CHECK(of("foobar") == "Zm9vYmFy");
}

TEST_CASE("base64 has a letter for every six bits") {
  CHECK(of("\xFB\xEF\xBE\xFF\xFF\xFF") == "++++////");
  CHECK(of(std::string_view("\0\0\0", 3)) == "AAAA");
}
