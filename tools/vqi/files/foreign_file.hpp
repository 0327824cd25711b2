// What a file is that is neither an image nor a .vqi file, by its first bytes, and what to do with it.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace vqi::tool {

/// What a file is that begins with `start`, and what to do about it.
struct ForeignFile {
  std::string what;    ///< "is a gzip archive"; empty where nothing is known of it
  std::string advice;  ///< "unpack it first"
};

/// Knows codebooks, archives and web pages, and .vqi files that were changed as text is on its way.
[[nodiscard]] ForeignFile foreign_file(std::span<const std::byte> start);

}  // namespace vqi::tool
