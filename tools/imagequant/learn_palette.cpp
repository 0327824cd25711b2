// Learns palettes and remaps images by vqi's encoder.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <numeric>

#include "quant_handles.hpp"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"
#include "vqi/option_values.hpp"
#include "vqi/sweep.hpp"

namespace vqi::imagequant {
namespace {

constexpr std::size_t rgba_bytes = 4;

bool is_opaque(const std::byte* samples, std::size_t pixels) {
  for (std::size_t i = 0; i < pixels; ++i)
    if (samples[i * rgba_bytes + 3] != std::byte{255}) return false;
  return true;
}

bool is_opaque(const std::vector<Colour>& colours) {
  return std::all_of(colours.begin(), colours.end(), [](const Colour& colour) { return colour[3] == 255; });
}

/// An image of 3 channels in place of an opaque one of 4: less work for the same palette.
Image without_alpha(const Image& rgba) {
  Image rgb(rgba.width_px(), rgba.height_px(), 3, 8);
  const std::byte* from = rgba.row(0);
  std::byte* to = rgb.row(0);
  for (std::size_t i = 0; i < rgba.size_bytes() / rgba_bytes; ++i, from += rgba_bytes, to += 3)
    std::copy_n(from, 3, to);
  return rgb;
}

/// The colours of a codebook of single pixels.
std::vector<Colour> colours_of(const Image& codewords) {
  std::vector<Colour> colours(codewords.width_px());
  const std::byte* sample = codewords.row(0);
  for (Colour& colour : colours) {
    colour[3] = 255;
    for (std::size_t c = 0; c < codewords.channels(); ++c) colour[c] = static_cast<std::uint8_t>(*sample++);
  }
  return colours;
}

Codebook codebook_of(const std::vector<Colour>& colours, std::uint32_t channels) {
  Codebook codebook{1, 1, Image(static_cast<std::uint32_t>(colours.size()), 1, channels, 8)};
  std::byte* sample = codebook.codewords.row(0);
  for (const Colour& colour : colours)
    for (std::size_t c = 0; c < channels; ++c) *sample++ = std::byte{colour[c]};
  return codebook;
}

/// A palette that was learned, not put in order, with the index of each pixel.
struct Trial {
  std::vector<Colour> colours{};
  std::vector<std::uint16_t> indices{};
  double mse = 0;
};

/// What palettes are learned from.
struct Source {
  Image image{};
  std::shared_ptr<const Image> weights{};
};

Trial trial_of(const Encoded& encoded, const RunOptions& run) {
  IndexedImage indexed = decode_indexed(encoded.bytes, {}, run);
  return {colours_of(indexed.codebook), std::move(indexed.indices), encoded.report.distortion.mse};
}

/// Of weighted pixels the mean that counts.
double weighted_mse(const Source& source, const Trial& trial) {
  const Image& weights = *source.weights;
  const std::uint32_t channels = source.image.channels();
  double sum = 0;
  double total = 0;
  for (std::size_t i = 0; i < trial.indices.size(); ++i) {
    const double weight = weights.bit_depth() == 16 ? static_cast<double>(weights.row16(0)[i])
                                                    : static_cast<double>(std::to_integer<int>(weights.row(0)[i]));
    const Colour& colour = trial.colours[trial.indices[i]];
    const std::byte* pixel = source.image.row(0) + i * channels;
    const auto alpha = [&](int value) { return channels == 4 ? value / 255.0 : 1.0; };
    double error = 0;
    for (std::size_t c = 0; c < channels; ++c) {
      const bool colour_sample = c < 3;
      const double a =
          std::to_integer<int>(pixel[c]) * (colour_sample ? alpha(std::to_integer<int>(pixel[channels - 1])) : 1.0);
      const double b = colour[c] * (colour_sample ? alpha(colour[3]) : 1.0);
      error += (a - b) * (a - b);
    }
    sum += weight * error / channels;
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}

EncodeOptions options_of(const Source& source, const Request& request) {
  EncodeOptions options;
  options.effort = request.effort;
  options.coding = Coding::packed;
  options.fixed = request.fixed;
  options.weights = source.weights;
  return options;
}

Trial try_k(const Source& source, const Request& request, std::uint32_t k) {
  EncodeOptions options = options_of(source, request);
  options.k = k;
  Trial trial = trial_of(encode(source.image, options, request.run), request.run);
  if (source.weights) trial.mse = weighted_mse(source, trial);
  return trial;
}

double psnr_of(double mse) { return psnr_db(mse, 255).value_or(std::numeric_limits<double>::infinity()); }

/// The fewest colours up to request.k with the PSNR that is asked for, all of them if that is out of reach.
Trial fewest_colours(const Source& source, const Request& request) {
  Trial best = try_k(source, request, request.k);
  if (!request.psnr_db || psnr_of(best.mse) <= *request.psnr_db) return best;
  if (!source.weights && request.fixed.empty())
    return trial_of(
        encode_to_target(source.image, {.psnr_db = request.psnr_db}, options_of(source, request), request.run),
        request.run);
  std::uint32_t low = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(request.fixed.size()));
  std::uint32_t high = request.k;  // meets it
  while (low < high) {
    const std::uint32_t middle = (low + high) / 2;
    Trial trial = try_k(source, request, middle);
    if (psnr_of(trial.mse) >= *request.psnr_db) {
      best = std::move(trial);
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return best;
}

/// The colour with 8 - bits bits a sample, the nearest of the values that keep black and white.
Colour posterized(Colour colour, std::uint32_t bits) {
  const std::uint32_t steps = (1U << (8 - bits)) - 1;
  for (std::uint8_t& sample : colour) {
    const std::uint32_t step = (sample * steps + 127) / 255;
    sample = static_cast<std::uint8_t>((step * 255 + steps / 2) / steps);
  }
  return colour;
}

/// Makes equal colours one, after `change` was applied to each that is not fixed.
template <typename Change>
void change_colours(Trial& trial, const std::vector<Colour>& fixed, const Change& change) {
  std::vector<Colour> kept;
  std::vector<std::uint16_t> index_of;
  for (const Colour& colour : trial.colours) {
    const bool is_fixed = std::find(fixed.begin(), fixed.end(), colour) != fixed.end();
    const Colour changed = is_fixed ? colour : change(colour);
    const auto known = std::find(kept.begin(), kept.end(), changed);
    index_of.push_back(static_cast<std::uint16_t>(known - kept.begin()));
    if (known == kept.end()) kept.push_back(changed);
  }
  trial.colours = std::move(kept);
  for (std::uint16_t& index : trial.indices) index = index_of[index];
}

/// The order of a palette: transparent first or last, then what is translucent, as PNG's tRNS likes it, and of each
/// kind the most frequent first.
std::vector<std::size_t> palette_order(const Trial& trial, bool transparent_last) {
  std::vector<std::uint64_t> counts(trial.colours.size());
  for (const std::uint16_t index : trial.indices) ++counts[index];
  const auto rank = [&](std::size_t i) {
    const std::uint8_t alpha = trial.colours[i][3];
    if (transparent_last) return alpha == 0 ? 1 : 0;
    return alpha == 0 ? 0 : alpha < 255 ? 1 : 2;
  };
  std::vector<std::size_t> order(trial.colours.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return rank(a) != rank(b) ? rank(a) < rank(b) : counts[a] > counts[b];
  });
  return order;
}

Learned learn(const Source& source, const Request& request, bool keep_map) {
  need(request.fixed.size() <= request.k, LIQ_UNSUPPORTED);
  Trial trial = fewest_colours(source, request);
  need(psnr_of(trial.mse) >= request.min_psnr_db, LIQ_QUALITY_TOO_LOW);
  const auto change = [&](const Colour& colour) {
    return request.posterize_bits > 0 ? posterized(colour, request.posterize_bits) : colour;
  };
  // A transparent pixel hides nothing.
  change_colours(trial, request.fixed,
                 [&](const Colour& colour) { return colour[3] == 0 ? Colour{} : change(colour); });
  const std::vector<std::size_t> order = palette_order(trial, request.transparent_last);
  Learned learned;
  learned.mse = trial.mse;
  std::vector<std::uint8_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = static_cast<std::uint8_t>(i);
    learned.colours.push_back(trial.colours[order[i]]);
  }
  if (keep_map && request.posterize_bits == 0)
    for (const std::uint16_t index : trial.indices) learned.indices.push_back(place[index]);
  return learned;
}

}  // namespace

Learned learn_palette(const Image& rgba, const Image* weights, const Request& request) {
  Source source;
  const bool opaque = is_opaque(rgba.row(0), rgba.size_bytes() / rgba_bytes) && is_opaque(request.fixed);
  source.image = opaque ? without_alpha(rgba) : rgba;
  if (weights != nullptr) source.weights = std::make_shared<const Image>(*weights);
  return learn(source, request, weights == nullptr);
}

Learned learn_palette(const ColourCounts& counts, const Request& request) {
  if (counts.empty()) {
    Learned learned;
    learned.colours = request.fixed;
    return learned;
  }
  // A row of pixels, each of which weighs up to 65535; colours that weigh more come several times. Sorted, so that the
  // palette does not depend on the order of the map.
  constexpr std::uint64_t most = 65535;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> sorted(counts.begin(), counts.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> pixels;
  std::vector<std::uint16_t> weights;
  for (const auto& [key, count] : sorted)
    for (std::uint64_t left = count; left > 0; left -= std::min(left, most)) {
      pixels.push_back(key);
      weights.push_back(static_cast<std::uint16_t>(std::min(left, most)));
    }
  Image rgba(static_cast<std::uint32_t>(pixels.size()), 1, 4, 8);
  std::memcpy(rgba.row(0), pixels.data(), rgba.size_bytes());
  Image map(rgba.width_px(), 1, 1, 16);
  std::memcpy(map.row(0), weights.data(), map.size_bytes());
  return learn_palette(rgba, &map, request);
}

double remap(const Image& rgba, const std::vector<Colour>& colours, double dither_level, const RunOptions& run,
             std::vector<std::uint8_t>& indices) {
  const bool opaque = is_opaque(rgba.row(0), rgba.size_bytes() / rgba_bytes) && is_opaque(colours);
  EncodeOptions options;
  options.coding = Coding::packed;
  options.codebook = std::make_shared<const Codebook>(codebook_of(colours, opaque ? 3 : 4));
  if (dither_level > 0) {
    constexpr double full_strength = 0.8;  // what vqi diffuses by default
    options.dither = Dither::automatic;
    options.dither_strength = full_strength * dither_level;
  }
  const Encoded encoded = opaque ? encode(without_alpha(rgba), options, run) : encode(rgba, options, run);
  const IndexedImage indexed = decode_indexed(encoded.bytes, {}, run);
  indices.assign(indexed.indices.begin(), indexed.indices.end());
  return encoded.report.distortion.mse;
}

int quality_of_mse(double mse) { return static_cast<int>(quality_of_psnr(psnr_of(mse))); }

ProgressCallback progress_of(liq_progress_callback_function* callback, void* user) {
  if (callback == nullptr) return {};
  return [callback, user](const Progress& progress) {
    constexpr double percent = 100;
    return callback(static_cast<float>(progress.fraction * percent), user) != 0;
  };
}

}  // namespace vqi::imagequant
