// Rewrites the rows of a terminal with ANSI escape sequences.
#include "live_table.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

namespace vqi::tool {
namespace {

constexpr std::size_t mark_width = 12;  // characters of "  hull, knee"
constexpr std::size_t other_lines = 3;  // the header, the cursor's line, and one to spare

bool fits_terminal(std::size_t rows, std::size_t columns) {
  struct winsize window {};
  return ::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_row >= rows &&
         window.ws_col >= columns;
}

}  // namespace

LiveTable::LiveTable(Console& console, const SweepTable& table, std::size_t row_count, bool wanted)
    : console_(console),
      table_(table),
      wanted_(wanted),
      live_(wanted && fits_terminal(row_count + other_lines, table.width() + mark_width)),
      waiting_(row_count) {}

void LiveTable::begin(const std::string& title) {
  if (live_) console_.print(title + table_.head());
}

void LiveTable::add(std::size_t number, const SweepRow& row) {
  if (!live_) return;
  waiting_[number] = table_.row(row);
  for (; next_ < waiting_.size() && waiting_[next_]; ++next_) console_.print(*waiting_[next_]);
}

void LiveTable::finish(const std::string& title, const std::vector<SweepRow>& rows) {
  if (!wanted_) return;
  // The escape sequence moves the cursor to the first row and clears all lines from there.
  std::string text = live_ ? "\x1b[" + std::to_string(rows.size()) + "A\x1b[J" : title + table_.head();
  for (const SweepRow& row : rows) text += table_.row(row);
  console_.print(text);
}

}  // namespace vqi::tool
