// Declares the options of vqi train.
#include "train_options.hpp"

#include "colour_choice.hpp"
#include "encoding_options.hpp"
#include "statistics_options.hpp"

namespace vqi::tool {

void add_train_options(CommandLine& line, TrainOptions& options) {
  line.start_group("Codebook");
  line.add_setting("-k", options, "N", "Number of codewords, 1..65536. Default 256");
  line.add_setting("--block", options, "WxH",
                   "Each codeword stands for a block of W x H pixels,\n1x1..16x16. Default 1x1, a single pixel");
  add_sample_option(line, options);
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
  check_named_output(options.output, ".vqb", "codebook", options.common.json);
  check_settings(options);
}

}  // namespace vqi::tool
