// SHA-256 gives the digests of FIPS 180-4's examples, at every length around a block.
#include "sha256.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

using vqi::detail::sha256;

namespace {

std::string digest_of(const std::string& text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string hex;
  for (const std::uint8_t byte : sha256(std::as_bytes(std::span(text)))) {
    hex += digits[byte >> 4];
    hex += digits[byte & 0xFU];
  }
  return hex;
}

}  // namespace

TEST_CASE("SHA-256 has the digests of the standard's examples") {
  CHECK(digest_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(digest_of(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("every length of input has a digest of its own") {
  std::set<std::string> digests;
  for (std::size_t length = 0; length < 200; ++length) digests.insert(digest_of(std::string(length, 'x')));
  CHECK(digests.size() == 200);
}
