// vqi info: prints what .vqi files hold, and checks whether they are whole.
#include <optional>

#include "commands.hpp"
#include "common_options.hpp"
#include "find_inputs.hpp"
#include "image_input.hpp"
#include "json_report.hpp"
#include "output_options.hpp"
#include "read_input.hpp"
#include "text_report.hpp"
#include "vqi/codec.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"info", "INPUT... [OPTIONS]",
                       "Prints what .vqi files hold (size, codebook, distortion, where the bytes went)\n"
                       "and checks every checksum, without decoding the image. The exit code of a\n"
                       "damaged file is 3. INPUT is a .vqi file; - is standard input.",
                       "Examples:\n"
                       "  vqi info photo.vqi\n"
                       "  vqi info --json *.vqi\n"
                       "  vqi info -q photo.vqi && echo whole"};

Outcome describe(const InputFile& file, const CommonOptions& options) {
  if (file.fault) throw Error(*file.fault);
  const std::string& input = file.name;
  const std::vector<std::byte> stream = read_input(input, options.max_memory_bytes, check_stream_start);
  InfoResult result{input, inspect(stream, options.limits())};
  Outcome outcome;
  if (options.json)
    outcome.out = json_line(result);
  else if (!options.quiet)
    outcome.out = text_report(result);
  if (const std::optional<Error>& damage = result.info.damage) {
    outcome.err = failure_line({damage->error_code(), damage->what(), input, damage->offset()});
    outcome.exit_code = exit_code(damage->error_class());
  }
  return outcome;
}

}  // namespace

int run_info(const std::vector<std::string>& arguments) {
  CommonOptions options;
  CommandLine line(help);
  bool recursive = false;
  line.start_group("Input");
  add_recursive_option(line, recursive, ".vqi files");
  add_common_options(line, options);
  const std::optional<std::vector<std::string>> names = line.parse(arguments);
  if (!names) return exit_done;
  check_common(options, *names);
  const std::vector<InputFile> inputs = find_inputs(*names, recursive, is_stream_name);

  Console console(options.show_progress());
  return run_batch(names_of(inputs), options.batch(), console,
                   [&](std::size_t index, const JobContext&) { return describe(inputs[index], options); });
}

}  // namespace vqi::tool
