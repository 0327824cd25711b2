# What the core links: sets vqi_core_libraries, in it vqi_threads, and vqi_arena, the source in codec/base that makes
# threads. Intel TBB runs them; where a system has none, VQI_THREADS=OFF leaves all work to the calling thread. Where
# Highway's library is missing its headers are enough.
option(VQI_THREADS "Work on several threads, by Intel TBB" ON)

# vqi_bare_headers(target folder header): an interface library of the headers in `folder` alone, such as "hwy" with
# "hwy/highway.h", which are the same for all machines. The folder around it has headers of this machine's own, which
# must not be seen by a cross compiler: so the headers are reached through a link.
function(vqi_bare_headers target folder header)
  find_path(VQI_${folder}_INCLUDE_DIR ${header} NO_CMAKE_FIND_ROOT_PATH HINTS /usr/include /usr/local/include)
  mark_as_advanced(VQI_${folder}_INCLUDE_DIR)
  if(NOT VQI_${folder}_INCLUDE_DIR)
    message(FATAL_ERROR "${header} was not found; set VQI_${folder}_INCLUDE_DIR to the folder that has it")
  endif()
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/headers/${folder})
  file(CREATE_LINK ${VQI_${folder}_INCLUDE_DIR}/${folder} ${PROJECT_BINARY_DIR}/headers/${folder}/${folder} SYMBOLIC)
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} SYSTEM INTERFACE ${PROJECT_BINARY_DIR}/headers/${folder})
endfunction()

set(vqi_core_libraries "")
set(vqi_threads "")
set(vqi_packages "")  # those that programs which link the static library must find, too
set(vqi_arena serial_arena)
if(VQI_THREADS)
  set(vqi_arena tbb_arena)
  find_package(TBB REQUIRED)
  set(vqi_threads TBB::tbb)
  list(APPEND vqi_core_libraries TBB::tbb)
  list(APPEND vqi_packages TBB)
endif()

find_package(hwy QUIET)
if(hwy_FOUND)
  list(APPEND vqi_core_libraries hwy::hwy)
  list(APPEND vqi_packages hwy)
else()
  # Kernels for the one target that all machines of the architecture have: to choose one needs the library.
  vqi_bare_headers(hwy::hwy hwy hwy/highway.h)
  target_compile_definitions(hwy::hwy INTERFACE HWY_COMPILE_ONLY_STATIC)
endif()

# Reports as JSON; the headers alone, which no header of ours includes.
find_package(nlohmann_json 3.9 QUIET)
if(NOT nlohmann_json_FOUND)
  vqi_bare_headers(nlohmann_json::nlohmann_json nlohmann nlohmann/json.hpp)
endif()
