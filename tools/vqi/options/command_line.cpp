// Wraps CLI11, whose layout of help and words for errors are replaced by ours.
#include "command_line.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "console.hpp"
#include "vqi/error.hpp"
#include "vqi/option_values.hpp"
#include "vqi/version.hpp"

namespace vqi::tool {
namespace {

constexpr std::size_t help_column = 24;  // column in which the descriptions of options begin

/// CLI11's help text in our layout.
class HelpFormatter final : public CLI::Formatter {
 public:
  HelpFormatter(std::string usage, std::string description)
      : usage_(std::move(usage)), description_(std::move(description)) {
    column_width(help_column);
  }
  std::string make_usage(const CLI::App* /*app*/, std::string name) const override {
    return "Usage: " + name + " " + usage_ + "\n\n" + description_ + "\n\n";
  }
  std::string make_description(const CLI::App* /*app*/) const override { return {}; }
  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    std::string text = group + ":\n";
    for (const CLI::Option* option : options) text += make_option(option, is_positional);
    return text;
  }
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
    std::string name = CLI::Formatter::make_option_name(option, is_positional);
    if (const std::size_t comma = name.find(','); comma != std::string::npos) name.insert(comma + 1, " ");
    return name;
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    return option->get_type_size() == 0 ? "" : " " + option->get_type_name();
  }

 private:
  std::string usage_;
  std::string description_;
};

/// CLI11's error, in our words.
Error usage_error(const CLI::ParseError& error, const CLI::App& app, const std::string& command) {
  const std::string advice = ", see \"vqi " + command + " --help\"";
  for (const CLI::Option* option : app.get_options())
    if (option->get_type_size() != 0 && option->get_expected_max() <= 1 && option->count() > 1)
      return Error(ErrorCode::invalid_option, option->get_name() + " is given more than once, give it once");
  const std::string words = error.what();
  if (words.find("required") != std::string::npos)
    return Error(ErrorCode::invalid_option, words.substr(0, words.find(':')) + " needs a value" + advice);
  if (words.find("flag override") != std::string::npos)
    return Error(ErrorCode::invalid_option, "--" + words.substr(0, words.find(' ')) + " takes no value" + advice);
  return Error(ErrorCode::invalid_option, words + advice);
}

bool is_option(const std::string& argument) { return argument.size() > 1 && argument.front() == '-'; }

}  // namespace

std::string version_text() { return std::string("vqi ") + VQI_VERSION; }

std::string spoken_name(const std::string& names) {
  const std::size_t comma = names.find(',');
  return comma == std::string::npos ? names : names.substr(comma + 1);
}

CommandLine::CommandLine(const CommandHelp& help)
    : app_(std::make_unique<CLI::App>("", "vqi " + help.name)),
      help_(help),
      brief_("Usage: vqi " + help.name + " " + help.usage + "\n\n" + help.brief + "\n\n\"vqi " + help.name +
             " --help\" explains all options.\n") {
  app_->formatter(std::make_shared<HelpFormatter>(help.usage, help.description));
  app_->footer(help.examples);
  app_->allow_extras();
  app_->set_help_flag();  // replaced below, at the end of its group
}

CommandLine::~CommandLine() = default;

void CommandLine::start_group(const std::string& heading) { group_ = heading; }

void CommandLine::add_flag(const std::string& names, bool& target, const std::string& help) {
  app_->add_flag(names, target, help)->disable_flag_override()->group(group_);
}

void CommandLine::add_value(const std::string& names, const std::function<void(const std::string&)>& take,
                            const std::string& value, const std::string& help) {
  app_->add_option_function<std::string>(names, take, help)->type_name(value)->group(group_);
}

void CommandLine::add_repeated(const std::string& names, const std::function<void(const std::string&)>& take,
                               const std::string& value, const std::string& help) {
  const auto take_all = [take](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) take(text);
  };
  app_->add_option_function<std::vector<std::string>>(names, take_all, help)
      ->type_name(value)
      ->allow_extra_args(false)
      ->group(group_);
}

void CommandLine::add_setting(const std::string& names, Settings& settings, const std::string& value,
                              const std::string& help) {
  const auto take = [&settings, name = spoken_name(names)](const std::string& text) {
    set_option(settings, name, text);
  };
  add_value(names, take, value, help);
}

