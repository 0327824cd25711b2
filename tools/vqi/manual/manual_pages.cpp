// A command's page has the text and tables of its section in CLI.md, and from --help every option that these tables
// leave to other sections. So the page has all options of --help, and says of each what the documents say.
#include "manual_pages.hpp"

#include <algorithm>

#include "documented_options.hpp"
#include "manual_sources.hpp"
#include "markdown.hpp"
#include "roff_text.hpp"
#include "vqi/error.hpp"
#include "vqi/version.hpp"

namespace vqi::tool {
namespace {

constexpr const char* manual_date = "2026-11-30";  // of the last change to the documents; pages are the same each time

std::string page_of(const CommandOutline& command) { return "vqi-" + command.name + ".1"; }

/// What every page begins with. Pages with tables say so in the first line.
std::string page_head(const std::string& title, const std::string& section, const std::string& name,
                      const std::string& summary) {
  // Words stay whole and lines ragged, so that options can be read and searched for.
  return "'\\\" t\n.TH " + roff_literal(title) + " " + section + " \"" + manual_date +
         "\" \"vqi " VQI_VERSION "\" \"vqi manual\"\n.nh\n.ad l\n" + roff_section("Name") + roff_literal(name) +
         " \\- " + roff_literal(summary) + "\n";
}

std::string reference(const std::string& page, const std::string& section) {
  return ".BR " + roff_literal(page) + " (" + section + ")";
}

std::string see_also(const std::vector<CommandOutline>& commands, const std::string& except) {
  std::vector<std::string> lines;
  if (except != "vqi.1") lines.push_back(reference("vqi", "1"));
  for (const CommandOutline& command : commands)
    if (page_of(command) != except) lines.push_back(reference("vqi-" + command.name, "1"));
  if (except != "vqi.5") lines.push_back(reference("vqi", "5"));
  std::string roff = roff_section("See also");
  for (std::size_t index = 0; index < lines.size(); ++index)
    roff += lines[index] + (index + 1 < lines.size() ? ",\n" : "\n");
  return roff;
}

/// The lines after "Examples:", without their indent.
std::string examples_section(const std::string& examples) {
  std::string code;
  std::size_t at = examples.find('\n');
  while (at != std::string::npos && at + 1 < examples.size()) {
    const std::size_t end = std::min(examples.find('\n', at + 1), examples.size());
    const std::string line = examples.substr(at + 1, end - at - 1);
    code += line.substr(std::min(line.find_first_not_of(' '), line.size())) + "\n";
    at = end;
  }
  return roff_section("Examples") + roff_code(code);
}

/// "-o FILE, --output FILE", the options in bold.
std::string option_term(const OptionOutline& option) {
  std::string term;
  for (const std::string& name : option.names)
    term += (term.empty() ? "\\fB" : ", \\fB") + roff_literal(name) + "\\fR" +
            (option.value.empty() ? "" : " \\fI" + roff_literal(option.value) + "\\fR");
  return term;
}

/// The options of --help that are not in `tabled`, under its headings.
std::string other_options(const CommandOutline& command, const std::vector<std::string>& tabled) {
  std::string roff;
  for (const OptionGroup& group : command.groups) {
    std::string entries;
    for (const OptionOutline& option : group.options)
      if (std::find(tabled.begin(), tabled.end(), option.name()) == tabled.end())
        entries += roff_entry(option_term(option), roff_literal(option.help));
    if (!entries.empty()) roff += roff_subsection(group.heading) + entries;
  }
  return roff.empty() ? roff : roff_section("Other options") + roff;
}

std::string command_page(const CommandOutline& command, const std::vector<CommandOutline>& commands,
                         const std::vector<Block>& document) {
  const std::vector<Block> section = section_of(document, 2, "vqi " + command.name);
  std::vector<Block> description = before_headings(section);
  const std::vector<Block> rest(section.begin() + static_cast<std::ptrdiff_t>(description.size()), section.end());
  if (!description.empty() && description.front().kind == BlockKind::code)
    description.erase(description.begin());  // the usage, which is the synopsis
  std::string roff = page_head(upper_case("vqi-" + command.name), "1", "vqi-" + command.name, command.summary);
  roff += roff_section("Synopsis") + "\\fBvqi " + command.name + "\\fR " + roff_literal(command.usage) + "\n";
  roff += roff_section("Description") + roff_blocks(description, 2);
  roff += roff_blocks(rest, 3) + other_options(command, options_in_tables(section));
  roff += roff_section("Exit status") + roff_blocks(section_of(document, 2, "Exit codes"), 2);
  return roff + examples_section(command.examples) + see_also(commands, page_of(command));
}

std::string program_page(const std::vector<CommandOutline>& commands, const std::vector<Block>& document,
                         const std::string& examples) {
  std::string roff = page_head("VQI", "1", "vqi", "compress images by vector quantization");
  roff += roff_section("Synopsis") + "\\fBvqi\\fR \\fICOMMAND\\fR \\fIINPUT\\fR... [\\fIOPTIONS\\fR]\n.br\n";
  roff += "\\fBvqi help\\fR [\\fICOMMAND\\fR | \\fITOPIC\\fR]\n.br\n\\fBvqi \\-\\-version\\fR\n";
  roff += roff_section("Description");
  roff += roff_filled(
      "Every pixel, or block of pixels, of an image becomes the index of one of K codewords that are learned from the "
      "image. The file format is described in");
  roff += reference("vqi", "5") + ".\n";
  const auto is_text = [](const Block& block) { return block.kind == BlockKind::paragraph; };
  const std::vector<Block> section = section_of(document, 1, "The vqi command line");
  const auto first = std::find_if(section.begin(), section.end(), is_text);
  if (first != section.end()) roff += ".PP\n" + roff_blocks({*first}, 2);
  roff += roff_section("Commands");
  for (const CommandOutline& command : commands)
    roff += ".TP\n" + reference("vqi-" + command.name, "1") + "\n" + roff_literal(command.summary) + "\n";
  bool is_general = false;  // whether a section is about all commands, as those after the commands are
  for (const Block& block : document) {
    if (block.kind != BlockKind::heading || block.level != 2) continue;
    is_general = !block.text.starts_with("vqi ");
    if (!is_general) continue;
    roff += roff_section(block.text) + roff_blocks(section_of(document, 2, block.text), 2);
  }
  return roff + examples_section(examples) + see_also(commands, "vqi.1");
}

std::string format_page(const std::vector<CommandOutline>& commands) {
  std::vector<Block> document = parse_markdown(format_document);
  document.erase(document.begin());  // the title
  const auto is_contents = [](const Block& block) { return block.kind == BlockKind::item; };
  const std::vector<Block> introduction = before_headings(document);
  std::string roff = page_head("VQI", "5", "vqi", "the .vqi file format") + roff_section("Description");
  for (const Block& block : introduction)
    if (!is_contents(block)) roff += roff_blocks({block}, 2);
  const auto begin = document.begin() + static_cast<std::ptrdiff_t>(introduction.size());
  return roff + roff_blocks({begin, document.end()}, 2) + see_also(commands, "vqi.5");
}

}  // namespace

std::vector<std::string> manual_page_names(const std::vector<CommandOutline>& commands) {
  std::vector<std::string> names{"vqi.1"};
  for (const CommandOutline& command : commands) names.push_back(page_of(command));
  names.emplace_back("vqi.5");
  return names;
}

std::string manual_page(const std::string& name, const std::vector<CommandOutline>& commands,
                        const std::string& general_examples) {
  if (name == "vqi.5") return format_page(commands);
  const std::vector<Block> document = parse_markdown(cli_document);
  if (name == "vqi.1") return program_page(commands, document, general_examples);
  for (const CommandOutline& command : commands)
    if (name == page_of(command)) return command_page(command, commands, document);
  throw Error(ErrorCode::invalid_option, "there is no man page \"" + name + "\", \"vqi help --man\" lists all");
}

}  // namespace vqi::tool
