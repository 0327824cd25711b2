// Pads Markdown cells and quotes CSV cells.
#include "result_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <utility>

#include "vqi/error.hpp"

namespace vqi::bench {
namespace {

void print_markdown(const std::vector<std::string>& cells, const std::vector<ResultTable::Column>& columns) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::cout << "| " << cells[i] << ' ';
    for (std::size_t width = cells[i].size(); width < columns[i].width; ++width) std::cout << ' ';
  }
  std::cout << "|\n" << std::flush;
}

std::string csv_cell(const std::string& cell) {
  if (cell.find_first_of(",\"\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace

ResultTable::ResultTable(std::vector<Column> columns, std::filesystem::path csv_path)
    : columns_(std::move(columns)), csv_path_(std::move(csv_path)) {
  std::vector<std::string> titles;
  std::vector<std::string> rule;
  for (const Column& column : columns_) {
    titles.push_back(column.title);
    rule.emplace_back(std::max(column.width, column.title.size()), '-');
  }
  if (!csv_path_.empty()) {
    csv_.open(csv_path_);
    write_csv(titles);
  }
  print_markdown(titles, columns_);
  print_markdown(rule, columns_);
}

void ResultTable::add(const std::vector<std::string>& cells) {
  print_markdown(cells, columns_);
  if (!csv_path_.empty()) write_csv(cells);
}

void ResultTable::write_csv(const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) csv_ << (i == 0 ? "" : ",") << csv_cell(cells[i]);
  csv_ << '\n' << std::flush;
  if (!csv_) throw Error(ErrorCode::io_failed, csv_path_.string() + " cannot be written");
}

std::string number(double value, int significant) {
  if (!std::isfinite(value)) return "-";
  const int magnitude = value == 0 ? 0 : static_cast<int>(std::floor(std::log10(std::abs(value))));
  return fixed(value, std::max(0, significant - 1 - magnitude));
}

std::string fixed(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

}  // namespace vqi::bench
