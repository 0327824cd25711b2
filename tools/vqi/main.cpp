// The vqi program: runs the command that is named first, and turns every error into one line and an exit code.
#include <fcntl.h>
#if __has_include(<malloc.h>)
#include <malloc.h>
#endif
#include <unistd.h>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "commands.hpp"
#include "console.hpp"
#include "exit_code.hpp"
#include "failure.hpp"
#include "find_inputs.hpp"
#include "json_report.hpp"
#include "plain_text.hpp"
#include "signals.hpp"
#include "vqi/option_values.hpp"

namespace {

using namespace vqi::tool;

struct Command {
  const char* name;
  const char* summary;
  int (*run)(const std::vector<std::string>& arguments);
};

constexpr std::array commands{
    Command{"compress", "encode images as .vqi files", run_compress},
    Command{"decompress", "decode .vqi files to images", run_decompress},
    Command{"quantize", "turn images into palette PNGs", run_quantize},
    Command{"sweep", "a table of size and distortion at many K", run_sweep},
    Command{"info", "what a .vqi file holds, and whether it is whole", run_info},
    Command{"compare", "how far one image is from another", run_compare},
    Command{"train", "one codebook for many images", run_train},
    Command{"stats", "what train learns from, in parts", run_stats},
    Command{"merge", "one file of statistics from its parts", run_merge},
    Command{"palette", "the colours of a file, in another form", run_palette},
};

std::string general_help() {
  std::string text =
      "Usage: vqi COMMAND INPUT... [OPTIONS]\n"
      "\n"
      "Compresses images by vector quantization: every pixel, or block of pixels, becomes\n"
      "the index of one of K codewords that are learned from the image.\n"
      "\n"
      "Commands:\n";
  for (const Command& command : commands) text += "  " + left_aligned(command.name, 12) + command.summary + "\n";
  return text +
         "\n"
         "Options:\n"
         "  -h, --help     Print this text, as \"vqi help\" does\n"
         "  -V, --version  Print the version\n"
         "\n"
         "\"vqi COMMAND -h\" shows the common options of a command, \"vqi COMMAND --help\" or\n"
         "\"vqi help COMMAND\" all of them.\n"
         "\n"
         "Examples:\n"
         "  vqi compress photo.png            learn 256 colours, write photo.vqi\n"
         "  vqi compress -k 16 photo.png      only 16 colours: 4 bits per pixel\n"
         "  vqi compress --psnr 35 photo.png  as few colours as 35 dB need\n"
         "  vqi compress --lossless shot.png  all colours of a screenshot\n"
         "  vqi quantize photo.png            a palette PNG, photo.quantized.png\n"
         "  vqi sweep photo.png               what 2, 4, 8 ... 256 colours cost and give\n"
         "  vqi info photo.vqi                size, codebook, distortion\n"
         "  vqi decompress photo.vqi          write photo.decoded.png\n"
         "  vqi compare photo.png photo.decoded.png\n"
         "\n"
         "Exit codes: 0 done, 1 compare: images differ, 2 wrong usage, 3 bad data, 4 limit\n"
         "exceeded, 5 cannot read or write, 6 target cannot be met, 130 or 143 stopped by a\n"
         "signal.\n";
}

/// Opens /dev/null for each of the descriptors 0 to 2 that is closed; otherwise a file of ours could become standard
/// output. It is opened in the wrong direction, so that using it still fails.
void reserve_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(descriptor, F_GETFD) < 0)
      static_cast<void>(::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY));
}

const Command* find_command(const std::string& name) {
  const auto found =
      std::find_if(commands.begin(), commands.end(), [&](const Command& command) { return name == command.name; });
  return found == commands.end() ? nullptr : &*found;
}

[[noreturn]] void refuse_command(const std::string& name) {
  std::vector<std::string> known{"help"};
  for (const Command& command : commands) known.emplace_back(command.name);
  std::string what = " is not a command";
  if (name.starts_with('-')) {
    what = " stands where a command should, give the command first";
  } else if (const std::optional<std::string> meant = vqi::similar_name(name, known)) {
    throw vqi::Error(vqi::ErrorCode::invalid_option, "\"" + name + "\"" + what + ", did you mean \"" + *meant + "\"?");
  } else if (is_image_name(name)) {
    what += ", give the command first, as in \"vqi compress " + name + "\"";
  } else if (is_stream_name(name)) {
    what += ", give the command first, as in \"vqi decompress " + name + "\"";
  }
  throw vqi::Error(vqi::ErrorCode::invalid_option, "\"" + name + "\"" + what + ", see \"vqi --help\"");
}

/// "vqi help": the general text, or all about the command that is named.
int run_help(const std::vector<std::string>& names, Console& console) {
  if (names.size() > 1)
    throw vqi::Error(vqi::ErrorCode::invalid_option, "help explains one command at a time, name one");
  if (names.empty() || names.front() == "help") {
    console.print(general_help());
    return exit_done;
  }
  if (const Command* const command = find_command(names.front())) return command->run({"--help"});
  refuse_command(names.front());
}

int run(const std::vector<std::string>& arguments) {
  Console console(false);
  if (arguments.empty()) {
    console.print_error(general_help());
    return exit_usage;
  }
  const std::string& name = arguments.front();
  if (name == "--help" || name == "-h") {
    console.print(general_help());
    return exit_done;
  }
  if (name == "--version" || name == "-V") {
    console.print(version_text() + "\n");
    return exit_done;
  }
  const std::vector<std::string> others(arguments.begin() + 1, arguments.end());
  if (name == "help") return run_help(others, console);
  if (const Command* const command = find_command(name)) return command->run(others);
  refuse_command(name);
}

bool wants_json(const std::vector<std::string>& arguments) {
  const auto end_of_options = std::find(arguments.begin(), arguments.end(), "--");
  return std::find(arguments.begin(), end_of_options, "--json") != end_of_options;
}

/// Prints a failure that belongs to no input, and returns its exit code.
int fail(const std::exception_ptr& exception, bool json) {
  const Failure failure = to_failure(exception, std::nullopt);
  Console console(false);
  console.print_error(failure_line(failure));
  const vqi::ErrorClass error_class = vqi::error_class(failure.code);
  // Those of the environment come from failed printing: then standard output would not take the JSON object either.
  if (json && error_class != vqi::ErrorClass::environment) console.print(json_line(failure));
  return exit_code(error_class);
}

/// glibc raises the size from which freed memory goes back to the system as a program frees larger blocks, and then
/// keeps images' memory for each thread, which the limit of --max-memory does not count.
void give_freed_memory_back() {
#if defined(__GLIBC__)
  constexpr int returned_bytes = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, returned_bytes);
  mallopt(M_TRIM_THRESHOLD, 2 * returned_bytes);
#endif
}

}  // namespace

int main(int argument_count, char** argument_values) {
  try {
    give_freed_memory_back();
    reserve_standard_descriptors();
    install_signal_handlers();
    const std::vector<std::string> arguments(argument_values + std::min(1, argument_count),
                                             argument_values + argument_count);
    try {
      return run(arguments);
    } catch (...) {
      return fail(std::current_exception(), wants_json(arguments));
    }
  } catch (...) {
    return exit_environment;
  }
}
