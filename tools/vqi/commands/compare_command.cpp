// vqi compare: measures how far one image is from another.
#include <optional>

#include "commands.hpp"
#include "file_options.hpp"
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
                       "  vqi compare -q a.png b.png && echo identical",
                       "Measures how far the image OTHER is from the image REFERENCE. The exit code is 0 if\n"
                       "all samples are equal, and 1 if some differ.\n"
                       "\n"
                       "Common options:\n"
                       "  -v, --verbose    Print size, type and format of both images too\n"
                       "  -q, --quiet      Print nothing but errors\n"
                       "  --page N         Read picture N of a file of several\n"
                       "  --json           Print JSON\n"
                       "\n"
                       "Examples:\n"
                       "  vqi compare photo.png photo.decoded.png\n"
                       "  vqi compare -q a.png b.png && echo identical"};

/// Picture `page` of the image file; none if it has fewer.
std::optional<ReadImage> read_page(const std::vector<std::byte>& file, std::uint32_t page, CommonOptions options,
                                   const JobContext& context) {
  options.reading.page = page;
  try {
    return decode_image_input(file, options, context);
  } catch (const Error& error) {
    if (page == 1 || error.error_code() != ErrorCode::invalid_option) throw;
    return std::nullopt;
  }
}

/// One of the two images. Of a file of one picture that is taken whatever --page says, so that a page can be compared
/// with what was made of it; `took_page` becomes true where --page is obeyed.
ReadImage read_side(const std::string& name, const CommonOptions& options, const JobContext& context, bool& took_page) {
  const std::uint32_t page = options.reading.page;
  const std::vector<std::byte> file = read_input(name, options.max_memory_bytes, check_image_start);
  constexpr std::uint32_t second = 2;
  if (std::optional<ReadImage> image = read_page(file, page, options, context)) {
    took_page = true;
    return std::move(*image);
  }
  if (page != second && read_page(file, second, options, context))
    return decode_image_input(file, options, context);  // a file of several, but not as many: its error says so
  return std::move(*read_page(file, 1, options, context));
}

Outcome compare(const std::string& reference, const std::string& other, const CommonOptions& options,
                const JobContext& context) {
  bool took_page = false;
  std::optional<ReadImage> read_reference;
  try {
    read_reference = read_side(reference, options, context, took_page);
  } catch (...) {  // name the reference in the error; the batch would name `other`
    return failed_outcome(std::current_exception(), reference, options.json);
  }
  const ReadImage& reference_image = *read_reference;
  const ReadImage other_image = read_side(other, options, context, took_page);
  if (!took_page)
    throw Error(ErrorCode::invalid_option,
                "neither image has a page " + std::to_string(options.reading.page) + ", leave out --page");
  CompareResult result{reference, other,        kind_of(reference_image), kind_of(other_image),
                       {},        std::nullopt, reference_image.warnings};
  result.warnings.insert(result.warnings.end(), other_image.warnings.begin(), other_image.warnings.end());
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
  outcome.err =
      warning_lines(reference, reference_image.warnings, options) + warning_lines(other, other_image.warnings, options);
  outcome.exit_code = result.identical() ? exit_done : exit_images_differ;
  return outcome;
}

void add_compare_options(CommandLine& line, CommonOptions& options) {
  line.start_group("Files");
  add_reading_options(line, options.reading);
  add_common_options(line, options);
}

}  // namespace

CommandOutline outline_compare() {
  CommonOptions options;
  return outline_of(help, [&](CommandLine& line) { add_compare_options(line, options); });
}

int run_compare(const std::vector<std::string>& arguments) {
  CommonOptions options;
  CommandLine line(help);
  add_compare_options(line, options);
  const std::optional<std::vector<std::string>> images = line.parse(arguments);
  if (!images) return exit_done;
  check_common(options, *images);
  if (images->size() != 2)
    throw Error(ErrorCode::invalid_option,
                "compare takes two images, not " + std::to_string(images->size()) + ", give REFERENCE and OTHER");
  check_one_standard_input(*images);

  Console console(options.show_progress());
  return run_batch({images->back()}, options.batch(), console, [&](std::size_t, const JobContext& context) {
    return compare(images->front(), images->back(), options, context);
  });
}

}  // namespace vqi::tool
