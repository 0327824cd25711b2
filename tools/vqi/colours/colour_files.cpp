// Reads with errors that name the file, and makes codewords of palettes in the type of an image.
#include "colour_files.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "palette_input.hpp"
#include "read_input.hpp"
#include "vqi/image_io.hpp"
#include "vqi/settings.hpp"

namespace vqi::tool {
namespace {

/// Calls read() with the bytes of the file `name`; its errors name the file as `what`.
template <typename Read>
auto read_named(const char* what, const std::string& name, const CommonOptions& options, const Read& read) {
  try {
    return read(read_input(name, options.max_memory_bytes));
  } catch (const Error& error) {
    const std::string message = std::string("the ") + what + " " + name + ": " + error.what();
    if (error.limit()) throw Error(*error.limit(), message);
    throw Error(error.error_code(), message, error.offset());
  }
}

RunOptions run_of(const CommonOptions& options) { return {options.threads, options.max_memory_bytes, {}}; }

bool is_codebook_file(const std::vector<std::byte>& bytes) {
  constexpr std::string_view start = "\x89VQB";
  return bytes.size() >= start.size() && std::equal(start.begin(), start.end(), bytes.begin(),
                                                    [](char a, std::byte b) { return static_cast<std::byte>(a) == b; });
}

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + (count == 1 ? " colour of the palette " : " colours of the palette ") + what;
}

bool is_grey(const Palette& palette) {
  return std::all_of(palette.colours.begin(), palette.colours.end(), [](const PaletteColour& colour) {
    return colour.rgba[0] == colour.rgba[1] && colour.rgba[1] == colour.rgba[2];
  });
}

/// The samples of a colour in the type of an image.
std::vector<std::uint32_t> samples_of(const Rgba& rgba, const Palette& palette, const Image& image) {
  const std::uint32_t unit = palette.bit_depth < image.bit_depth() ? 257 : 1;
  std::vector<std::uint32_t> samples;
  const std::uint32_t colours = image.channels() < 3 ? 1 : 3;
  for (std::uint32_t c = 0; c < colours; ++c) samples.push_back(rgba[c] * unit);
  if (image.channels() % 2 == 0) samples.push_back(rgba[3] * unit);
  return samples;
}

}  // namespace

Codebook read_codebook_file(const std::string& name, const CommonOptions& options) {
  return read_named("codebook", name, options,
                    [&](const std::vector<std::byte>& bytes) { return read_codebook(bytes, run_of(options)); });
}

void widen_for_fixed(Image& image, const std::vector<Colour>& fixed, std::vector<std::string>& warnings) {
  Settings settings;
  settings.encode.fixed = fixed;
  Image wide;
  static_cast<void>(fit_colours(image, settings, wide, warnings));
  if (wide.size_bytes() > 0) image = std::move(wide);
}

ColourFiles::ColourFiles(const ColourChoice& choice, const CommonOptions& options) {
  if (choice.palette) {
    palette_name_ = *choice.palette;
    read_named("palette", palette_name_, options, [&](const std::vector<std::byte>& bytes) {
      if (is_codebook_file(bytes))
        codebook_ = std::make_shared<const Codebook>(read_codebook(bytes, run_of(options)));
      else
        palette_ = read_palette(bytes, {options.limits(), Damage::refuse_lost_pixels, 1}, run_of(options));
    });
    if (codebook_ && (codebook_->block_width_px != 1 || codebook_->block_height_px != 1))
      throw Error(
          ErrorCode::invalid_option,
          "the palette " + palette_name_ + " has blocks of pixels, which are no colours; give it with --codebook");
  }
  if (choice.codebook) codebook_ = std::make_shared<const Codebook>(read_codebook_file(*choice.codebook, options));
  if (choice.weights)
    weights_ = read_named("mask", *choice.weights, options, [&](const std::vector<std::byte>& bytes) {
      ReadOptions reading = options.read_options();
      reading.page = 1;  // --page is of the inputs
      ReadImage mask = read_image(bytes, reading, run_of(options));
      if (mask.image.channels() != 1)
        throw Error(ErrorCode::invalid_option,
                    "has " + std::to_string(mask.image.channels()) + " channels, give a grey image without alpha");
      return std::make_shared<const Image>(std::move(mask.image));
    });
}

void ColourFiles::fit(Image& image, EncodeOptions& options, std::vector<std::string>& warnings) const {
  options.weights = weights_;
  widen_for_fixed(image, options.fixed, warnings);
  if (palette_) fit_palette(image, options, warnings);
  if (!codebook_) return;
  options.codebook = codebook_;
  const Image& codewords = codebook_->codewords;
  if (codewords.channels() == image.channels() && codewords.bit_depth() == image.bit_depth()) return;
  try {
    image = widened(image, codewords.channels(), codewords.bit_depth());
  } catch (const Error&) {
    throw Error(ErrorCode::invalid_option,
                "the image has " + std::to_string(image.channels()) + " channels of " +
                    std::to_string(image.bit_depth()) + " bits, which the codebook's type of " +
                    std::to_string(codewords.channels()) + " of " + std::to_string(codewords.bit_depth()) +
                    " does not hold, train a codebook with such images");
  }
}

void ColourFiles::fit_palette(Image& image, EncodeOptions& options, std::vector<std::string>& warnings) const {
  const Palette palette = image.bit_depth() == 8 ? at_8_bits(*palette_) : *palette_;
  if (image.channels() < 3 && !is_grey(palette)) {
    image = widened(image, image.channels() + 2, image.bit_depth());
    warnings.emplace_back("the image is grey and the palette has other colours, it is stored as RGB");
  }
  const bool has_alpha = image.channels() % 2 == 0;
  std::set<std::vector<std::uint32_t>> known;
  std::vector<std::vector<std::uint32_t>> kept;
  std::size_t copies = 0;
  std::size_t translucent = 0;
  for (const PaletteColour& colour : palette.colours) {
    if (!has_alpha && colour.rgba[3] != palette.max_value()) {
      ++translucent;
      continue;
    }
    std::vector<std::uint32_t> samples = samples_of(colour.rgba, palette, image);
    if (!known.insert(samples).second)
      ++copies;
    else
      kept.push_back(std::move(samples));
  }
  if (kept.empty())
    throw Error(ErrorCode::invalid_option,
                "the palette " + palette_name_ + " has no opaque colour and the image has no alpha, add a colour");
  if (copies > 0) warnings.push_back(counted(copies, "left out, as the same stood there before"));
  if (translucent > 0)
    warnings.push_back(counted(translucent, "left out, not being opaque where the image has no alpha"));
  Codebook codebook{1, 1, Image(static_cast<std::uint32_t>(kept.size()), 1, image.channels(), image.bit_depth())};
  for (std::size_t k = 0; k < kept.size(); ++k)
    for (std::size_t c = 0; c < kept[k].size(); ++c) {
      const std::size_t i = k * kept[k].size() + c;
      if (image.bit_depth() == 16)
        codebook.codewords.row16(0)[i] = static_cast<std::uint16_t>(kept[k][c]);
      else
        codebook.codewords.row(0)[i] = static_cast<std::byte>(kept[k][c]);
    }
  options.codebook = std::make_shared<const Codebook>(std::move(codebook));
}

}  // namespace vqi::tool
