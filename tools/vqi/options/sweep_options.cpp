// Declares the options of vqi sweep.
#include "sweep_options.hpp"

#include "colour_choice.hpp"
#include "encoding_options.hpp"
#include "file_options.hpp"
#include "output_names.hpp"
#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

void add_sweep_options(CommandLine& line, SweepChoices& choices) {
  line.start_group("Size of the codebook");
  line.add_setting("-k", choices, "LIST",
                   "Numbers of codewords, 1..65536, such as 2,4,8 or\n2..256 (powers of two) or 10..20:2 (in steps of "
                   "2).\n"
                   "Default 2..256");
  line.start_group("Finding colours");
  line.add_setting("--block", choices, "LIST", "Blocks of W x H pixels, 1x1..16x16. Default 1x1");
  line.add_setting("--method", choices, "LIST",
                   "Ways to find codebook and indices: kmeans, ecvq, em,\nanneal. Default kmeans");
  line.add_setting("--lambda", choices, "LIST",
                   "For ecvq: what a bit is worth, in squared code values\nsummed over a vector, 0..10000000000. "
                   "Default: by the\nimage");
  line.add_setting("--covariance", choices, "LIST",
                   "For em: spherical, diagonal, full, tied or\ntied-spherical. Default tied-spherical");
  line.add_setting("--effort", choices, "LIST", "1 (fastest) to 9 (lowest distortion). Default 5");
  line.add_setting("--seeding", choices, "LIST", "First codebooks: split, kmeans++ or auto. Default auto");
  add_training_options(line, choices);
  add_dither_options(line, choices, "none; not with ecvq");
  add_learning_colours(line, choices);
  line.start_group("Writing indices");
  line.add_setting("--coding", choices, "LIST", "Ways to write indices: packed, entropy, auto.\nDefault auto");
  add_model_option(line, choices);
  add_restore_option(line, choices, "Not by default");
  line.start_group("The gap statistic instead of rows");
  line.add_flag("--gap", choices.wants_gap,
                "Print, and with --plot draw, log W for K clusters, its\nexpectation, the gap and its error");
  add_gap_options(line, choices.of_gap);
  line.start_group("Files");
  line.add_text("--csv", choices.csv, "FILE",
                "Write the rows as comma-separated values; - is\nstandard output, instead of the table");
  add_picture_options(line, choices.pictures);
  add_input_options(line, choices.input, "images");
  add_reading_options(line, choices.common.reading);
  add_common_options(line, choices.common);
}

void check_sweep_choices(const SweepChoices& choices) {
  const auto refuse = [](const std::string& why) { throw Error(ErrorCode::invalid_option, why); };
  if (!choices.wants_gap && !choices.of_gap.given.empty())
    refuse("--gap options are of no use without --gap, give both or none");
  if (!choices.wants_gap) return;
  std::vector<std::string> wrong;
  for (const std::string& name : choices.given)
    if (name != "--block" && name != "--seed") wrong.push_back(name);
  if (choices.pictures.plot_each) wrong.emplace_back("--plot-each");
  if (!wrong.empty())
    refuse(wrong.front() + " does not apply to the gap statistic, leave out " + wrong.front() + " or --gap");
}

void check_sweep_files(const SweepChoices& choices, const std::vector<InputFile>& inputs) {
  check_settings(choices);
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
