// Reads a whole input into memory: a file, a pipe or standard input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "atomic_file.hpp"

namespace vqi::tool {

/// As an input this name means standard input, as an output standard output.
inline constexpr char standard_stream[] = "-";

/// Throws Error{io_failed} if there is no file `name`, Error{invalid_option} if it is a directory. "-" always exists.
void check_input(const std::string& name);

/// The permissions, before the umask, of an output made from the input `name`: users who may not read the input may not
/// read the output either.
[[nodiscard]] unsigned output_mode(const std::string& name);

/// The size of the file `name`, 0 if it is none whose size is known.
[[nodiscard]] std::uint64_t input_size(const std::string& name) noexcept;
/// The times of the file `name`, or of the file that standard input comes from. Throws Error{invalid_option} where
/// there is no file.
[[nodiscard]] FileTimes times_of(const std::string& name);

/// Checks the first bytes of an input; throws if they show that the rest need not be read.
using StartCheck = std::function<void(std::span<const std::byte> start)>;

/// The bytes of the file `name`, or of standard input for "-". Throws Error{io_failed}; Error{invalid_option} for a
/// directory; Error{limit_exceeded} for more than `max_bytes` bytes, before a regular file is read; Error{cancelled}
/// when a signal asks to stop. `check_start` gets the first 64 KiB of any longer input, before memory is taken for the
/// rest.
[[nodiscard]] std::vector<std::byte> read_input(const std::string& name, std::uint64_t max_bytes,
                                                const StartCheck& check_start = {});

}  // namespace vqi::tool
