#!/bin/sh
# python_metadata.sh FOLDER VERSION: puts into FOLDER the metadata by which pip and importlib know the Python package.
set -eu
folder=$1/vqi-$2.dist-info
mkdir -p "$folder"
cat >"$folder/METADATA" <<END
Metadata-Version: 2.1
Name: vqi
Version: $2
Summary: Vector-quantized image codec on NumPy arrays
License: MIT
Requires-Dist: numpy (>=1.22)
END
echo debian >"$folder/INSTALLER"
