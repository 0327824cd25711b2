# What `cmake --install` installs: libraries, headers, the CMake package, pkg-config files, the tool and its manual.
# Installed files name each other by relative paths, so that the prefix can be moved. An absolute CMAKE_INSTALL_*DIR is
# used as it is, and only the files in that folder cannot be moved.
option(VQI_INSTALL "Install vqi with the project" ${PROJECT_IS_TOP_LEVEL})
if(NOT VQI_INSTALL)
  return()
endif()

include(CMakePackageConfigHelpers)
set(vqi_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/vqi)
set(vqi_pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# vqi_install_library(target export): installs a library, which <export>.cmake exports as vqi::<its EXPORT_NAME>.
function(vqi_install_library target export)
  install(TARGETS ${target} EXPORT ${export}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT ${export} NAMESPACE vqi:: DESTINATION ${vqi_package_dir})
endfunction()

# vqi_install_pkgconfig(name): installs name.pc, whose paths are relative to it unless a folder is absolute.
function(vqi_install_pkgconfig name)
  set(pkgconfig_prefix ${CMAKE_INSTALL_PREFIX})
  if(NOT IS_ABSOLUTE ${vqi_pkgconfig_dir})
    file(RELATIVE_PATH up /${vqi_pkgconfig_dir} /)
    string(REGEX REPLACE "/$" "" up ${up})
    set(pkgconfig_prefix "\${pcfiledir}/${up}")
  endif()
  foreach(dir LIBDIR INCLUDEDIR)
    set(pkgconfig_${dir} "\${prefix}/${CMAKE_INSTALL_${dir}}")
    if(IS_ABSOLUTE "${CMAKE_INSTALL_${dir}}")
      set(pkgconfig_${dir} "${CMAKE_INSTALL_${dir}}")
    endif()
  endforeach()
  configure_file(cmake/${name}.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${vqi_pkgconfig_dir})
endfunction()

# A program that links a static library must link its dependencies too; a shared library links them itself, and so its
# pkg-config file asks for no package.
get_target_property(vqi_library_type vqi TYPE)
set(vqi_requires "")
set(vqi_libs "")
set(vqi_image_io_requires "")
set(vqi_image_io_libs "")
set(VQI_IS_STATIC OFF)
if(vqi_library_type STREQUAL "STATIC_LIBRARY")
  set(vqi_requires "\nRequires: tbb libhwy")
  # What a C compiler, which links no C++ library by itself, must be told.
  foreach(library stdc++ c++ m)
    if(library IN_LIST CMAKE_CXX_IMPLICIT_LINK_LIBRARIES)
      string(APPEND vqi_libs " -l${library}")
    endif()
  endforeach()
  set(vqi_image_io_requires " libpng zlib libdeflate libtiff-4 libjpeg libwebp libwebpdemux libopenjp2")
  set(vqi_image_io_libs " -lzopfli -lopencv_imgcodecs -lopencv_core")
  set(VQI_IS_STATIC ON)
endif()

vqi_install_library(vqi vqiTargets)
vqi_install_pkgconfig(vqi)
install(DIRECTORY include/vqi DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h")
install(FILES include/vqi.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(TARGET vqi_image_io)
  vqi_install_library(vqi_image_io vqiImageIoTargets)
  vqi_install_pkgconfig(vqi-image-io)
  vqi_install_library(vqi_opencv_views vqiOpencvTargets)
  install(FILES cmake/FindOpenCVCodecs.cmake cmake/FindImageCodecs.cmake cmake/FindDeflateCodecs.cmake
    DESTINATION ${vqi_package_dir})
endif()
# Programs and libraries find a shared library relative to their own folder.
if(vqi_library_type STREQUAL "SHARED_LIBRARY")
  if(TARGET vqi_image_io)
    set_target_properties(vqi_image_io PROPERTIES INSTALL_RPATH "$ORIGIN")
  endif()
  if(TARGET vqi_tool)
    set(rpath ${CMAKE_INSTALL_LIBDIR})
    if(NOT IS_ABSOLUTE ${CMAKE_INSTALL_LIBDIR} AND NOT IS_ABSOLUTE ${CMAKE_INSTALL_BINDIR})
      file(RELATIVE_PATH rpath /${CMAKE_INSTALL_BINDIR} /${CMAKE_INSTALL_LIBDIR})
      string(PREPEND rpath "$ORIGIN/")
    elseif(NOT IS_ABSOLUTE ${CMAKE_INSTALL_LIBDIR})
      string(PREPEND rpath "${CMAKE_INSTALL_PREFIX}/")
    endif()
    set_target_properties(vqi_tool PROPERTIES INSTALL_RPATH "${rpath}")
  endif()
endif()
if(TARGET vqi_imagequant)
  # In a folder of its own, where no program finds it unasked.
  install(TARGETS vqi_imagequant LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/vqi/imagequant)
  install(FILES tools/imagequant/libimagequant.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/vqi/imagequant)
  if(vqi_library_type STREQUAL "SHARED_LIBRARY")
    set_target_properties(vqi_imagequant PROPERTIES INSTALL_RPATH "$ORIGIN/../..")
  endif()
endif()
if(TARGET vqi_tool)
  install(TARGETS vqi_tool RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(TARGETS vqi_opencv LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/vqi)
  if(TARGET vqi_cairo)
    install(TARGETS vqi_cairo LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/vqi)
  endif()
endif()
if(TARGET vqi_manual)
  install(DIRECTORY ${vqi_manual_dir}/man1 ${vqi_manual_dir}/man5 DESTINATION ${CMAKE_INSTALL_MANDIR})
  set(completions ${vqi_manual_dir}/completions)
  install(FILES ${completions}/vqi DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${completions}/_vqi DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${completions}/vqi.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()

configure_package_config_file(cmake/vqiConfig.cmake.in ${PROJECT_BINARY_DIR}/vqiConfig.cmake
  INSTALL_DESTINATION ${vqi_package_dir} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may break callers, afterwards only a major version.
set(vqi_compatibility SameMajorVersion)
if(PROJECT_VERSION VERSION_LESS 1)
  set(vqi_compatibility SameMinorVersion)
endif()
write_basic_package_version_file(${PROJECT_BINARY_DIR}/vqiConfigVersion.cmake COMPATIBILITY ${vqi_compatibility})
install(FILES ${PROJECT_BINARY_DIR}/vqiConfig.cmake ${PROJECT_BINARY_DIR}/vqiConfigVersion.cmake
  DESTINATION ${vqi_package_dir})
