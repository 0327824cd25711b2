// Walks folders in a fixed order.
#include "find_inputs.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "file_descriptor.hpp"
#include "read_input.hpp"

namespace vqi::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 25> image_extensions{
    ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".webp", ".gif", ".bmp",  ".dib", ".ppm", ".pgm",
    ".pbm", ".pnm", ".pam",  ".jp2", ".j2k",  ".j2c", ".jpf",  ".jpx",  ".jpc", ".apng", ".ras", ".sr"};

/// Of formats that the tool does not read.
constexpr std::array<std::string_view, 18> other_image_extensions{".heic", ".heif", ".avif", ".jxl", ".qoi", ".tga",
                                                                  ".ico",  ".psd",  ".exr",  ".hdr", ".svg", ".pfm",
                                                                  ".dds",  ".pcx",  ".xpm",  ".xbm", ".ff",  ".eps"};

/// What the outputs of decompress end in, where they are not named.
constexpr std::array<std::string_view, 3> decompressed_ends{decoded_end, thumbnail_end, region_end};

bool by_bytes(const fs::path& a, const fs::path& b) { return a.native() < b.native(); }

bool is_folder(const std::string& name) {
  struct stat status {};
  return name != standard_stream && ::stat(name.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

/// True for "a.decoded.png", "a.thumbnail.png" and "a.region.png" beside "a.vqi", of which decompress has made them.
bool is_decoded(const fs::path& name, const std::vector<fs::path>& sorted_names) {
  const std::string& text = name.native();
  for (const std::string_view end : decompressed_ends) {
    if (!text.ends_with(end)) continue;
    const std::string stream = text.substr(0, text.size() - end.size()) + ".vqi";
    return std::binary_search(sorted_names.begin(), sorted_names.end(), fs::path(stream), by_bytes);
  }
  return false;
}

/// Collects the wanted files below one folder.
class FolderWalk {
 public:
  FolderWalk(std::vector<InputFile>& found, const NameFilter& wanted) : found_(found), wanted_(wanted) {}

  void visit(const fs::path& folder, const fs::path& tree_path) {
    std::error_code fault;
    std::vector<fs::path> entries;
    for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault))
      entries.push_back(entry->path().filename());
    if (fault) {
      found_.push_back({folder.string(), tree_path.string(),
                        Error(ErrorCode::io_failed, "cannot read the folder (" + system_words(fault.value()) +
                                                        "), check that it may be read")});
    }
    std::sort(entries.begin(), entries.end(), by_bytes);
    for (const fs::path& entry : entries)
      if (!is_decoded(entry, entries)) visit_entry(folder / entry, tree_path / entry);
  }

 private:
  void visit_entry(const fs::path& entry, const fs::path& tree_path) {
    std::error_code fault;  // an entry that has vanished or cannot be examined is skipped
    const fs::file_status status = fs::symlink_status(entry, fault);
    if (fs::is_directory(status)) {
      visit(entry, tree_path);
    } else if (fs::is_regular_file(fs::status(entry, fault)) && wanted_(entry.filename().string())) {
      found_.push_back({entry.string(), tree_path.string(), std::nullopt});
    }
  }

  std::vector<InputFile>& found_;
  const NameFilter& wanted_;
};

}  // namespace

std::vector<InputFile> find_inputs(const std::vector<std::string>& names, bool recursive, const NameFilter& wanted) {
  std::vector<InputFile> found;
  for (const std::string& name : names) {
    const std::string file_name = fs::path(name).filename().string();
    if (!is_folder(name)) {
      found.push_back({name, file_name, std::nullopt});
    } else if (recursive) {
      FolderWalk(found, wanted).visit(name, {});
    } else {
      found.push_back({name, file_name,
                       Error(ErrorCode::invalid_option, "is a directory, use --recursive for the files below it")});
    }
  }
  if (found.empty() && !names.empty())
    throw Error(ErrorCode::invalid_option, "no file to work on was found below " + names.front() +
                                               (names.size() > 1 ? " and the other folders" : "") +
                                               ", name files of other extensions one by one");
  return found;
}

std::vector<std::string> InputChoice::kept_files(std::vector<std::string> others) const {
  if (files_from) others.push_back(*files_from);
  return others;
}

std::vector<std::string> names_in(std::span<const std::byte> list) {
  const std::string_view text(reinterpret_cast<const char*>(list.data()), list.size());
  const char separator = text.find('\0') == std::string_view::npos ? '\n' : '\0';
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    std::string_view name = text.substr(begin, end - begin);
    if (separator == '\n' && name.ends_with('\r')) name.remove_suffix(1);
    if (!name.empty()) names.emplace_back(name);
    begin = end + 1;
  }
  return names;
}

std::vector<std::string> names_of(const std::vector<InputFile>& inputs) {
  std::vector<std::string> names;
  names.reserve(inputs.size());
  for (const InputFile& input : inputs) names.push_back(input.name);
  return names;
}

std::string lower_extension(const std::string& name) {
  std::string extension = fs::path(name).extension().string();
  for (char& letter : extension)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return extension;
}

bool is_image_name(const std::string& name) {
  return std::find(image_extensions.begin(), image_extensions.end(), lower_extension(name)) != image_extensions.end();
}

bool is_any_image_name(const std::string& name) {
  const std::string extension = lower_extension(name);
  return is_image_name(name) || std::find(other_image_extensions.begin(), other_image_extensions.end(), extension) !=
                                    other_image_extensions.end();
}

bool is_stream_name(const std::string& name) { return lower_extension(name) == ".vqi"; }

}  // namespace vqi::tool
