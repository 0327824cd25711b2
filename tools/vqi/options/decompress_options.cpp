// Declares the options of vqi decompress.
#include "decompress_options.hpp"

#include "palette_options.hpp"
#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

namespace {

constexpr std::uint32_t largest_thumbnail_px = 65535;

void add_index_options(CommandLine& line, IndexChoice& choice) {
  line.add_value(
      "--to", [&choice](const std::string& text) { choice.form = parse_index_form(text); }, "FORM",
      "Write the indices in place of an image: c (C arrays with\nthe palette), raw (the same as bytes), npy, pgm or "
      "csv\n"
      "(the map alone), sheet (the codewords as tiles of a PNG)\nor tmx (a map of Tiled with its sheet). Default: by "
      "the\n"
      "extension of -o: .h, .c, .bin, .npy, .csv or .tmx");
  add_pixel_form(line, choice.pixels);
  line.add_value(
      "--index-bits", [&choice](const std::string& text) { choice.index_bits = parse_index_bits(text); }, "N",
      "Bits of an index in C arrays and raw bytes: 1, 2, 4 or 8.\nDefault: the fewest that hold them");
  line.add_value(
      "--bit-order", [&choice](const std::string& text) { choice.bit_order = parse_bit_order(text); }, "ORDER",
      "Where in a byte the first of several indices is: msb, in\nthe upper bits, the default, or lsb");
}

}  // namespace

void add_decompress_options(CommandLine& line, DecompressOptions& options) {
  line.start_group("Decoding");
  line.add_flag("--indexed", options.indexed,
                "Write a palette PNG with the same indices; needs\nK <= 256, blocks of 1x1 and 8 bits");
  add_index_options(line, options.indices);
  line.add_integer(
      "--thumbnail", options.thumbnail_px, 1, largest_thumbnail_px,
      "Write the image made smaller, its longest side N pixels,\n1..65535; an image that is smaller keeps its size");
  line.add_value(
      "--region", [&options](const std::string& text) { options.region = parse_region(text); }, "X,Y,W,H",
      "Write this rectangle alone, of W x H pixels from pixel X,Y\non, counted from 0,0. Of a large file little more "
      "is "
      "read\nthan the strips that it touches");
  line.add_flag("--salvage", options.salvage,
                "Write what is left of a damaged file; rows that may be\nwrong and lost rows, which get the codebook's "
                "mean, are\nreported. The exit code is still 3");
  line.add_flag("--no-restore", options.no_restore,
                "Leave out the decode filter of files that were\ncompressed with --restore: pixels are codewords");
  line.add_text("--codebook", options.codebook, "BOOK", "The codebook of files that were compressed with --detach");
  line.add_text("--reference", options.reference, "FILE", "Measure the distortion again, against the image FILE");
  line.start_group("Files");
  add_output_options(line, options.output);
  add_input_options(line, options.input, ".vqi files");
  add_common_options(line, options.common);
}

void check_decompress_options(DecompressOptions& options) {
  IndexChoice& indices = options.indices;
  if (options.indexed && indices.form)
    throw Error(ErrorCode::invalid_option, "--indexed and --to exclude each other, give one of them");
  if (!indices.form && options.output.file && !options.indexed) indices.form = index_form_of_file(*options.output.file);
  check_index_choice(indices, options.output.file);
  if (options.salvage && indices.form)
    throw Error(ErrorCode::invalid_option, "--salvage writes images, not " + std::string("the form ") +
                                               std::string(index_form_name(*indices.form)) + ", leave out one of them");
  if (options.thumbnail_px != 0 && (options.indexed || indices.form || options.reference))
    throw Error(ErrorCode::invalid_option,
                std::string("--thumbnail makes an image smaller, leave out ") +
                    (options.indexed     ? "--indexed"
                     : options.reference ? "--reference"
                                         : "the form of index maps, " + std::string(index_form_name(*indices.form))));
  const char* whole = nullptr;
  if (options.indexed) whole = "--indexed";
  if (indices.form) whole = "the form of index maps";
  if (options.thumbnail_px != 0) whole = "--thumbnail";
  if (options.salvage) whole = "--salvage";
  if (options.reference) whole = "--reference";
  if (options.region && whole != nullptr)
    throw Error(ErrorCode::invalid_option,
                "--region writes a part of the image, leave out " + std::string(whole) + ", which is of all of it");
  if (options.reference == standard_stream)
    throw Error(ErrorCode::invalid_option, "--reference cannot be standard input, name a file");
  if (options.no_restore && (options.indexed || indices.form))
    throw Error(ErrorCode::invalid_option, "index maps are never restored, leave out --no-restore");
  if (options.salvage && options.indexed)
    throw Error(ErrorCode::invalid_option, "--salvage and --indexed exclude each other, give one of them");
  check_output_choice(options.output, options.input, options.common.force);
}

}  // namespace vqi::tool
