// The vqi program: runs the command that is named first, and turns every error into one line and an exit code.
#include <fcntl.h>
#if __has_include(<malloc.h>)
#include <malloc.h>
#endif
#include <unistd.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "command_list.hpp"
#include "console.hpp"
#include "exit_code.hpp"
#include "failure.hpp"
#include "help_command.hpp"
#include "json_report.hpp"
#include "signals.hpp"
#include "vqi/error.hpp"

namespace {

using namespace vqi::tool;

/// Opens /dev/null for each of the descriptors 0 to 2 that is closed; otherwise a file of ours could become standard
/// output. It is opened in the wrong direction, so that using it still fails.
void reserve_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(descriptor, F_GETFD) < 0)
      static_cast<void>(::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY));
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
  if (name == "help") return run_help(others);
  if (const NamedCommand* const command = find_command(name)) return command->run(others);
  refuse_command(name, {"help"});
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
