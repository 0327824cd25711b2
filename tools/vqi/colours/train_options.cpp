// Declares the options of vqi train.
#include "train_options.hpp"

#include <filesystem>

#include "colour_choice.hpp"
#include "encoding_options.hpp"
#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

void add_train_options(CommandLine& line, TrainOptions& options) {
  line.start_group("Codebook");
  line.add_setting("-k", options, "N", "Number of codewords, 1..65536. Default 256");
  line.add_setting("--block", options, "WxH",
                   "Each codeword stands for a block of W x H pixels,\n1x1..16x16. Default 1x1, a single pixel");
  add_learning_colours(line, options);
  add_effort_options(line, options);
  add_training_options(line, options);
  line.start_group("Files");
  line.add_text("-o,--output", options.output, "BOOK", "Write the codebook to BOOK.vqb; - is standard output");
  add_input_options(line, options.input, "images");
  add_reading_options(line, options.common.reading);
  add_common_options(line, options.common);
}

void check_train_options(const TrainOptions& options) {
  const auto refuse = [](const std::string& why) { throw Error(ErrorCode::invalid_option, why); };
  if (!options.output || options.output->empty()) refuse("-o is missing, give -o BOOK.vqb");
  const std::string& output = *options.output;
  if (output != standard_stream && std::filesystem::path(output).extension() != ".vqb")
    refuse("the output " + output + " is no codebook by its extension, name it .vqb");
  if (output == standard_stream && options.common.json)
    refuse("--json and the output cannot share standard output, use -o BOOK.vqb");
  check_settings(options);
}

}  // namespace vqi::tool
