// Everything here is made from the commands' own options and from the documents that are embedded.
#include "help_command.hpp"

#include "command_list.hpp"
#include "completions.hpp"
#include "console.hpp"
#include "exit_code.hpp"
#include "filled_text.hpp"
#include "help_topics.hpp"
#include "manual_pages.hpp"
#include "plain_text.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr const char* general_examples =
    "Examples:\n"
    "  vqi compress photo.png            learn 256 colours, write photo.vqi\n"
    "  vqi compress -k 16 photo.png      only 16 colours: 4 bits per pixel\n"
    "  vqi compress --psnr 35 photo.png  as few colours as 35 dB need\n"
    "  vqi compress --lossless shot.png  all colours of a screenshot\n"
    "  vqi quantize photo.png            a palette PNG, photo.quantized.png\n"
    "  vqi sweep photo.png               what 2, 4, 8 ... 256 colours cost and give\n"
    "  vqi info photo.vqi                size, codebook, distortion\n"
    "  vqi decompress photo.vqi          write photo.decoded.png\n"
    "  vqi compare photo.png photo.decoded.png\n";

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

/// "--man PAGE" prints a man page, "--man" alone the names of all.
std::string man(const std::vector<std::string>& arguments) {
  const std::vector<CommandOutline> commands = command_outlines();
  if (arguments.size() > 2) refuse("help --man prints one page at a time, name one");
  if (arguments.size() == 2) return manual_page(arguments.back(), commands, general_examples);
  std::string names;
  for (const std::string& name : manual_page_names(commands)) names += name + "\n";
  return names;
}

std::string completion(const std::vector<std::string>& arguments) {
  const std::string shell = arguments.size() == 2 ? arguments.back() : "";
  const auto script = shell == "bash"   ? bash_completion
                      : shell == "zsh"  ? zsh_completion
                      : shell == "fish" ? fish_completion
                                        : nullptr;
  if (script == nullptr) refuse("help --completion needs the name of a shell, give bash, zsh or fish");
  return script(completed_commands(command_outlines()), topic_names());
}

}  // namespace

std::string general_help() {
  constexpr std::size_t name_width = 12;
  constexpr std::size_t page_width = 80;
  std::string text =
      "Usage: vqi COMMAND INPUT... [OPTIONS]\n"
      "\n"
      "Compresses images by vector quantization: every pixel, or block of pixels, becomes\n"
      "the index of one of K codewords that are learned from the image.\n"
      "\n"
      "Commands:\n";
  for (const NamedCommand& command : commands())
    text += "  " + left_aligned(command.name, name_width) + command.summary + "\n";
  return text +
         "\n"
         "Options:\n"
         "  -h, --help     Print this text, as \"vqi help\" does\n"
         "  -V, --version  Print the version\n"
         "\n"
         "\"vqi COMMAND -h\" shows the common options of a command, \"vqi COMMAND --help\" or\n"
         "\"vqi help COMMAND\" all of them. \"vqi help TOPIC\" explains one of these, or the one\n"
         "that a word is part of:\n" +
         hanging("  ", joined(topic_names()), page_width) + "\n" + general_examples +
         "\n"
         "Exit codes: 0 done, 1 compare: images differ, 2 wrong usage, 3 bad data, 4 limit\n"
         "exceeded, 5 cannot read or write, 6 target cannot be met, 130 or 143 stopped by a\n"
         "signal.\n";
}

int run_help(const std::vector<std::string>& arguments) {
  Console console(false);
  const std::string name = arguments.empty() ? "help" : arguments.front();
  if (name == "--man") {
    console.print(man(arguments));
    return exit_done;
  }
  if (name == "--completion") {
    console.print(completion(arguments));
    return exit_done;
  }
  if (arguments.size() > 1) refuse("help explains one command or topic at a time, name one");
  if (name == "help") {
    console.print(general_help());
    return exit_done;
  }
  if (const NamedCommand* const command = find_command(name)) return command->run({"--help"});
  if (const std::optional<std::string> text = topic_text(name)) {
    console.print(*text);
    return exit_done;
  }
  refuse_command(name, topic_names());
}

}  // namespace vqi::tool
