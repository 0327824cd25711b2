// Harness: numbers, sizes, blocks and lists of the command line are read as a second parser reads them; whole command
// lines.
#include <cmath>
#include <limits>
#include <string>

#include "byte_tools.hpp"
#include "file_options.hpp"
#include "harness.hpp"
#include "integer.hpp"
#include "plain_text.hpp"
#include "promises.hpp"
#include "vqi/option_values.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

constexpr std::uint64_t u64_max = std::numeric_limits<std::uint64_t>::max();

struct Range {
  std::uint64_t least;
  std::uint64_t most;
};
constexpr std::array ranges{Range{0, u64_max}, Range{1, 65536}, Range{0, 1024}, Range{10, 999'999'999'999}};

/// The value of decimal digits, up to 2^100; nullopt for other text.
std::optional<uint128> digits_value(std::string_view text) {
  constexpr uint128 most = uint128{1} << 100;
  if (text.empty()) return std::nullopt;
  uint128 value = 0;
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return std::nullopt;
    value = std::min(most, value * 10 + static_cast<unsigned>(letter - '0'));
  }
  return value;
}

/// As above, with an optional suffix of any case: k, M or G, then nothing, B or iB.
std::optional<uint128> size_value(std::string_view text) {
  const auto take = [&](char small) {
    if (text.empty() || (text.back() | 0x20) != small) return false;
    text.remove_suffix(1);
    return true;
  };
  const std::string_view whole = text;
  const bool has_b = take('b');
  const unsigned step = has_b && take('i') ? 1024 : 1000;
  unsigned steps = 0;
  for (const char prefix : std::string_view("kmg"))
    if (++steps; take(prefix)) {
      std::optional<uint128> value = digits_value(text);
      for (; value && steps > 0; --steps) *value *= step;
      return value;
    }
  return digits_value(whole);
}

/// What `parse` returns, or nullopt if it refuses the text as a wrong option.
template <typename Parse>
auto parsed(const Parse& parse) -> std::optional<decltype(parse())> {
  try {
    return parse();
  } catch (const Error& error) {
    promise(error.error_class() == ErrorClass::argument, "a wrong option is an error of class argument");
    return std::nullopt;
  }
}

std::optional<uint128> inside(std::optional<uint128> value, const Range& range) {
  return value && *value >= range.least && *value <= range.most ? value : std::nullopt;
}

bool parse_numbers(std::string_view text) {
  bool any = false;
  for (const Range& range : ranges) {
    const auto integer = parsed([&] { return parse_integer("-n", text, range.least, range.most); });
    promise(integer == inside(digits_value(text), range), "an integer is what its digits say, or refused");
    const auto size = parsed([&] { return parse_size("-n", text, range.least, range.most); });
    promise(size == inside(size_value(text), range), "a size is what its digits and suffix say, or refused");
    any = any || size;
  }
  return any;
}

bool parse_block(std::string_view text) {
  constexpr Range sides{1, 16};
  const std::size_t cross = text.find('x');
  std::optional<uint128> width;
  std::optional<uint128> height;
  if (cross != text.npos) {
    width = inside(digits_value(text.substr(0, cross)), sides);
    height = inside(digits_value(text.substr(cross + 1)), sides);
  }
  const auto block = parsed([&] { return vqi::parse_block("--block", text); });
  promise(block.has_value() == (width && height), "a block has two sides from 1 to 16");
  if (block) promise(block->width_px == *width && block->height_px == *height, "a block is what its digits say");
  return block.has_value();
}

/// Promises that each number of a list is in range and occurs once, and that a range includes both ends.
bool parse_list(std::string_view text) {
  constexpr std::uint32_t most = 65536;
  const auto numbers = parsed([&] { return parse_integer_list("-k", text, 1, most); });
  if (!numbers) return false;
  promise(!numbers->empty(), "a list has numbers");
  std::vector<bool> is_there(most + 1);
  for (const std::uint32_t number : *numbers) {
    promise(number >= 1 && number <= most, "numbers of a list keep their range");
    promise(!is_there[number], "a list names a number once");
    is_there[number] = true;
  }
  for (const std::string& part : split_list("-k", text)) {
    const auto first = digits_value(part.substr(0, part.find("..")));
    promise(first && is_there.at(static_cast<std::size_t>(*first)), "a list has what its parts begin with");
  }
  return true;
}

bool parse_decimal(std::string_view text) {
  const auto value = parsed([&] { return parse_positive("--psnr", text); });
  if (value) promise(*value > 0 && std::isfinite(*value), "a positive number is above 0 and finite");
  return value.has_value();
}

void check_one_line(std::string_view text) {
  for (const char letter : tool::one_line(text))
    promise(static_cast<unsigned char>(letter) >= 0x20 && letter != 0x7F,
            "a name on one line has no control characters");
}

bool parse_command_line(const std::vector<std::string>& arguments) {
  tool::CommonOptions common;
  tool::OutputChoice output;
  tool::InputChoice input;
  std::uint32_t number = 1;
  BlockSize block;
  tool::CommandLine line({"test", "INPUT...", "Tests.", ""});
  line.add_integer("-k", number, 1, 65536, "Codewords");
  line.add_value(
      "--block", [&](const std::string& text) { block = vqi::parse_block("--block", text); }, "WxH", "Block");
  tool::add_output_options(line, output);
  tool::add_input_options(line, input, "files");
  tool::add_common_options(line, common);
  const auto inputs = parsed([&] { return line.parse(arguments); });
  promise(number >= 1 && number <= 65536 && common.threads <= 1024, "options keep their ranges");
  promise(block.width_px <= 16 && block.height_px <= 16, "options keep their ranges");
  promise(common.max_pixels >= 1 && common.max_memory_bytes >= 1, "limits are never 0");
  if (!inputs || !*inputs) return false;
  promise((*inputs)->size() <= arguments.size(), "inputs are arguments");
  return parsed([&] {
           tool::check_common(common, **inputs);
           return true;
         })
      .has_value();
}

/// The arguments, one a line.
bool run(std::span<const std::byte> input) {
  const std::string text(reinterpret_cast<const char*>(input.data()), input.size());
  check_one_line(text);
  std::vector<std::string> arguments;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    // An argument of a program ends at its first NUL.
    arguments.emplace_back(text.substr(begin, end - begin).c_str());
    begin = end + 1;
  }
  bool any = false;
  for (const std::string& argument : arguments) {
    any = parse_numbers(argument) || any;
    any = parse_block(argument) || any;
    any = parse_list(argument) || any;
    any = parse_decimal(argument) || any;
  }
  return parse_command_line(arguments) || any;
}

std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  for (const std::string_view text :
       {"18446744073709551615", "18446744073709551616", "00000000000000000000001", "16k", "18446744073709551G", "4x16",
        "2,4,8", "2..256,10..20:2", "0.75", "-k\n16\na.png", "--block=4x4\n-qf\n--threads\n8\na.png\nb.png", "-o\n-\n-",
        "--output-dir\nd\n--\n--json\n-k", "--max-pixels\n10M\n--max-memory\n2G\n--json\n-v\n--no-progress\n-kk\na",
        "--help", "-k16\n-k\n3\nx"})
    seeds.push_back(testing::bytes_of(text));
  return seeds;
}

}  // namespace

const Harness arguments_harness{"arguments", run, make_seeds, 256, nullptr};

}  // namespace vqi::fuzz
