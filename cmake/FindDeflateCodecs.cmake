# Finds libdeflate and Zopfli, as the target DeflateCodecs::DeflateCodecs.
find_path(DeflateCodecs_LIBDEFLATE_INCLUDE_DIR libdeflate.h)
find_library(DeflateCodecs_LIBDEFLATE_LIBRARY deflate)
find_path(DeflateCodecs_ZOPFLI_INCLUDE_DIR zopfli/deflate.h)
find_library(DeflateCodecs_ZOPFLI_LIBRARY zopfli)
mark_as_advanced(DeflateCodecs_LIBDEFLATE_INCLUDE_DIR DeflateCodecs_LIBDEFLATE_LIBRARY
                 DeflateCodecs_ZOPFLI_INCLUDE_DIR DeflateCodecs_ZOPFLI_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(DeflateCodecs
  REQUIRED_VARS DeflateCodecs_LIBDEFLATE_LIBRARY DeflateCodecs_LIBDEFLATE_INCLUDE_DIR
                DeflateCodecs_ZOPFLI_LIBRARY DeflateCodecs_ZOPFLI_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "libdeflate and Zopfli are needed, with their headers")
if(DeflateCodecs_FOUND AND NOT TARGET DeflateCodecs::DeflateCodecs)
  add_library(DeflateCodecs::DeflateCodecs INTERFACE IMPORTED)
  target_link_libraries(DeflateCodecs::DeflateCodecs INTERFACE ${DeflateCodecs_LIBDEFLATE_LIBRARY}
                                                               ${DeflateCodecs_ZOPFLI_LIBRARY})
  target_include_directories(DeflateCodecs::DeflateCodecs SYSTEM INTERFACE
    ${DeflateCodecs_LIBDEFLATE_INCLUDE_DIR} ${DeflateCodecs_ZOPFLI_INCLUDE_DIR})
endif()
