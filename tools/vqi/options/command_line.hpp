// CommandLine: parses the arguments of one command, prints its -h and --help and words its errors. It declares these
// and --version itself; every other option is declared in a file beside this one:
//
//   compress_options    -k, --psnr, --max-bytes, --ratio, --bpp, --lossless, --auto-k, --block, --method, --coding,
//                       --salvage, --skip-larger
//   decompress_options  --indexed, --salvage, --reference
//   sweep_options       lists: -k, --block, --method, --lambda, --covariance, --effort, --seeding, --coding; and
//                       --gap, --csv
//   palette_options     -o, --to, --sort                                            palette
//   statistics_options  --block, --sample, --shard, -o                             stats; some: train, merge
//   picture_options     --plot, --plot-each, --plot-theme, --report                 sweep
//   colour_choice       --palette, --codebook, --detach, --fix, --keep-small,
//                       --space, --weights                                          compress; some: sweep, train
//   encoding_options    --effort, --seeding, --max-iterations, --seed, --lambda,
//                       --covariance, --model                                       compress and sweep
//   gap_options         --gap-max-k, --gap-references, --gap-box, --gap-rule        compress and sweep
//   file_options        -o, --output-dir, --skip-existing, --preserve               compress, decompress, quantize
//                       --keep-extension                                            compress and quantize
//   input_options       --recursive, --files-from                                   all but compare
//                       --page, --strict                                            all that read images
//   common_options      --json, --quiet, --verbose, --force, --threads,
//                       --max-pixels, --max-memory, --no-progress                   every command
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command_outline.hpp"
#include "vqi/error.hpp"
#include "vqi/option_values.hpp"
#include "vqi/settings.hpp"

namespace CLI {
class App;
}

namespace vqi::tool {

/// The parts of a command's --help that are not options.
struct CommandHelp {
  std::string name;         ///< "compress"
  std::string usage;        ///< the text after "vqi compress"
  std::string description;  ///< what the command does; lines of at most 85 characters
  std::string examples;     ///< the end of the help text
  std::string brief{};      ///< -h after the usage: the common options and examples, on one screen
};

/// Collects options, then parses arguments. Every argument that is no option, and every argument after "--", is an
/// input; it may hold any bytes.
class CommandLine {
 public:
  explicit CommandLine(const CommandHelp& help);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // Option names are as CLI11 takes them ("-o,--output"); `value` is the placeholder in the help text.
  // An option that is not given leaves its target unchanged.
  void add_flag(const std::string& names, bool& target, const std::string& help);
  void add_text(const std::string& names, std::optional<std::string>& target, const std::string& value,
                const std::string& help);
  template <std::unsigned_integral Number>
  void add_integer(const std::string& names, Number& target, std::uint64_t minimum, std::uint64_t maximum,
                   const std::string& help);
  void add_size(const std::string& names, std::uint64_t& target, std::uint64_t minimum, std::uint64_t maximum,
                const std::string& value, const std::string& help);
  /// Any other option: `take` gets the text of the value and throws Error{invalid_option} if the value is not allowed.
  void add_value(const std::string& names, const std::function<void(const std::string&)>& take,
                 const std::string& value, const std::string& help);
  /// The same for an option that may be given several times; `take` gets each value in turn.
  void add_repeated(const std::string& names, const std::function<void(const std::string&)>& take,
                    const std::string& value, const std::string& help);
  // The same for an option that the library has as well, which takes the value and knows the option as given.
  void add_setting(const std::string& names, Settings& settings, const std::string& value, const std::string& help);
  void add_repeated_setting(const std::string& names, Settings& settings, const std::string& value,
                            const std::string& help);
  void add_setting_flag(const std::string& names, Settings& settings, const std::string& help);
  /// Puts all options that are added after this call under this heading of the help text.
  void start_group(const std::string& heading);

  /// Sets the targets and returns the inputs. With -h, --help or --version it prints that text and returns none. Throws
  /// Error{invalid_option}.
  [[nodiscard]] std::optional<std::vector<std::string>> parse(const std::vector<std::string>& arguments);
  /// What --help says, in parts; `summary` is left empty.
  [[nodiscard]] CommandOutline outline();
  /// Whether the arguments that were parsed give the option `name`, "--method" or "-k".
  [[nodiscard]] bool was_given(const std::string& name) const;

 private:
  void add_help_options();
  [[nodiscard]] std::vector<std::string> parse_options(std::vector<std::string> arguments);
  [[nodiscard]] Error unknown_option(const std::string& argument) const;

  std::unique_ptr<CLI::App> app_;  // so that only one source of ours reads CLI11, which compiles for seconds
  CommandHelp help_;
  std::string brief_;
  std::string group_ = "Options";
};

/// The outline of a command whose options `add` declares.
template <typename Add>
CommandOutline outline_of(const CommandHelp& help, const Add& add) {
  CommandLine line(help);
  add(line);
  return line.outline();
}

/// The program's name and version, as --version prints it.
[[nodiscard]] std::string version_text();

/// The option's name for messages: "-k" for "-k", "--output" for "-o,--output".
[[nodiscard]] std::string spoken_name(const std::string& names);

template <std::unsigned_integral Number>
void CommandLine::add_integer(const std::string& names, Number& target, std::uint64_t minimum, std::uint64_t maximum,
                              const std::string& help) {
  const auto take = [&target, name = spoken_name(names), minimum, maximum](const std::string& text) {
    target = static_cast<Number>(parse_integer(name, text, minimum, maximum));
  };
  add_value(names, take, "N", help);
}

}  // namespace vqi::tool
