// The report's page as the build has joined it from report.html, report.css and the scripts.
#pragma once

#include <string_view>

namespace vqi::tool {

extern const std::string_view report_head;  ///< up to the data, a JSON object in a script element
extern const std::string_view report_tail;  ///< all that follows it

}  // namespace vqi::tool
