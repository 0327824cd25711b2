// LiveTable: prints the rows of a sweep as they finish, and tells hull and knee at the end.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "console.hpp"
#include "sweep_table.hpp"

namespace vqi::tool {

/// Marks are known only at the end. Then all rows are rewritten; or if that is impossible, because standard output is
/// no terminal or its window is too small, a last line names the rows that have marks.
class LiveTable {
 public:
  /// Keeps references to console and table. Without `wanted` no function prints anything.
  LiveTable(Console& console, const SweepTable& table, std::size_t row_count, bool wanted);

  /// Sets the title, which is printed with the header before the first row.
  void begin(const std::string& title);
  /// Takes row `number`. Prints it once all earlier rows are printed. Must not be called from two threads at once.
  void add(std::size_t number, const SweepRow& row);
  /// Prints the rows with their marks over those on the terminal, or else the last line.
  void finish(const std::vector<SweepRow>& rows);

 private:
  Console& console_;
  const SweepTable& table_;
  bool wanted_;
  bool rewrites_;
  std::string head_;  ///< title and header, until they are printed
  std::vector<std::optional<std::string>> waiting_;
  std::size_t next_ = 0;
};

}  // namespace vqi::tool
