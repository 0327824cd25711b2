// Declares the options about files, and reads the list of --files-from.
#include "file_options.hpp"

#include <algorithm>
#include <limits>

#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

std::vector<std::byte> read_list(const std::string& list, std::uint64_t max_bytes) {
  try {
    return read_input(list, max_bytes);
  } catch (const Error& error) {
    throw Error(error.error_code(), "the list of --files-from, " + list + ": " + error.what());
  }
}

}  // namespace

void add_input_options(CommandLine& line, InputChoice& choice, const std::string& files) {
  line.add_flag("-r,--recursive", choice.recursive, "Work on all " + files + " below the named folders");
  line.add_text("--files-from", choice.files_from, "FILE",
                "Work also on the files that FILE names, one a line, or\neach before a zero byte; - is standard input");
}

void add_output_options(CommandLine& line, OutputChoice& choice) {
  line.add_text("-o,--output", choice.file, "FILE", "Write to FILE, for a single input; - is standard output");
  line.add_text("--output-dir", choice.folder, "DIR",
                "Write to the folder DIR under the default names; it is\ncreated if missing. --recursive keeps the "
                "tree of\nfolders in it");
  line.add_flag("--skip-existing", choice.skip_existing,
                "Leave out inputs whose output exists: continues a run\nthat was stopped");
  line.add_flag("--preserve", choice.preserve, "Give outputs the times of their inputs");
}

void add_keep_extension_option(CommandLine& line, OutputChoice& choice, const std::string& end) {
  line.add_flag("--keep-extension", choice.keep_extension,
                "Name the output of photo.jpg photo.jpg" + end + ",\nnot photo" + end);
}

void add_reading_options(CommandLine& line, ReadChoice& choice) {
  line.add_integer("--page", choice.page, 1, std::numeric_limits<std::uint32_t>::max(),
                   "Read picture N of a file of several. Default 1");
  line.add_flag("--strict", choice.strict, "Refuse images with any damage, even where no pixel is\nlost by it");
}

std::vector<std::string> input_names(std::vector<std::string> names, const InputChoice& choice,
                                     const CommonOptions& options) {
  if (choice.files_from) {
    if (choice.files_from == standard_stream && std::find(names.begin(), names.end(), standard_stream) != names.end())
      refuse("standard input (-) cannot be both a list of files and a file, name one of them");
    const std::vector<std::string> listed = names_in(read_list(*choice.files_from, options.max_memory_bytes));
    if (listed.empty() && names.empty())
      refuse("--files-from " + *choice.files_from + " names no file, list one a line");
    names.insert(names.end(), listed.begin(), listed.end());
  }
  check_common(options, names);
  return names;
}

void check_reading(const ReadChoice& choice) {
  if (choice.strict && choice.salvage) refuse("--strict and --salvage exclude each other, give one of them");
}

void check_output_choice(const OutputChoice& output, const InputChoice& input, bool force) {
  if (output.file && output.folder) refuse("-o and --output-dir exclude each other, give one of them");
  if (output.file && input.recursive)
    refuse("-o names one file, but --recursive finds any number, use --output-dir DIR");
  if (output.file && output.file->empty()) refuse("-o has an empty name, give a file");
  if (output.folder && output.folder->empty()) refuse("--output-dir has an empty name, give a folder");
  if (output.file && output.keep_extension)
    refuse("--keep-extension is for default names, leave out --keep-extension or -o");
  if (output.skip_existing && force) refuse("--skip-existing and --force exclude each other, give one of them");
}

void check_streams(const CommonOptions& options, const OutputChoice& choice, const std::vector<std::string>& outputs) {
  if (std::find(outputs.begin(), outputs.end(), standard_stream) == outputs.end()) return;
  if (options.json) refuse("--json and the output cannot share standard output, use -o FILE");
  if (choice.skip_existing) refuse("--skip-existing cannot tell whether standard output exists, use -o FILE");
  if (choice.preserve) refuse("--preserve cannot give standard output a time, use -o FILE");
}

OutputRules output_rules(const CommonOptions& options, const OutputChoice& choice, const std::string& input) {
  OutputRules rules{options.force, choice.folder.has_value(), output_mode(input)};
  if (choice.preserve) rules.times = times_of(input);
  rules.may_be_skipped = true;
  return rules;
}

}  // namespace vqi::tool
