#!/usr/bin/env bash
# run_cases.sh NAME PACKAGE ARGUMENT...: runs NAME.mjs on the package, on both kinds of modules where it has both.
set -euo pipefail
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
name=$1 package=$2
shift 2
if [[ ! -f $package/package.json ]]; then
  echo "skipped: the package was not built"
  exit 77
fi
node "$here/$name.mjs" "$package" "$@"
if [[ -f $package/vqi_codec_plain.wasm && $name != package_cases ]]; then
  node "$here/$name.mjs" "$package" "$@" plain
fi
