// Parts of JSON objects that several reports have: names, texts, rows of a sweep.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "plain_text.hpp"
#include "sweep_result.hpp"

namespace vqi::tool {

/// An object with the schema's number, and the name of a command where it is of one.
[[nodiscard]] inline nlohmann::ordered_json new_object(const char* command = nullptr) {
  constexpr int schema = 1;
  nlohmann::ordered_json object;
  object["schema"] = schema;
  if (command != nullptr) object["command"] = command;
  return object;
}

/// Null for no value.
template <typename Value>
nlohmann::ordered_json or_null(const std::optional<Value>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

/// Adds a file name under `key`. JSON cannot hold a name that is not UTF-8: in it U+FFFD replaces the invalid bytes,
/// and KEY_hex holds all bytes of the name.
inline void add_name(nlohmann::ordered_json& object, const std::string& key, const std::string& name) {
  object[key] = name;
  if (!is_utf8(name)) object[key + "_hex"] = hex_digits(name);
}

/// An array of texts. They may hold names that are not UTF-8, which json_text replaces.
[[nodiscard]] inline nlohmann::ordered_json texts(const std::vector<std::string>& lines) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const std::string& text : lines) array.push_back(text);
  return array;
}

/// Adds the keys of a report of the library's in its order, all but those of a run: a tool's run takes more.
inline void add_report(nlohmann::ordered_json& object, const std::string& report) {
  const nlohmann::ordered_json entries = nlohmann::ordered_json::parse(report);
  for (const auto& [key, value] : entries.items())
    if (key != "schema" && key != "command" && key != "threads" && key != "seconds" && key != "warnings")
      object[key] = value;
}

/// The object on a line of its own, invalid UTF-8 replaced.
[[nodiscard]] inline std::string json_text(const nlohmann::ordered_json& object) {
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

/// The keys that compress prints for the same options, without output and threads; then "on_hull" and "knee". Defined
/// in json_report.cpp.
[[nodiscard]] nlohmann::ordered_json sweep_row_object(const SweptImage& image, const SweepRow& row);

/// The entry of --gap for one image and block size. Defined there as well.
[[nodiscard]] nlohmann::ordered_json gap_object(const GapOfImage& gap);

}  // namespace vqi::tool
