// Prints rows in their order, and rewrites those of a terminal with ANSI escape sequences.
#include "live_table.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <utility>

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
      rewrites_(wanted && fits_terminal(row_count + other_lines, table.width() + mark_width)),
      waiting_(row_count) {}

void LiveTable::begin(const std::string& title) { head_ = title + table_.head(); }

void LiveTable::add(std::size_t number, const SweepRow& row) {
  if (!wanted_) return;
  waiting_[number] = table_.row(row);
  for (; next_ < waiting_.size() && waiting_[next_]; ++next_)
    console_.print(std::exchange(head_, {}) + *waiting_[next_]);
}

void LiveTable::finish(const std::vector<SweepRow>& rows) {
  if (!wanted_) return;
  if (!rewrites_) return console_.print(table_.marks_line(rows));
  // The escape sequence moves the cursor to the first row and clears all lines from there.
  std::string text = "\x1b[" + std::to_string(rows.size()) + "A\x1b[J";
  for (const SweepRow& row : rows) text += table_.row(row);
  console_.print(text);
}

}  // namespace vqi::tool
