# vqi_add_plugin(target variable SOURCE...): adds a module that the tool loads when it first needs it, so that a start
# takes no time for libraries that it does not use. Sets `variable` to the module's path from the tool's folder, which
# is the same in the build tree as after installation.
function(vqi_add_plugin target variable)
  set(folder ${CMAKE_INSTALL_LIBDIR}/vqi)
  set(from_tool ${folder}/${target}.so)
  if(NOT IS_ABSOLUTE ${folder} AND IS_ABSOLUTE ${CMAKE_INSTALL_BINDIR})
    set(from_tool ${CMAKE_INSTALL_PREFIX}/${from_tool})
  elseif(NOT IS_ABSOLUTE ${folder})
    file(RELATIVE_PATH from_tool /${CMAKE_INSTALL_BINDIR} /${from_tool})
  endif()
  cmake_path(ABSOLUTE_PATH from_tool BASE_DIRECTORY ${PROJECT_BINARY_DIR}/bin NORMALIZE OUTPUT_VARIABLE built)
  cmake_path(GET built PARENT_PATH built_folder)
  if(IS_ABSOLUTE ${from_tool})
    set(built_folder ${PROJECT_BINARY_DIR}/lib/vqi)  # not the installed path, but loaders look here too
  endif()
  add_library(${target} MODULE ${ARGN})
  vqi_compile_options(${target})
  set_target_properties(${target} PROPERTIES PREFIX "" SUFFIX .so LIBRARY_OUTPUT_DIRECTORY ${built_folder}
                                             CXX_VISIBILITY_PRESET default)
  vqi_export_by_map(${target} plugin.map)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/include)
  set(${variable} ${from_tool} PARENT_SCOPE)
endfunction()
