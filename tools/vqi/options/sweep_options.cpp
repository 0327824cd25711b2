// Declares the options of vqi sweep.
#include "sweep_options.hpp"

#include <algorithm>
#include <utility>

#include "colour_choice.hpp"
#include "encoding_options.hpp"
#include "file_options.hpp"
#include "output_names.hpp"
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
  const auto add_list = [&](const std::string& name, auto& values, auto parse, const std::string& text) {
    const auto take = [&choices, &values, name, parse](const std::string& list) {
      values.clear();
      choices.row_options.push_back(name);
      for (const std::string& part : split_list(name, list)) append_once(values, parse(part));
    };
    line.add_value(name, take, "LIST", text);
  };
  line.start_group("Size of the codebook");
  line.add_value(
      "-k",
      [&choices](const std::string& text) {
        choices.k = parse_integer_list("-k", text, 1, 65536);
        choices.row_options.emplace_back("-k");
      },
      "LIST",
      "Numbers of codewords, 1..65536, such as 2,4,8 or\n2..256 (powers of two) or 10..20:2 (in steps of 2).\n"
      "Default 2..256");
  line.start_group("Finding colours");
  line.add_value(
      "--block",
      [&choices](const std::string& text) {
        choices.blocks.clear();
        for (const std::string& name : split_list("--block", text))
          append_once(choices.blocks, parse_block("--block", name));
      },
      "LIST", "Blocks of W x H pixels, 1x1..16x16. Default 1x1");
  add_list("--method", choices.methods, parse_method,
           "Ways to find codebook and indices: kmeans, ecvq, em,\nanneal. Default kmeans");
  add_list(
      "--lambda", choices.lambdas, parse_lambda,
      "For ecvq: what a bit is worth, in squared code values\nsummed over a vector, 0..10000000000. Default: by the\n"
      "image");
  add_list("--covariance", choices.covariances, parse_covariance,
           "For em: spherical, diagonal, full, tied or\ntied-spherical. Default tied-spherical");
  add_list("--effort", choices.efforts, parse_effort, "1 (fastest) to 9 (lowest distortion). Default 5");
  add_list("--seeding", choices.seedings, parse_seeding, "First codebooks: split, kmeans++ or auto. Default auto");
  add_training_options(line, choices.encode);
  add_dither_options(
      line, [&](Dither dither) { choices.encode.dither = dither; }, choices.encode.dither_strength,
      "none; not with ecvq");
  add_learning_colours(line, choices.encode);
  line.start_group("Writing indices");
  add_list("--coding", choices.codings, parse_coding, "Ways to write indices: packed, entropy, auto.\nDefault auto");
  add_model_option(line, choices.encode);
  line.start_group("The gap statistic instead of rows");
  line.add_flag("--gap", choices.gap,
                "Print, and with --plot draw, log W for K clusters, its\nexpectation, the gap and its error");
  add_gap_options(line, choices.gap_choice);
  line.start_group("Files");
  line.add_text("--csv", choices.csv, "FILE",
                "Write the rows as comma-separated values; - is\nstandard output, instead of the table");
  add_picture_options(line, choices.pictures);
  add_input_options(line, choices.input, "images");
  add_reading_options(line, choices.common.reading);
  add_common_options(line, choices.common);
}

std::vector<EncodeOptions> rows_of(const SweepChoices& choices) {
  std::vector<EncodeOptions> rows{choices.encode};
  // Each list multiplies the rows; `set` returns false where its value means nothing to the row, which is then kept
  // once.
  const auto vary = [&rows](const auto& values, auto set) {
    std::vector<EncodeOptions> varied;
    for (const EncodeOptions& row : rows)
      for (const auto& value : values) {
        EncodeOptions changed = row;
        const bool applies = set(changed, value);
        varied.push_back(applies ? changed : row);
        if (!applies) break;
      }
    if (!values.empty()) rows = std::move(varied);
  };
  vary(choices.blocks, [](EncodeOptions& row, const BlockSize& block) {
    row.block_width_px = block.width_px;
    row.block_height_px = block.height_px;
    return true;
  });
  vary(choices.methods, [](EncodeOptions& row, Method method) {
    row.method = method;
    return true;
  });
  vary(choices.lambdas, [](EncodeOptions& row, double lambda) {
    row.lambda = lambda;
    return row.method == Method::ecvq;
  });
  vary(choices.covariances, [](EncodeOptions& row, Covariance covariance) {
    row.covariance = covariance;
    return row.method == Method::em;
  });
  vary(choices.efforts, [](EncodeOptions& row, std::uint32_t effort) {
    row.effort = effort;
    return true;
  });
  const bool anneals_only = choices.methods == std::vector{Method::anneal};
  vary(choices.seedings, [anneals_only](EncodeOptions& row, Seeding seeding) {
    row.seeding = seeding;
    return row.method != Method::anneal || anneals_only;  // alone it is refused, as compress refuses it
  });
  vary(choices.codings, [](EncodeOptions& row, Coding coding) {
    row.coding = coding;
    return true;
  });
  vary(choices.k, [](EncodeOptions& row, std::uint32_t k) {
    row.k = k;
    return true;
  });
  return rows;
}

void check_sweep_choices(const SweepChoices& choices) {
  if (!choices.gap && choices.gap_choice.given)
    throw Error(ErrorCode::invalid_option, "--gap options are of no use without --gap, give both or none");
  if (!choices.gap) return;
  std::vector<std::string> wrong = choices.row_options;
  if (choices.encode.model) wrong.emplace_back("--model");
  if (choices.encode.max_iterations) wrong.emplace_back("--max-iterations");
  if (!choices.encode.fixed.empty()) wrong.emplace_back("--fix");
  if (choices.encode.keep_small) wrong.emplace_back("--keep-small");
  if (choices.encode.space != Space::rgb) wrong.emplace_back("--space");
  if (choices.pictures.plot_each) wrong.emplace_back("--plot-each");
  if (!wrong.empty())
    throw Error(ErrorCode::invalid_option,
                wrong.front() + " does not apply to the gap statistic, leave out " + wrong.front() + " or --gap");
}

void check_sweep_files(const SweepChoices& choices, const std::vector<InputFile>& inputs) {
  const auto sweeps = [&](Method method) {
    return std::find(choices.methods.begin(), choices.methods.end(), method) != choices.methods.end();
  };
  if (!choices.covariances.empty() && !sweeps(Method::em))
    throw Error(ErrorCode::invalid_option, "--covariance is of no use without --method em, give both or none");
  if (!choices.lambdas.empty() && !sweeps(Method::ecvq))
    throw Error(ErrorCode::invalid_option, "--lambda is of no use without --method ecvq, give both or none");
  check_one_standard_input(names_of(inputs));
  const PictureOptions& pictures = choices.pictures;
  if (choices.csv && (choices.csv == pictures.plot || choices.csv == pictures.report))
    throw Error(ErrorCode::invalid_option, "--csv and another option name one file, give each its own");
  const std::vector<std::string> kept = choices.input.kept_files();
  if (choices.csv) {
    check_streams(choices.common, {}, {*choices.csv});
    check_not_an_input("--csv", *choices.csv, inputs, kept);
  }
  if (pictures.plot) check_not_an_input("--plot", *pictures.plot, inputs, kept);
  if (pictures.report) check_not_an_input("--report", *pictures.report, inputs, kept);
}

}  // namespace vqi::tool
