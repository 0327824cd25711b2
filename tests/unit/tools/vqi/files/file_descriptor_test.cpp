// FileDescriptor: closed once by its owner; writing all bytes, to files and to pipes that are slow or gone.
#include "file_descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <thread>

#include "byte_tools.hpp"
#include "scratch_folder.hpp"

using namespace vqi::tool;
using vqi::test::ScratchFolder;

namespace {

bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) >= 0; }

/// Both ends of a pipe.
struct Pipe {
  std::array<int, 2> ends{};
  Pipe() { REQUIRE(::pipe(ends.data()) == 0); }
};

}  // namespace

TEST_CASE("a descriptor is closed with its owner, by hand once, and by the one that it was moved to") {
  const ScratchFolder folder("descriptor");
  folder.write("a", "data");
  int number = -1;
  {
    FileDescriptor first = open_file(folder.path("a"), O_RDONLY);
    REQUIRE(first.valid());
    number = first.get();
    const FileDescriptor second(std::move(first));
    CHECK_FALSE(first.valid());  // NOLINT(bugprone-use-after-move): that is what is tested
    CHECK(second.get() == number);
    CHECK(is_open(number));
    CHECK((::fcntl(number, F_GETFD) & FD_CLOEXEC) != 0);
  }
  CHECK_FALSE(is_open(number));
  FileDescriptor by_hand = open_file(folder.path("a"), O_RDONLY);
  CHECK(by_hand.close());
  CHECK_FALSE(by_hand.valid());
  CHECK_FALSE(by_hand.close());
}

TEST_CASE("what cannot be opened is invalid, with errno and the system's words for it") {
  const ScratchFolder folder("descriptor-none");
  CHECK_FALSE(open_file(folder.path("none"), O_RDONLY).valid());
  CHECK(errno == ENOENT);
  CHECK(system_words(ENOENT) == "No such file or directory");
}

TEST_CASE("all bytes are written to a file, and to a pipe that is fuller than it holds") {
  const ScratchFolder folder("descriptor-write");
  {
    const FileDescriptor file = open_file(folder.path("a"), O_WRONLY | O_CREAT, 0600);
    CHECK(write_all(file.get(), vqi::testing::bytes_of("data")));
    CHECK(write_all(file.get(), {}));
  }
  CHECK(folder.read("a") == "data");
  Pipe pipe;
  const std::vector<std::byte> bytes(300'000, std::byte{7});
  std::size_t received = 0;
  std::thread reader([&] {
    std::array<std::byte, 5000> block{};
    for (ssize_t size = 0; (size = ::read(pipe.ends[0], block.data(), block.size())) > 0;)
      received += static_cast<std::size_t>(size);
  });
  CHECK(write_all(pipe.ends[1], bytes));
  ::close(pipe.ends[1]);
  reader.join();
  ::close(pipe.ends[0]);
  CHECK(received == bytes.size());
}

TEST_CASE("a pipe without a reader and a full disk are told by errno") {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  ::close(pipe.ends[0]);
  CHECK_FALSE(write_all(pipe.ends[1], vqi::testing::bytes_of("data")));
  CHECK(errno == EPIPE);
  ::close(pipe.ends[1]);
  std::signal(SIGPIPE, before);
  const FileDescriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  if (!full.valid()) return;
  CHECK_FALSE(write_all(full.get(), vqi::testing::bytes_of("data")));
  CHECK(errno == ENOSPC);
}
