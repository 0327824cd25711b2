#!/usr/bin/env bash
# make_package.sh FOLDER MODULES [PLAIN-MODULES]: lays out the npm package in FOLDER, with the modules that the folders
# MODULES (with SIMD) and PLAIN-MODULES (without) hold.
set -euo pipefail
folder=$1 modules=$2 plain=${3-}
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=$here/../..
version=$(sed -n 's/^#define VQI_VERSION_\(MAJOR\|MINOR\|PATCH\) //p' "$root/include/vqi/version.h" | paste -sd .)
rm -rf -- "$folder"
mkdir -p -- "$folder"
cp -- "$here"/package/*.{js,d.ts} "$here/README.md" "$root/LICENSE" "$folder/"
sed "s/\"version\": \"0.0.0\"/\"version\": \"$version\"/" "$here/package/package.json" >"$folder/package.json"
for name in vqi_decoder vqi_codec; do
  cp -- "$modules/$name.wasm" "$folder/"
  [[ -z $plain ]] || cp -- "$plain/$name.wasm" "$folder/${name}_plain.wasm"
done
