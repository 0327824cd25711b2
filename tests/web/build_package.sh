#!/usr/bin/env bash
# build_package.sh SOURCE FOLDER: builds the modules of the npm package into FOLDER and lays it out in FOLDER/package.
# With VQI_TEST_WEB=full it has quantize, whose libraries' sources are fetched, and modules without SIMD.
set -euo pipefail
source=$1 folder=$2
for program in em++ node; do
  if ! command -v "$program" >/dev/null; then
    echo "skipped: $program is missing; the packages emscripten and nodejs have it"
    exit 77
  fi
done
if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)'; then
  echo "skipped: Node 18 is needed, this is $(node --version)"
  exit 77
fi

# build NAME [OPTION...]
build() {
  local name=$1
  shift
  (cd -- "$source" && cmake --preset wasm -B "$folder/$name" "$@") >"$folder/$name.log" 2>&1 || {
    cat -- "$folder/$name.log"
    return 1
  }
  cmake --build "$folder/$name" --target vqi_decoder vqi_codec
}

if [[ ${VQI_TEST_WEB-} != full ]]; then
  build simd
  "$source/tools/web/make_package.sh" "$folder/package" "$folder/simd/tools/web"
  exit
fi
"$source/tools/web/get_sources.sh" "$folder/sources"
build simd "-DVQI_WEB_SOURCES=$folder/sources"
build plain "-DVQI_WEB_SOURCES=$folder/sources" -DVQI_WASM_SIMD=OFF
"$source/tools/web/make_package.sh" "$folder/package" "$folder/simd/tools/web" "$folder/plain/tools/web"
