// Finds the input files of a command line: the files it names and, with --recursive, the files below its folders.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vqi/error.hpp"

namespace vqi::tool {

/// What stands in place of ".vqi" in the names of what decompress writes, where they are not named: a picture, a small
/// one and a part of one.
inline constexpr const char* decoded_end = ".decoded.png";
inline constexpr const char* thumbnail_end = ".thumbnail.png";
inline constexpr const char* region_end = ".region.png";

struct InputFile {
  std::string name;            ///< the name to open, and to print
  std::string tree_path;       ///< the part that --output-dir keeps: the path below the named folder
  std::optional<Error> fault;  ///< why there is no file to work on
};

/// Which files to work on, beside those that are named.
struct InputChoice {
  bool recursive = false;
  std::optional<std::string> files_from;  ///< a file that lists names

  /// `others` and that file: what is read beside the inputs, and no output may replace.
  [[nodiscard]] std::vector<std::string> kept_files(std::vector<std::string> others = {}) const;
};

/// The names in a list: the parts before zero bytes if there is one, else the lines, without a carriage return at their
/// ends. Empty names are left out.
[[nodiscard]] std::vector<std::string> names_in(std::span<const std::byte> list);

/// True for the names of files that --recursive picks from folders.
using NameFilter = std::function<bool(const std::string&)>;

/// One input for each name. With `recursive`, a folder stands for all regular files below it whose names are `wanted`,
/// sorted by name within each folder. Left out are pictures whose names decompress gives to what it makes of a .vqi
/// file that stands beside them. Links to folders are not followed, so that no loop is entered. A folder that cannot be
/// read, or that is named without `recursive`, becomes an input with a fault. Throws Error{invalid_option} if the
/// folders hold no wanted file and no other input is named.
[[nodiscard]] std::vector<InputFile> find_inputs(const std::vector<std::string>& names, bool recursive,
                                                 const NameFilter& wanted);

[[nodiscard]] std::vector<std::string> names_of(const std::vector<InputFile>& inputs);

/// The extension of a file name in lower case, such as ".png"; empty if it has none.
[[nodiscard]] std::string lower_extension(const std::string& name);

/// True if the extension is that of an image format that compress reads.
[[nodiscard]] bool is_image_name(const std::string& name);

/// True if the extension is that of any well-known image format, whether the tool reads and writes it or not.
[[nodiscard]] bool is_any_image_name(const std::string& name);

/// True if the extension is .vqi.
[[nodiscard]] bool is_stream_name(const std::string& name);

}  // namespace vqi::tool
