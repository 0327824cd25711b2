// FileBytes: the same bytes in memory and from a source, whose errors and ends are told.
#include "file_bytes.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "byte_tools.hpp"
#include "streams/counting_source.hpp"

namespace {

using vqi::detail::FileBytes;
using vqi::testing::Bytes;

Bytes counted(std::size_t count) {
  Bytes bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::byte>(i * 7 % 251);
  return bytes;
}

}  // namespace

TEST_CASE("a source gives the bytes that memory gives, and small ones that lie together in one read") {
  const Bytes file = counted(200'000);
  const FileBytes memory(file, "PNG");
  vqi::test::CountingSource counting(file);
  FileBytes source(counting.source(), "PNG");
  CHECK(memory.in_memory().has_value());
  CHECK_FALSE(source.in_memory().has_value());
  CHECK(source.size() == file.size());
  for (std::uint64_t offset = 100; offset < 4000; offset += 13) {
    const auto bytes = source.at(offset, 11);
    const auto same = memory.at(offset, 11);
    CHECK(std::equal(bytes.begin(), bytes.end(), same.begin(), same.end()));
  }
  CHECK(counting.reads.size() == 1);
  for (const FileBytes* from : {&memory, static_cast<const FileBytes*>(&source)})
    for (const std::uint64_t length : {0U, 1U, 5000U, 199'990U}) {
      Bytes target(length);
      from->read(10, target);
      CHECK(std::equal(target.begin(), target.end(), file.begin() + 10));
      Bytes together;
      from->in_blocks({10, length}, [&](std::span<const std::byte> bytes) { vqi::testing::append(together, bytes); });
      CHECK(together == target);
    }
  CHECK(source.at(file.size(), 0).empty());
  static_cast<void>(source.at(20, 3));
  const std::size_t reads = counting.reads.size();
  static_cast<void>(source.at(20, 3));
  CHECK(counting.reads.size() == reads);
  source.forget();
  static_cast<void>(source.at(20, 3));
  CHECK(counting.reads.size() == reads + 1);
  CHECK(counting.wrong == 0);
}

TEST_CASE("bytes outside of a file are an error that says where it ends, and are not asked for") {
  const Bytes file = counted(10);
  vqi::test::CountingSource counting(file);
  for (const FileBytes& bytes : {FileBytes(file, "PNG"), FileBytes(counting.source(), "PNG")})
    for (const auto& [offset, length] :
         {std::pair<std::uint64_t, std::uint64_t>{8, 3}, {11, 0}, {~std::uint64_t{0}, 2}}) {
      CHECK(vqi::testing::error_of([&] { bytes.check(offset, length); }) == vqi::ErrorCode::corrupt_image);
      CHECK_THAT(vqi::testing::message_of([&] { static_cast<void>(bytes.at(offset, length)); }),
                 Catch::Contains("PNG ends early, at byte 10"));
    }
  CHECK(counting.reads.empty());
}

TEST_CASE("what a source throws comes through, and later reads are not of what it left") {
  const Bytes file = counted(100);
  bool fails = false;
  const FileBytes bytes({file.size(),
                         [&](std::uint64_t offset, std::span<std::byte> target) {
                           if (fails) throw std::runtime_error("gone");
                           std::copy_n(file.begin() + static_cast<std::ptrdiff_t>(offset), target.size(),
                                       target.begin());
                         },
                         {}},
                        "PNG");
  CHECK(bytes.at(50, 1)[0] == file[50]);
  fails = true;
  CHECK_THROWS_AS(bytes.at(3, 1), std::runtime_error);
  fails = false;
  CHECK(bytes.at(50, 1)[0] == file[50]);
}
