# vqi_shared_library(target): soname and exports of a library of ours, where it is a shared one.
function(vqi_shared_library target)
  # The soname changes whenever the ABI may: before 1.0 with each minor version, from then on with each major one.
  set(soversion ${PROJECT_VERSION_MAJOR})
  if(PROJECT_VERSION VERSION_LESS 1)
    string(APPEND soversion ".${PROJECT_VERSION_MINOR}")
  endif()
  set_target_properties(${target} PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${soversion})
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "SHARED_LIBRARY")
    vqi_export_by_map(${target} library.map)
  endif()
endfunction()

# vqi_export_by_map(target map): the target exports the symbols that cmake/<map> names, and no others.
function(vqi_export_by_map target map)
  if(NOT APPLE)  # whose linker knows no version scripts
    set(path ${PROJECT_SOURCE_DIR}/cmake/${map})
    target_link_options(${target} PRIVATE LINKER:--version-script=${path})
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${path})
  endif()
endfunction()
