#!/usr/bin/env bash
# shellcheck disable=SC2016 # what stands in single quotes is for other programs
# chroot.sh packages SUITE PACKAGES WORK   installs, uses, upgrades, removes and purges the Debian packages that the
#                                          folder PACKAGES has, in a fresh Debian SUITE (bookworm, trixie)
# chroot.sh build SUITE ARCHIVE WORK [TARGET...]   builds the source archive in a Debian SUITE, with that suite's
#                                          packages: all of it, or CMake targets
# chroot.sh dev SUITE ARCHIVE WORK ARG...  runs `./dev ARG...` on it there, which installs what it needs; so
#                                          `dev trixie vqi.tar.gz build/chroot test` runs all tests on Debian 13
# chroot.sh debian SUITE ARCHIVE WORK      builds the Debian packages of it there, into WORK/packages-SUITE
# Needs root and debootstrap; exits 77 without them. What debootstrap and apt-get fetched stays in WORK. The compiler
# caches in the folder VQI_CHROOT_CCACHE, if that is set: one for each SUITE.
set -euo pipefail
what=$1 suite=$2 given=$(realpath -- "$3") work=$4
shift 4
if ((EUID != 0)) || ! command -v debootstrap >/dev/null; then
  echo "skipped: this needs root, and debootstrap from Debian's package of that name"
  exit 77
fi
mkdir -p -- "$work"
work=$(realpath -- "$work")
base=$work/base-$suite root=$work/root-$suite
mirror=${VQI_DEBIAN_MIRROR:-http://deb.debian.org/debian}
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

# Mounts of a namespace of its own end with the script, whatever happens.
if [[ ${VQI_IN_NAMESPACE-} != "$$" ]]; then
  export VQI_IN_NAMESPACE=$$
  exec unshare --mount --propagation private "$0" "$what" "$suite" "$given" "$work" "$@"
fi

say() { printf 'chroot %s: %s\n' "$suite" "$*"; }
fail() { say "$*" && exit 1; }
environment=(PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
in_root() { chroot "$root" /usr/bin/env -i "${environment[@]}" "$@"; }
# quietly COMMAND...: in the root, with what it prints shown only where it fails.
quietly() { in_root "$@" >"$work/log" 2>&1 || { tail -n 30 -- "$work/log" && fail "$* failed"; }; }
apt() { quietly apt-get -q -y -o Dpkg::Use-Pty=0 --no-install-recommends "$@"; }

make_root() {
  if [[ ! -e $base.made ]]; then
    say "debootstrap"
    rm -rf -- "$base"
    debootstrap --variant=minbase "$suite" "$base" "$mirror" >"$work/debootstrap.log" ||
      { tail -n 20 -- "$work/debootstrap.log" && fail "debootstrap failed"; }
    touch -- "$base.made"
  fi
  rm -rf --one-file-system -- "$root"
  cp -a -- "$base" "$root"
  mkdir -p -- "$work/fetched-$suite"
  mount -t proc proc "$root/proc"
  mount --bind "$work/fetched-$suite" "$root/var/cache/apt/archives"
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no package starts a service here
  chmod +x -- "$root/usr/sbin/policy-rc.d"
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io" # the root is made anew each time
  cp -- /etc/resolv.conf "$root/etc/resolv.conf"
  # Where connections pass a proxy with certificates of its own, pip and npm must know them, too.
  if [[ -n ${SSL_CERT_FILE-} ]]; then
    cp -- "$SSL_CERT_FILE" "$root/certificates.pem"
    environment+=(SSL_CERT_FILE=/certificates.pem PIP_CERT=/certificates.pem NODE_EXTRA_CA_CERTS=/certificates.pem)
  fi
  apt update
}

# older FROM TO: the packages of FROM with a lower version, as an earlier release had them, under the same file names.
older() {
  local file tree=$work/tree version
  mkdir -p -- "$2"
  for file in "$1"/*.deb; do
    rm -rf -- "$tree"
    dpkg-deb -R "$file" "$tree"
    version=$(dpkg-deb -f "$file" Version)
    sed -i -e 's/^Version: .*/Version: 0.0.1-1/' -e "s/(= ${version//./\\.})/(= 0.0.1-1)/" \
      -e 's/\(libvqi[0-9.]* (>= \)[^)]*)/\10.0.1)/' "$tree/DEBIAN/control"
    dpkg-deb -b "$tree" "$2/${file##*/}" >/dev/null
  done
  rm -rf -- "$tree"
}

