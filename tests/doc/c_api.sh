#!/usr/bin/env bash
# Uses vqi.h from C and other languages, with the installed library, and holds its ABI to the stored description. ctest
# gives the function to call as the argument, and in the environment what install_and_use.sh gets. A compiler or tool
# that is not installed is left out, with a word; where all are missing the test is skipped (exit code 77).
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
prefix=$WORK_DIR/"moved prefix"
work=$WORK_DIR/c-api
export LD_LIBRARY_PATH=$prefix/$LIBDIR${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
samples=$SOURCE_DIR/samples
shared=$WORK_DIR/add-subdirectory/vqi/codec
expected='570 bytes of 18432, 34.9 dB
the disc is 230, 120, 40'
words=()

have() { command -v "$1" >/dev/null || { echo "$1 is not installed, and left out" && return 1; }; }

# flags OPTION...: the words that pkg-config prints for vqi, as the array `words`.
flags() {
  local text
  text=$(PKG_CONFIG_PATH=$prefix/$LIBDIR/pkgconfig pkg-config "$@" vqi)
  eval "words=($text)" # pkg-config escapes the spaces of paths for a shell
}

# check_output PROGRAM: what it prints is what the sample prints everywhere.
check_output() {
  local printed
  printed=$("$1")
  [[ $printed == "$expected" ]] || { printf '%s printed:\n%s\n' "$1" "$printed" && return 1; }
}

# c_sample: the C89 sample with every compiler, the installed library (static or shared) and pkg-config.
c_sample() {
  local compiler tried=0
  for compiler in gcc clang clang-14 tcc; do
    have "$compiler" || continue
    tried=$((tried + 1))
    local -a strict=(-std=c89 -Wall -Werror)
    [[ $compiler == tcc ]] || strict+=(-pedantic -Wextra -Wstrict-prototypes)
    flags --cflags
    "$compiler" "${strict[@]}" "${words[@]}" -c "$samples/c/c_codec.c" -o "$work/$compiler.o" 2>"$work/warnings" ||
      { cat -- "$work/warnings" && return 1; }
    flags --libs
    local linker=$compiler
    [[ $compiler != tcc ]] || linker=$CXX # tcc's own linker knows less than glibc asks for
    "$linker" "$work/$compiler.o" "${words[@]}" -Wl,-z,noexecstack -o "$work/c_codec_$compiler"
    check_output "$work/c_codec_$compiler"
  done
  ((tried)) || exit 77
}

# c_shared: the same with the shared library and a C compiler alone.
c_shared() {
  have gcc || exit 77
  gcc -std=c89 -pedantic -Werror -I"$SOURCE_DIR/include" "$samples/c/c_codec.c" -L"$shared" -lvqi -Wl,-rpath,"$shared" \
    -o "$work/c_codec_shared"
  check_output "$work/c_codec_shared"
}

header_alone() {
  local language
  for language in c c++; do
    "${CXX}" -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$SOURCE_DIR/include" -x "$language" - \
      <<<'#include "vqi.h"'
  done
}

# c_exports: the shared library exports the functions of vqi.h under their names, and no other C function.
c_exports() {
  diff <(python3 "$here/c_api_stub.py" --names "$SOURCE_DIR/include/vqi.h" | sort) \
    <(nm -D --defined-only "$shared/libvqi.so" | awk '$2 == "T" && $3 !~ /^_Z/ { print $3 }' | sort)
}

# image_io_names: the installed libvqi_image_io has the calls on image files. vqi_opencv_... enters a plug-in.
image_io_names() {
  local library
  for library in "$prefix/$LIBDIR"/libvqi_image_io.{a,so}; do
    [[ -e $library ]] || continue
    diff <(python3 "$here/c_api_stub.py" --names-of-image-io "$SOURCE_DIR/include/vqi.h" | sort) \
      <(nm --defined-only "$library" | awk '$2 == "T" && /vqi_/ && !/ _Z/ && !/ vqi_opencv_/ { print $3 }' | sort)
  done
}

# describe_abi INCLUDE-FOLDER FILE: describes what vqi.h in that folder declares.
describe_abi() {
  python3 "$here/c_api_stub.py" "$1/vqi.h" >"$work/stub.c"
  (cd -- "$work" && gcc -g -O0 -fPIC -shared -I"$1" stub.c -o libvqi_stub.so)
  abidw --no-corpus-path --no-comp-dir-path --no-show-locs "$work/libvqi_stub.so" --out-file "$2"
}

# abi: the functions and types of vqi.h are those of the stored description. A new one may be added to the description;
# a change of one that is there changes the soname as well.
abi() {
  have abidw && have abidiff && have gcc || exit 77
  python3 "$here/c_api_stub.py" "$SOURCE_DIR/include/vqi.h" >"$work/stub.c"
  describe_abi "$SOURCE_DIR/include" "$work/vqi.abi"
  if ! abidiff --no-show-locs "$here/vqi.abi" "$work/vqi.abi"; then
    echo "if that is meant, store the new description: cp $work/vqi.abi tests/doc/vqi.abi"
    return 1
  fi
  # A longer field is noticed.
  rm -rf -- "$work/changed"
  cp -r -- "$SOURCE_DIR/include" "$work/changed"
  sed -i 's/uint32_t height;/uint64_t height;/' "$work/changed/vqi.h"
  describe_abi "$work/changed" "$work/changed.abi"
  if abidiff --no-show-locs "$here/vqi.abi" "$work/changed.abi" >/dev/null; then
    echo "a field of another size is not noticed"
    return 1
  fi
}

memory() {
  have valgrind && have gcc || exit 77
  [[ -x $work/c_codec_gcc ]] || c_sample
  valgrind --quiet --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=9 \
    "$work/c_codec_gcc"
}

rust() {
  have rustc || exit 77
  flags --libs
  local -a arguments=()
  # rustc leaves out what a C compiler links by itself.
  for word in "${words[@]}" -lgcc; do arguments+=(-C "link-arg=$word"); done
  rustc --edition 2021 -D warnings "$samples/rust/rust_codec.rs" -C linker="$CXX" "${arguments[@]}" \
    -o "$work/rust_codec"
  check_output "$work/rust_codec"
}

go_program() {
  have go || exit 77
  mkdir -p -- "$work/go"
  cp -- "$samples/go/go_codec.go" "$work/go/main.go"
  # Go's standard library takes ten seconds to build: the user's cache has it from the second time on.
  local cache sum
  cache=$(go env GOCACHE)
  [[ $cache == /* ]] && mkdir -p -- "$cache" 2>/dev/null || cache=$work/go-cache
  # Go does not look into libraries of C: their sum tells it that a program has to be linked anew.
  sum=$(cat -- "$prefix/$LIBDIR"/libvqi.* | cksum | cut -d ' ' -f 1)
  (cd -- "$work/go" && CGO_CFLAGS="-DVQI_SUM=$sum" GOFLAGS=-mod=mod GO111MODULE=off GOCACHE="$cache" \
    CC=${CC-gcc} CXX="$CXX" PKG_CONFIG_PATH="$prefix/$LIBDIR/pkgconfig" go build -o "$work/go_codec" main.go)
  check_output "$work/go_codec"
}

mkdir -p -- "$work"
"$1"
