#!/usr/bin/env bash
# other_machines.sh SOURCE FOLDER [MACHINE...]: builds portable_probe here and for other machines, runs it by qemu-user,
# or by Wine for windows, and fails unless all print the same. Runs with VQI_TEST_MACHINES=full, which
# `./dev test --all` sets.
set -euo pipefail
source=$1 folder=$2
shift 2
machines=("$@")
((${#machines[@]})) || machines=(aarch64 s390x i386 windows)
if [[ ${VQI_TEST_MACHINES-} != full ]]; then
  echo "skipped: VQI_TEST_MACHINES is not full"
  exit 77
fi

# The compiler of a machine, what runs its programs, and system and processor as CMake names them.
compiler() {
  case $1 in
    i386) echo i686-linux-gnu-g++ ;;
    windows) echo x86_64-w64-mingw32-g++-posix ;;
    *) echo "$1-linux-gnu-g++" ;;
  esac
}
runner() {
  local debian=/usr/lib/wine/wine64 # Debian's package wine64 puts it there alone
  [[ $1 == windows ]] || { echo "qemu-$1" && return; }
  [[ -x $debian ]] && echo "$debian" || echo wine64
}
system() { [[ $1 == windows ]] && echo Windows || echo Linux; }
processor() { sed 's/i386/i686/; s/windows/x86_64/' <<<"$1"; }

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

export WINEDEBUG=-all WINEPREFIX=$folder/wine # Wine's own files
mkdir -p -- "$folder"
for machine in "${machines[@]}"; do
  for program in "$(compiler "$machine")" "$(runner "$machine")"; do
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
  build "$machine" "-DCMAKE_CXX_COMPILER=$(compiler "$machine")" "-DCMAKE_SYSTEM_NAME=$(system "$machine")" \
    "-DCMAKE_SYSTEM_PROCESSOR=$(processor "$machine")" -DCMAKE_EXE_LINKER_FLAGS=-static
  program=$(find "$folder/$machine/bin" -name 'vqi_portable_probe*')
  "$(runner "$machine")" "$program" "$source/tests/conformance" | tr -d '\r' >"$folder/$machine.txt"
  diff -u "$folder/here.txt" "$folder/$machine.txt"
  echo "$machine: $lines lines as here"
  # Where Highway's library is there, kernels are compiled for each target of the machine's. Not on Windows, where g++
  # does not align the stack as vectors of 32 bytes need.
  [[ $machine != windows ]] || continue
  kernels=$(ninja -C "$folder/$machine" -t commands vqi_portable_probe | grep ' -c [^ ]*/fast_model.cpp$')
  (cd -- "$folder/$machine" && eval "$kernels -UHWY_COMPILE_ONLY_STATIC -fsyntax-only")
done
