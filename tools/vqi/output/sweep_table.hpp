// The table of vqi sweep: a title, a head and aligned rows, with what all rows have in common said once.
#pragma once

#include <string>
#include <vector>

#include "sweep_result.hpp"

namespace vqi::tool {

class SweepTable {
 public:
  /// `rows` are the options of every row. `verbose` adds columns.
  SweepTable(const std::vector<EncodeOptions>& rows, bool verbose);

  /// One line about the image and about what the rows have in common.
  [[nodiscard]] std::string title(const SweptImage& image) const;
  /// The same for the table of means over `count` images.
  [[nodiscard]] std::string mean_title(std::size_t count) const;
  [[nodiscard]] std::string head() const;
  [[nodiscard]] std::string row(const SweepRow& row) const;
  [[nodiscard]] std::string mean_head() const;
  [[nodiscard]] std::string mean_row(const SweepMean& mean) const;

  /// Characters of the longest line below the title.
  [[nodiscard]] std::size_t width() const { return head().size() - 1; }

 private:
  [[nodiscard]] std::string options_head() const;
  [[nodiscard]] std::string options_cells(const EncodeOptions& options) const;
  [[nodiscard]] std::string common() const;

  EncodeOptions first_;
  bool several_blocks_ = false;
  bool several_codings_ = false;
  bool several_methods_ = false;
  bool verbose_;
};

}  // namespace vqi::tool
