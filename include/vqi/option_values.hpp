// The values of options as text: numbers, sizes, blocks, lists, qualities. Programs parse them as the vqi tool does.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vqi/export.hpp"

namespace vqi {

/// The whole number in `text`, which must be decimal digits alone. Throws Error{invalid_option}, naming `option` and
/// the range, unless the number lies in `minimum`..`maximum`.
[[nodiscard]] VQI_API std::uint64_t parse_integer(std::string_view option, std::string_view text, std::uint64_t minimum,
                                                  std::uint64_t maximum);

/// Like parse_integer, but one unit may follow, in large or small letters: k or kB = 1000, M or MB = 10^6, G or GB =
/// 10^9; KiB = 2^10, MiB = 2^20, GiB = 2^30.
[[nodiscard]] VQI_API std::uint64_t parse_size(std::string_view option, std::string_view text, std::uint64_t minimum,
                                               std::uint64_t maximum);

/// The decimal number in `text`, such as 35 or 0.75. Throws Error{invalid_option} unless it is above 0.
[[nodiscard]] VQI_API double parse_positive(std::string_view option, std::string_view text);

/// Like parse_positive, but the number must lie in 0..`maximum`.
[[nodiscard]] VQI_API double parse_up_to(std::string_view option, std::string_view text, std::uint64_t maximum);

/// The size of a block, as --block has it.
struct BlockSize {
  std::uint32_t width_px = 1;                         ///< 1..16
  std::uint32_t height_px = 1;                        ///< 1..16
  bool operator==(const BlockSize&) const = default;  ///< the same sides
};

/// The block size in `text`, written WIDTHxHEIGHT, each 1..16. Throws Error{invalid_option}.
[[nodiscard]] VQI_API BlockSize parse_block(std::string_view option, std::string_view text);

/// The parts of `text` between commas. Throws Error{invalid_option}, naming `option`, if one is empty.
[[nodiscard]] VQI_API std::vector<std::string> split_list(std::string_view option, std::string_view text);

/// The whole numbers of a list, each from `minimum` to `maximum`. Parts between commas are a number, a range of powers
/// of two ("2..256") or a range with a step ("10..20:2": from, to, step). Each number comes once, where the list names
/// it first. Throws Error{invalid_option}, naming `option`.
[[nodiscard]] VQI_API std::vector<std::uint32_t> parse_integer_list(std::string_view option, std::string_view text,
                                                                    std::uint32_t minimum, std::uint32_t maximum);

/// The values of --quality MIN-MAX.
struct QualityRange {
  unsigned least = 0;   ///< below it the target is not met
  unsigned most = 100;  ///< what is aimed at
};

/// "65-80"; "80" alone has least 0. Throws Error{invalid_option} unless both are 0..100 and in order.
[[nodiscard]] VQI_API QualityRange parse_quality(const std::string& text);

/// The PSNR in dB that stands for a quality of 0..100.
[[nodiscard]] VQI_API double psnr_of_quality(unsigned quality);

/// The largest quality whose PSNR is at most `psnr_db`; 0 where even that of 0 is more.
[[nodiscard]] VQI_API unsigned quality_of_psnr(double psnr_db);

/// The one of `known` that is most like `typed`: by the fewest letters to insert, drop, change or exchange with a
/// neighbour, if a third of the letters or fewer; or the only one that begins with `typed`. None if no name is like it.
[[nodiscard]] VQI_API std::optional<std::string> similar_name(std::string_view typed,
                                                              std::span<const std::string> known);

}  // namespace vqi
