// CommandLine: parses the arguments of one command, prints its --help and words its errors. It declares --help and
// --version itself; every other option is declared in a file beside this one:
//
//   compress_options    -k, --psnr, --max-bytes, --ratio, --bpp, --auto-k, --block, --method, --coding, --skip-larger
//   decompress_options  --indexed, --salvage, --reference
//   sweep_options       lists: -k, --block, --method, --coding; and --gap, --csv
//   picture_options     --plot, --plot-theme, --report                              sweep
//   encoding_options    --effort, --seeding, --max-iterations, --seed, --lambda,
//                       --covariance, --model                                       compress and sweep
//   gap_options         --gap-max-k, --gap-references, --gap-box, --gap-rule        compress and sweep
//   output_options      -o, --output-dir                                            compress and decompress
//                       --recursive                                                 all but compare
//   common_options      --json, --quiet, --verbose, --force, --threads,
//                       --max-pixels, --max-memory, --no-progress                   every command
#pragma once

#include <CLI/CLI.hpp>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parse_number.hpp"

namespace vqi::tool {

/// The parts of a command's --help that are not options.
struct CommandHelp {
  std::string name;         ///< "compress"
  std::string usage;        ///< the text after "vqi compress"
  std::string description;  ///< what the command does; lines of at most 85 characters
  std::string examples;     ///< the end of the help text
};

/// Collects options, then parses arguments. Every argument that is no option, and every argument after "--", is an
/// input; it may hold any bytes.
class CommandLine {
 public:
  explicit CommandLine(const CommandHelp& help);

  // Option names are as CLI11 takes them ("-o,--output"); `value` is the placeholder in the help text.
  // An option that is not given leaves its target unchanged.
  CLI::Option* add_flag(const std::string& names, bool& target, const std::string& help);
  CLI::Option* add_text(const std::string& names, std::optional<std::string>& target, const std::string& value,
                        const std::string& help);
  template <std::unsigned_integral Number>
  CLI::Option* add_integer(const std::string& names, Number& target, std::uint64_t minimum, std::uint64_t maximum,
                           const std::string& help);
  CLI::Option* add_size(const std::string& names, std::uint64_t& target, std::uint64_t minimum, std::uint64_t maximum,
                        const std::string& value, const std::string& help);
  /// Any other option: `take` gets the text of the value and throws Error{invalid_option} if the value is not allowed.
  CLI::Option* add_value(const std::string& names, const std::function<void(const std::string&)>& take,
                         const std::string& value, const std::string& help);
  /// Puts all options that are added after this call under this heading of the help text.
  void start_group(const std::string& heading);

  /// Sets the targets and returns the inputs. With --help or --version it prints that text and returns none. Throws
  /// Error{invalid_option}.
  [[nodiscard]] std::optional<std::vector<std::string>> parse(const std::vector<std::string>& arguments);

 private:
  [[nodiscard]] std::vector<std::string> parse_options(std::vector<std::string> arguments);

  CLI::App app_;
  std::string name_;
  std::string group_ = "Options";
};

/// The program's name and version, as --version prints it.
[[nodiscard]] std::string version_text();

/// The option's name for messages: "-k" for "-k", "--output" for "-o,--output".
[[nodiscard]] std::string spoken_name(const std::string& names);

template <std::unsigned_integral Number>
CLI::Option* CommandLine::add_integer(const std::string& names, Number& target, std::uint64_t minimum,
                                      std::uint64_t maximum, const std::string& help) {
  const auto take = [&target, name = spoken_name(names), minimum, maximum](const std::string& text) {
    target = static_cast<Number>(parse_integer(name, text, minimum, maximum));
  };
  return add_value(names, take, "N", help);
}

}  // namespace vqi::tool
