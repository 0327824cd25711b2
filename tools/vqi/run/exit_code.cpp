// Maps classes of errors to exit codes.
#include "exit_code.hpp"

#include <csignal>

#include "signals.hpp"

namespace vqi::tool {

int exit_code(ErrorClass error_class) noexcept {
  switch (error_class) {
    case ErrorClass::argument:
      return exit_usage;
    case ErrorClass::data:
      return exit_bad_data;
    case ErrorClass::limit:
      return exit_limit;
    case ErrorClass::environment:
      return exit_environment;
    case ErrorClass::target:
      return exit_target;
    case ErrorClass::cancelled:
      return exit_signal_base + (stop_signal() != 0 ? stop_signal() : SIGINT);
  }
  return exit_environment;
}

}  // namespace vqi::tool
