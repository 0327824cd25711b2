#!/usr/bin/env bash
# Compiles vqi_decode.h with the compilers that are there, and runs it on the conformance files and on what the tool
# writes. ctest gives the function to call as the argument, and in the environment SOURCE_DIR, WORK_DIR and VQI_TOOL. A
# compiler that is not installed is left out, with a word; where all are missing the test is skipped (exit code 77).
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
conformance=$SOURCE_DIR/tests/conformance
pictures=$SOURCE_DIR/samples/images
work=$WORK_DIR/$1
strict=(-std=c99 -pedantic -Wall -Wextra -Wconversion -Wshadow -Werror)

have() { command -v "$1" >/dev/null || { echo "$1 is not installed, and left out" && return 1; }; }

# check PROGRAM-AND-ARGUMENTS...: runs the conformance check, which ends with the two counts that it prints.
check() {
  "$@" "$conformance" quick | tee "$work/printed"
  grep -qx 'manifest.txt: 83 files as they must be, 36 of models or filters that are refused by name' "$work/printed"
  grep -qx 'rejected.txt: 91 files as they must be, 11 of models or filters that are refused by name' "$work/printed"
}

compilers() {
  local compiler tried=0
  for compiler in gcc clang clang-14 tcc g++; do
    have "$compiler" || continue
    tried=$((tried + 1))
    local -a options=("${strict[@]}" -O2)
    [[ $compiler != tcc ]] || options=(-std=c99 -Wall -Werror)
    [[ $compiler != g++ ]] || options=(-x c++ -std=c++11 -Wall -Wextra -Wpedantic -Wconversion -Werror -O2)
    echo "$compiler"
    "$compiler" "${options[@]}" -I"$SOURCE_DIR/include" "$here/conformance_check.c" -o "$work/check_$compiler"
    check "$work/check_$compiler"
  done
  ((tried)) || exit 77
}

# sanitized SOURCE PROGRAM: compiles with ASan and UBSan.
sanitized() {
  gcc "${strict[@]}" -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -I"$SOURCE_DIR/include" "$1" -o "$2"
}

sanitizers() {
  have gcc || exit 77
  sanitized "$here/conformance_check.c" "$work/check"
  "$work/check" "$conformance"
}

# processors: compiled for others and run by qemu-user, with the libraries linked in.
processors() {
  local name compiler emulator tried=0
  while read -r name compiler emulator; do
    if ! have "$compiler" || ! have "$emulator"; then continue; fi
    tried=$((tried + 1))
    echo "$name"
    "$compiler" "${strict[@]}" -O2 -static -I"$SOURCE_DIR/include" "$here/conformance_check.c" -o "$work/check_$name"
    check "$emulator" "$work/check_$name"
  done <<'LIST'
arm arm-linux-gnueabihf-gcc qemu-arm
s390x s390x-linux-gnu-gcc qemu-s390x
LIST
  ((tried)) || exit 77
}

# freestanding: on Cortex-M only helpers of the compiler (__aeabi_...), memcpy and memset are left to link.
freestanding() {
  have arm-none-eabi-gcc || exit 77
  local cpu size
  echo '#include "vqi_decode.h"' >"$work/decode.c"
  for cpu in cortex-m0plus cortex-m4; do
    arm-none-eabi-gcc "${strict[@]}" -Os -mcpu=$cpu -mthumb -ffreestanding -DVQI_DECODE_IMPLEMENTATION \
      -I"$SOURCE_DIR/include" -c "$work/decode.c" -o "$work/$cpu.o"
    size=$(arm-none-eabi-size "$work/$cpu.o" | awk 'NR == 2 { print $1, $2 + $3 }')
    echo "$cpu: code and constants, variables: $size"
    [[ ${size#* } == 0 && ${size% *} -lt 12288 ]]
    if arm-none-eabi-nm -u "$work/$cpu.o" | grep -vE ' U (__aeabi_[a-z]+|memcpy|memset)$'; then return 1; fi
  done
}

# same_pixels FILE.vqi: the whole picture, in the memory that is asked for and in that which was used.
same_pixels() {
  local printed
  printed=$("$work/decode" "$1" -o "$work/decoded.pam")
  "$VQI_TOOL" compare -q "$1" "$work/decoded.pam"
  "$work/decode" "$1" -m "${printed##*used }" -o "$work/again.pam" >/dev/null
  cmp "$work/decoded.pam" "$work/again.pam"
}

# refused WORDS COMPRESS-OPTION...: a file that is not read is refused with these words.
refused() {
  local words=$1
  shift
  "$VQI_TOOL" compress -q -f "$@" -o "$work/refused.vqi"
  local code=0
  "$work/decode" "$work/refused.vqi" >"$work/message" || code=$?
  [[ $code == 3 ]]
  grep -qF -e "$words" "$work/message" || { cat -- "$work/message" && return 1; }
}

agreement() {
  have gcc || exit 77
  sanitized "$here/decode_program.c" "$work/decode"
  local options
  while read -r options; do
    # shellcheck disable=SC2086 # a list of words
    "$VQI_TOOL" compress -q -f --effort 1 $options -o "$work/picture.vqi"
    echo "$options"
    same_pixels "$work/picture.vqi"
  done <<LIST
--model fast --coding entropy -k 1 $pictures/sprite.png
--model fast --coding entropy -k 2 $pictures/sprite.png
--model fast --coding entropy --lossless $pictures/sprite.png
--model fast --coding entropy -k 128 --block 2x3 $pictures/landscape.png
--model fast --coding entropy -k 300 --block 16x16 $pictures/landscape.png
--model fast --coding entropy -k 5000 $pictures/landscape.png
--model fast --coding entropy -k 300 $pictures/gradient16.png
--coding packed -k 1000 --block 16x1 $pictures/landscape.png
--coding packed -k 65536 $pictures/gradient16.png
LIST
  refused 'model balanced is not read here' --coding entropy --model balanced -k 16 "$pictures/sprite.png"
  refused 'model max is not read here' --coding entropy --model max -k 16 "$pictures/sprite.png"
  local book=$work/book.vqb
  "$VQI_TOOL" train -q -f -k 16 "$pictures/sprite.png" -o "$book"
  refused 'detached codebook is not read here' --coding packed --codebook "$book" --detach "$pictures/sprite.png"
}

sample() {
  have gcc || exit 77
  "$VQI_TOOL" compress -q -f --effort 1 -k 16 --model fast "$pictures/interface.png" -o "$work/p.vqi"
  {
    echo 'static const unsigned char picture[] = {'
    od -An -v -tx1 "$work/p.vqi" | sed 's/ \(..\)/0x\1,/g'
    echo '};'
  } >"$work/picture.h"
  gcc "${strict[@]}" -O2 -I"$SOURCE_DIR/include" -I"$work" "$SOURCE_DIR/samples/c/framebuffer.c" -o "$work/framebuffer"
  "$work/framebuffer" >"$work/shown"
  "$VQI_TOOL" decompress -q -f "$work/p.vqi" -o "$work/p.ppm"
  python3 "$here/same_rgb565.py" "$work/p.ppm" "$work/shown"
}

mkdir -p -- "$work"
"$1"
