# Finds the libraries of image formats other than PNG, as the target ImageCodecs::ImageCodecs: libtiff, libjpeg(-turbo),
# libwebp with its demuxer, OpenJPEG with its strict mode, and zlib for Deflate in TIFF.
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(ImageCodecs_PC QUIET IMPORTED_TARGET libtiff-4 libjpeg libwebp libwebpdemux
                    libopenjp2>=2.5 zlib)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(ImageCodecs REQUIRED_VARS ImageCodecs_PC_FOUND
                                  REASON_FAILURE_MESSAGE
                                  "libtiff, libjpeg, libwebp, OpenJPEG 2.5 and zlib are needed, with pkg-config")
if(ImageCodecs_FOUND AND NOT TARGET ImageCodecs::ImageCodecs)
  add_library(ImageCodecs::ImageCodecs INTERFACE IMPORTED)
  target_link_libraries(ImageCodecs::ImageCodecs INTERFACE PkgConfig::ImageCodecs_PC)
endif()
