#!/usr/bin/env bash
# source_archive.sh SOURCE-DIR WORK-DIR VERSION: makes source archive and bill of materials twice, in clones that differ
# in path, times, umask, time zone and language, and compares the results, and the names in the archive with the files
# of the commit.
set -euo pipefail
source_dir=$1 work=$2 version=$3
if ! command -v git >/dev/null || ! git -C "$source_dir" rev-parse --verify -q HEAD >/dev/null; then
  echo "this is no git repository"
  exit 77
fi
rm -rf -- "$work"
mkdir -p -- "$work"
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
git clone -q --shared "$source_dir" "$work/one"
(umask 0077 && git clone -q --shared "$source_dir" "$work/second clone")
find "$work/second clone" -name '*.hpp' -exec touch -d 2001-02-03 {} +
"$work/one/dev" release --snapshot source >/dev/null
(umask 0077 && TZ=Asia/Tokyo LC_ALL=C "$work/second clone/dev" release --snapshot source >/dev/null)
archive=build/dist/vqi-$version.tar.gz
cmp "$work/one/$archive" "$work/second clone/$archive"
cmp "$work/one/build/dist/vqi-$version.cdx.json" "$work/second clone/build/dist/vqi-$version.cdx.json"
(cd "$work/one/build/dist" && sha256sum --check --quiet SHA256SUMS)
[[ $(wc -l <"$work/one/build/dist/SHA256SUMS") == 2 ]]

# A file less or more, or a folder of another name, shows here.
diff <(git -C "$work/one" ls-files -z | tr '\0' '\n' | sort) \
  <(tar -tzf "$work/one/$archive" | sed -n "s,^vqi-$version/\(.*[^/]\)$,\1,p" | sort)
tar -xzf "$work/one/$archive" -C "$work"
[[ -x $work/vqi-$version/dev ]]

# refused WORDS [OPTION...]: there is no release of what the first clone has, for this reason.
refused() {
  if "$work/one/dev" release "${@:2}" source >/dev/null 2>"$work/refusal"; then
    echo "a release was made, which should have been refused: $1"
    exit 1
  fi
  grep -q "$1" "$work/refusal"
}
export GIT_AUTHOR_NAME=Name GIT_AUTHOR_EMAIL=name@example.org
export GIT_COMMITTER_NAME=Name GIT_COMMITTER_EMAIL=name@example.org
commit() {
  git -C "$work/one" add -A
  git -C "$work/one" commit -q -m "$1"
}

# A release, here 99.0.0 with a new file of the format, needs a date in the change log, a README that knows of it, the
# files of the format entered as frozen, and all of it committed.
sed -i -e 's/^\(#define VQI_VERSION_MAJOR\) .*/\1 99/' -e 's/^\(#define VQI_VERSION_\(MINOR\|PATCH\)\) .*/\1 0/' \
  "$work/one/include/vqi/version.h"
echo new >"$work/one/tests/conformance/files/new_feature.vqi"
refused 'not committed' --cut 99.0.0
commit 'Call it 99.0.0'
refused 'no dated section of 99.0.0'
sed -i 's/^## \[Unreleased\]$/&\n\n## [99.0.0] - 2026-12-01/' "$work/one/CHANGELOG.md"
sed -i 's/^Version [^·]*·/Version 99.0.0, no release tagged yet ·/' "$work/one/README.md"
commit 'Date it'
refused 'no release is tagged yet'
sed -i 's/no release tagged yet/released 2026-12-01/' "$work/one/README.md"
commit 'Say it'
refused 'not frozen'
python3 -B "$work/one/tests/conformance/frozen_cases.py" --freeze 99.0.0
refused 'not committed'
commit 'Freeze it'
"$work/one/dev" release source >/dev/null
(cd "$work/one/build/dist" && sha256sum --check --quiet SHA256SUMS && [[ -f vqi-99.0.0.tar.gz ]])
python3 -B "$work/one/tests/conformance/frozen_cases.py" 2>"$work/frozen"

# A cut does all of it at once. What is tagged is what the archive has.
refused 'has a section of 99.0.0' --cut 99.0.0
echo newer >"$work/one/tests/conformance/files/newer_feature.vqi"
sed -i 's/^## \[Unreleased\]$/&\n\n- News./' "$work/one/CHANGELOG.md"
commit 'Make something new'
"$work/one/dev" release --cut 99.1.0 source >/dev/null
[[ $(git -C "$work/one" rev-parse 'v99.1.0^{commit}') == $(git -C "$work/one" rev-parse HEAD) ]]
[[ $(git -C "$work/one" log -1 --format=%s) == 'Release 99.1.0' ]]
(cd "$work/one/build/dist" && sha256sum --check --quiet SHA256SUMS && [[ -f vqi-99.1.0.tar.gz ]])
tar -xzf "$work/one/build/dist/vqi-99.1.0.tar.gz" -C "$work"
grep -q '^files/newer_feature.vqi [0-9a-f]* 99.1.0$' "$work/vqi-99.1.0/tests/conformance/frozen.txt"
python3 -B "$work/vqi-99.1.0/tests/conformance/frozen_cases.py" 2>"$work/frozen"
python3 -B "$work/vqi-99.1.0/tests/release/bill_of_materials_cases.py" 2>"$work/bill"
refused 'a tag v99.1.0 already' --cut 99.1.0
