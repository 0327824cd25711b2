// Declares the options of vqi compress.
#include "compress_options.hpp"

#include <filesystem>
#include <string>
#include <utility>

#include "encoding_options.hpp"
#include "parse_number.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

/// Adds -k and the targets that choose K.
void add_size_options(CommandLine& line, CompressOptions& options) {
  Target& target = options.target;
  line.add_value(
      "-k",
      [&options](const std::string& text) {
        options.encode.k = static_cast<std::uint32_t>(parse_integer("-k", text, 1, 65536));
        options.k_given = true;
      },
      "N", "Number of codewords, 1..65536; more keep more detail,\nat log2(K) bits per pixel or block. Default 256");
  line.add_value(
      "--psnr", [&target](const std::string& text) { target.psnr_db = parse_positive("--psnr", text); }, "DB",
      "Instead of -k: as few codewords as this PSNR needs");
  line.add_value(
      "--max-bytes",
      [&target](const std::string& text) {
        target.max_bytes = parse_size("--max-bytes", text, 1, std::uint64_t{1} << 62);
      },
      "N", "Instead of -k: as many codewords as a file of N bytes\nholds; k, M, G, KiB, MiB, GiB may follow N");
  line.add_value(
      "--ratio", [&target](const std::string& text) { target.ratio = parse_positive("--ratio", text); }, "R",
      "Instead of -k: as many codewords as keep raw size /\nfile size at R or more");
  line.add_value(
      "--bpp", [&target](const std::string& text) { target.bpp = parse_positive("--bpp", text); }, "B",
      "Instead of -k: as many codewords as keep the file at B\nbits per pixel or less");
}

/// Adds --auto-k and the options of the gap statistic.
void add_auto_k_options(CommandLine& line, CompressOptions& options) {
  line.start_group("K by the gap statistic");
  line.add_value(
      "--auto-k",
      [&options](const std::string& text) {
        if (text != "gap") throw Error(ErrorCode::invalid_option, "--auto-k \"" + text + "\" is unknown, give gap");
        options.auto_k = true;
      },
      "NAME", "Instead of -k: gap, the number of clusters by the gap\nstatistic of Tibshirani, Walther and Hastie");
  add_gap_options(line, options.gap);
}

/// Adds what says how the codebook is found.
void add_codebook_options(CommandLine& line, CompressOptions& options) {
  EncodeOptions& encode = options.encode;
  line.start_group("Finding colours");
  line.add_value(
      "--block",
      [&options, &encode](const std::string& text) {
        const BlockSize block = parse_block("--block", text);
        options.block_given = true;
        encode.block_width_px = block.width_px;
        encode.block_height_px = block.height_px;
      },
      "WxH", "Each codeword stands for a block of W x H pixels,\n1x1..16x16. Default 1x1, a single pixel");
  line.add_value(
      "--method",
      [&options](const std::string& text) {
        options.encode.method = parse_method(text);
        options.method_given = true;
      },
      "NAME",
      "How codebook and indices are found: kmeans, for least\ndistortion; ecvq, for least distortion + lambda * bits,\n"
      "dropping codewords that are not worth their bits; em,\nas means of a mixture of Gaussians; or anneal, by\n"
      "slow cooling, a lesson: slower and mostly worse than\nkmeans. Default kmeans; for --psnr, --max-bytes, --ratio\n"
      "and --bpp ecvq, unless --coding is packed");
  add_lambda_option(line, encode.lambda);
  add_covariance_option(line, encode.covariance);
  add_effort_options(line, encode);
  add_training_options(line, encode);
  add_dither_options(
      line, [&](Dither dither) { encode.dither = dither; }, encode.dither_strength, "none; not with ecvq");
}

/// Adds the options on files, read and written.
void add_compress_file_options(CommandLine& line, CompressOptions& options) {
  line.start_group("Files");
  add_output_options(line, options.output);
  line.add_flag("--keep-extension", options.output.keep_extension,
                "Name the output of photo.jpg photo.jpg.vqi, not\nphoto.vqi");
  line.add_flag("--skip-larger", options.skip_larger,
                "Write nothing if the output would be larger than the\ninput file; the exit code is still 0");
  line.add_flag(
      "--verify", options.encode.verify,
      "Decode what was made and compare it, sample by sample,\nbefore it is written; exit code 5 if it differs");
  add_input_options(line, options.input, "images");
  add_reading_options(line, options.common.reading);
  options.common.reading.salvage_exists = true;
  line.add_flag("--salvage", options.common.reading.salvage,
                "Compress what is left of a damaged image; the exit code\nis still 3");
}

/// Throws Error{invalid_option} if more than one option chooses K.
void check_one_chooses_k(const CompressOptions& options) {
  std::string given;
  const Target& target = options.target;
  for (const auto& [name, is_given] : {std::pair{"-k", options.k_given},
                                       {"--psnr", target.psnr_db.has_value()},
                                       {"--max-bytes", target.max_bytes.has_value()},
                                       {"--ratio", target.ratio.has_value()},
                                       {"--bpp", target.bpp.has_value()},
                                       {"--lossless", options.encode.lossless},
                                       {"--auto-k", options.auto_k}}) {
    if (!is_given) continue;
    if (!given.empty())
      throw Error(ErrorCode::invalid_option, given + " and " + name + " exclude each other, give one of them");
    given = name;
  }
}

/// Throws Error{invalid_option} if --lossless comes with an option on learning, which it leaves out.
void check_lossless(const EncodeOptions& encode, const CommandLine& line) {
  if (!encode.lossless) return;
  for (const std::string name :
       {"--method", "--lambda", "--covariance", "--seeding", "--max-iterations", "--dither", "--dither-strength"})
    if (line.was_given(name))
      throw Error(ErrorCode::invalid_option,
                  "--lossless keeps all colours and learns none, leave out " + name + " or --lossless");
}

}  // namespace

void add_compress_options(CommandLine& line, CompressOptions& options) {
  EncodeOptions& encode = options.encode;
  line.start_group("Size of the codebook");
  add_size_options(line, options);
  line.add_flag("--lossless", encode.lossless,
                "Instead of -k: as many codewords as keep every sample,\nat most 65536 of them");
  add_codebook_options(line, options);
  add_colour_options(line, options.colours, encode);
  add_detach_option(line, encode);
  line.start_group("Writing indices");
  line.add_value(
      "--coding", [&encode](const std::string& text) { encode.coding = parse_coding(text); }, "NAME",
      "How indices are written: packed, log2(K) bits each;\nentropy, by a context model that uses the colours; or\n"
      "auto, the smaller of the two. Default auto");
  add_model_option(line, encode);
  add_auto_k_options(line, options);
  add_compress_file_options(line, options);
  add_common_options(line, options.common);
}

void check_compress_options(const CompressOptions& options, const CommandLine& line) {
  check_one_chooses_k(options);
  check_lossless(options.encode, line);
  check_colour_choice(options.colours, options.encode,
                      {options.k_given, options.has_target() || options.auto_k, options.block_given});
  if (options.gap.given && !options.auto_k)
    throw Error(ErrorCode::invalid_option, "--gap options are of no use without --auto-k gap, give both or none");
  check_reading(options.common.reading);
  check_output_choice(options.output, options.input, options.common.force);
}

void choose_method(CompressOptions& options) {
  const EncodeOptions& encode = options.encode;
  const bool needs_nearest = encode.coding == Coding::packed || encode.dither != Dither::none || encode.keep_small ||
                             encode.space != Space::rgb || options.colours.weights.has_value();
  if (options.has_target() && !options.method_given && !needs_nearest) options.encode.method = Method::ecvq;
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
