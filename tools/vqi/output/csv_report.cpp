// Flattens the JSON object of each row into CSV cells.
#include "csv_report.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "json_parts.hpp"
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

/// `columns`, and those of `more` that are not among them.
std::vector<std::string> joined_columns(std::vector<std::string> columns, const std::vector<std::string>& more) {
  for (const std::string& column : more)
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
  return columns;
}

/// The columns of all rows, which do not all have the same keys.
std::vector<std::string> columns_of(const SweptImage& image) {
  std::vector<std::string> columns;
  for (const SweepRow& row : image.rows) {
    std::vector<std::string> own;
    for (const auto& [column, text] : cells_of(sweep_row_object(image, row))) own.push_back(column);
    columns = joined_columns(std::move(columns), own);
  }
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
  for (const SweptImage& image : result.images) columns = joined_columns(std::move(columns), columns_of(image));
  std::string text = joined(columns);
  for (const SweptImage& image : result.images) text += lines_of(image, columns);
  return text;
}

std::vector<std::string> csv_columns(const SweptImage& first, const std::vector<std::string>& inputs) {
  std::vector<std::string> columns = columns_of(first);
  SweptImage named = first;
  for (const std::string& input : inputs) {
    if (is_utf8(input)) continue;
    named.input = input;
    return joined_columns(std::move(columns), columns_of(named));
  }
  return columns;
}

std::string csv_head(const std::vector<std::string>& columns) { return joined(columns); }

std::string csv_rows(const SweptImage& image, const std::vector<std::string>& columns) {
  return lines_of(image, columns);
}

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
