// foreign_file: what is known by its first bytes, and what is not.
#include "foreign_file.hpp"

#include <catch2/catch.hpp>
#include <string_view>

#include "byte_tools.hpp"
#include "vqi/vqi.hpp"

namespace {

using namespace std::string_view_literals;

std::string what_is(std::string_view start) {
  const vqi::testing::Bytes bytes = vqi::testing::bytes_of(start);
  return vqi::tool::foreign_file(bytes).what;
}

}  // namespace

TEST_CASE("codebooks, statistics, archives and web pages are known by their first bytes") {
  CHECK(what_is("\x89VQB\r\n\x1A\n\1"sv) == "is a codebook");
  CHECK(what_is("\x89VQS\r\n\x1A\n\1"sv) == "holds statistics of images");
  CHECK(what_is("\x1F\x8B\x08"sv) == "is a gzip archive");
  CHECK(what_is("PK\3\4"sv) == "is a ZIP archive");
  CHECK(what_is("\xFD\x37zXZ\0\0"sv) == "is an xz archive");
  CHECK(what_is("<!DOCTYPE html><html>"sv) == "is a web page");
  CHECK(what_is("\xEF\xBB\xBF\r\n <HTML lang=en>"sv) == "is a web page");
  for (const std::string_view nothing : {""sv, "P"sv, "<"sv, "<?xml version"sv, "hello"sv, "\x89PNG\r\n\x1A\n"sv})
    CHECK(what_is(nothing).empty());
}

TEST_CASE("a .vqi file that was changed as text is known, whichever way it was changed") {
  const std::vector<std::byte> bytes = vqi::encode(vqi::Image(1, 1, 1, 8)).bytes;
  const std::string file(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto changed = [](std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
  };
  for (const std::string& text :
       {changed(file, "\r\n", "\n"), changed(file, "\x1A\n", "\x1A\r\n"), changed(file, "\x89", "\x09"),
        changed(file, "\x89", "\xC2\x89"), changed(file, "\x89", "\xEF\xBF\xBD"), changed(file, "\x89", "?")})
    CHECK(what_is(text) == "was changed on its way, as text is");
}

TEST_CASE("a PNG that was changed as text is known, whichever way it was changed") {
  for (const std::string_view text :
       {"\x89PNG\n\x1A\n"sv, "\x89PNG\r\r\n\x1A\r\n"sv, "\x89PNG\r\n\x1A\r\n"sv, "\x09PNG\r\n\x1A\n"sv,
        "\xC2\x89PNG\r\n\x1A\n"sv, "\xEF\xBF\xBDPNG\r\n\x1A\n"sv, "?PNG\r\n\x1A\n"sv})
    CHECK(what_is(text) == "was changed on its way, as text is");
}
