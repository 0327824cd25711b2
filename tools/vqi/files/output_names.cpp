// Names outputs, and compares files by canonical name and by inode.
#include "output_names.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

/// The same text for every spelling of a file's name: links are followed, "." and ".." are removed.
std::string canonical_key(const std::string& name) {
  std::error_code fault;
  const fs::path whole = fs::weakly_canonical(fs::absolute(name, fault), fault);
  return fault ? fs::path(name).lexically_normal().string() : whole.string();
}

using FileIdentity = std::pair<dev_t, ino_t>;

/// Device and inode number of a regular file that exists, which are the same for all its names; "-" means the file
/// that descriptor `stream` is open on. None for anything else.
std::optional<FileIdentity> identity_of(const std::string& name, int stream) {
  struct stat status {};
  const int result = name == standard_stream ? ::fstat(stream, &status) : ::stat(name.c_str(), &status);
  if (result != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return FileIdentity{status.st_dev, status.st_ino};
}

/// True if two outputs may share this name because neither overwrites the other: /dev/null, pipes.
bool is_special(const std::string& name) {
  struct stat status {};
  return name == standard_stream || (::stat(name.c_str(), &status) == 0 && !S_ISREG(status.st_mode));
}

std::string output_of(const InputFile& input, const OutputChoice& choice, const DefaultName& default_name) {
  if (input.fault) return {};
  if (choice.file == "/dev/stdout") return standard_stream;
  if (choice.file) return *choice.file;
  if (input.name == standard_stream) {
    if (choice.folder) refuse("standard input has no name for a file in --output-dir, use -o FILE");
    return standard_stream;
  }
  const fs::path whole = choice.folder ? fs::path(*choice.folder) / input.tree_path : fs::path(input.name);
  return (whole.parent_path() / default_name(whole.filename().string())).string();
}

void check_choice(const std::vector<InputFile>& inputs, const OutputChoice& choice) {
  check_one_standard_input(names_of(inputs));
  if (choice.file && inputs.size() > 1)
    refuse("-o names one file, but there are " + std::to_string(inputs.size()) + " inputs, use --output-dir DIR");
}

/// The files that must not be written to, by canonical name and by inode.
class KeptFiles {
 public:
  void add(const std::string& name) {
    if (name != standard_stream) keys_.insert(canonical_key(name));
    if (const auto identity = identity_of(name, STDIN_FILENO)) identities_.insert(*identity);
  }
  [[nodiscard]] bool contains(const std::string& output) const {
    const auto identity = identity_of(output, STDOUT_FILENO);
    if (identity && identities_.contains(*identity)) return true;
    return output != standard_stream && keys_.contains(canonical_key(output));
  }

 private:
  std::set<std::string> keys_;
  std::set<FileIdentity> identities_;
};

void check_kept(const std::vector<InputFile>& inputs, const std::vector<std::string>& outputs,
                const std::vector<std::string>& kept, bool may_replace_input) {
  KeptFiles kept_files;
  for (const InputFile& input : inputs) kept_files.add(input.name);
  for (const std::string& name : kept) kept_files.add(name);
  for (std::size_t index = 0; index < outputs.size(); ++index) {
    const std::string& output = outputs[index];
    if (inputs[index].fault || !kept_files.contains(output)) continue;
    const bool is_own = output != standard_stream && canonical_key(output) == canonical_key(inputs[index].name);
    if (may_replace_input && is_own) continue;
    const std::string name = output == standard_stream ? "standard output" : "the output " + output;
    refuse(name + " is itself an input, name another with -o or --output-dir");
  }
}

/// What to do about inputs whose output is the same file.
std::string clash_advice(const std::vector<InputFile>& clashing, const OutputChoice& choice) {
  std::set<std::string> inputs;
  std::set<std::string> names;
  for (const InputFile& input : clashing) {
    inputs.insert(canonical_key(input.name));
    names.insert(fs::path(input.name).filename().string());
  }
  if (inputs.size() < clashing.size()) return ", name each input once";
  if (choice.name_after && !choice.keep_extension && names.size() == clashing.size())
    return ", use --keep-extension (" + choice.name_after(*names.rbegin()) + ")";
  return choice.folder ? ", write them to different folders" : ", work on them one at a time with -o";
}

/// "a and b would both be written to OUTPUT".
std::string clash_text(const std::vector<InputFile>& clashing, const std::string& output) {
  std::string list = clashing.front().name;
  for (std::size_t i = 1; i < clashing.size(); ++i)
    list += (i + 1 == clashing.size() ? " and " : ", ") + clashing[i].name;
  return list + (clashing.size() == 2 ? " would both" : " would all") + " be written to " + output;
}

std::vector<Failure> clashes_of(const std::vector<InputFile>& inputs, const std::vector<std::string>& outputs,
                                const OutputChoice& choice) {
  std::map<std::string, std::size_t> group_of;  // by output
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t index = 0; index < outputs.size(); ++index) {
    if (inputs[index].fault || is_special(outputs[index])) continue;
    const auto [group, is_new] = group_of.emplace(canonical_key(outputs[index]), groups.size());
    if (is_new) groups.emplace_back();
    groups[group->second].push_back(index);
  }
  std::vector<Failure> clashes;
  for (const std::vector<std::size_t>& group : groups) {
    if (group.size() == 1) continue;
    std::vector<InputFile> clashing;
    clashing.reserve(group.size());
    for (const std::size_t index : group) clashing.push_back(inputs[index]);
    clashes.push_back({ErrorCode::invalid_option,
                       clash_text(clashing, outputs[group.front()]) + clash_advice(clashing, choice), std::nullopt,
                       std::nullopt});
  }
  return clashes;
}

