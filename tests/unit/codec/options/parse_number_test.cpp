// Numbers on the command line: which are accepted, which are refused, and with which message.
#include "vqi/option_values.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>
#include <string>

#include "vqi/error.hpp"

using vqi::parse_block;
using vqi::parse_integer;
using vqi::parse_size;

namespace {

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

/// The message of the Error that `call` throws, whose code must be invalid_option.
template <typename Call>
std::string refusal(const Call& call) {
  try {
    static_cast<void>(call());
  } catch (const vqi::Error& error) {
    CHECK(error.error_code() == vqi::ErrorCode::invalid_option);
    return error.what();
  }
  return "not refused";
}

}  // namespace

TEST_CASE("a whole number in range is accepted, both ends included") {
  CHECK(parse_integer("-k", "1", 1, 65536) == 1);
  CHECK(parse_integer("-k", "65536", 1, 65536) == 65536);
  CHECK(parse_integer("--seed", "18446744073709551615", 0, largest) == largest);
}

TEST_CASE("text with anything but decimal digits is refused as a number") {
  for (const char* text : {"", " ", "12x", "x12", "-1", "+1", " 1", "1 ", "1e3", "0x10", "1.5", "1,000", "\n1", "NaN"})
    CHECK(refusal([&] { return parse_integer("-k", text, 1, 65536); }) ==
          "-k \"" + std::string(text) + "\" is not a whole number, give a whole number from 1 to 65536");
}

TEST_CASE("a number out of range or too large for 64 bits is refused with the range") {
  for (const char* text : {"0", "65537", "18446744073709551616", "99999999999999999999999999"})
    CHECK(refusal([&] { return parse_integer("-k", text, 1, 65536); }) ==
          "-k \"" + std::string(text) + "\" is out of range, give a whole number from 1 to 65536");
}

TEST_CASE("sizes take k, M and G as powers of 1000") {
  CHECK(parse_size("--max-memory", "7", 1, largest) == 7);
  CHECK(parse_size("--max-memory", "7k", 1, largest) == 7'000);
  CHECK(parse_size("--max-memory", "7M", 1, largest) == 7'000'000);
  CHECK(parse_size("--max-memory", "7G", 1, largest) == 7'000'000'000);
}

TEST_CASE("units of sizes may be written in large and small letters") {
  for (const char* text : {"3k", "3K", "3kb", "3kB", "3KB", "3Kb"})
    CHECK(parse_size("--max-memory", text, 1, largest) == 3'000);
  for (const char* text : {"3m", "3M", "3mb", "3MB"}) CHECK(parse_size("--max-memory", text, 1, largest) == 3'000'000);
  for (const char* text : {"3mib", "3MiB", "3MIB"}) CHECK(parse_size("--max-memory", text, 1, largest) == 3 << 20);
  CHECK(parse_size("--max-memory", "3gb", 1, largest) == 3'000'000'000);
  CHECK(parse_size("--max-memory", "3gib", 1, largest) == std::uint64_t{3} << 30);
}

TEST_CASE("sizes with another suffix or none at all are refused") {
  for (const char* text : {"", "k", "M", "1T", "1kk", "1 k", "1ki", "1B", "1kbit", "1.5M", "-1k"})
    CHECK(refusal([&] { return parse_size("--max-memory", text, 1, 10); }).find("is not a size, give") !=
          std::string::npos);
}

TEST_CASE("a number just over 64 bits is refused where every number of 64 bits is allowed") {
  const std::string over = "18446744073709551616";
  CHECK(refusal([&] { return parse_integer("--seed", over, 0, largest); }).find("is out of range") !=
        std::string::npos);
  CHECK(refusal([&] { return parse_size("--max-memory", over, 1, largest); }).find("is out of range") !=
        std::string::npos);
}

TEST_CASE("a size that its suffix carries out of range or past 64 bits is refused") {
  for (const char* text : {"0", "0k", "11", "1k", "99999999999G", "18446744073709551615G"})
    CHECK(refusal([&] { return parse_size("--max-memory", text, 1, 10); }).find("is out of range, give") !=
          std::string::npos);
  CHECK(refusal([&] { return parse_size("--max-memory", "18446744074G", 1, largest); }) != "not refused");
}

TEST_CASE("the examples of a refused number are in its range") {
  CHECK(refusal([] { return vqi::parse_up_to("--dither-strength", "2", 1); }) ==
        "--dither-strength \"2\" is out of range, give a number from 0 to 1, such as 0.75");
  CHECK(refusal([] { return vqi::parse_up_to("--lambda", "-1", 100); }) ==
        "--lambda \"-1\" is out of range, give a number from 0 to 100, such as 35 or 0.75");
  CHECK(vqi::parse_up_to("--dither-strength", "1", 1) == 1);
}

TEST_CASE("blocks from 1x1 to 16x16 are accepted, width first") {
  CHECK(parse_block("--block", "1x1").width_px == 1);
  CHECK(parse_block("--block", "16x2").width_px == 16);
  CHECK(parse_block("--block", "16x2").height_px == 2);
}

TEST_CASE("text that is no block, and blocks that are too large, are refused with the range") {
  for (const char* text : {"", "8", "x", "8x", "x8", "8X8", "8x8x8", "8*8", "-1x1", "8 x 8"})
    CHECK(refusal([&] { return parse_block("--block", text); }) ==
          "--block \"" + std::string(text) + "\" is not a block size, give WIDTHxHEIGHT from 1x1 to 16x16");
  for (const char* text : {"0x1", "1x0", "17x1", "1x17", "99999999999999999999x1"})
    CHECK(refusal([&] { return parse_block("--block", text); }).find("is out of range") != std::string::npos);
}
