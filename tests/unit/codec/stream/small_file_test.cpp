// Headers and sections of small files are read as they were written, and refused where a byte is wrong.
#include "small_file.hpp"

#include <catch2/catch.hpp>

#include "thrown_error.hpp"

using namespace vqi::detail;
using vqi::ErrorCode;
using vqi::test::thrown_by;

namespace {

constexpr FileKind kind{.magic = {1, 2, 3, 4, 5, 6, 7, 8},
                        .version_major = 3,
                        .version_minor = 2,
                        .wrong_magic = "no such file",
                        .wanted = "give one",
                        .name = "small file"};

std::vector<std::byte> changed(std::size_t at, int value, bool sealed) {
  std::vector<std::byte> file = new_file(kind);
  file[at] = static_cast<std::byte>(value);
  if (sealed) seal_header(file);
  return file;
}

std::optional<ErrorCode> header_refusal(const std::vector<std::byte>& file) {
  return thrown_by([&] { check_small_header(file, kind); }).code;
}

}  // namespace

TEST_CASE("a small file's header is refused for its magic, length, checksum, version and reserved bytes") {
  CHECK(!header_refusal(changed(20, 1, true)));
  CHECK(header_refusal(changed(20, 1, false)) == ErrorCode::checksum_mismatch);
  CHECK(header_refusal(changed(3, 9, true)) == ErrorCode::bad_magic);
  CHECK(header_refusal(changed(8, 4, true)) == ErrorCode::unsupported_version);
  CHECK(header_refusal(changed(9, 3, true)) == ErrorCode::unsupported_version);
  CHECK(!header_refusal(changed(9, 1, true)));
  CHECK(header_refusal(changed(10, 1, true)) == ErrorCode::reserved_set);
  std::vector<std::byte> file = new_file(kind);
  seal_header(file);
  file.resize(31);
  CHECK(header_refusal(file) == ErrorCode::truncated);
  CHECK(thrown_by([] { check_reserved(changed(20, 1, true), 12, 28); }).offset == 20);
}

TEST_CASE("sections of a small file are walked to its end, without skippable ones") {
  std::vector<std::byte> file = new_file(kind);
  append_section(file, "AAAA", 0, {});
  append_section(file, "BBBB", skippable_flag, {});
  append_end(file);
  std::vector<std::string> types;
  walk_sections(file, kind, [&](const Section& section) { types.push_back(section.type); });
  CHECK(types == std::vector<std::string>{"AAAA", "END "});
  const auto refusal = [](const std::vector<std::byte>& bytes) {
    return thrown_by([&] { walk_sections(bytes, kind, [](const Section&) {}); }).code;
  };
  std::vector<std::byte> longer = file;
  longer.push_back(std::byte{0});
  CHECK(refusal(longer) == ErrorCode::trailing_bytes);
  std::vector<std::byte> shorter(file.begin(), file.end() - 24);
  CHECK(refusal(shorter) == ErrorCode::truncated);
  std::vector<std::byte> lost = new_file(kind);
  lost.insert(lost.end(), file.begin() + 48, file.end());
  CHECK(refusal(lost) == ErrorCode::corrupt_section);
}
