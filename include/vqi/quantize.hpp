// quantize: an image to a palette PNG of at most 256 colours, which every program can open. In vqi::image_io.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "vqi/codebook.hpp"
#include "vqi/export.hpp"
#include "vqi/image.hpp"
#include "vqi/options.hpp"
#include "vqi/report.hpp"
#include "vqi/run_options.hpp"

namespace vqi {

struct Settings;

/// A field for each option of `vqi quantize` that bytes depend on; the defaults are the tool's. An option that is given
/// and cannot apply is Error{invalid_option}.
struct QuantizeOptions {
  /// Colours at most, 1..256; none: 256.
  std::optional<std::uint32_t> k;
  /// Instead of all `k` colours: the smallest file that is found with this PSNR, over 0.
  std::optional<double> psnr_db;
  /// Where `psnr_db` is out of reach: the least PSNR that is still a result. None: `psnr_db` itself. Only with it.
  std::optional<double> min_psnr_db;
  /// Errors tell PSNRs as qualities of 0..100 too (`quality_of_psnr`), because such a quality was asked for.
  bool tells_quality = false;
  /// Instead of all `k` colours: the best picture that is found whose file has at most so many bytes. Not with
  /// `psnr_db`.
  std::optional<std::uint64_t> max_bytes;
  /// kmeans gives each pixel its nearest colour. ecvq chooses pixels' colours for DEFLATE, where the error allows.
  /// None: ecvq where there is a target or lambda, and nothing below that it cannot have; else kmeans.
  std::optional<Method> method;
  /// Of ecvq: squared code values, summed over the pixel, that a bit of the file is worth, 0..65536. Not with a target.
  /// None: 0.65 of the mean squared distance of a pixel to its nearest colour.
  std::optional<double> lambda;
  /// How pixels are coloured that lie between colours. None: automatic, or none with ecvq or a PSNR. Of ecvq diffusion
  /// and automatic: among equally good patterns the one that takes fewer bits. A target of bytes then looks for the
  /// least Distortion::mse_blurred.
  std::optional<Dither> dither;
  std::optional<double> dither_strength;        ///< as EncodeOptions::dither_strength; with ecvq 0.5 where it is none
  std::uint32_t effort = 5;                     ///< 1 (fastest) to 9 (best): of training, palette order and DEFLATE
  std::optional<std::uint32_t> max_iterations;  ///< as EncodeOptions::max_iterations
  std::uint64_t seed = 1;                       ///< of the random numbers
  /// These colours alone, in this order, used or not; nothing is learned. Of single pixels and of the image's channels,
  /// at most 256; those of 16 bits are rounded. Not with `k`, a target, ecvq, lambda or another option on learning.
  std::shared_ptr<const Codebook> codebook{};
  /// As EncodeOptions::fixed: the first colours of the palette, used or not. With ecvq and targets as well.
  std::vector<Colour> fixed{};
  std::shared_ptr<const Image> weights{};  ///< as EncodeOptions::weights. Not with ecvq
  bool keep_small = false;                 ///< as EncodeOptions::keep_small. Not with ecvq
  Space space = Space::rgb;                ///< as EncodeOptions::space. oklab: not with ecvq
  bool strip = false;                      ///< leave out metadata, even what says what colours mean
};

/// A palette PNG and what making it cost.
struct Quantized {
  std::vector<std::byte> bytes;  ///< the PNG file
  /// As of `encode`, for 8 bits a sample. Of the PNG, `report.bytes` has: PLTE and tRNS under `codebook`, IDAT under
  /// `index`, colour chunks and density under `metadata`, each with its frame, and the rest under `header`.
  EncodeReport report;
};

/// Learns a palette of `options.k` colours for `image` and writes a palette PNG: 1, 2, 4 or 8 bits a pixel, entries
/// that are not opaque first, colour metadata kept. Colours are compared by premultiplied samples where there is alpha.
/// An image of at most `options.k` different pixels keeps them all. Samples of 16 bits are first rounded to 8, and
/// figures compare with these.
///
/// `image` is borrowed for the call. The bytes depend on image and options alone, as those of `encode`.
/// `run.max_memory_bytes` counts what `encode`, `decode_indexed` and `write_indexed_png` count, and a copy of an image
/// of 16 bits; with ecvq some 80 bytes a pixel, 109 with a dither. Throws Error{invalid_image, invalid_option,
/// limit_exceeded, cancelled}, Error{target_unreachable}, which says what can be had, and std::bad_alloc.
[[nodiscard]] VQI_API Quantized quantize(ImageView image, const QuantizeOptions& options = {},
                                         const RunOptions& run = {});

/// What `vqi quantize` does to an image: checks `settings` (vqi/settings.hpp), fits their colours, and quantizes as
/// they say. Warnings are in the report. Throws what `quantize` throws.
[[nodiscard]] VQI_API Quantized quantize_by(ImageView image, Settings settings, const ProgressCallback& progress = {});

}  // namespace vqi
