// SpoolFile: what is written at any offset, with no file left behind.
#include "spool_file.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "scratch_folder.hpp"

TEST_CASE("bytes that are written in any order are there as a whole, and no file has a name") {
  const vqi::test::ScratchFolder folder("spool_file");
  vqi::tool::SpoolFile spool(folder.path("output"));
  const vqi::ByteSink sink = spool.sink();
  const auto write = [&](std::uint64_t offset, const std::string& text) {
    sink.write_at(offset, std::as_bytes(std::span(text)));
  };
  write(6, "world and more");
  write(0, "hallo ");
  write(1, "e");
  CHECK(folder.entries() == 0);
  const std::span<const std::byte> bytes = spool.bytes(11);
  CHECK(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()) == "hello world");
}

TEST_CASE("where the output's folder takes no file the spool is elsewhere") {
  const vqi::test::ScratchFolder folder("no_spool_file");
  vqi::tool::SpoolFile spool(folder.path("none/output"));
  const std::string text = "text";
  spool.sink().write_at(0, std::as_bytes(std::span(text)));
  CHECK(spool.bytes(4)[3] == std::byte{'t'});
}
