// Brings an image and the colours that are given for it to one type.
#include <memory>
#include <set>
#include <string>

#include "vqi/codebook.hpp"
#include "vqi/error.hpp"
#include "vqi/settings.hpp"

namespace vqi {
namespace {

bool is_grey(const std::vector<Colour>& colours) {
  return std::all_of(colours.begin(), colours.end(),
                     [](const Colour& colour) { return colour[0] == colour[1] && colour[1] == colour[2]; });
}

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + (count == 1 ? " colour of the palette " : " colours of the palette ") + what;
}

/// The colours that the image can have, each once.
std::vector<Colour> usable_colours(const std::vector<Colour>& colours, const ImageView& image,
                                   std::vector<std::string>& warnings) {
  std::set<Colour> known;
  std::vector<Colour> kept;
  std::size_t copies = 0;
  std::size_t translucent = 0;
  for (const Colour& colour : colours) {
    if (!image.has_alpha() && colour[3] != 255)
      ++translucent;
    else if (known.insert(colour).second)
      kept.push_back(colour);
    else
      ++copies;
  }
  if (kept.empty())
    throw Error(ErrorCode::invalid_option, "the palette has no opaque colour and the image has no alpha, add a colour");
  if (copies > 0) warnings.push_back(counted(copies, "left out, as the same stood there before"));
  if (translucent > 0)
    warnings.push_back(counted(translucent, "left out, not being opaque where the image has no alpha"));
  return kept;
}

/// Where a sample of the image stands in a Colour.
std::size_t place_in_colour(const ImageView& image, std::uint32_t channel) {
  const bool is_alpha = image.has_alpha() && channel == image.channels - 1;
  return is_alpha ? 3 : channel;
}

Codebook codebook_of(const std::vector<Colour>& colours, const ImageView& image) {
  constexpr std::uint16_t widen = 257;  // 8 bits as 16
  Codebook codebook{1, 1, Image(static_cast<std::uint32_t>(colours.size()), 1, image.channels, image.bit_depth)};
  std::size_t i = 0;
  for (const Colour& colour : colours)
    for (std::uint32_t channel = 0; channel < image.channels; ++channel) {
      const std::uint8_t sample = colour[place_in_colour(image, channel)];
      if (image.bit_depth == 16)
        codebook.codewords.row16(0)[i++] = static_cast<std::uint16_t>(sample * widen);
      else
        codebook.codewords.row(0)[i++] = std::byte{sample};
    }
  return codebook;
}

}  // namespace

ImageView fit_colours(ImageView image, Settings& settings, Image& widened_image, std::vector<std::string>& warnings) {
  validate(image);
  const bool is_palette_grey = is_grey(settings.palette);
  if (image.channels < 3 && (!is_palette_grey || !is_grey(settings.encode.fixed))) {
    widened_image = widened(image, image.channels + 2, image.bit_depth);
    image = widened_image;
    warnings.emplace_back(is_palette_grey ? "the image is grey and a colour that stays is not, it is stored as RGB"
                                          : "the image is grey and the palette has other colours, it is stored as RGB");
  }
  if (!settings.palette.empty())
    settings.encode.codebook =
        std::make_shared<const Codebook>(codebook_of(usable_colours(settings.palette, image, warnings), image));
  if (!settings.encode.codebook) return image;
  const Image& codewords = settings.encode.codebook->codewords;
  if (codewords.channels() == image.channels && codewords.bit_depth() == image.bit_depth) return image;
  try {
    widened_image = widened(image, codewords.channels(), codewords.bit_depth());
  } catch (const Error&) {
    throw Error(ErrorCode::invalid_option,
                "the image has " + std::to_string(image.channels) + " channels of " + std::to_string(image.bit_depth) +
                    " bits, which the codebook's type of " + std::to_string(codewords.channels()) + " of " +
                    std::to_string(codewords.bit_depth()) + " does not hold, train a codebook with such images");
  }
  return widened_image;
}

}  // namespace vqi
