// Captures what the process writes to its standard error.
#pragma once

#include <unistd.h>

#include <array>
#include <string>
#include <system_error>

namespace vqi::testing {
using namespace detail;

/// Runs `work` while descriptor 2 of the process is a pipe, and returns what was written to it, which must be less than
/// the pipe holds, 64 KB.
template <typename Work>
std::string stderr_of_process(const Work& work) {
  std::array<int, 2> pipe_ends{};
  if (pipe(pipe_ends.data()) != 0) throw std::system_error(errno, std::generic_category());
  const int saved = dup(2);
  dup2(pipe_ends[1], 2);
  work();
  dup2(saved, 2);
  close(saved);
  close(pipe_ends[1]);
  std::string text;
  std::array<char, 100> block{};
  for (ssize_t size = 0; (size = read(pipe_ends[0], block.data(), block.size())) > 0;)
    text.append(block.data(), static_cast<std::size_t>(size));
  close(pipe_ends[0]);
  return text;
}

}  // namespace vqi::testing
