// The options of quantize that it does not share with compress, or that take other values there.
#include <array>
#include <limits>

#include "option_table.hpp"
#include "parse_names.hpp"
#include "vqi/option_values.hpp"

namespace vqi::detail {
namespace {

constexpr Commands quantize = bit_of(Command::quantize);
constexpr std::uint64_t largest_file = std::uint64_t{1} << 62;
constexpr std::uint64_t lambda_max = 65536;  // QuantizeOptions::lambda
constexpr double any_psnr_db = 1e-9;         // a least PSNR that every picture has

constexpr std::array entries{
    OptionEntry{"-k", quantize, false,
                [](Settings& s, const std::string& text) {
                  s.quantize.k = static_cast<std::uint32_t>(parse_integer("-k", text, 1, 256));
                }},
    OptionEntry{"--psnr", quantize, false,
                [](Settings& s, const std::string& text) { s.quantize.psnr_db = parse_positive("--psnr", text); }},
    OptionEntry{"--max-bytes", quantize, false,
                [](Settings& s, const std::string& text) {
                  s.quantize.max_bytes = parse_size("--max-bytes", text, 1, largest_file);
                }},
    OptionEntry{"--quality", quantize, false,
                [](Settings& s, const std::string& text) {
                  const QualityRange range = parse_quality(text);
                  s.quantize.psnr_db = psnr_of_quality(range.most);
                  s.quantize.min_psnr_db = range.least == 0 ? any_psnr_db : psnr_of_quality(range.least);
                  s.quantize.tells_quality = true;
                }},
    OptionEntry{"--method", quantize, false,
                [](Settings& s, const std::string& text) { s.quantize.method = parse_palette_method(text); }},
    OptionEntry{
        "--lambda", quantize, false,
        [](Settings& s, const std::string& text) { s.quantize.lambda = parse_up_to("--lambda", text, lambda_max); }},
    OptionEntry{"--dither", quantize, false,
                [](Settings& s, const std::string& text) { s.quantize.dither = parse_dither(text); }},
    OptionEntry{"--dither-strength", quantize, false,
                [](Settings& s, const std::string& text) {
                  s.quantize.dither_strength = parse_up_to("--dither-strength", text, 1);
                }},
    OptionEntry{"--effort", quantize, false,
                [](Settings& s, const std::string& text) {
                  s.quantize.effort = static_cast<std::uint32_t>(parse_integer("--effort", text, 1, 9));
                }},
    OptionEntry{"--max-iterations", quantize, false,
                [](Settings& s, const std::string& text) {
                  s.quantize.max_iterations = static_cast<std::uint32_t>(
                      parse_integer("--max-iterations", text, 0, std::numeric_limits<std::uint32_t>::max()));
                }},
    OptionEntry{"--seed", quantize, false,
                [](Settings& s, const std::string& text) {
                  s.quantize.seed = parse_integer("--seed", text, 0, std::numeric_limits<std::uint64_t>::max());
                }},
    OptionEntry{"--strip", quantize, true,
                [](Settings& s, const std::string& text) { s.quantize.strip = text == "true"; }},
};

}  // namespace

std::span<const OptionEntry> quantize_table() { return entries; }

}  // namespace vqi::detail
