// Settings: the options of a command, set by the names and the values that the command line has.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vqi/export.hpp"
#include "vqi/gap.hpp"
#include "vqi/image.hpp"
#include "vqi/option_values.hpp"
#include "vqi/options.hpp"
#include "vqi/quantize.hpp"
#include "vqi/run_options.hpp"
#include "vqi/statistics.hpp"
#include "vqi/sweep.hpp"

namespace vqi {

/// What has options: the commands of the tool that are calls of the library as well.
enum class Command {
  compress,    ///< encode, encode_to_target, encode_with_gap
  decompress,  ///< decode
  quantize,    ///< quantize
  train,       ///< train_codebook
  sweep,       ///< sweep
  info,        ///< inspect
  compare,     ///< measure_distortion, measure_ciede2000
};

/// "compress", "decompress" ...
[[nodiscard]] VQI_API std::string_view command_name(Command command) noexcept;
/// The command of that name. Throws Error{invalid_option}.
[[nodiscard]] VQI_API Command parse_command(std::string_view name);

/// The lists of a sweep; rows are all combinations of their values.
struct SweepLists {
  std::vector<std::uint32_t> k{2, 4, 8, 16, 32, 64, 128, 256};  ///< EncodeOptions::k
  std::vector<BlockSize> blocks{BlockSize{}};                   ///< sizes of blocks
  std::vector<Method> methods{EncodeOptions{}.method};          ///< EncodeOptions::method
  std::vector<double> lambdas{};                                ///< of the rows of method ecvq; empty: the image's own
  std::vector<Covariance> covariances{};                        ///< of the rows of method em; empty: the default
  std::vector<std::uint32_t> efforts{EncodeOptions{}.effort};   ///< EncodeOptions::effort
  std::vector<Seeding> seedings{EncodeOptions{}.seeding};       ///< EncodeOptions::seeding
  std::vector<Coding> codings{EncodeOptions{}.coding};          ///< EncodeOptions::coding
};

/// All options of one command, with the tool's defaults. `set_option` sets them by text; what text cannot hold (a
/// codebook, weights) is put into the fields, and noted by `give`.
struct Settings {
  Command command = Command::compress;  ///< whose options these are
  EncodeOptions encode{};  ///< of compress, train and sweep; of quantize fixed, keep_small, space, weights, codebook
  Target target{};         ///< of compress
  bool auto_k = false;     ///< of compress: the gap statistic chooses K
  cluster::GapOptions gap{.starts = 1};  ///< one start is enough: each K starts from the means of K - 1
  QuantizeOptions quantize{};            ///< of quantize, without what stands in `encode`
  SweepLists sweep{};                    ///< of sweep
  std::vector<Colour> palette{};         ///< --palette: these colours alone; `fit_colours` makes a codebook of them
  std::uint32_t sample_size = Statistics::sample_size_default;     ///< of train
  DecodeLimits limits{};                                           ///< of images and streams that are read
  std::uint32_t threads = RunOptions{}.threads;                    ///< RunOptions::threads
  std::uint64_t max_memory_bytes = RunOptions{}.max_memory_bytes;  ///< RunOptions::max_memory_bytes
  std::vector<std::string> given{};                                ///< the options that were set, as "-k" or "--psnr"

  /// Whether the option `name` ("--codebook") was given.
  [[nodiscard]] bool is_given(std::string_view name) const {
    return std::find(given.begin(), given.end(), name) != given.end();
  }
  /// Notes that the option `name` ("--codebook") was given.
  void give(std::string name) {
    if (!is_given(name)) given.push_back(std::move(name));
  }
  /// Whether one of --psnr, --max-bytes, --ratio, --bpp was given.
  [[nodiscard]] bool has_target() const noexcept {
    return target.psnr_db || target.max_bytes || target.ratio || target.bpp;
  }
  /// Threads and memory of these settings, for a call.
  [[nodiscard]] RunOptions run(ProgressCallback progress = {}) const {
    return {threads, max_memory_bytes, std::move(progress)};
  }
};

/// Sets the option `name`: a name of the command line with or without its dashes, with - or _ inside ("--max-bytes",
/// "max_bytes", "k"). `value` is text as on the command line; of a flag "", "true" or "1", and "false" or "0" to take
/// it back. --palette takes colours with commas between them, and --fix may be given again for a further colour; any
/// other option that is set again has its last value. Throws Error{invalid_option}, in the words of the command line.
VQI_API void set_option(Settings& settings, std::string_view name, std::string_view value);

/// The names that `set_option` knows for a command, as "-k" or "--psnr".
[[nodiscard]] VQI_API std::vector<std::string> option_names(Command command);

/// Whether the option `name`, written as `option_names` has it, is a flag, which needs no value.
[[nodiscard]] VQI_API bool is_flag(Command command, std::string_view name);

/// Throws Error{invalid_option} if options exclude each other, or if one is of no use without another.
VQI_API void check_settings(const Settings& settings);

/// The options of one encode. A target without a method has ecvq, which needs the fewest bytes for it, unless another
/// option excludes that.
[[nodiscard]] VQI_API EncodeOptions encode_options(const Settings& settings);

/// The options of quantize, those on colours among them.
[[nodiscard]] VQI_API QuantizeOptions quantize_options(const Settings& settings);

/// Every combination of the lists of a sweep, in the order of its table. Block sizes vary slowest, because rows of one
/// block size share the most work, and K fastest.
[[nodiscard]] VQI_API std::vector<EncodeOptions> sweep_rows(const Settings& settings);

/// Makes codewords of `settings.palette` in the type of `image`, and gives the image the type of the codewords: grey
/// becomes RGB where colours, fixed ones too, need it, and with a codebook of the caller's the image is widened to its
/// type. Returns `image`, or a view of `widened`, which then holds the changed copy. Colours that the image cannot have
/// are left out, one line in `warnings` each time. Throws Error{invalid_option} if nothing fits.
[[nodiscard]] VQI_API ImageView fit_colours(ImageView image, Settings& settings, Image& widened,
                                            std::vector<std::string>& warnings);

/// What `vqi compress` does to an image: checks `settings`, fits their colours, and encodes as they say. Warnings are
/// in the report. Throws what `encode`, `encode_to_target` and `encode_with_gap` throw.
[[nodiscard]] VQI_API Encoded compress(ImageView image, Settings settings, const ProgressCallback& progress = {});

}  // namespace vqi
