#!/usr/bin/env bash
# python_reference.sh SOURCE PACKAGE WORK: makes the reference of the Python package by pdoc, and sees that a function
# without a docstring stops it.
set -euo pipefail
source=$1 package=$2 work=$3
unset PYTHONPATH
"$source/tests/doc/site/get_pdoc.sh" "$work/venv"
rm -rf -- "$work/reference" "$work/changed"
make=("$work/venv/bin/python" -B "$source/tools/docs/python_reference.py")
"${make[@]}" "$package" "$work/reference"
grep -q 'Encodes an image as' "$work/reference/vqi.html"
[[ -f $work/reference/vqi/cluster.html && -f $work/reference/vqi/pillow.html ]]

mkdir -p -- "$work/changed"
cp -RL -- "$package" "$work/changed/vqi"
printf '\n\ndef bare():\n    return 0\n\n\n__all__.append("bare")\n' >>"$work/changed/vqi/__init__.py"
if "${make[@]}" "$work/changed/vqi" "$work/none" >"$work/faults"; then
  echo "a function without a docstring was not noticed"
  exit 1
fi
grep -qx 'vqi.bare has no docstring' "$work/faults"
