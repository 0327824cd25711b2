// Which options exclude each other, and what those that were given make together.
#include <algorithm>
#include <string>
#include <utility>

#include "vqi/error.hpp"
#include "vqi/settings.hpp"

namespace vqi {
namespace {

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

/// Throws Error{invalid_option} if more than one option chooses K.
void check_one_chooses_k(const Settings& settings) {
  std::string given;
  for (const char* const name : {"-k", "--psnr", "--max-bytes", "--ratio", "--bpp", "--lossless", "--auto-k"}) {
    if (!settings.is_given(name)) continue;
    if (!given.empty()) refuse(given + " and " + name + " exclude each other, give one of them");
    given = name;
  }
}

/// Throws Error{invalid_option} if --lossless comes with an option on learning, which it leaves out.
void check_lossless(const Settings& settings) {
  if (!settings.encode.lossless) return;
  for (const std::string name :
       {"--method", "--lambda", "--covariance", "--seeding", "--max-iterations", "--dither", "--dither-strength"})
    if (settings.is_given(name))
      refuse("--lossless keeps all colours and learns none, leave out " + name + " or --lossless");
}

/// What of the options chooses K, or says how to learn.
struct OtherChoices {
  bool k = false;
  bool target = false;  ///< --psnr and its like, or --auto-k
  bool block = false;
  bool fixes_with_all = false;  ///< --fix goes with targets and every method
};

bool has_blocks(const EncodeOptions& options) { return options.block_width_px != 1 || options.block_height_px != 1; }

/// The option that excludes given codewords, "" if there is none.
std::string excluded_by_codewords(const EncodeOptions& options, const OtherChoices& others, bool weights) {
  for (const auto& [name, is_given] : {std::pair{"-k", others.k},
                                       {"a target for K", others.target},
                                       {"--lossless", options.lossless},
                                       {"--method", options.method != Method::kmeans},
                                       {"--seeding", options.seeding != Seeding::automatic},
                                       {"--max-iterations", options.max_iterations.has_value()},
                                       {"--fix", !options.fixed.empty()},
                                       {"--weights", weights},
                                       {"--keep-small", options.keep_small}})
    if (is_given) return name;
  return {};
}

/// The option that excludes one that changes learning, "" if there is none.
std::string excluded_by_learning(const EncodeOptions& options, const OtherChoices& others, bool kmeans_alone,
                                 bool single_pixels) {
  if (options.lossless) return "--lossless";
  if (options.method != Method::kmeans && (kmeans_alone || options.method == Method::ecvq)) return "--method";
  if (single_pixels && has_blocks(options) && others.block) return "--block";
  return {};
}

void refuse_pair(const std::string& name, const std::string& other) {
  if (!other.empty()) refuse(name + " does not go with " + other + ", leave one of them out");
}

/// Throws Error{invalid_option} if an option on colours cannot apply beside the others; `options` are the learning's.
void check_colours(const Settings& settings, const EncodeOptions& options, const OtherChoices& others) {
  const bool palette = settings.is_given("--palette");
  const bool codebook = settings.is_given("--codebook");
  const bool weights = settings.is_given("--weights");
  if (palette && codebook) refuse_pair("--palette", "--codebook");
  if (options.detach && !codebook) refuse("--detach is of no use without --codebook, give both or none");
  if (palette || codebook) {
    const std::string name = palette ? "--palette" : "--codebook";
    refuse_pair(name, excluded_by_codewords(options, others, weights));
    if (palette && others.block && has_blocks(options)) refuse_pair(name, "--block");
  }
  if (!options.fixed.empty() && !others.fixes_with_all) {
    if (others.target) refuse_pair("--fix", "a target for K");
    refuse_pair("--fix", excluded_by_learning(options, others, true, true));
  }
  if (options.keep_small) refuse_pair("--keep-small", excluded_by_learning(options, others, true, true));
  if (weights) refuse_pair("--weights", excluded_by_learning(options, others, false, false));
  if (options.space == Space::oklab && options.method != Method::kmeans) refuse_pair("--space oklab", "--method");
}

/// Throws Error{invalid_option} if --restore comes with an option that leaves it nothing to act on.
void check_restore(const Settings& settings, const EncodeOptions& options) {
  if (!settings.is_given("--restore")) return;
  for (const std::string name : {"--no-restore", "--lossless"})
    if (settings.is_given(name)) refuse("--restore and " + name + " exclude each other, give one of them");
  if (has_blocks(options)) refuse("--restore is for single pixels, leave out --block or --restore");
  if (options.dither != Dither::none) refuse("--restore would take dither for noise, leave out --dither or --restore");
}

/// Throws Error{invalid_option} if an option of one method or coding comes with another; `options` are those that are
/// encoded with.
void check_method(const EncodeOptions& options) {
  const bool weighs_bits = options.method == Method::ecvq;
  if (options.lambda && !weighs_bits) refuse("--lambda is of no use without --method ecvq, give both or none");
  if (options.covariance && options.method != Method::em)
    refuse("--covariance is of no use without --method em, give both or none");
  if (options.method == Method::anneal && options.seeding != Seeding::automatic)
    refuse("--method anneal needs no seeding, leave out --seeding");
  if (weighs_bits && options.coding == Coding::packed)
    refuse("--coding packed gives every index the same bits, so that --method ecvq has none to weigh, leave out one");
  if (options.model && options.coding == Coding::packed)
    refuse("--coding packed has no context model, leave out --model or --coding");
}

/// Throws Error{invalid_option} if a dither has nothing to act on.
void check_dither(const Settings& settings, const EncodeOptions& options) {
  const bool dithers = options.dither != Dither::none;
  if (settings.is_given("--dither-strength") && !dithers)
    refuse("--dither-strength is of no use without a dither, give --dither or leave it out");
  if (dithers && has_blocks(options))
    refuse("--dither is for single pixels, not for blocks of them, leave out --block or --dither");
  if (dithers && options.method == Method::ecvq)
    refuse("--dither does not go with --method ecvq, which chooses indices itself, leave one of them out");
}

void check_compress(const Settings& settings) {
  check_one_chooses_k(settings);
  check_lossless(settings);
  check_restore(settings, settings.encode);
  check_colours(settings, settings.encode,
                {settings.is_given("-k"), settings.has_target() || settings.auto_k, settings.is_given("--block")});
  const EncodeOptions options = encode_options(settings);
  check_method(options);
  check_dither(settings, options);
  const bool gap_given = std::any_of(settings.given.begin(), settings.given.end(),
                                     [](const std::string& name) { return name.starts_with("--gap-"); });
  if (gap_given && !settings.auto_k) refuse("--gap options are of no use without --auto-k gap, give both or none");
}

void check_quantize(const Settings& settings) {
  const QuantizeOptions& options = settings.quantize;
  const bool quality = settings.is_given("--quality");
  if (quality && settings.is_given("--psnr")) refuse("--quality and --psnr exclude each other, give one of them");
  if (options.psnr_db && options.max_bytes)
    refuse(std::string(quality ? "--quality" : "--psnr") + " and --max-bytes exclude each other, give one of them");
  const bool has_target = options.psnr_db || options.max_bytes;
  if (options.lambda && has_target) refuse("a target chooses lambda, leave out --lambda or the target");
  if (options.lambda && options.method == Method::kmeans)
    refuse("--lambda is for ecvq, leave out --lambda or --method kmeans");
  std::string kmeans_alone;
  for (const char* const name : {"--codebook", "--palette", "--weights"})
    if (settings.is_given(name)) kmeans_alone = name;
  if (settings.encode.keep_small) kmeans_alone = "--keep-small";
  if (settings.encode.space != Space::rgb) kmeans_alone = "--space";
  if (options.lambda && !kmeans_alone.empty())
    refuse("--lambda is for ecvq, with which " + kmeans_alone + " does not go, leave one of them out");
  EncodeOptions learning = settings.encode;
  learning.method = options.method.value_or(Method::kmeans);
  learning.max_iterations = options.max_iterations;
  check_colours(settings, learning, {options.k.has_value(), has_target, false, true});
}

void check_sweep(const Settings& settings) {
  const auto sweeps = [&](Method method) {
    const std::vector<Method>& methods = settings.sweep.methods;
    return std::find(methods.begin(), methods.end(), method) != methods.end();
  };
  if (!settings.sweep.covariances.empty() && !sweeps(Method::em))
    refuse("--covariance is of no use without --method em, give both or none");
  if (!settings.sweep.lambdas.empty() && !sweeps(Method::ecvq))
    refuse("--lambda is of no use without --method ecvq, give both or none");
  for (const EncodeOptions& row : sweep_rows(settings)) {
    check_restore(settings, row);
    check_colours(settings, row, {.block = settings.is_given("--block")});
    check_method(row);
    check_dither(settings, row);
  }
}

}  // namespace

void check_settings(const Settings& settings) {
  switch (settings.command) {
    case Command::compress:
      return check_compress(settings);
    case Command::quantize:
      return check_quantize(settings);
    case Command::train:
      return check_colours(settings, settings.encode, {false, false, has_blocks(settings.encode)});
    case Command::sweep:
      return check_sweep(settings);
    case Command::decompress:
    case Command::info:
    case Command::compare:
      return;
  }
}

EncodeOptions encode_options(const Settings& settings) {
  EncodeOptions options = settings.encode;
  const bool needs_nearest = options.coding == Coding::packed || options.dither != Dither::none || options.keep_small ||
                             options.space != Space::rgb || options.weights != nullptr ||
                             settings.is_given("--weights");
  if (settings.has_target() && !settings.is_given("--method") && !needs_nearest) options.method = Method::ecvq;
  return options;
}

QuantizeOptions quantize_options(const Settings& settings) {
  QuantizeOptions options = settings.quantize;
  options.codebook = settings.encode.codebook;
  options.fixed = settings.encode.fixed;
  options.weights = settings.encode.weights;
  options.keep_small = settings.encode.keep_small;
  options.space = settings.encode.space;
  return options;
}

}  // namespace vqi
