// Which output belongs to which input, and the checks that no two of them collide.
#include "output_names.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "file_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

/// One spelling for every way to name a file: links followed, "." and ".." gone.
std::string canonical_key(const std::string& name) {
  std::error_code fault;
  const fs::path whole = fs::weakly_canonical(fs::absolute(name, fault), fault);
  return fault ? fs::path(name).lexically_normal().string() : whole.string();
}

using FileIdentity = std::pair<dev_t, ino_t>;

/// Tells two names of one file by its number, where it is a regular file that exists.
std::optional<FileIdentity> identity_of(const std::string& name) {
  struct stat status {};
  if (::stat(name.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return FileIdentity{status.st_dev, status.st_ino};
}

/// True where two outputs of this name do not overwrite each other: /dev/null, pipes.
bool is_special(const std::string& name) {
  struct stat status {};
  return name == standard_stream || (::stat(name.c_str(), &status) == 0 && !S_ISREG(status.st_mode));
}

std::string output_of(const std::string& input, const OutputChoice& choice, const DefaultName& default_name) {
  if (choice.file == "/dev/stdout") return standard_stream;
  if (choice.file) return *choice.file;
  if (input == standard_stream) {
    if (choice.folder) refuse("standard input has no name for a file in --output-dir, use -o FILE");
    return standard_stream;
  }
  const fs::path whole(input);
  const fs::path folder = choice.folder ? fs::path(*choice.folder) : whole.parent_path();
  const std::string name = default_name(whole.filename().string());
  return (folder / name).string();
}

void check_inputs(const std::vector<std::string>& inputs, const OutputChoice& choice) {
  if (std::count(inputs.begin(), inputs.end(), standard_stream) > 1)
    refuse("standard input (-) is named twice, name it once");
  if (choice.file && choice.folder) refuse("-o and --output-dir exclude each other, give one of them");
  if (choice.file && choice.file->empty()) refuse("-o has an empty name, give a file");
  if (choice.file && inputs.size() > 1)
    refuse("-o names one file, but there are " + std::to_string(inputs.size()) + " inputs, use --output-dir DIR");
}

void check_collisions(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs) {
  std::map<std::string, std::size_t> owners;
  std::map<std::string, std::size_t> input_keys;
  std::map<FileIdentity, std::size_t> input_identities;
  for (std::size_t index = 0; index < inputs.size(); ++index) {
    if (inputs[index] == standard_stream) continue;
    input_keys.emplace(canonical_key(inputs[index]), index);
    if (const auto identity = identity_of(inputs[index])) input_identities.emplace(*identity, index);
  }
  for (std::size_t index = 0; index < outputs.size(); ++index) {
    if (is_special(outputs[index])) continue;
    const std::string key = canonical_key(outputs[index]);
    const auto [owner, is_new] = owners.emplace(key, index);
    if (!is_new)
      refuse(inputs[owner->second] + " and " + inputs[index] + " would both be written to " + outputs[index] +
             ", work on them one at a time with -o");
    const auto identity = identity_of(outputs[index]);
    if (input_keys.contains(key) || (identity && input_identities.contains(*identity)))
      refuse("the output " + outputs[index] + " is itself an input, name another with -o or --output-dir");
  }
}

}  // namespace

std::vector<std::string> plan_outputs(const std::vector<std::string>& inputs, const OutputChoice& choice,
                                      const DefaultName& default_name) {
  check_inputs(inputs, choice);
  std::vector<std::string> outputs;
  outputs.reserve(inputs.size());
  for (const std::string& input : inputs) outputs.push_back(output_of(input, choice, default_name));
  check_collisions(inputs, outputs);
  return outputs;
}

std::string compressed_name(const std::string& file_name) {
  return fs::path(file_name).replace_extension(".vqi").string();
}

std::string decompressed_name(const std::string& file_name) {
  fs::path name(file_name);
  if (name.extension() == ".vqi") name.replace_extension();
  return name.string() + ".decoded.png";
}

}  // namespace vqi::tool
