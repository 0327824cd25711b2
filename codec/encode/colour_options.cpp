// Words for each pair of options that exclude each other.
#include "colour_options.hpp"

#include <cstring>
#include <string>
#include <string_view>
#include <unordered_set>

#include "argument_checks.hpp"
#include "codebook_image.hpp"
#include "given_codewords.hpp"
#include "sample_array.hpp"
#include "vqi/codebook.hpp"
#include "weighted_counts.hpp"

namespace vqi::detail {
namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_option, what); }

bool has_large_blocks(const EncodeOptions& options) noexcept {
  return options.block_width_px != 1 || options.block_height_px != 1;
}

/// The codebook without rows that it has before; the same object if it has none.
std::shared_ptr<const Codebook> without_copies(const std::shared_ptr<const Codebook>& codebook) {
  const SampleArray all = codewords_of(*codebook);
  std::unordered_set<std::string_view> known;
  std::vector<std::size_t> kept;
  for (std::size_t k = 0; k < all.rows(); ++k)
    if (known.insert({reinterpret_cast<const char*>(all.row(k)), all.row_bytes()}).second) kept.push_back(k);
  if (kept.size() == all.rows()) return codebook;
  SampleArray rows(kept.size(), all.dimension(), all.bit_depth());
  for (std::size_t i = 0; i < kept.size(); ++i) std::memcpy(rows.row(i), all.row(kept[i]), all.row_bytes());
  return std::make_shared<const Codebook>(
      Codebook{codebook->block_width_px, codebook->block_height_px, codebook_image(grid_of(*codebook), rows)});
}

/// Throws if an option on learning is given beside a codebook.
void refuse_learning(const EncodeOptions& options) {
  const char* without_use = nullptr;
  if (options.k) without_use = "k";
  if (options.lossless) without_use = "lossless";
  if (options.method != Method::kmeans) without_use = "a method";
  if (options.seeding != Seeding::automatic) without_use = "seeding";
  if (options.max_iterations) without_use = "max_iterations";
  if (!options.fixed.empty()) without_use = "a fixed colour";
  if (options.weights) without_use = "weights";
  if (options.keep_small) without_use = "keep_small";
  if (without_use != nullptr)
    refuse(std::string(without_use) +
           " is given but the codewords are given too and nothing is learned, leave one out");
}

void check_codebook(const ImageView& image, EncodeOptions& options) {
  refuse_learning(options);
  const Codebook& codebook = *options.codebook;
  validate(codebook);
  const Image& codewords = codebook.codewords;
  if (codewords.channels() != image.channels || codewords.bit_depth() != image.bit_depth)
    refuse("the codebook has " + std::to_string(codewords.channels()) + " channels of " +
           std::to_string(codewords.bit_depth()) + " bits and the image " + std::to_string(image.channels) + " of " +
           std::to_string(image.bit_depth) + ", give an image of the codebook's type");
  const bool same_block =
      options.block_width_px == codebook.block_width_px && options.block_height_px == codebook.block_height_px;
  if (has_large_blocks(options) && !same_block)
    refuse("blocks of " + std::to_string(options.block_width_px) + "x" + std::to_string(options.block_height_px) +
           " are given but those of the codebook are " + std::to_string(codebook.block_width_px) + "x" +
           std::to_string(codebook.block_height_px) + ", leave them out");
  options.block_width_px = codebook.block_width_px;
  options.block_height_px = codebook.block_height_px;
  const std::shared_ptr<const Codebook> different = without_copies(options.codebook);
  if (options.detach && different != options.codebook)
    refuse("detach is given but the codebook has codewords twice, which a stream has not; learn it anew");
  options.codebook = different;
  options.k = options.codebook->size();
}

void check_fixed(const ImageView& image, const EncodeOptions& options) {
  if (options.fixed.empty()) return;
  if (options.lossless) refuse("a fixed colour is given but lossless keeps all colours, leave one out");
  if (has_large_blocks(options)) refuse("a fixed colour is given but blocks are larger than a pixel, leave one out");
  if (options.method != Method::kmeans) refuse("a fixed colour is given but the method is not kmeans, leave one out");
  if (options.fixed.size() > k_of(options))
    refuse(std::to_string(options.fixed.size()) + " colours are fixed but k is " + std::to_string(k_of(options)) +
           ", give a larger k or fewer colours");
  const SampleArray codewords =
      codewords_of_colours(options.fixed, {image.width_px, image.height_px, image.channels, image.bit_depth, 1, 1});
  std::unordered_set<std::string_view> known;
  for (std::size_t r = 0; r < codewords.rows(); ++r)
    if (!known.insert({reinterpret_cast<const char*>(codewords.row(r)), codewords.row_bytes()}).second)
      refuse("a fixed colour is given twice, give it once");
}

