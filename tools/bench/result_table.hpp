// ResultTable: prints results as a Markdown table on stdout, and writes them to a CSV file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace vqi::bench {

/// Each row appears as soon as it is added, because a whole table can take minutes.
class ResultTable {
 public:
  struct Column {
    std::string title;
    std::size_t width;  ///< least width in the Markdown text, in characters
  };

  /// Prints the header. With an empty `csv_path` no file is written. Throws Error{io_failed}.
  ResultTable(std::vector<Column> columns, std::filesystem::path csv_path);

  /// Adds a row with one cell for each column. Throws Error{io_failed}.
  void add(const std::vector<std::string>& cells);

 private:
  void write_csv(const std::vector<std::string>& cells);

  std::vector<Column> columns_;
  std::filesystem::path csv_path_;
  std::ofstream csv_;
};

/// `value` with `significant` digits, never in scientific notation; "-" if it is not finite.
[[nodiscard]] std::string number(double value, int significant = 3);
/// `value` with `decimals` digits after the point.
[[nodiscard]] std::string fixed(double value, int decimals);

}  // namespace vqi::bench
