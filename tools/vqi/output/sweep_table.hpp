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
  [[nodiscard]] std::string row(const SweepRow& row) const;
  [[nodiscard]] std::string mean_head() const;
  [[nodiscard]] std::string mean_row(const SweepMean& mean) const;

  /// Length of a line below the title, in characters, without its mark.
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
