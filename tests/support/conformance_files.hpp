// Reads the frozen files of tests/conformance and the lists that name them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace vqi::test {

inline const std::string conformance_folder = VQI_CONFORMANCE_DIR;

inline std::vector<std::byte> read_conformance_file(const std::string& name) {
  std::ifstream file(conformance_folder + "/files/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + name);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto* begin = reinterpret_cast<const std::byte*>(text.data());
  return {begin, begin + text.size()};
}

/// The lines of "manifest.txt" or "rejected.txt", without the line that explains them.
inline std::vector<std::istringstream> conformance_lines(const std::string& list) {
  std::ifstream file(conformance_folder + "/" + list);
  std::vector<std::istringstream> lines;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line.front() != '#') lines.emplace_back(line);
  if (lines.empty()) throw std::runtime_error("cannot read " + list);
  return lines;
}

/// A frozen file that decodes.
struct ConformanceFile {
  std::string name;
  std::vector<std::byte> bytes;
};

/// All frozen files that decode and have at most `size_max_bytes`.
inline std::vector<ConformanceFile> conformance_files(std::size_t size_max_bytes) {
  std::vector<ConformanceFile> files;
  for (std::istringstream& line : conformance_lines("manifest.txt")) {
    ConformanceFile file;
    line >> file.name;
    file.bytes = read_conformance_file(file.name);
    if (file.bytes.size() <= size_max_bytes) files.push_back(std::move(file));
  }
  return files;
}

}  // namespace vqi::test
