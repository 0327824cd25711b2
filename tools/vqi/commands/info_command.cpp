// vqi info: prints what .vqi files hold, and checks whether they are whole.
#include <optional>

#include "batch_line.hpp"
#include "commands.hpp"
#include "detached_input.hpp"
#include "file_options.hpp"
#include "find_inputs.hpp"
#include "image_input.hpp"
#include "json_report.hpp"
#include "read_input.hpp"
#include "text_report.hpp"
#include "vqi/codec.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"info", "INPUT... [OPTIONS]",
                       "Prints what .vqi files hold (size, codebook, distortion, where the bytes went)\n"
                       "and checks every checksum, without decoding the image. The exit code of a\n"
                       "damaged file is 3. INPUT is a .vqi file; - is standard input. Several files have a\n"
                       "line each; -v prints all of each.",
                       "Examples:\n"
                       "  vqi info photo.vqi\n"
                       "  vqi info --json *.vqi\n"
                       "  vqi info -q photo.vqi && echo whole",
                       "Prints what .vqi files hold, and checks whether they are whole.\n"
                       "\n"
                       "Common options:\n"
                       "  -v, --verbose    Print all, for several files too\n"
                       "  -q, --quiet      Print nothing but errors\n"
                       "  -r, --recursive  Work on all .vqi files below the named folders\n"
                       "  --json           Print JSON, each object on one line\n"
                       "\n"
                       "Examples:\n"
                       "  vqi info photo.vqi\n"
                       "  vqi info -r packed"};

Outcome describe(const InputFile& file, const CommonOptions& options, const std::optional<Codebook>& codebook,
                 const BatchLayout& layout) {
  if (file.fault) throw Error(*file.fault);
  const std::string& input = file.name;
  const std::vector<std::byte> stream = read_stream_input(input, options);
  static_cast<void>(with_codebook(stream, codebook));
  const InfoResult result{input, inspect(stream, options.limits()), {}};
  Outcome outcome;
  if (options.json)
    outcome.out = json_line(result);
  else if (!options.quiet)
    outcome.out = layout.one_line ? batch_line(result, layout) : text_report(result);
  if (const std::optional<Error>& damage = result.info.damage) {
    outcome.err = failure_line({damage->error_code(), damage->what(), input, damage->offset()});
    outcome.exit_code = exit_code(damage->error_class());
  }
  return outcome;
}

struct InfoOptions {
  CommonOptions common{};
  InputChoice input{};
  std::optional<std::string> codebook{};
};

void add_info_options(CommandLine& line, InfoOptions& options) {
  line.start_group("Files");
  line.add_text("--codebook", options.codebook, "BOOK", "The codebook of files that were compressed with --detach");
  add_input_options(line, options.input, ".vqi files");
  add_common_options(line, options.common);
}

}  // namespace

CommandOutline outline_info() {
  InfoOptions options;
  return outline_of(help, [&](CommandLine& line) { add_info_options(line, options); });
}

int run_info(const std::vector<std::string>& arguments) {
  InfoOptions info;
  CommandLine line(help);
  add_info_options(line, info);
  const std::optional<std::vector<std::string>> named = line.parse(arguments);
  if (!named) return exit_done;
  const std::vector<InputFile> inputs =
      find_inputs(input_names(*named, info.input, info.common), info.input.recursive, is_stream_name);
  const CommonOptions& options = info.common;

  const std::optional<Codebook> codebook = codebook_of(info.codebook, options);

  const BatchLayout layout(names_of(inputs), options.verbose);
  Console console(options.show_progress());
  return run_batch(names_of(inputs), options.batch(), console, [&](std::size_t index, const JobContext&) {
    return describe(inputs[index], options, codebook, layout);
  });
}

}  // namespace vqi::tool
