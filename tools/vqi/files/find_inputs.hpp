// The files that a command line's inputs stand for: with --recursive, those below its folders.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vqi/error.hpp"

namespace vqi::tool {

struct InputFile {
  std::string name;            ///< as it is opened and told of
  std::string tree_path;       ///< the part of it that --output-dir keeps: below the folder that was named
  std::optional<Error> fault;  ///< why it cannot be worked on at all
};

/// True for the file names that are picked from folders.
using NameFilter = std::function<bool(const std::string&)>;

/// A file for every name, and with `recursive` for a folder all regular files below it whose names are
/// `wanted`, sorted by name folder by folder, links to folders left alone so that no loop can be. A
/// folder that cannot be read, or that is named without `recursive`, becomes an input with a fault.
/// Throws Error{invalid_option} if nothing at all is found.
[[nodiscard]] std::vector<InputFile> find_inputs(const std::vector<std::string>& names, bool recursive,
                                                 const NameFilter& wanted);

[[nodiscard]] std::vector<std::string> names_of(const std::vector<InputFile>& inputs);

/// True if the extension is that of an image format that compress reads.
[[nodiscard]] bool is_image_name(const std::string& name);

/// True if the extension is .vqi.
[[nodiscard]] bool is_stream_name(const std::string& name);

}  // namespace vqi::tool
