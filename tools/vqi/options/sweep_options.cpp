// Declares the options of vqi sweep.
#include "sweep_options.hpp"

#include <algorithm>

#include "encoding_options.hpp"
#include "output_names.hpp"
#include "output_options.hpp"
#include "parse_list.hpp"
#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

/// Appends `value` unless it is there.
template <typename Value>
void append_once(std::vector<Value>& values, const Value& value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

}  // namespace

void add_sweep_options(CommandLine& line, SweepChoices& choices) {
  line.start_group("Rows");
  line.add_value(
      "-k",
      [&choices](const std::string& text) {
        choices.k = parse_integer_list("-k", text, 1, 65536);
        choices.row_options.emplace_back("-k");
      },
      "LIST",
      "Numbers of codewords, 1..65536, such as 2,4,8 or\n2..256 (powers of two) or 10..20:2 (in steps of 2).\n"
      "Default 2..256");
  line.add_value(
      "--block",
      [&choices](const std::string& text) {
        choices.blocks.clear();
        for (const std::string& name : split_list("--block", text))
          append_once(choices.blocks, parse_block("--block", name));
      },
      "LIST", "Blocks of W x H pixels, 1x1..16x16. Default 1x1");
  line.add_value(
      "--method",
      [&choices](const std::string& text) {
        choices.methods.clear();
        choices.row_options.emplace_back("--method");
        for (const std::string& name : split_list("--method", text)) append_once(choices.methods, parse_method(name));
      },
      "LIST", "Ways to find codebook and indices: kmeans, ecvq, em,\nanneal. Default kmeans");
  line.add_value(
      "--coding",
      [&choices](const std::string& text) {
        choices.codings.clear();
        choices.row_options.emplace_back("--coding");
        for (const std::string& name : split_list("--coding", text)) append_once(choices.codings, parse_coding(name));
      },
      "LIST", "Ways to write indices: packed, entropy, auto.\nDefault auto");
  line.start_group("The same for all rows");
  add_covariance_option(line, choices.covariance);
  add_model_option(line, choices.encode);
  add_lambda_option(line, choices.encode.lambda);
  add_training_options(line, choices.encode);
  line.start_group("The gap statistic instead of rows");
  line.add_flag("--gap", choices.gap,
                "Print, and with --plot draw, log W for K clusters, its\nexpectation, the gap and its error");
  add_gap_options(line, choices.gap_choice);
  line.start_group("Output");
  line.add_text("--csv", choices.csv, "FILE",
                "Write the rows as comma-separated values; - is\nstandard output, instead of the table");
  add_picture_options(line, choices.pictures);
  line.start_group("Input");
  add_recursive_option(line, choices.recursive, "images");
  add_common_options(line, choices.common);
}

void check_sweep_choices(const SweepChoices& choices) {
  if (!choices.gap && choices.gap_choice.given)
    throw Error(ErrorCode::invalid_option, "--gap options are of no use without --gap, give both or none");
  if (!choices.gap) return;
  std::vector<std::string> wrong = choices.row_options;
  if (choices.csv) wrong.emplace_back("--csv");
  if (choices.covariance) wrong.emplace_back("--covariance");
  if (choices.encode.lambda) wrong.emplace_back("--lambda");
  const EncodeOptions& encode = choices.encode;
  const EncodeOptions defaults;
  if (encode.model) wrong.emplace_back("--model");
  if (encode.effort != defaults.effort) wrong.emplace_back("--effort");
  if (encode.seeding != defaults.seeding) wrong.emplace_back("--seeding");
  if (encode.max_iterations) wrong.emplace_back("--max-iterations");
  if (!wrong.empty())
    throw Error(ErrorCode::invalid_option,
                wrong.front() + " does not apply to the gap statistic, leave out " + wrong.front() + " or --gap");
}

void check_sweep_files(const SweepChoices& choices, const std::vector<InputFile>& inputs) {
  if (choices.covariance &&
      std::find(choices.methods.begin(), choices.methods.end(), Method::em) == choices.methods.end())
    throw Error(ErrorCode::invalid_option, "--covariance is of no use without --method em, give both or none");
  if (std::count_if(inputs.begin(), inputs.end(), [](const auto& input) { return input.name == standard_stream; }) > 1)
    throw Error(ErrorCode::invalid_option, "standard input (-) is named twice, name it once");
  if (choices.encode.lambda &&
      std::find(choices.methods.begin(), choices.methods.end(), Method::ecvq) == choices.methods.end())
    throw Error(ErrorCode::invalid_option, "--lambda is of no use without --method ecvq, give both or none");
  const PictureOptions& pictures = choices.pictures;
  if (choices.csv && (choices.csv == pictures.plot || choices.csv == pictures.report))
    throw Error(ErrorCode::invalid_option, "--csv and another option name one file, give each its own");
  if (choices.csv) {
    check_streams(choices.common, {*choices.csv});
    check_not_an_input("--csv", *choices.csv, inputs);
  }
  if (pictures.plot) check_not_an_input("--plot", *pictures.plot, inputs);
  if (pictures.report) check_not_an_input("--report", *pictures.report, inputs);
}

}  // namespace vqi::tool
