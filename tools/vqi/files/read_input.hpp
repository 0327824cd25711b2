// Reads a whole input, file, pipe or standard input, into memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace vqi::tool {

/// The name that stands for standard input as an input and for standard output as an output.
inline constexpr char standard_stream[] = "-";

/// Throws Error{io_failed} if `name` is not there, Error{invalid_option} if it is a directory; "-"
/// always is there.
void check_input(const std::string& name);

/// The permissions that a new file made of `name` may have, before the umask: nobody may read it who
/// may not read the input.
[[nodiscard]] unsigned output_mode(const std::string& name);

/// Looks at the first bytes of an input and throws if they show that the rest need not be read.
using StartCheck = std::function<void(std::span<const std::byte> start)>;

/// The bytes of the file `name`, or of standard input if it is "-". Throws Error{io_failed};
/// Error{invalid_option} for a directory; Error{limit_exceeded} if there are more than `max_bytes`, for a regular file
/// before any is read; Error{cancelled} when a signal asks the program to stop.
/// `check_start` sees inputs of more than 64 KiB, before memory is taken for all of them.
[[nodiscard]] std::vector<std::byte> read_input(const std::string& name, std::uint64_t max_bytes,
                                                const StartCheck& check_start = {});

}  // namespace vqi::tool