versions() { in_root dpkg-query -W -f '${db:Status-Status} ${Version}\n' "${names[@]}" | sort -u; }

# use: programs of the packages do what they are for.
use() {
  mkdir -p -- "$root/tmp/use/debian" "$root/tmp/use/samples/images"
  cp -R -- "$here/../../tools/debian/tests" "$root/tmp/use/debian/"
  cp -- "$here"/../../samples/images/*.png "$root/tmp/use/samples/images/"
  cp -- "$here/../../samples/c/c_codec.c" "$root/tmp/use/"
  quietly sh /tmp/use/debian/tests/tool
  quietly python3 -B /tmp/use/debian/tests/python
  quietly sh -c 'cd /tmp/use && cc -Wall -Werror c_codec.c $(pkg-config --cflags --libs vqi) -o c_codec && ./c_codec'
  # The tool's files are known by their first bytes, and gdk-pixbuf opens them.
  quietly sh -c 'cd /tmp/use && vqi compress -q -f -k 8 samples/images/sprite.png -o a.vqi && cp a.vqi b.dat &&
    xdg_type=$(gio info -a standard::content-type b.dat) && echo "$xdg_type" | grep -q image/x-vqi'
  quietly sh -c 'cd /tmp/use && gdk-pixbuf-thumbnailer -s 64 a.vqi a.png && test -s a.png'
  quietly man -w vqi-compress
  quietly sh -c 'cd /tmp/use && LD_LIBRARY_PATH=$(echo /usr/lib/*/vqi/imagequant) pngquant --nofs -f -o b.png 64 \
    samples/images/sprite.png && vqi compress -q --lossless b.png -o b.vqi -f'
  # Every program and library of the packages finds what it needs.
  quietly sh -c '! grep -E "/bin/|\.so(\.|$)" | xargs ldd 2>/dev/null | grep "not found"' <"$work/files"
}

# no_traces: nothing is left of what the packages brought, nor a word of it in the caches of others.
no_traces() {
  local left
  left=$(cd -- "$root" && cat -- "$work/files" | while read -r file; do [[ ! -e .$file ]] || echo "$file"; done)
  [[ -z $left ]] || fail "left behind: $left"
  left=$(grep -rl vqi "$root"/usr/lib/*/gdk-pixbuf-2.0/*/loaders.cache "$root"/usr/share/mime/{globs2,magic} \
    2>/dev/null || true)
  [[ -z $left ]] || fail "named after removal in: $left"
}

test_packages() {
  local file version
  local -a names=() files=()
  make_root
  mkdir -p -- "$root/packages/new"
  cp -- "$given"/*.deb "$root/packages/new/"
  older "$root/packages/new" "$root/packages/old"
  for file in "$root"/packages/new/*.deb; do
    names+=("$(dpkg-deb -f "$file" Package)")
    files+=("${file##*/}")
    # Folders that others have too may stay.
    dpkg-deb -c "$file" | awk '!/^d/ { print substr($6, 2) }'
  done >"$work/files"
  version=$(dpkg-deb -f "$(find "$root/packages/new" -name 'vqi_*.deb')" Version)

  say "installing ${names[*]}"
  apt install gcc libc6-dev pkg-config shared-mime-info libglib2.0-bin libgdk-pixbuf2.0-bin man-db pngquant
  apt install "${files[@]/#//packages/old/}"
  [[ $(versions) == "installed 0.0.1-1" ]] || fail "the older version was not installed: $(versions)"
  say "upgrading to $version"
  apt install "${files[@]/#//packages/new/}"
  [[ $(versions) == "installed $version" ]] || fail "not all was upgraded: $(versions)"
  use
  say "removing"
  apt remove "${names[@]}"
  no_traces
  say "installing again, and purging"
  apt install "${files[@]/#//packages/new/}"
  use
  apt purge "${names[@]}"
  no_traces
  in_root dpkg-query -W -f '${db:Status-Status} ${Package}\n' | grep -E '^config-files .*vqi' && fail "not purged"
  say "packages are installed, used, upgraded, removed and purged"
}

