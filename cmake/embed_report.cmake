# cmake -DSOURCE=FOLDER -DOUTPUT=FILE -P embed_report.cmake: writes the report's HTML, CSS and JavaScript from FOLDER as
# one page in a C++ file, cut in two at the place of the data. The page's content security policy allows only this style
# and this script, by their hashes.
cmake_minimum_required(VERSION 3.25)

# The scripts in the order in which they run: each uses what the scripts before it define.
set(scripts report_state.js report_chart.js report_error_map.js report_viewer.js report_codebook.js report_table.js
            report_start.js)

# content_hash(result text): the SHA-256 of a text as a content security policy writes it, 'sha256-' and base64. CMake
# gives 64 hexadecimal digits: each three digits become two letters, and the last digit is padded.
function(content_hash result text)
  set(letters "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  string(SHA256 hex "${text}")
  set(base64 "")
  foreach(at RANGE 0 60 3)
    string(SUBSTRING ${hex} ${at} 3 digits)
    math(EXPR high "0x${digits} >> 6")
    math(EXPR low "0x${digits} & 63")
    string(SUBSTRING ${letters} ${high} 1 first)
    string(SUBSTRING ${letters} ${low} 1 second)
    string(APPEND base64 ${first}${second})
  endforeach()
  string(SUBSTRING ${hex} 63 1 digit)
  math(EXPR last "0x${digit} << 2")
  string(SUBSTRING ${letters} ${last} 1 letter)
  set(${result} "sha256-${base64}${letter}=" PARENT_SCOPE)
endfunction()

file(READ ${SOURCE}/report.html page)
file(READ ${SOURCE}/report.css style)
set(script "")
foreach(name IN LISTS scripts)
  file(READ ${SOURCE}/${name} text)
  string(APPEND script "${text}")
endforeach()
content_hash(style_hash "${style}")
content_hash(script_hash "${script}")
foreach(part style_hash script_hash style script)
  string(REPLACE "{{${part}}}" "${${part}}" page "${page}")
endforeach()
string(FIND "${page}" "{{data}}" at)
string(SUBSTRING "${page}" 0 ${at} head)
math(EXPR at "${at} + 8")
string(SUBSTRING "${page}" ${at} -1 tail)
file(WRITE ${OUTPUT} "// Made by cmake/embed_report.cmake from the files in tools/vqi/report/page.
#include \"report_template.hpp\"

namespace vqi::tool {
const std::string_view report_head = R\"VQI(${head})VQI\";
const std::string_view report_tail = R\"VQI(${tail})VQI\";
}  // namespace vqi::tool
")