void CommandLine::add_repeated_setting(const std::string& names, Settings& settings, const std::string& value,
                                       const std::string& help) {
  const auto take = [&settings, name = spoken_name(names)](const std::string& text) {
    set_option(settings, name, text);
  };
  add_repeated(names, take, value, help);
}

void CommandLine::add_setting_flag(const std::string& names, Settings& settings, const std::string& help) {
  const auto take = [&settings, name = spoken_name(names)] { set_option(settings, name, "true"); };
  app_->add_flag_callback(names, take, help)->disable_flag_override()->group(group_);
}

void CommandLine::add_text(const std::string& names, std::optional<std::string>& target, const std::string& value,
                           const std::string& help) {
  add_value(
      names, [&target](const std::string& text) { target = text; }, value, help);
}

void CommandLine::add_size(const std::string& names, std::uint64_t& target, std::uint64_t minimum,
                           std::uint64_t maximum, const std::string& value, const std::string& help) {
  const auto take = [&target, name = spoken_name(names), minimum, maximum](const std::string& text) {
    target = parse_size(name, text, minimum, maximum);
  };
  add_value(names, take, value, help);
}

void CommandLine::add_help_options() {
  app_->set_help_flag("-h", "Print the common options")->group(group_);
  app_->set_help_all_flag("--help", "Print this text")->group(group_);
  app_->set_version_flag("-V,--version", version_text(), "Print the version")->group(group_);
}

CommandOutline CommandLine::outline() {
  add_help_options();
  CommandOutline outline{help_.name, "", help_.usage, help_.description, help_.examples, {}};
  for (const CLI::Option* option : app_->get_options()) {
    OptionOutline each;
    for (const std::string& name : option->get_snames()) each.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) each.names.push_back("--" + name);
    if (option->get_type_size() != 0) each.value = option->get_type_name();
    each.help = option->get_description();
    std::replace(each.help.begin(), each.help.end(), '\n', ' ');
    if (outline.groups.empty() || outline.groups.back().heading != option->get_group())
      outline.groups.push_back({option->get_group(), {}});
    outline.groups.back().options.push_back(std::move(each));
  }
  return outline;
}

std::optional<std::vector<std::string>> CommandLine::parse(const std::vector<std::string>& arguments) {
  add_help_options();
  const auto end_of_options = std::find(arguments.begin(), arguments.end(), "--");
  std::vector<std::string> inputs;
  try {
    inputs = parse_options({arguments.begin(), end_of_options});
  } catch (const CLI::CallForHelp&) {
    Console(false).print(brief_);
    return std::nullopt;
  } catch (const CLI::CallForAllHelp&) {
    Console(false).print(app_->help());
    return std::nullopt;
  } catch (const CLI::CallForVersion&) {
    Console(false).print(version_text() + "\n");
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    throw usage_error(error, *app_, help_.name);
  }
  if (end_of_options != arguments.end()) inputs.insert(inputs.end(), end_of_options + 1, arguments.end());
  return inputs;
}

bool CommandLine::was_given(const std::string& name) const { return app_->count(name) > 0; }

std::vector<std::string> CommandLine::parse_options(std::vector<std::string> arguments) {
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes arguments from the back
  app_->parse(std::move(arguments));
  std::vector<std::string> inputs = app_->remaining();
  const auto unknown = std::find_if(inputs.begin(), inputs.end(), is_option);
  if (unknown != inputs.end()) throw unknown_option(*unknown);
  return inputs;
}

Error CommandLine::unknown_option(const std::string& argument) const {
  const std::string option = argument.substr(0, argument.find('='));
  std::vector<std::string> known;
  for (const CLI::Option* each : app_->get_options())
    for (const std::string& name : each->get_lnames()) known.push_back("--" + name);
  std::string advice;
  if (option.starts_with("--"))
    if (const std::optional<std::string> meant = similar_name(option, known))
      advice = ", did you mean \"" + *meant + "\"?";
  if (advice.empty()) advice = ", see \"vqi " + help_.name + " --help\"; put -- before a file of that name";
  return Error(ErrorCode::invalid_option, option + " is not an option of " + help_.name + advice);
}

}  // namespace vqi::tool
