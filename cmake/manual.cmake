# Man pages and completions, which the tool writes itself. A build for another machine cannot run it, and has none.
if(NOT TARGET vqi_tool OR CMAKE_CROSSCOMPILING)
  return()
endif()
set(vqi_manual_dir ${PROJECT_BINARY_DIR}/manual)
set(make_manual ${PROJECT_SOURCE_DIR}/cmake/make_manual.cmake)
add_custom_command(OUTPUT ${vqi_manual_dir}/made
  COMMAND ${CMAKE_COMMAND} -DVQI=$<TARGET_FILE:vqi_tool> -DOUTPUT=${vqi_manual_dir} -P ${make_manual}
  COMMAND ${CMAKE_COMMAND} -E touch ${vqi_manual_dir}/made
  DEPENDS vqi_tool ${make_manual} COMMENT "Writing man pages and completions" VERBATIM)
add_custom_target(vqi_manual ALL DEPENDS ${vqi_manual_dir}/made)