# unpack: a root with the sources in /build/src, as a commit of the archive's time.
unpack() {
  local time
  make_root
  mkdir -p -- "$root/build/src"
  tar -xzf "$given" -C "$root/build/src" --strip-components=1
  apt install git
  time="@$(stat -c %Y -- "$root/build/src/dev") +0000"
  quietly env "GIT_AUTHOR_DATE=$time" "GIT_COMMITTER_DATE=$time" sh -ec 'cd /build/src; git init -q
    git config user.name vqi; git config user.email vqi@example.org; git add -A -f; git commit -q -m archive'
  if [[ -n ${VQI_CHROOT_CCACHE-} ]]; then
    mkdir -p -- "$VQI_CHROOT_CCACHE" "$root/ccache"
    mount --bind "$VQI_CHROOT_CCACHE" "$root/ccache"
    # By relative paths, so that a cache of builds elsewhere, of the same compiler, serves too.
    environment+=(CCACHE_DIR=/ccache CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=/build CMAKE_CXX_COMPILER_LAUNCHER=ccache
      CMAKE_C_COMPILER_LAUNCHER=ccache CCACHE_SLOPPINESS=pch_defines,time_macros)
    apt install ccache
  fi
}

# make_source: the same, with what the sources are built with.
make_source() {
  unpack
  say "installing what the archive is built with"
  # The names stand in the archive's own list.
  mapfile -t names < <(awk '!/^#/ && NF && $3 != "web" { print $1 }' "$root/build/src/tools/release/dependencies.txt")
  apt install "${names[@]}"
  say "building with $(in_root g++ --version | head -n 1)"
}

build() {
  make_source
  quietly sh -c "cd /build/src && cmake --preset release -DVQI_BUILD_TESTS=OFF -DVQI_BUILD_PYTHON=ON"
  quietly sh -c "cd /build/src && ninja -C build/release $*"
  say "it is built"
}

run_dev() {
  unpack
  mount --rbind /dev "$root/dev" # terminals and shared memory
  if [[ -n ${VQI_TEST_DATA-} ]]; then
    mkdir -p -- "$root/data"
    mount --bind -o ro "$VQI_TEST_DATA" "$root/data"
    environment+=(VQI_TEST_DATA=/data)
  fi
  say "./dev $*"
  in_root /build/src/dev "$@"
}

build_packages() {
  local version
  make_source
  apt install build-essential debhelper dh-python dpkg-dev lintian
  cp -- "$given" "$root/archive.tar.gz"
  environment+=(SOURCE_DATE_EPOCH="$(stat -c %Y -- "$root/build/src/dev")")
  version=$(sed -n 's/^#define VQI_VERSION_[MP][A-Z]* \([0-9]*\)$/\1/p' "$root/build/src/include/vqi/version.h" |
    paste -s -d .)
  quietly /build/src/tools/debian/make_packages.sh /archive.tar.gz "$version" /build/debian /packages
  quietly sh -c 'lintian --fail-on error --suppress-tags bad-distribution-in-changes-file /packages/*.changes'
  mkdir -p -- "$work/packages-$suite"
  cp -- "$root"/packages/* "$work/packages-$suite/"
  say "the packages are in $work/packages-$suite"
}

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
case $what in
  packages) test_packages ;;
  build) build "$@" ;;
  dev) run_dev "$@" ;;
  debian) build_packages ;;
  *) fail "there is no '$what': packages, build, dev, debian" ;;
esac
