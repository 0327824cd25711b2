// The options of compress and train, those that other commands share with them, and those of decompress, info and
// compare.
#include <array>
#include <limits>
#include <utility>

#include "option_table.hpp"
#include "parse_names.hpp"
#include "vqi/error.hpp"
#include "vqi/option_values.hpp"

namespace vqi::detail {
namespace {

constexpr Commands compress = bit_of(Command::compress);
constexpr Commands train = bit_of(Command::train);
constexpr Commands sweep = bit_of(Command::sweep);
constexpr Commands quantize = bit_of(Command::quantize);
constexpr Commands decompress = bit_of(Command::decompress);
constexpr Commands info = bit_of(Command::info);
constexpr Commands compare = bit_of(Command::compare);

constexpr std::uint64_t most_threads = 1024;  // far more than any machine has cores
// In pixels and in bytes: more than any machine holds, and twice the value still fits 64 bits.
constexpr std::uint64_t largest_limit = std::uint64_t{1} << 62;
constexpr std::uint64_t lambda_max = 10'000'000'000;  // EncodeOptions::lambda
// Limits of options alone, as time grows with the product of both.
constexpr std::uint64_t references_max = 1000;
constexpr std::uint64_t gap_k_max = 256;

std::uint32_t small_integer(std::string_view option, const std::string& text, std::uint32_t minimum,
                            std::uint32_t maximum) {
  return static_cast<std::uint32_t>(parse_integer(option, text, minimum, maximum));
}

constexpr std::uint32_t any_count = std::numeric_limits<std::uint32_t>::max();

// Lambdas without captures are the setters: (settings, text).
constexpr std::array entries{
    OptionEntry{"-k", compress | train, false,
                [](Settings& s, const std::string& text) { s.encode.k = small_integer("-k", text, 1, 65536); }},
    OptionEntry{"--psnr", compress, false,
                [](Settings& s, const std::string& text) { s.target.psnr_db = parse_positive("--psnr", text); }},
    OptionEntry{"--max-bytes", compress, false,
                [](Settings& s, const std::string& text) {
                  s.target.max_bytes = parse_size("--max-bytes", text, 1, largest_limit);
                }},
    OptionEntry{"--ratio", compress, false,
                [](Settings& s, const std::string& text) { s.target.ratio = parse_positive("--ratio", text); }},
    OptionEntry{"--bpp", compress, false,
                [](Settings& s, const std::string& text) { s.target.bpp = parse_positive("--bpp", text); }},
    OptionEntry{"--lossless", compress, true,
                [](Settings& s, const std::string& text) { s.encode.lossless = text == "true"; }},
    OptionEntry{"--auto-k", compress, false,
                [](Settings& s, const std::string& text) {
                  if (text != "gap")
                    throw Error(ErrorCode::invalid_option, "--auto-k \"" + text + "\" is unknown, give gap");
                  s.auto_k = true;
                }},
    OptionEntry{
        "--gap-max-k", compress, false,
        [](Settings& s, const std::string& text) { s.gap.k_max = small_integer("--gap-max-k", text, 1, gap_k_max); }},
    OptionEntry{"--gap-references", compress, false,
                [](Settings& s, const std::string& text) {
                  s.gap.references = small_integer("--gap-references", text, 1, references_max);
                }},
    OptionEntry{"--gap-box", compress, false,
                [](Settings& s, const std::string& text) { s.gap.box = parse_gap_box(text); }},
    OptionEntry{"--gap-rule", compress, false,
                [](Settings& s, const std::string& text) { s.gap.rule = parse_gap_rule(text); }},
    OptionEntry{"--block", compress | train, false,
                [](Settings& s, const std::string& text) {
                  const BlockSize block = parse_block("--block", text);
                  s.encode.block_width_px = block.width_px;
                  s.encode.block_height_px = block.height_px;
                }},
    OptionEntry{"--sample", train, false,
                [](Settings& s, const std::string& text) {
                  s.sample_size =
                      static_cast<std::uint32_t>(parse_size("--sample", text, 1, Statistics::sample_size_max));
                }},
    OptionEntry{"--method", compress, false,
                [](Settings& s, const std::string& text) { s.encode.method = parse_method(text); }},
    OptionEntry{
        "--lambda", compress, false,
        [](Settings& s, const std::string& text) { s.encode.lambda = parse_up_to("--lambda", text, lambda_max); }},
    OptionEntry{"--covariance", compress, false,
                [](Settings& s, const std::string& text) { s.encode.covariance = parse_covariance(text); }},
    OptionEntry{"--effort", compress | train, false,
                [](Settings& s, const std::string& text) { s.encode.effort = small_integer("--effort", text, 1, 9); }},
    OptionEntry{"--seeding", compress | train, false,
                [](Settings& s, const std::string& text) { s.encode.seeding = parse_seeding(text); }},
    OptionEntry{"--max-iterations", compress | train | sweep, false,
                [](Settings& s, const std::string& text) {
                  s.encode.max_iterations = small_integer("--max-iterations", text, 0, any_count);
                }},
    OptionEntry{"--seed", compress | train | sweep, false,
                [](Settings& s, const std::string& text) {
                  s.encode.seed = parse_integer("--seed", text, 0, std::numeric_limits<std::uint64_t>::max());
                }},
    OptionEntry{"--dither", compress | sweep, false,
                [](Settings& s, const std::string& text) { s.encode.dither = parse_dither(text); }},
    OptionEntry{"--dither-strength", compress | sweep, false,
                [](Settings& s, const std::string& text) {
                  s.encode.dither_strength = parse_up_to("--dither-strength", text, 1);
                }},
    OptionEntry{
        "--fix", compress | train | sweep | quantize, false,
        [](Settings& s, const std::string& text) { s.encode.fixed.push_back(parse_fixed_colour("--fix", text)); }},
    OptionEntry{"--keep-small", compress | train | sweep | quantize, true,
                [](Settings& s, const std::string& text) { s.encode.keep_small = text == "true"; }},
    OptionEntry{"--space", compress | train | sweep | quantize, false,
                [](Settings& s, const std::string& text) { s.encode.space = parse_space(text); }},
    OptionEntry{"--palette", compress | quantize, false,
                [](Settings& s, const std::string& text) {
                  std::vector<Colour> colours;
                  for (const std::string& colour : split_list("--palette", text))
                    colours.push_back(parse_fixed_colour("--palette", colour));
                  s.palette = std::move(colours);
                }},
    OptionEntry{"--detach", compress, true,
                [](Settings& s, const std::string& text) { s.encode.detach = text == "true"; }},
    OptionEntry{"--restore", compress | sweep, true,
                [](Settings& s, const std::string& text) { s.encode.restore = text == "true"; }},
    OptionEntry{"--no-restore", compress | decompress, true,
                [](Settings& s, const std::string& text) {
                  if (s.command == Command::decompress)
                    s.limits.restore = text != "true";
                  else if (text == "true")
                    s.encode.restore = false;
                }},
    OptionEntry{"--coding", compress, false,
                [](Settings& s, const std::string& text) { s.encode.coding = parse_coding(text); }},
    OptionEntry{"--model", compress | sweep, false,
                [](Settings& s, const std::string& text) { s.encode.model = parse_model(text); }},
    OptionEntry{"--verify", compress, true,
                [](Settings& s, const std::string& text) { s.encode.verify = text == "true"; }},
    OptionEntry{
        "--threads", compress | train | sweep | quantize | decompress | compare, false,
        [](Settings& s, const std::string& text) { s.threads = small_integer("--threads", text, 0, most_threads); }},
    OptionEntry{"--max-memory", compress | train | sweep | quantize | decompress, false,
                [](Settings& s, const std::string& text) {
                  s.max_memory_bytes = parse_size("--max-memory", text, 1, largest_limit);
                }},
    OptionEntry{"--max-pixels", decompress | info, false,
                [](Settings& s, const std::string& text) {
                  s.limits.max_pixels = parse_size("--max-pixels", text, 1, largest_limit);
                  // Sides have no option of their own: raising the limit on pixels lifts the limit on sides as well.
                  const bool raised = s.limits.max_pixels > DecodeLimits{}.max_pixels;
                  s.limits.max_side_px = raised ? any_count : DecodeLimits{}.max_side_px;
                }},
};

}  // namespace

std::span<const OptionEntry> encoding_table() { return entries; }

}  // namespace vqi::detail