/// The name of a .vqi file with another end in place of its extension; any other name with that end after it.
std::string name_with_end(const std::string& file_name, const char* end) {
  fs::path name(file_name);
  if (is_stream_name(file_name)) name.replace_extension();
  return name.string() + end;
}

}  // namespace

OutputPlan plan_outputs(const std::vector<InputFile>& inputs, const OutputChoice& choice,
                        const DefaultName& default_name, const std::vector<std::string>& kept) {
  check_choice(inputs, choice);
  OutputPlan plan;
  plan.outputs.reserve(inputs.size());
  const DefaultName& name = choice.keep_extension ? choice.name_after : default_name;
  for (const InputFile& input : inputs) plan.outputs.push_back(output_of(input, choice, name));
  check_kept(inputs, plan.outputs, kept, choice.may_replace_input);
  plan.clashes = clashes_of(inputs, plan.outputs, choice);
  return plan;
}

void check_one_standard_input(const std::vector<std::string>& inputs) {
  if (std::count(inputs.begin(), inputs.end(), standard_stream) > 1)
    refuse("standard input (-) is named twice, name it once");
}

void check_not_an_input(const std::string& option, const std::string& output, const std::vector<InputFile>& inputs,
                        const std::vector<std::string>& kept) {
  KeptFiles kept_files;
  for (const InputFile& input : inputs) kept_files.add(input.name);
  for (const std::string& name : kept) kept_files.add(name);
  if (kept_files.contains(output))
    refuse("the output " + output + " of " + option + " is itself an input, name another");
}

std::string compressed_name(const std::string& file_name) {
  return fs::path(file_name).replace_extension(".vqi").string();
}

std::string compressed_name_after(const std::string& file_name) { return file_name + ".vqi"; }

std::string decompressed_name(const std::string& file_name) { return name_with_end(file_name, decoded_end); }

std::string thumbnail_name(const std::string& file_name) { return name_with_end(file_name, thumbnail_end); }

std::string region_name(const std::string& file_name) { return name_with_end(file_name, region_end); }

}  // namespace vqi::tool
