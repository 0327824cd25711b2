// A table of results: Markdown on stdout, row by row as they are measured, and the same as CSV in a file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace vqi::bench {

/// Rows appear as soon as they are added, since a whole table can take minutes.
class ResultTable {
 public:
  struct Column {
    std::string title;
    std::size_t width;  ///< least width in the Markdown text
  };

  /// Prints the head. An empty `csv_path` writes no file. Throws Error{io_failed}.
  ResultTable(std::vector<Column> columns, std::filesystem::path csv_path);

  /// One cell for each column.
  void add(const std::vector<std::string>& cells);

 private:
  void write_csv(const std::vector<std::string>& cells);

  std::vector<Column> columns_;
  std::filesystem::path csv_path_;
  std::ofstream csv_;
};

/// `value` with `significant` digits, never in scientific notation; "-" for what is not finite.
[[nodiscard]] std::string number(double value, int significant = 3);
/// `value` with `decimals` digits behind the point.
[[nodiscard]] std::string fixed(double value, int decimals);

}  // namespace vqi::bench
