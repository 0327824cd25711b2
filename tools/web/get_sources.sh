#!/usr/bin/env bash
# get_sources.sh FOLDER: puts the sources of libdeflate, Zopfli and zlib into FOLDER, from the source packages of the
# Debian or Ubuntu that runs, so that palette PNGs have the bytes of the tool that is built there.
set -euo pipefail
folder=$1
[[ ! -e $folder/complete ]] || exit 0
lists=$folder/lists
mkdir -p -- "$lists/partial"
# A list of its own: the system's need not name source packages, and stays as it is.
# shellcheck source=/dev/null
. /etc/os-release
printf 'deb-src [signed-by=/usr/share/keyrings/%s-archive-keyring.gpg] %s %s main universe\n' "$ID" \
  "$([[ $ID == debian ]] && echo http://deb.debian.org/debian || echo http://archive.ubuntu.com/ubuntu)" \
  "$VERSION_CODENAME" | sed "$([[ $ID == debian ]] && echo 's/ universe//')" >"$folder/sources.list"
options=(-q -o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$lists")
apt-get "${options[@]}" update
cd -- "$folder"
apt-get "${options[@]}" --download-only source libdeflate zopfli zlib
for name in libdeflate zopfli zlib; do
  mkdir -p "$name"
  tar -xf "$name"_*.orig.tar.* --strip-components=1 -C "$name"
done
rm -rf -- "$lists"
touch complete