void check_weights(const ImageView& image, const EncodeOptions& options) {
  if (!options.weights && !options.keep_small) return;
  const char* const name = options.weights ? "weights" : "keep_small";
  if (options.lossless) refuse(std::string(name) + " is given but lossless keeps all colours, leave one out");
  if (options.method == Method::ecvq)
    refuse(std::string(name) + " is given but the method is ecvq, which weighs all pixels alike; leave one out");
  if (options.keep_small && options.method != Method::kmeans)
    refuse("keep_small is given but the method is not kmeans, leave one out");
  if (options.keep_small && has_large_blocks(options))
    refuse("keep_small is given but blocks are larger than a pixel, leave one out");
  if (!options.weights) return;
  const Image& mask = *options.weights;
  if (mask.channels() != 1)
    refuse("weights have " + std::to_string(mask.channels()) + " channels, give a grey image without alpha");
  if (mask.width_px() != image.width_px || mask.height_px() != image.height_px)
    refuse("weights have " + std::to_string(mask.width_px()) + "x" + std::to_string(mask.height_px()) +
           " pixels and the image " + std::to_string(image.width_px) + "x" + std::to_string(image.height_px) +
           ", give a mask of the image's size");
}

bool has_transparency(const SampleArray& rows, std::uint32_t channels) noexcept {
  const SampleView samples(rows);
  for (std::size_t alpha = channels - 1; alpha < samples.size(); alpha += channels)
    if (samples[alpha] == 0) return true;
  return false;
}

/// Whether all pixels weigh the same, above nothing, which is as good as no mask.
bool is_uniform(const Image& mask) {
  const std::uint32_t first = load_sample(mask.row(0), 0, mask.bit_depth());
  for (std::uint32_t y = 0; y < mask.height_px(); ++y)
    for (std::uint32_t x = 0; x < mask.width_px(); ++x)
      if (load_sample(mask.row(y), x, mask.bit_depth()) != first) return false;
  return first != 0;
}

}  // namespace

void check_colours(const ImageView& image, EncodeOptions& options) {
  check_enumerator(options.space, Space::oklab, "space");
  if (options.detach && !options.codebook)
    refuse("detach is given but no codebook, which the stream would need; give both or none");
  if (options.space == Space::oklab && options.method != Method::kmeans)
    refuse("space is oklab but the method is not kmeans, which alone works in it; leave one out");
  if (options.codebook) check_codebook(image, options);
  check_fixed(image, options);
  check_weights(image, options);
}

void check_no_given_colours(const EncodeOptions& options, const char* chooser) {
  if (options.codebook || !options.fixed.empty())
    refuse(std::string(options.codebook ? "a codebook" : "a fixed colour") + " is given but " + chooser +
           " chooses k, leave one of the two out");
}

bool share_training_vectors(const EncodeOptions& a, const EncodeOptions& b) noexcept {
  return a.space == b.space && a.weights == b.weights;
}

std::unique_ptr<const VectorCounts> weighted_vectors(const DistinctVectors& distinct, const BlockGrid& grid,
                                                     const EncodeOptions& options, const Work& work) {
  if (!options.weights || is_uniform(*options.weights)) return nullptr;
  std::vector<std::uint32_t> counts = counts_by_mask(distinct, grid, *options.weights, work);
  return std::make_unique<const WeightedVectors>(distinct.samples(), std::move(counts), distinct.in_morton_order());
}

bool lose_transparency(const SampleArray& vectors, const SampleArray& codewords, std::uint32_t channels) noexcept {
  return channels % 2 == 0 && has_transparency(vectors, channels) && !has_transparency(codewords, channels);
}

std::size_t kept_codewords(const EncodeOptions& options) noexcept {
  return options.codebook ? options.codebook->size() : options.fixed.size();
}

}  // namespace vqi::detail
