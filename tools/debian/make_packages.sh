#!/usr/bin/env bash
# make_packages.sh ARCHIVE VERSION FOLDER OUTPUT: builds Debian packages of the source archive ARCHIVE, whose one folder
# is named vqi-VERSION, or vqi-<the part before ~>; works below FOLDER and puts the packages into OUTPUT. Times are
# SOURCE_DATE_EPOCH. The same archive gives the same bytes in the same FOLDER and with the same compiler. Who publishes
# them under an address of their own sets DEBEMAIL, and DEBFULLNAME, as for Debian's own tools.
set -euo pipefail
archive=$(realpath -- "$1") version=$2 work=$3 output=$4
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
: "${SOURCE_DATE_EPOCH:?}"
numbers=${version%%~*}
# The soname: before 1.0 it changes with each minor version, from then on with each major one.
soversion=${numbers%%.*}
[[ $soversion != 0 ]] || soversion=${numbers%.*}

# A folder of the same name keeps what was built there: ninja and ccache then do the least.
mkdir -p -- "$work" "$output"
work=$(realpath -- "$work") output=$(realpath -- "$output")
source=$work/vqi-$numbers
rm -rf -- "$source"
find "$work" -maxdepth 1 -type f -delete
cp -- "$archive" "$work/vqi_$version.orig.tar.gz"
tar -xzf "$archive" -C "$work"
cp -R -- "$here" "$source/debian"
cd -- "$source"
rm debian/make_packages.sh
# g++ is there wherever packages are built.
needed=$(awk '!/^#/ && NF && $3 != "web" && $4 != "test" && $1 != "g++" { print " " $1 "," }' \
  tools/release/dependencies.txt | sed 's/cmake,/cmake (>= 3.25),/')
awk -v needed="$needed" -v soversion="$soversion" \
  '/^@BUILD_DEPENDS@$/ { print needed; next } { gsub(/@SOVERSION@/, soversion); print }' \
  debian/control.in >debian/control
rm debian/control.in
if [[ -n ${DEBEMAIL-} ]]; then
  awk -v by="${DEBFULLNAME:-The vqi developers} <$DEBEMAIL>" '/^Maintainer: / { $0 = "Maintainer: " by } 1' \
    debian/control >"$work/control"
  mv -- "$work/control" debian/control
fi
mv debian/libvqi.install "debian/libvqi$soversion.install"
printf '%s\n' "vqi ($version-1) unstable; urgency=medium" '' "  * ${numbers}: CHANGELOG.md says what is new." '' \
  " -- $(sed -n 's/^Maintainer: //p' debian/control)  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")" >debian/changelog
# The build is in one folder, so that a second one finds its objects in ccache.
export DEB_BUILD_OPTIONS="${DEB_BUILD_OPTIONS:+$DEB_BUILD_OPTIONS }noautodbgsym"
dpkg-buildpackage -us -uc "${VQI_PACKAGE_BUILD:---build=full}"
find "$work" -maxdepth 1 -type f -exec cp -t "$output" -- {} +
