#!/usr/bin/env bash
# get_pdoc.sh FOLDER: makes a virtual environment with pdoc in FOLDER, for a Python that has NumPy and Pillow. Exits 77
# where that cannot be.
set -euo pipefail
folder=$1
if [[ -x $folder/bin/python ]] && "$folder/bin/python" -c 'import pdoc, numpy, PIL' 2>/dev/null; then exit; fi
for python in python3 /usr/bin/python3; do
  if "$python" -c 'import numpy, PIL' 2>/dev/null; then
    rm -rf -- "$folder"
    "$python" -m venv --system-site-packages "$folder" >&2 && "$folder/bin/python" -m pip install -q \
      --disable-pip-version-check 'pdoc>=14,<17' >&2 && exit
    break
  fi
done
echo "skipped: pip cannot fetch pdoc, or no Python has venv, NumPy and Pillow"
exit 77
