// The errors that readers of all formats throw, in one wording.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vqi::detail {

/// Throws Error{not_an_image}: the file is a `format` of a kind that is not read, for `reason`.
[[noreturn]] void throw_unsupported(std::string_view format, const std::string& reason);

/// Throws Error{corrupt_image}: the file is a `format` with a wrong `what` at `offset`.
[[noreturn]] void throw_damaged(std::string_view format, const std::string& what, std::uint64_t offset);

}  // namespace vqi::detail
