# shellcheck shell=bash disable=SC2154 # sourced by ./dev, whose functions and names are used
# What ./dev release makes in build/dist: the source archive, a bill of materials and checksums; in folders of their own
# Debian packages, wheel and source distribution of Python, and the npm package.

# version: the project's, from the only place where it stands.
version() {
  sed -n 's/^#define VQI_VERSION_\(MAJOR\|MINOR\|PATCH\) \([0-9]*\)$/\2/p' include/vqi/version.h | paste -s -d .
}

# source_archive FILE NAME: the files of HEAD, in a folder NAME. The bytes depend on the commit alone: git takes times
# from it, and permissions from the option, not from the umask.
source_archive() {
  git -c tar.umask=0022 archive --format=tar --prefix="$2/" HEAD | gzip -9 -n >"$1"
}

# release_debian: Debian packages of the archive, which lintian finds no fault with.
release_debian() {
  install_missing "${build_packages[@]}" "${debian_packages[@]}"
  say "building Debian packages in build/debian"
  if ! tools/debian/make_packages.sh "$folder/$name.tar.gz" "$version$1" build/debian "$folder/debian" \
    >build/debian.log 2>&1; then
    tail -n 40 build/debian.log | cut -c -300 >&2
    fail 1 "the packages could not be built; all of it is in build/debian.log"
  fi
  say "lintian"
  lintian --fail-on error --suppress-tags bad-distribution-in-changes-file "$folder"/debian/*.changes
}

# release_python: the wheel, of what build/release has, and the source distribution.
release_python() {
  local python=build/release-python/bin/python
  install_missing python3-venv python3-dev python3-numpy
  cmake_options+=(-DVQI_BUILD_PYTHON=ON)
  build release build/release --target vqi_python vqi_tool
  [[ -x $python ]] || python3 -m venv "${python%/bin/python}"
  "$python" -m pip install -q --disable-pip-version-check build 'scikit-build-core>=0.10'
  say "making wheel and source distribution"
  "$python" tools/release/python_distributions.py "$root" build/release "$folder/python"
}

# release_npm: the npm package, whose quantize has the sources of libraries compiled in.
release_npm() {
  install_missing emscripten
  command -v npm >/dev/null || install_missing npm
  tools/web/get_sources.sh "$root/build/web-sources" >/dev/null
  build_modules build/wasm "-DVQI_WEB_SOURCES=$root/build/web-sources"
  build_modules build/wasm-plain "-DVQI_WEB_SOURCES=$root/build/web-sources" -DVQI_WASM_SIMD=OFF
  tools/web/make_package.sh build/npm/vqi build/wasm/tools/web build/wasm-plain/tools/web
  say "making the npm package"
  (cd -- build/npm/vqi && npm pack --silent --pack-destination "$root/$folder/npm" >/dev/null)
}

# cut_release VERSION: commits the tree of the release VERSION, whose date is today's.
cut_release() {
  [[ -z $(git status --porcelain) ]] || fail 1 "there are changes that are not committed; a release is of a commit"
  ! git rev-parse -q --verify "refs/tags/v$1" >/dev/null || fail 1 "there is a tag v$1 already"
  python3 -B tools/release/cut_release.py . "$1" "$(date -u +%F)" || exit
  git commit -q -a -m "Release $1"
  say "committed the release $1; 'git reset --hard HEAD~1' takes it back"
}

command_release() {
  local name version part folder=build/dist dated=true snapshot='' tag=''
  local -a parts
  case "${1-}" in
    --snapshot)
      dated=false
      shift
      ;;
    --cut)
      (($# >= 2)) || fail 2 "release --cut needs a version, such as 1.0.0"
      tag=v$2
      shift 2
      ;;
  esac
  parts=("$@")
  (($#)) || parts=(source debian python npm)
  for part in "${parts[@]}"; do
    [[ $part =~ ^(source|debian|python|npm)$ ]] || fail 2 "release does not know '$part'"
  done
  git rev-parse --verify -q HEAD >/dev/null || fail 1 "this is no git repository, so there is no commit to release"
  command -v python3 >/dev/null || install_missing python3
  [[ -z $tag ]] || cut_release "${tag#v}"
  version=$(version)
  name=vqi-$version
  if $dated; then
    git grep -qE "^## \[${version//./\\.}\] - [0-9]{4}-[0-9]{2}-[0-9]{2}$" HEAD -- CHANGELOG.md ||
      fail 1 "CHANGELOG.md has no dated section of $version; --cut $version gives it one, --snapshot needs none"
    ! git grep -q 'no release tagged yet' HEAD -- README.md ||
      fail 1 "README.md says that no release is tagged yet"
    [[ $version == 0.* ]] || python3 -B tests/conformance/frozen_cases.py --open ||
      fail 1 "these files of the format are not frozen: tests/conformance/frozen_cases.py --freeze $version"
    [[ -z $(git status --porcelain) ]] || fail 1 "there are changes that are not committed; a release is of a commit"
  else
    # Sorts before the release, and after earlier commits.
    snapshot=~$(TZ=UTC git log -1 --format=%cd --date=format-local:%Y%m%d%H%M%S)
    [[ -z $(git status --porcelain) ]] || say "changes that are not committed are not in the archive"
  fi
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
  export SOURCE_DATE_EPOCH
  rm -rf -- "$folder"
  mkdir -p -- "$folder"
  source_archive "$folder/$name.tar.gz" "$name"
  for part in "${parts[@]}"; do
    [[ $part != source ]] || continue
    mkdir -p -- "$folder/$part"
    "release_$part" "$snapshot"
  done
  python3 -B tools/release/bill_of_materials.py "$root" "$folder" >build/bill.json
  mv -- build/bill.json "$folder/$name.cdx.json"
  (cd -- "$folder" && find . -type f -printf '%P\0' | sort -z | xargs -0 sha256sum -- | tee -- ../SHA256SUMS)
  mv -- build/SHA256SUMS "$folder"
  say "the release is in $root/$folder"
  [[ -n $tag ]] || return 0
  git tag -a "$tag" -m "vqi $version"
  say "tagged $tag: push the branch and the tag, and publish what is in the folder"
}

# test_packages: Debian packages of HEAD, in a Debian of their own.
test_packages() {
  local code=0
  install_missing debootstrap
  command_release --snapshot debian
  say "testing the packages in a chroot"
  tests/release/chroot.sh packages bookworm build/dist/debian build/chroot || code=$?
  ((code == 0 || code == 77)) || exit "$code"
}
