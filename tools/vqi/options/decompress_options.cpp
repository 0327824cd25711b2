// Declares the options of vqi decompress.
#include "decompress_options.hpp"

#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

void add_decompress_options(CommandLine& line, DecompressOptions& options) {
  line.start_group("Decoding");
  line.add_flag("--indexed", options.indexed,
                "Write a palette PNG with the same indices; needs\nK <= 256, blocks of 1x1 and 8 bits");
  line.add_flag("--salvage", options.salvage,
                "Write what is left of a damaged file; rows that may be\nwrong and lost rows, which get the codebook's "
                "mean, are\nreported. The exit code is still 3");
  line.add_text("--codebook", options.codebook, "BOOK", "The codebook of files that were compressed with --detach");
  line.add_text("--reference", options.reference, "FILE", "Measure the distortion again, against the image FILE");
  line.start_group("Files");
  add_output_options(line, options.output);
  add_input_options(line, options.input, ".vqi files");
  add_common_options(line, options.common);
}

void check_decompress_options(const DecompressOptions& options) {
  if (options.reference == standard_stream)
    throw Error(ErrorCode::invalid_option, "--reference cannot be standard input, name a file");
  if (options.salvage && options.indexed)
    throw Error(ErrorCode::invalid_option, "--salvage and --indexed exclude each other, give one of them");
  check_output_choice(options.output, options.input, options.common.force);
}

}  // namespace vqi::tool
