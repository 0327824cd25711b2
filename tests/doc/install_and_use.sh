#!/usr/bin/env bash
# Installs the built tree, and builds an outside project with it by find_package, by pkg-config and by add_subdirectory.
# ctest gives the function to call as the argument, and in the environment SOURCE_DIR, BUILD_DIR, WORK_DIR, LIBDIR
# (below the prefix), CXX and CXXFLAGS.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
prefix=$WORK_DIR/"moved prefix" # with a space: paths must be quoted everywhere
export LD_LIBRARY_PATH=$prefix/$LIBDIR${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

install_and_move() {
  local first=$WORK_DIR/first-prefix
  rm -rf -- "$first" "$prefix"
  cmake --install "$BUILD_DIR" --prefix "$first" >/dev/null
  mv -- "$first" "$prefix"
  local -a metadata=("$prefix/$LIBDIR/cmake" "$prefix/$LIBDIR/pkgconfig")
  if grep -rlF -e "$first" -e "$BUILD_DIR" -e "$SOURCE_DIR" -- "${metadata[@]}"; then
    echo "the files above name the folder they were installed to or built in"
    return 1
  fi
}

# build_outside NAME PROGRAM CMAKE-ARGUMENT...: configures and builds the outside project, and runs its PROGRAM.
build_outside() {
  local build=$WORK_DIR/$1 program=$2
  shift 2
  cmake -G Ninja -S "$here/outside_project" -B "$build" -DCMAKE_CXX_COMPILER="$CXX" -DCMAKE_CXX_FLAGS="$CXXFLAGS" \
    -DCMAKE_EXPORT_COMPILE_COMMANDS=ON "$@"
  cmake --build "$build"
  "$build/$program"
}

with_find_package() {
  rm -rf -- "$WORK_DIR/find-package"
  build_outside find-package outside -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release
}

with_image_io_component() {
  rm -rf -- "$WORK_DIR/image-io"
  build_outside image-io image_file -DWITH_IMAGE_IO=ON -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release
  "$WORK_DIR/image-io/opencv_matrix"
}

# build_with_pkg_config MODULE PROGRAM: compiles one file and runs it.
build_with_pkg_config() {
  local flags program=$2
  flags=$(PKG_CONFIG_PATH=$prefix/$LIBDIR/pkgconfig pkg-config --cflags --libs "$1")
  # pkg-config escapes the spaces of paths for a shell.
  eval "set -- $flags"
  # shellcheck disable=SC2086 # CXXFLAGS is a list of words
  "$CXX" $CXXFLAGS -std=c++20 "$here/outside_project/$program.cpp" "$@" -o "$WORK_DIR/$program"
  "$WORK_DIR/$program"
}

with_pkg_config() {
  build_with_pkg_config vqi outside
}

image_io_with_pkg_config() {
  build_with_pkg_config vqi-image-io image_file
}

with_add_subdirectory() {
  # Only whether it builds matters, so without optimisation and debug information, for one SIMD target, and with the
  # last run's objects.
  # Shared, so that its exports can be compared; the other tests use a static library.
  build_outside add-subdirectory outside -DVQI_SOURCE_DIR="$SOURCE_DIR" -DBUILD_SHARED_LIBS=ON \
    -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG="-O0 -DHWY_COMPILE_ONLY_STATIC"
  local build=$WORK_DIR/add-subdirectory
  if grep -qF -e -Werror "$build/compile_commands.json"; then
    echo "a project that embeds vqi is built with -Werror"
    return 1
  fi
  if grep -oE '"file": ".*/(tests/unit|tools|samples|image_io)/[^"]*"' "$build/compile_commands.json"; then
    echo "a project that embeds vqi builds the files above, which it does not need"
    return 1
  fi
}

headers_alone() {
  local header includes
  for header in "$SOURCE_DIR"/include/vqi/*.hpp; do
    header=vqi/${header##*/}
    [[ $header != vqi/opencv.hpp || -n ${OPENCV_INCLUDE-} ]] || continue
    # shellcheck disable=SC2086 # OPENCV_INCLUDE is a list of words
    "$CXX" -std=c++20 -Wall -Wextra -Werror -fsyntax-only -I"$SOURCE_DIR/include" ${OPENCV_INCLUDE-} -x c++ - \
      <<<"#include \"$header\"" || { echo "$header does not compile alone" && return 1; }
  done
  # What encodes and decodes needs no clustering, and no <ranges>, which takes long to compile.
  includes=$("$CXX" -std=c++20 -M -I"$SOURCE_DIR/include" -x c++ - <<<'#include "vqi/codec.hpp"')
  if grep -oE '[^ ]*/(ranges|vqi/cluster\.hpp)( |$)' <<<"$includes"; then
    echo "vqi/codec.hpp includes the headers above"
    return 1
  fi
}

shared_exports() {
  local -a headers
  mapfile -t headers < <(cd "$SOURCE_DIR/include/vqi" && ls -- *.hpp)
  for i in "${!headers[@]}"; do # of another library, or the macro itself
    case ${headers[i]} in image_io.hpp | quantize.hpp | opencv.hpp | export.hpp) unset "headers[i]" ;; esac
  done
  python3 "$here/exported_symbols.py" api "$WORK_DIR/add-subdirectory/vqi/codec/libvqi.so" "$SOURCE_DIR/include" \
    "${headers[@]}"
}

installed_tool() {
  local work=$WORK_DIR/tool
  rm -rf -- "$work"
  mkdir -p -- "$work"
  run_tool() { env -u LD_LIBRARY_PATH "$prefix/bin/vqi" "$@"; }
  run_tool compress -q --effort 1 "$SOURCE_DIR/samples/images/landscape.png" -o "$work/a.vqi"
  run_tool decompress -q "$work/a.vqi" -o "$work/a.jpg" # through OpenCV
  run_tool compress -q --effort 1 -f "$work/a.jpg" -o "$work/a.vqi"
  [[ ! -e $prefix/$LIBDIR/vqi/vqi_cairo.so ]] || run_tool sweep -q --effort 1 -k 2,4 "$work/a.jpg" --plot "$work/a.svg"
}

remove_prefix() {
  local found
  rm -rf -- "$prefix"
  # The test of the wheel installs it, with a tool of its own.
  found=$(find "$BUILD_DIR" -path "$BUILD_DIR/tests/python/wheel" -prune -o -type f -name vqi -perm -u+x -print)
  if [[ $(wc -l <<<"$found") != 1 || -z $found ]]; then
    printf 'not one executable file named vqi: %s\n' "$found"
    return 1
  fi
}

mkdir -p -- "$WORK_DIR"
"$1"
