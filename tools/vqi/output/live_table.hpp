// Rows of a sweep on a terminal as they finish, in their order; marked once all are there.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "console.hpp"
#include "sweep_table.hpp"

namespace vqi::tool {

/// Marks are known at the end only, so that the rows are written over then. Where that cannot be
/// (standard output is no terminal, or its window too small) this does nothing until `finish`.
class LiveTable {
 public:
  /// Borrows console and table. `wanted`: whether there is to be a table at all.
  LiveTable(Console& console, const SweepTable& table, std::size_t row_count, bool wanted);

  /// Writes title and head.
  void begin(const std::string& title);
  /// Takes row `number`, and writes it and those that waited for it. Not from two threads at once.
  void add(std::size_t number, const SweepRow& row);
  /// Writes what is still to be written: marked rows, or the whole table.
  void finish(const std::string& title, const std::vector<SweepRow>& rows);

 private:
  Console& console_;
  const SweepTable& table_;
  bool wanted_;
  bool live_;
  std::vector<std::optional<std::string>> waiting_;
  std::size_t next_ = 0;
};

}  // namespace vqi::tool
