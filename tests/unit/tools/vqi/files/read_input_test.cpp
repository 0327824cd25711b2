// Inputs: read whole within a limit, refused before work where they cannot be, with modes that outputs inherit.
#include "read_input.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <thread>

#include "file_descriptor.hpp"
#include "scratch_folder.hpp"
#include "thrown_error.hpp"
#include "vqi/error.hpp"

using namespace vqi::tool;
using vqi::ErrorCode;
using vqi::test::ScratchFolder;
using vqi::test::thrown_by;

namespace {

std::string text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string letters(std::size_t count) {
  std::string text(count, ' ');
  for (std::size_t i = 0; i < count; ++i) text[i] = static_cast<char>('a' + i % 26);
  return text;
}

}  // namespace

TEST_CASE("files of any size are read whole, up to the limit and not beyond") {
  const ScratchFolder folder("input");
  for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 300'000U}) {
    folder.write("a", letters(size));
    CHECK(text_of(read_input(folder.path("a"), size)) == letters(size));
    if (size == 0) continue;
    CHECK(thrown_by([&] { static_cast<void>(read_input(folder.path("a"), size - 1)); }).code ==
          ErrorCode::limit_exceeded);
  }
}

TEST_CASE("a pipe is read to its end, or until it passes the limit") {
  const auto before = std::signal(SIGPIPE, SIG_IGN);  // of the writer whose reader has read enough
  const ScratchFolder folder("input-pipe");
  const std::string pipe = folder.path("pipe");
  const std::string text = letters(200'000);
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  for (const std::uint64_t max_bytes : {std::uint64_t{200'000}, std::uint64_t{100'000}}) {
    std::thread writer([&] {
      const FileDescriptor end = open_file(pipe, O_WRONLY);
      static_cast<void>(write_all(end.get(), std::as_bytes(std::span(text))));
    });
    if (max_bytes == text.size())
      CHECK(text_of(read_input(pipe, max_bytes)) == text);
    else
      CHECK(thrown_by([&] { static_cast<void>(read_input(pipe, max_bytes)); }).code == ErrorCode::limit_exceeded);
    writer.join();
  }
  std::signal(SIGPIPE, before);
}

TEST_CASE("the beginning of a large input is checked before the rest is read, that of a small one is not") {
  const ScratchFolder folder("input-start");
  const StartCheck refuse = [](std::span<const std::byte> start) {
    CHECK(start.size() == 65536);
    throw vqi::Error(ErrorCode::not_an_image, "no");
  };
  folder.write("large", letters(65536));
  CHECK(thrown_by([&] { static_cast<void>(read_input(folder.path("large"), 1 << 20, refuse)); }).code ==
        ErrorCode::not_an_image);
  folder.write("small", letters(65535));
  CHECK(read_input(folder.path("small"), 1 << 20, refuse).size() == 65535);
}

TEST_CASE("what is not there, and a folder, are refused by the check and by reading") {
  const ScratchFolder folder("input-none");
  for (const bool reads : {false, true}) {
    const auto code_of = [&](const std::string& name) {
      return thrown_by([&] {
               if (reads)
                 static_cast<void>(read_input(name, 100));
               else
                 check_input(name);
             })
          .code;
    };
    CHECK(code_of(folder.path("none")) == ErrorCode::io_failed);
    CHECK(code_of(folder.path("")) == ErrorCode::invalid_option);
  }
  CHECK_NOTHROW(check_input("-"));
}

TEST_CASE("an output may be read by nobody who may not read its input") {
  const ScratchFolder folder("input-mode");
  folder.write("a", "data");
  for (const auto& [mode, wanted] :
       {std::pair{0644U, 0666U}, {0600U, 0600U}, {0640U, 0660U}, {0604U, 0606U}, {0660U, 0660U}, {0622U, 0600U}}) {
    REQUIRE(::chmod(folder.path("a").c_str(), mode) == 0);
    CHECK(output_mode(folder.path("a")) == wanted);
  }
  CHECK(output_mode(folder.path("none")) == 0666);
  CHECK(output_mode("/dev/null") == 0666);
}
