// FileSource: parts of a file, and files that are none or become shorter.
#include "file_source.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <string>

#include "scratch_folder.hpp"
#include "thrown_error.hpp"

using vqi::tool::FileSource;

TEST_CASE("parts of a regular file are read in any order, and a file that becomes shorter is noticed") {
  const vqi::test::ScratchFolder folder("file_source");
  const std::string name = folder.path("a");
  folder.write("a", "0123456789");
  const std::optional<FileSource> file = FileSource::open(name);
  REQUIRE(file);
  const vqi::ByteSource source = file->source();
  CHECK(source.size_bytes == 10);
  const auto read = [&](std::uint64_t offset, std::size_t size) {
    std::string text(size, ' ');
    source.read_at(offset, std::as_writable_bytes(std::span(text)));
    return text;
  };
  CHECK(read(7, 3) == "789");
  CHECK(read(0, 4) == "0123");
  CHECK(read(10, 0).empty());
  std::filesystem::resize_file(name, 5);
  CHECK(vqi::test::thrown_by([&] { static_cast<void>(read(3, 4)); }).code == vqi::ErrorCode::io_failed);
}

TEST_CASE("a file that is written to is told from one that is not, also where its size stays") {
  const vqi::test::ScratchFolder folder("written_file_source");
  const std::string name = folder.path("a");
  folder.write("a", "0123456789");
  const std::optional<FileSource> file = FileSource::open(name);
  REQUIRE(file);
  CHECK_NOTHROW(file->check_unchanged());
  const auto written = std::filesystem::last_write_time(name);
  std::filesystem::last_write_time(name, written + std::chrono::nanoseconds(1000));
  CHECK(vqi::test::thrown_by([&] { file->check_unchanged(); }).code == vqi::ErrorCode::io_failed);
  std::filesystem::last_write_time(name, written);
  CHECK_NOTHROW(file->check_unchanged());
  std::filesystem::resize_file(name, 11);
  std::filesystem::last_write_time(name, written);
  CHECK(vqi::test::thrown_by([&] { file->check_unchanged(); }).code == vqi::ErrorCode::io_failed);
}

TEST_CASE("standard input, folders and names without a file have no source") {
  const vqi::test::ScratchFolder folder("no_file_source");
  CHECK_FALSE(FileSource::open("-"));
  CHECK_FALSE(FileSource::open(folder.path("")));
  CHECK_FALSE(FileSource::open(folder.path("none")));
}
