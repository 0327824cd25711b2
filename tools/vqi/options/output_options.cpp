// Declares the options that say where outputs go.
#include "output_options.hpp"

#include <algorithm>

#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

void add_recursive_option(CommandLine& line, bool& recursive, const std::string& files) {
  line.add_flag("-r,--recursive", recursive, "Work on all " + files + " below the named folders");
}

void add_output_options(CommandLine& line, OutputChoice& choice, const std::string& files) {
  line.add_text("-o,--output", choice.file, "FILE", "Write to FILE, for a single input; - is standard output");
  line.add_text("--output-dir", choice.folder, "DIR",
                "Write to the folder DIR under the default names; it is\ncreated if missing. --recursive keeps the "
                "tree of\nfolders in it");
  add_recursive_option(line, choice.recursive, files);
}

void check_streams(const CommonOptions& options, const std::vector<std::string>& outputs) {
  if (options.json && std::find(outputs.begin(), outputs.end(), standard_stream) != outputs.end())
    throw Error(ErrorCode::invalid_option, "--json and the output cannot share standard output, use -o FILE");
}

OutputRules output_rules(const CommonOptions& options, const OutputChoice& choice, const std::string& input) {
  return {options.force, choice.folder.has_value(), output_mode(input)};
}

}  // namespace vqi::tool
