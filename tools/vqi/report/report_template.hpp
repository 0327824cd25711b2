// The page of the report, which the build joins from report.html, report.css and the scripts.
#pragma once

#include <string_view>

namespace vqi::tool {

extern const std::string_view report_head;  ///< everything before the data, which is a JSON object in a script element
extern const std::string_view report_tail;  ///< everything after the data

}  // namespace vqi::tool
