# Finds the two OpenCV modules that image files need, core and imgcodecs, as the target OpenCVCodecs::OpenCVCodecs.
#
# Uses OpenCV's own CMake package if it is installed. Debian has it only with the development files of all OpenCV
# modules (libopencv-dev, some 150 packages); with libopencv-core-dev and libopencv-imgcodecs-dev alone, this file
# searches for headers and libraries.
find_package(OpenCV QUIET CONFIG COMPONENTS core imgcodecs)
if(OpenCV_FOUND)
  set(OpenCVCodecs_VERSION ${OpenCV_VERSION})
  set(OpenCVCodecs_LIBRARIES opencv_core opencv_imgcodecs)
  set(OpenCVCodecs_INCLUDE_DIR ${OpenCV_INCLUDE_DIRS})
else()
  find_path(OpenCVCodecs_INCLUDE_DIR opencv2/imgcodecs.hpp PATH_SUFFIXES opencv4)
  find_library(OpenCVCodecs_CORE_LIBRARY opencv_core)
  find_library(OpenCVCodecs_IMGCODECS_LIBRARY opencv_imgcodecs)
  mark_as_advanced(OpenCVCodecs_INCLUDE_DIR OpenCVCodecs_CORE_LIBRARY OpenCVCodecs_IMGCODECS_LIBRARY)
  if(OpenCVCodecs_CORE_LIBRARY AND OpenCVCodecs_IMGCODECS_LIBRARY)
    set(OpenCVCodecs_LIBRARIES ${OpenCVCodecs_IMGCODECS_LIBRARY} ${OpenCVCodecs_CORE_LIBRARY})
  endif()
  if(OpenCVCodecs_INCLUDE_DIR)
    file(STRINGS ${OpenCVCodecs_INCLUDE_DIR}/opencv2/core/version.hpp version_lines REGEX "#define CV_VERSION_M")
    string(REGEX REPLACE ".*MAJOR[ ]+([0-9]+).*MINOR[ ]+([0-9]+).*" "\\1.\\2" OpenCVCodecs_VERSION "${version_lines}")
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCVCodecs REQUIRED_VARS OpenCVCodecs_LIBRARIES OpenCVCodecs_INCLUDE_DIR
                                               VERSION_VAR OpenCVCodecs_VERSION)
if(OpenCVCodecs_FOUND AND NOT TARGET OpenCVCodecs::OpenCVCodecs)
  add_library(OpenCVCodecs::OpenCVCodecs INTERFACE IMPORTED)
  target_link_libraries(OpenCVCodecs::OpenCVCodecs INTERFACE ${OpenCVCodecs_LIBRARIES})
  target_include_directories(OpenCVCodecs::OpenCVCodecs SYSTEM INTERFACE ${OpenCVCodecs_INCLUDE_DIR})
endif()
