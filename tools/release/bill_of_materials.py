#!/usr/bin/env python3
"""Writes the bill of materials of a release, in CycloneDX 1.5 JSON: bill_of_materials.py ROOT FOLDER

It names the files in FOLDER with their SHA-256, and what dependencies.txt lists with the versions that are installed
here; what only builds and tests is marked as excluded. Its time is SOURCE_DATE_EPOCH. It goes to standard output.
"""
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse
import uuid

HERE = pathlib.Path(__file__).resolve().parent
# In the words of CycloneDX: what cannot do without it, what parts of the release do without, what is not in it.
SCOPES = {"codec": "required", "image_io": "required", "build": "excluded"}
TYPES = {"run": "application", "test": "application", "data": "data"}


def dependencies():
    """The lines of dependencies.txt: (package, component, part, how, licence)."""
    for line in (HERE / "dependencies.txt").read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split(maxsplit=4))


def installed(packages):
    """The versions of the Debian packages that are installed."""
    found = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package} ${Version}\n", *packages],
                           capture_output=True, text=True, check=False).stdout
    words = [line.split() for line in found.splitlines()]
    return {line[1]: line[2] for line in words if line[0] == "installed"}


def component(package, name, part, how, licence, version):
    found = {"type": TYPES.get(how, "library"), "bom-ref": package, "name": name, "scope": SCOPES.get(part, "optional"),
             "licenses": [{"expression": licence}] if licence.startswith("(") else [{"license": licence_of(licence)}],
             "purl": f"pkg:deb/debian/{quoted(package)}" + (f"@{quoted(version)}" if version else ""),
             "properties": [{"name": "vqi:part", "value": part}, {"name": "vqi:how", "value": how}]}
    if version:
        # The version of the component is that of the package without Debian's own epoch and revision.
        found["version"] = re.sub(r"^\d+:|-[^-]*$", "", version)
    return found


def quoted(text):
    return urllib.parse.quote(text, safe=":")


def licence_of(name):
    """Names that SPDX does not have stand as names."""
    return {"name": name} if name == "Bitstream-Vera" else {"id": name}


def file_of(folder, path):
    name = path.relative_to(folder).as_posix()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {"type": "file", "bom-ref": name, "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}


def main():
    root, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    header = (root / "include/vqi/version.h").read_text(encoding="ascii")
    version = ".".join(re.findall(r"^#define VQI_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)$", header, re.MULTILINE))
    time = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    listed = [*dependencies()]
    versions = installed([line[0] for line in listed])
    bill = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {"type": "library", "bom-ref": "vqi", "name": "vqi", "version": version,
                          "description": "Vector-quantized image codec", "licenses": [{"license": {"id": "MIT"}}],
                          "supplier": {"name": "The vqi developers"}, "purl": f"pkg:generic/vqi@{version}",
                          "components": [file_of(folder, path) for path in files]}},
        "components": [component(*line, versions.get(line[0])) for line in listed],
        "dependencies": [{"ref": "vqi", "dependsOn": sorted(line[0] for line in listed if line[2] != "build")}],
    }
    content = json.dumps(bill, sort_keys=True)
    bill["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}"
    json.dump(bill, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
