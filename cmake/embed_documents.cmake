# cmake -DCLI=FILE -DFORMAT=FILE -DOUTPUT=FILE -P embed_documents.cmake: writes the documents that the manual is made of
# as a C++ file.
cmake_minimum_required(VERSION 3.25)
file(READ ${CLI} cli)
file(READ ${FORMAT} format)
file(WRITE ${OUTPUT} "// Made by cmake/embed_documents.cmake from CLI.md and FORMAT.md.
#include \"manual_sources.hpp\"

namespace vqi::tool {
const std::string_view cli_document = R\"VQI(${cli})VQI\";
const std::string_view format_document = R\"VQI(${format})VQI\";
}  // namespace vqi::tool
")
