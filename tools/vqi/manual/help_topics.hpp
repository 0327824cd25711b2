// The topics of "vqi help TOPIC": sections of CLI.md that are about more than the options of one command, and the file
// format.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace vqi::tool {

/// The names of all topics, such as "image-formats".
[[nodiscard]] std::vector<std::string> topic_names();

/// The text of the topic that `name` means: its whole name, its beginning, or, if it begins none, a word in it,
/// "formats", as long as only one topic has it. Else what CLI.md tells of the option ("block", "--block") or the value
/// of one ("kmeans") that `name` is. None if there is neither.
[[nodiscard]] std::optional<std::string> topic_text(const std::string& name);

}  // namespace vqi::tool
