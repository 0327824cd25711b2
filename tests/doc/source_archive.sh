#!/usr/bin/env bash
# source_archive.sh SOURCE-DIR WORK-DIR VERSION: makes the source archive twice, in clones that differ in path, times,
# umask, time zone and language, and compares the two archives, and the names in them with the files of the commit.
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
"$work/one/dev" release --snapshot >/dev/null
(umask 0077 && TZ=Asia/Tokyo LC_ALL=C "$work/second clone/dev" release --snapshot >/dev/null)
archive=build/dist/vqi-$version.tar.gz
cmp "$work/one/$archive" "$work/second clone/$archive"
(cd "$work/one/build/dist" && sha256sum --check --quiet SHA256SUMS)

# A file less or more, or a folder of another name, shows here.
diff <(git -C "$work/one" ls-files -z | tr '\0' '\n' | sort) \
  <(tar -tzf "$work/one/$archive" | sed -n "s,^vqi-$version/\(.*[^/]\)$,\1,p" | sort)
tar -xzf "$work/one/$archive" -C "$work"
[[ -x $work/vqi-$version/dev ]]

# Without a date in the change log there is no release.
if grep -q "^## \[$version\] - " "$source_dir/CHANGELOG.md"; then exit; fi
if "$work/one/dev" release >/dev/null 2>"$work/refusal"; then
  echo "a release without a date was made"
  exit 1
fi
grep -q "no dated section of $version" "$work/refusal"
