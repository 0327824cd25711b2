// Reads an image input of a command, and turns what could not be kept into warnings.
#include "image_input.hpp"

#include "file_input.hpp"
#include "plain_text.hpp"
#include "text_report.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

ReadImage read_image_input(const std::string& name, const CommonOptions& options, const JobContext& context) {
  const std::vector<std::byte> bytes = read_input(name, options.max_memory_bytes);
  context.stop_if_asked("reading");
  ReadImage image = read_image(bytes, options.limits(context));
  context.stop_if_asked("reading");
  return image;
}

std::string warning_lines(const std::string& name, const ReadImage& image, const CommonOptions& options) {
  std::string lines;
  if (options.quiet) return lines;
  for (const std::string& warning : image.warnings)
    lines += "vqi: " + one_line(name) + ": warning: " + one_line(warning) + "\n";
  return lines;
}

ImageKind kind_of(const ReadImage& image) {
  return {image.format, image.image.width_px(), image.image.height_px(), image.image.channels(),
          image.image.bit_depth()};
}

void check_comparable(const ImageKind& reference, const ImageKind& other) {
  const auto text = [](const ImageKind& kind) {
    return kind_text(kind.width_px, kind.height_px, kind.channels, kind.bit_depth);
  };
  if (text(reference) != text(other))
    throw Error(ErrorCode::invalid_image, "the images cannot be compared (" + text(other) + " against " +
                                              text(reference) + "), give images of one size and type");
}

}  // namespace vqi::tool
