# Adds quantize to the module that does all. It writes palette PNGs by libdeflate, Zopfli and zlib, whose sources lie in
# VQI_WEB_SOURCES, where tools/web/get_sources.sh puts them: no distribution has these libraries for WebAssembly.
set(sources ${VQI_WEB_SOURCES})
file(GLOB libdeflate ${sources}/libdeflate/lib/*.c)
file(GLOB zopfli ${sources}/zopfli/src/zopfli/*.c)
list(FILTER zopfli EXCLUDE REGEX "zopfli_(bin|lib)\.c$|(gzip|zlib)_container\.c$")
foreach(name adler32 crc32 deflate trees compress inflate inftrees inffast zutil)
  list(APPEND zlib ${sources}/zlib/${name}.c)
endforeach()
enable_language(C)
add_library(vqi_web_deflate STATIC ${libdeflate} ${zopfli} ${zlib})
target_compile_options(vqi_web_deflate PRIVATE -w -Os)  # their warnings are theirs to see
target_include_directories(vqi_web_deflate SYSTEM PUBLIC ${sources}/libdeflate ${sources}/zopfli/src ${sources}/zlib)

set(image_io ${PROJECT_SOURCE_DIR}/codec/image_io)
file(GLOB quantizing CONFIGURE_DEPENDS ${image_io}/quantize/*.cpp ${image_io}/palette_png/*.cpp
                                       ${image_io}/deflate/*.cpp ${image_io}/png_choice/*.cpp)
list(APPEND quantizing ${image_io}/binding/c_image_calls.cpp ${image_io}/bytes/file_bytes.cpp
                       ${image_io}/png/png_chunks.cpp ${image_io}/png/png_form.cpp ${image_io}/png/png_metadata.cpp
                       ${image_io}/icc_profile.cpp ${image_io}/pixel_density.cpp)
set(small ${quantizing})
list(FILTER small EXCLUDE REGEX "/(deflate|png_choice)/")  # these search, which takes the time
set_source_files_properties(${small} PROPERTIES COMPILE_OPTIONS -Os)
target_sources(vqi_codec PRIVATE ${quantizing})
target_include_directories(vqi_codec PRIVATE ${image_io} ${PROJECT_SOURCE_DIR}/codec/base
  ${PROJECT_SOURCE_DIR}/codec/image ${PROJECT_SOURCE_DIR}/codec/dither ${PROJECT_SOURCE_DIR}/codec/binding)
foreach(folder bytes quantize palette_png deflate png_choice png)
  target_include_directories(vqi_codec PRIVATE ${image_io}/${folder})
endforeach()
target_link_libraries(vqi_codec PRIVATE vqi_web_deflate)
