// vqi compare: measures how far one image is from another.
#include <optional>

#include "commands.hpp"
#include "common_options.hpp"
#include "image_input.hpp"
#include "json_report.hpp"
#include "read_input.hpp"
#include "text_report.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"compare", "REFERENCE OTHER [OPTIONS]",
                       "Measures how far the image OTHER is from the image REFERENCE: mean squared\n"
                       "error (MSE) and largest error in code values (0..255, or 0..65535 at 16 bits),\n"
                       "PSNR in dB, SSIM (1 means equal), and for colour the CIEDE2000 difference (1 is\n"
                       "about the least that an eye can see). Either may be a .vqi file, or - for standard\n"
                       "input. Types need not agree: grey is compared as RGB, an opaque image as one with\n"
                       "alpha, 8 bits as 16. With alpha, colours count as far as they are seen.\n"
                       "\n"
                       "The exit code is 0 if all samples are equal, 1 if some differ, and 2 if the sizes\n"
                       "differ.",
                       "Examples:\n"
                       "  vqi compare photo.png photo.decoded.png\n"
                       "  vqi compare -q a.png b.png && echo identical"};

Outcome compare(const std::string& reference, const std::string& other, const CommonOptions& options,
                const JobContext& context) {
  std::optional<ReadImage> read_reference;
  try {
    read_reference = read_image_input(reference, options, context);
  } catch (...) {  // name the reference in the error; the batch would name `other`
    return failed_outcome(std::current_exception(), reference, options.json);
  }
  const ReadImage& reference_image = *read_reference;
  const ReadImage other_image = read_image_input(other, options, context);
  CompareResult result{reference, other, kind_of(reference_image), kind_of(other_image), {}, std::nullopt};
  check_comparable(result.reference_kind, result.other_kind);
  RunOptions run = options.run(context);
  run.progress = context.keep_going();
  result.distortion = measure_distortion(reference_image.image, other_image.image, run);
  result.ciede2000 = measure_ciede2000(reference_image.image, other_image.image, run);
  context.stop_if_asked("measuring");

  Outcome outcome;
  if (options.json)
    outcome.out = json_line(result);
  else if (!options.quiet)
    outcome.out = text_report(result, options.verbose);
  outcome.err = warning_lines(reference, reference_image, options) + warning_lines(other, other_image, options);
  outcome.exit_code = result.identical() ? exit_done : exit_images_differ;
  return outcome;
}

}  // namespace

int run_compare(const std::vector<std::string>& arguments) {
  CommonOptions options;
  CommandLine line(help);
  add_common_options(line, options);
  const std::optional<std::vector<std::string>> images = line.parse(arguments);
  if (!images) return exit_done;
  check_common(options, *images);
  if (images->size() != 2)
    throw Error(ErrorCode::invalid_option,
                "compare takes two images, not " + std::to_string(images->size()) + ", give REFERENCE and OTHER");
  if (images->front() == standard_stream && images->back() == standard_stream)
    throw Error(ErrorCode::invalid_option, "standard input (-) is named twice, name it once");

  Console console(options.show_progress());
  return run_batch({images->back()}, options.batch(), console, [&](std::size_t, const JobContext& context) {
    return compare(images->front(), images->back(), options, context);
  });
}

}  // namespace vqi::tool
