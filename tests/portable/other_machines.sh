#!/usr/bin/env bash
# other_machines.sh SOURCE FOLDER [MACHINE...]: builds portable_probe here and for other machines, runs it by qemu-user,
# and fails unless all print the same. Runs with VQI_TEST_MACHINES=full, which `./dev test --all` sets.
set -euo pipefail
source=$1 folder=$2
shift 2
machines=("$@")
((${#machines[@]})) || machines=(aarch64 s390x i386)
if [[ ${VQI_TEST_MACHINES-} != full ]]; then
  echo "skipped: VQI_TEST_MACHINES is not full"
  exit 77
fi

# The compiler of a machine, its emulator, and its processor as CMake names it.
compiler() { [[ $1 == i386 ]] && echo i686-linux-gnu-g++ || echo "$1-linux-gnu-g++"; }

# build NAME [OPTION...]: the core without threads, and without libhwy, so that only headers are needed.
build() {
  local name=$1
  shift
  (cd -- "$source" && cmake --preset portable -B "$folder/$name" "$@") >"$folder/$name.log" 2>&1 || {
    cat -- "$folder/$name.log"
    return 1
  }
  cmake --build "$folder/$name" --target vqi_portable_probe
}

mkdir -p -- "$folder"
for machine in "${machines[@]}"; do
  for program in "$(compiler "$machine")" "qemu-$machine"; do
    if ! command -v "$program" >/dev/null; then
      echo "skipped: $program is missing"
      exit 77
    fi
  done
done
build here
"$folder/here/bin/vqi_portable_probe" "$source/tests/conformance" >"$folder/here.txt"
lines=$(wc -l <"$folder/here.txt")
for machine in "${machines[@]}"; do
  build "$machine" "-DCMAKE_CXX_COMPILER=$(compiler "$machine")" -DCMAKE_SYSTEM_NAME=Linux \
    "-DCMAKE_SYSTEM_PROCESSOR=${machine/i386/i686}" -DCMAKE_EXE_LINKER_FLAGS=-static
  "qemu-$machine" "$folder/$machine/bin/vqi_portable_probe" "$source/tests/conformance" >"$folder/$machine.txt"
  diff -u "$folder/here.txt" "$folder/$machine.txt"
  # Where Highway's library is there, kernels are compiled for each target of the machine's.
  kernels=$(ninja -C "$folder/$machine" -t commands vqi_portable_probe | grep ' -c [^ ]*/fast_model.cpp$')
  (cd -- "$folder/$machine" && eval "$kernels -UHWY_COMPILE_ONLY_STATIC -fsyntax-only")
  echo "$machine: $lines lines as here"
done
