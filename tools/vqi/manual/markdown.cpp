// One pass over the lines for blocks, one over the letters for spans.
#include "markdown.hpp"

#include <algorithm>
#include <cctype>

namespace vqi::tool {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// The length of the mark before an item of a list, "- " or "1. ", or 0.
std::size_t marker_length(std::string_view line) {
  if (line.starts_with("- ")) return 2;
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  return digits > 0 && line.substr(digits).starts_with(". ") ? digits + 2 : 0;
}

/// The cells of a line of a table. A bar inside `code` separates nothing.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  bool in_code = false;
  for (const char letter : line.substr(1)) {
    if (letter == '`') in_code = !in_code;
    if (letter == '|' && !in_code) {
      cells.emplace_back(trimmed(cell));
      cell.clear();
    } else {
      cell += letter;
    }
  }
  return cells;
}

bool is_rule(std::string_view line) { return line.find_first_not_of("|-: ") == std::string_view::npos; }

/// Takes lines and makes blocks of them.
class BlockReader {
 public:
  void take(std::string_view line) {
    if (in_fence_) return take_fenced(line);
    if (line.starts_with("```")) {
      in_fence_ = true;
      begin(BlockKind::code);
    } else if (line.empty() || line.starts_with("<!--")) {
      open_ = false;
    } else if (line.front() == '#') {
      const std::size_t level = line.find_first_not_of('#');
      begin(BlockKind::heading).level = static_cast<int>(level);
      blocks_.back().text = trimmed(line.substr(level));
      open_ = false;
    } else if (line.front() == '|') {
      take_row(line);
    } else if (const std::size_t length = marker_length(line)) {
      begin(BlockKind::item).marker = line.substr(0, length - 1);
      blocks_.back().text = line.substr(length);
    } else if (line.starts_with("    ") && (!open_ || blocks_.back().kind == BlockKind::code)) {
      if (!open_) begin(BlockKind::code);
      blocks_.back().text += std::string(line.substr(4)) + "\n";
    } else {
      take_text(line);
    }
  }

  std::vector<Block> finish() { return std::move(blocks_); }

 private:
  Block& begin(BlockKind kind) {
    open_ = true;
    blocks_.push_back({});
    blocks_.back().kind = kind;
    return blocks_.back();
  }

  void take_fenced(std::string_view line) {
    in_fence_ = !line.starts_with("```");
    if (in_fence_)
      blocks_.back().text += std::string(line) + "\n";
    else
      open_ = false;
  }

  void take_row(std::string_view line) {
    if (!open_ || blocks_.back().kind != BlockKind::table) begin(BlockKind::table);
    if (!is_rule(line)) blocks_.back().rows.push_back(cells_of(line));
  }

  void take_text(std::string_view line) {
    const bool goes_on =
        open_ && (blocks_.back().kind == BlockKind::paragraph || blocks_.back().kind == BlockKind::item);
    if (!goes_on) begin(BlockKind::paragraph);
    std::string& text = blocks_.back().text;
    if (!text.empty()) text += ' ';
    text += trimmed(line);
  }

  std::vector<Block> blocks_;
  bool open_ = false;  // whether the next line may go on with the last block
  bool in_fence_ = false;
};

/// Takes letters and makes spans of them.
class SpanReader {
 public:
  explicit SpanReader(std::string_view text) : text_(text) {}

  std::vector<Span> read() {
    while (at_ < text_.size()) step();
    flush();
    return std::move(spans_);
  }

 private:
  void step() {
    const char letter = text_[at_];
    if (letter == '`') return toggle(style_.code, 1);
    if (style_.code) return keep();
    if (text_.substr(at_, 2) == "**") return toggle(style_.bold, 2);
    if (letter == '*' && (style_.italic || begins_word())) return toggle(style_.italic, 1);
    if (letter == '[' && link_end() != std::string_view::npos) {
      ++at_;
    } else if (letter == ']' && text_.substr(at_, 2) == "](") {
      at_ = std::min(text_.find(')', at_), text_.size() - 1) + 1;
    } else {
      keep();
    }
  }

  /// Whether the star here stands before a word, and so is no sign of multiplication.
  [[nodiscard]] bool begins_word() const {
    const bool after_space = at_ == 0 || text_[at_ - 1] == ' ' || text_[at_ - 1] == '(';
    return after_space && at_ + 1 < text_.size() && text_[at_ + 1] != ' ';
  }

  [[nodiscard]] std::size_t link_end() const {
    const std::size_t end = text_.find(']', at_);
    return end != std::string_view::npos && text_.substr(end, 2) == "](" ? end : std::string_view::npos;
  }

  void keep() { style_.text += text_[at_++]; }

  void toggle(bool& flag, std::size_t length) {
    flush();
    flag = !flag;
    at_ += length;
  }

  void flush() {
    if (!style_.text.empty()) spans_.push_back(style_);
    style_.text.clear();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Span style_{};  // the style in force, and the letters that were kept in it
  std::vector<Span> spans_;
};

}  // namespace

std::vector<Block> parse_markdown(std::string_view document) {
  BlockReader reader;
  for (const std::string_view line : lines_of(document)) reader.take(line);
  return reader.finish();
}

std::vector<Span> spans_of(std::string_view text) { return SpanReader(text).read(); }

std::string plain(std::string_view text) {
  std::string words;
  for (const Span& span : spans_of(text)) words += span.text;
  return words;
}

std::vector<Block> section_of(const std::vector<Block>& blocks, int level, std::string_view title) {
  const auto is_end = [level](const Block& block) { return block.kind == BlockKind::heading && block.level <= level; };
  auto first = std::find_if(blocks.begin(), blocks.end(), [&](const Block& block) {
    return block.kind == BlockKind::heading && block.level == level && block.text == title;
  });
  if (first == blocks.end()) return {};
  ++first;
  return {first, std::find_if(first, blocks.end(), is_end)};
}

std::vector<Block> before_headings(const std::vector<Block>& blocks) {
  return {blocks.begin(), std::find_if(blocks.begin(), blocks.end(),
                                       [](const Block& block) { return block.kind == BlockKind::heading; })};
}

}  // namespace vqi::tool
