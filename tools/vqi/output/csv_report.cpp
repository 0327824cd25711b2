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
  if (value.is_array()) {
    std::string text;
    for (const Json& part : value) text += (text.empty() ? "" : "x") + part.dump();
    return text;
  }
  return value.dump();
}

Cells cells_of(const Json& row) {
  Cells cells;
  const Json& straight = row.at("mse_straight");
  const std::string lossless = lossless_text(straight.is_null() ? std::nullopt : std::optional(straight.get<double>()));
  for (const auto& [key, value] : row.items()) {
    if (value.is_array() && !value.empty() && value.front().is_object()) continue;
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

}  // namespace

std::string csv_text(const SweepResult& result) {
  std::vector<Cells> rows;
  std::vector<std::string> columns;  // the union over all rows, which do not all have the same keys
  for (const SweptImage& image : result.images) {
    for (const SweepRow& row : image.rows) {
      rows.push_back(cells_of(sweep_row_object(image, row)));
      for (const auto& [column, text] : rows.back())
        if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
    }
  }
  std::string text = joined(columns);
  for (const Cells& cells : rows) {
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

}  // namespace vqi::tool
