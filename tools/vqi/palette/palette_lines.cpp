// Splits text at line ends and blanks.
#include "palette_lines.hpp"

#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view blanks = " \t\v\f";

}  // namespace

PaletteLines::PaletteLines(std::string_view text) : text_(text) {
  if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
}

std::optional<PaletteLine> PaletteLines::next() {
  if (at_ >= text_.size()) return std::nullopt;
  const std::size_t end = text_.find_first_of("\r\n", at_);
  const PaletteLine line{text_.substr(at_, end == std::string_view::npos ? end : end - at_), ++number_, at_};
  at_ += line.text.size();
  if (text_.substr(at_).starts_with("\r\n"))
    at_ += 2;
  else if (at_ < text_.size())
    ++at_;
  return line;
}

std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> words_of(std::string_view text, std::size_t most) {
  std::vector<std::string_view> words;
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    const std::size_t end = words.size() + 1 == most ? std::string_view::npos : text.find_first_of(blanks);
    words.push_back(text.substr(0, end));
    text.remove_prefix(words.back().size());
  }
  return words;
}

std::optional<std::uint32_t> number_of(std::string_view text) noexcept {
  constexpr std::size_t digits_max = 9;
  if (text.empty() || text.size() > digits_max) return std::nullopt;
  std::uint32_t value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = 10 * value + static_cast<std::uint32_t>(digit - '0');
  }
  return value;
}

std::string quoted_part(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string part = "\"";
  part += text.substr(0, longest);
  if (text.size() > longest) part += "...";
  return part + "\"";
}

void refuse_line(const PaletteLine& line, const std::string& what) {
  throw Error(ErrorCode::corrupt_palette,
              what + " (in line " + std::to_string(line.number) + ", at byte " + std::to_string(line.offset) + ")",
              line.offset);
}

}  // namespace vqi::tool
