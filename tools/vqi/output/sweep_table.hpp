// SweepTable: formats the table of vqi sweep. The title holds the options that all rows share.
#pragma once

#include <string>
#include <vector>

#include "sweep_result.hpp"

namespace vqi::tool {

class SweepTable {
 public:
  /// `rows`: the options of all rows, at least one. `verbose` adds columns.
  SweepTable(const std::vector<EncodeOptions>& rows, bool verbose);

  /// One line: the image, and the options that all rows share.
  [[nodiscard]] std::string title(const SweptImage& image) const;
  /// The same for the table of means over `count` images.
  [[nodiscard]] std::string mean_title(std::size_t count) const;
  [[nodiscard]] std::string head() const;
  /// The line of `row`, with its marks.
  [[nodiscard]] std::string row(const SweepRow& row) const;
  /// One line that names the rows of the hull, and its knee; for tables whose rows were printed before these were
  /// known. Empty if there are no rows.
  [[nodiscard]] std::string marks_line(const std::vector<SweepRow>& rows) const;
  /// Each warning of the rows once, after the names of its rows.
  [[nodiscard]] std::vector<std::string> warnings(const std::vector<SweepRow>& rows) const;
  [[nodiscard]] std::string mean_head() const;
  [[nodiscard]] std::string mean_row(const SweepMean& mean) const;

  /// Length of a line below the title, in characters, without its mark.
  [[nodiscard]] std::size_t width() const { return head().size() - 1; }

 private:
  struct Column {
    const char* head;
    std::size_t width;
  };

  [[nodiscard]] std::string options_head() const;
  [[nodiscard]] std::string options_cells(const EncodeOptions& options) const;
  /// The words of the first columns: K, and the options that vary.
  [[nodiscard]] std::vector<std::string> option_words(const EncodeOptions& options) const;
  /// The same words in one text, which names a row.
  [[nodiscard]] std::string row_name(const EncodeOptions& options) const;
  [[nodiscard]] std::string common() const;

  EncodeOptions first_;
  VaryingOptions varying_;
  std::vector<Column> columns_;
  bool verbose_;
};

}  // namespace vqi::tool
