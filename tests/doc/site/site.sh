#!/usr/bin/env bash
# site.sh SOURCE WORK: makes the site of documents and headers, checks its links, and sees that a function without a
# comment in a header stops it.
set -euo pipefail
source=$1 work=$2
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
for program in doxygen cmark-gfm; do
  if ! command -v "$program" >/dev/null; then
    echo "skipped: $program is missing; Debian's package has its name"
    exit 77
  fi
done
rm -rf -- "$work"
mkdir -p -- "$work"
python3 -B "$source/tools/docs/make_site.py" "$source" "$work/site"
python3 -B "$here/check_site.py" "$work/site" index.html samples/GUIDE.html tools/vqi/CLI.html codec/FORMAT.html \
  reference/cpp/namespacevqi.html reference/cpp/vqi_8h.html reference/cpp/vqi__decode_8h.html
# What users look for first has a page or a place, through C++ comments and through C comments.
grep -q 'id="vqi-compress"' "$work/site/tools/vqi/CLI.html"
grep -q 'Learns a codebook of' "$work/site/reference/cpp/codec_8hpp.html"
grep -q 'Sets an option' "$work/site/reference/cpp/vqi_8h.html"
grep -q 'which stays borrowed' "$work/site/reference/cpp/vqi__decode_8h.html"

mkdir -p -- "$work/changed/tools"
cp -R -- "$source/include" "$work/changed/"
cp -R -- "$source/tools/docs" "$work/changed/tools/"
for header in vqi/codec.hpp vqi.h; do
  sed -i -e 's,^/\* ---- Images,VQI_C_API int vqi_bare(void);\n\n&,' \
    -e 's,^}  // namespace vqi,int bare();\n&,' "$work/changed/include/$header"
  if python3 -B "$source/tools/docs/make_site.py" "$work/changed" "$work/none" 2>"$work/faults"; then
    echo "a function without a comment in $header was not noticed"
    exit 1
  fi
  grep -q 'bare.*not documented' "$work/faults"
  cp -- "$source/include/$header" "$work/changed/include/$header"
done
