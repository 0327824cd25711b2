// captured_output: what a call writes to standard output and standard error, which are files meanwhile.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "scratch_folder.hpp"

namespace vqi::test {

struct CapturedOutput {
  std::string out;
  std::string err;
};

/// Sends a stream of the process to a file while it lives.
class Redirected {
 public:
  Redirected(int stream, const std::string& path) : stream_(stream), saved_(::dup(stream)) {
    std::fflush(nullptr);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ::dup2(file, stream);
    ::close(file);
  }
  ~Redirected() {
    std::fflush(nullptr);
    ::dup2(saved_, stream_);
    ::close(saved_);
  }
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;

 private:
  int stream_;
  int saved_;
};

template <typename Work>
[[nodiscard]] CapturedOutput captured_output(const Work& work) {
  const ScratchFolder folder("captured");
  {
    const Redirected out(STDOUT_FILENO, folder.path("out"));
    const Redirected err(STDERR_FILENO, folder.path("err"));
    work();
  }
  return {folder.read("out"), folder.read("err")};
}

}  // namespace vqi::test
