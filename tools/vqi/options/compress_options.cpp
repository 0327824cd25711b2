// Declares the options of vqi compress.
#include "compress_options.hpp"

#include <filesystem>
#include <string>

#include "encoding_options.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

/// Adds -k and the targets that choose K.
void add_size_options(CommandLine& line, Settings& settings) {
  line.add_setting("-k", settings, "N",
                   "Number of codewords, 1..65536; more keep more detail,\nat log2(K) bits per pixel or block. Default "
                   "256");
  line.add_setting("--psnr", settings, "DB", "Instead of -k: as few codewords as this PSNR needs");
  line.add_setting("--max-bytes", settings, "N",
                   "Instead of -k: as many codewords as a file of N bytes\nholds; k, M, G, KiB, MiB, GiB may follow N");
  line.add_setting("--ratio", settings, "R",
                   "Instead of -k: as many codewords as keep raw size /\nfile size at R or more");
  line.add_setting("--bpp", settings, "B",
                   "Instead of -k: as many codewords as keep the file at B\nbits per pixel or less");
}

/// Adds --auto-k and the options of the gap statistic.
void add_auto_k_options(CommandLine& line, Settings& settings) {
  line.start_group("K by the gap statistic");
  line.add_setting(
      "--auto-k", settings, "NAME",
      "Instead of -k: gap, the number of clusters by the gap\nstatistic of Tibshirani, Walther and Hastie");
  add_gap_options(line, settings);
}

/// Adds what says how the codebook is found.
void add_codebook_options(CommandLine& line, Settings& settings) {
  line.start_group("Finding colours");
  line.add_setting("--block", settings, "WxH",
                   "Each codeword stands for a block of W x H pixels,\n1x1..16x16. Default 1x1, a single pixel");
  line.add_setting(
      "--method", settings, "NAME",
      "How codebook and indices are found: kmeans, for least\ndistortion; ecvq, for least distortion + lambda * bits,\n"
      "dropping codewords that are not worth their bits; em,\nas means of a mixture of Gaussians; or anneal, by\n"
      "slow cooling, a lesson: slower and mostly worse than\nkmeans. Default kmeans; for --psnr, --max-bytes, --ratio\n"
      "and --bpp ecvq, unless --coding is packed");
  add_lambda_option(line, settings);
  add_covariance_option(line, settings);
  add_effort_options(line, settings);
  add_training_options(line, settings);
  add_dither_options(line, settings, "none; not with ecvq");
}

/// Adds the options on files, read and written.
void add_compress_file_options(CommandLine& line, CompressOptions& options) {
  line.start_group("Files");
  add_output_options(line, options.output);
  add_keep_extension_option(line, options.output, ".vqi");
  line.add_flag("--skip-larger", options.skip_larger,
                "Write nothing if the output would be larger than the\ninput file; the exit code is still 0");
  line.add_setting_flag(
      "--verify", options,
      "Decode what was made and compare it, sample by sample,\nbefore it is written; exit code 5 if it differs");
  add_input_options(line, options.input, "images");
  add_reading_options(line, options.common.reading);
  options.common.reading.salvage_exists = true;
  line.add_flag("--salvage", options.common.reading.salvage,
                "Compress what is left of a damaged image; the exit code\nis still 3");
}

}  // namespace

void add_compress_options(CommandLine& line, CompressOptions& options) {
  line.start_group("Size of the codebook");
  add_size_options(line, options);
  line.add_setting_flag("--lossless", options,
                        "Instead of -k: as many codewords as keep every sample,\nat most 65536 of them");
  add_codebook_options(line, options);
  add_colour_options(line, options.colours, options);
  add_detach_option(line, options);
  line.start_group("Writing indices");
  line.add_setting("--coding", options, "NAME",
                   "How indices are written: packed, log2(K) bits each;\nentropy, by a context model that uses the "
                   "colours; or\n"
                   "auto, the smaller of the two. Default auto");
  add_model_option(line, options);
  add_restore_option(line, options,
                     "Default for --psnr,\n--max-bytes, --ratio and --bpp with ecvq, unless the\nmodel is fast");
  line.add_setting_flag("--no-restore", options, "Never let decoders restore: pixels are codewords");
  add_auto_k_options(line, options);
  add_compress_file_options(line, options);
  add_common_options(line, options.common);
}

void check_compress_options(CompressOptions& options) {
  give_colours(options, options.colours);
  check_settings(options);
  check_reading(options.common.reading);
  check_output_choice(options.output, options.input, options.common.force);
}

void check_output_is_no_image(const OutputChoice& output) {
  if (!output.file || !is_any_image_name(*output.file)) return;
  std::filesystem::path stream(*output.file);
  stream.replace_extension(".vqi");
  throw Error(ErrorCode::invalid_option, "-o " + *output.file + " is named as an image, but compress writes .vqi " +
                                             "files, use -o " + stream.string() + ", and \"vqi decompress " +
                                             stream.string() + " -o " + *output.file + "\" to get an image of it");
}

}  // namespace vqi::tool
