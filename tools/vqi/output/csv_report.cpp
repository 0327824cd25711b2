// Flattens the JSON object of each row into CSV cells.
#include "csv_report.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "json_rows.hpp"
#include "plain_text.hpp"

namespace vqi::tool {
namespace {

using Json = nlohmann::ordered_json;
using Cells = std::vector<std::pair<std::string, std::string>>;  // column, text

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char letter : text) result += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return result + "\"";
}

std::string cell_text(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return quoted(value.get<std::string>());
  return value.is_array() ? quoted(value.dump()) : value.dump();
}

Cells cells_of(const Json& row) {
  Cells cells;
  const Json& straight = row.at("mse_straight");
  const std::string lossless = lossless_text(straight.is_null() ? std::nullopt : std::optional(straight.get<double>()));
  for (const auto& [key, value] : row.items()) {
    if (value.is_array() && key != "block") continue;
    if (value.is_object()) {
      for (const auto& [inner, inner_value] : value.items())
        cells.emplace_back(std::string(key).append("_").append(inner), cell_text(inner_value));
    } else {
      const bool is_lossless = key == "psnr_db" && value.is_null();
      cells.emplace_back(key, is_lossless ? lossless : cell_text(value));
    }
  }
  return cells;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string line;
  for (const std::string& text : texts) line += (line.empty() ? "" : ",") + text;
  return line + "\n";
}

/// The columns of all rows, which do not all have the same keys.
std::vector<std::string> columns_of(const SweptImage& image) {
  std::vector<std::string> columns;
  for (const SweepRow& row : image.rows)
    for (const auto& [column, text] : cells_of(sweep_row_object(image, row)))
      if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
  return columns;
}

std::string lines_of(const SweptImage& image, const std::vector<std::string>& columns) {
  std::string text;
  for (const SweepRow& row : image.rows) {
    const Cells cells = cells_of(sweep_row_object(image, row));
    std::vector<std::string> texts;
    for (const std::string& column : columns) {
      const auto found =
          std::find_if(cells.begin(), cells.end(), [&](const auto& cell) { return cell.first == column; });
      texts.push_back(found == cells.end() ? "" : found->second);
    }
    text += joined(texts);
  }
  return text;
}

}  // namespace

std::string csv_text(const SweepResult& result) {
  if (result.images.empty()) return {};
  std::vector<std::string> columns;
  for (const SweptImage& image : result.images)
    for (const std::string& column : columns_of(image))
      if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
  std::string text = joined(columns);
  for (const SweptImage& image : result.images) text += lines_of(image, columns);
  return text;
}

std::string csv_rows(const SweptImage& image, const SweptImage& first) { return lines_of(image, columns_of(first)); }

std::string csv_text(const std::vector<GapOfImage>& gaps) {
  std::string text =
      "input,block,seed,gap_rule,gap_box,gap_references,gap_points,k,log_w,expected_log_w,gap,error,chosen\n";
  for (const GapOfImage& gap : gaps) {
    const Json object = gap_object(gap);
    std::vector<std::string> shared;
    for (const char* const key : {"input", "block", "seed", "gap_rule", "gap_box", "gap_references", "gap_points"})
      shared.push_back(cell_text(object.at(key)));
    for (const Json& row : object.at("gap")) {
      std::vector<std::string> texts = shared;
      for (const auto& [key, value] : row.items()) texts.push_back(cell_text(value));
      texts.emplace_back(row.at("k") == object.at("k") ? "true" : "false");
      text += joined(texts);
    }
  }
  return text;
}

}  // namespace vqi::tool
