// Words of a command line, quoted for a shell.
#include "shell_quote.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>

#include "valid_utf8.hpp"

using namespace vqi::tool;

namespace {

/// The bytes that bash passes to a command for a word.
std::string read_by_bash(const std::string& word) {
  const std::string script = "printf %s " + word + " end";
  std::FILE* const pipe = ::popen(("bash -c " + shell_quoted(script)).c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  std::array<char, 256> buffer{};
  for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    output.append(buffer.data(), count);
  CHECK(::pclose(pipe) == 0);
  REQUIRE(output.ends_with("end"));
  output.resize(output.size() - 3);
  return output;
}

}  // namespace

TEST_CASE("words without special characters stay unchanged") {
  CHECK(shell_quoted("samples/images/landscape.png") == "samples/images/landscape.png");
  CHECK(shell_quoted("-k") == "-k");
  CHECK(shell_quoted("a b.png") == "'a b.png'");
  CHECK(shell_quoted("") == "''");
  CHECK(shell_quoted("gr\xC3\xBC\xC3\x9F"
                     "e") ==
        "'gr\xC3\xBC\xC3\x9F"
        "e'");
}

TEST_CASE("a shell reads the very bytes of any word again") {
  for (const char* const word : {"a b", "it's", "$HOME `id` \"x\" \\ *?[a]{b,c}~!#&|;<>()", "'", "''", "-", "~",
                                 "gr\xC3\xBC\xC3\x9F"
                                 "e",
                                 "line\nbreak\ttab", "\x1B[2J'\\", "latin-1 \xFC\xDF 1", "</script>", "="}) {
    CAPTURE(word);
    const std::string quoted = shell_quoted(word);
    CHECK(valid_utf8(quoted) == quoted);
    CHECK(quoted.find('\n') == std::string::npos);
    CHECK(read_by_bash(quoted) == word);
  }
}
