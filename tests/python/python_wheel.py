"""Builds the wheel by pip, installs it into a virtual environment, and runs what it brought.

  python_wheel.py WORK   works in the folder WORK, which is emptied first

Exits 77 where pip cannot make the environment or fetch what builds wheels. The library is built without optimisation:
whether the wheel is whole does not depend on it, and it takes a third of the time.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

SOURCE = pathlib.Path(os.environ["VQI_SOURCE"])
USE = """
import numpy, vqi, subprocess, sysconfig, pathlib
image = (numpy.arange(64 * 64 * 3) % 251).astype(numpy.uint8).reshape(64, 64, 3)
encoded = vqi.encode(image, k=16)
encoded.save("a.vqi")
tool = str(pathlib.Path(sysconfig.get_path("scripts")) / "vqi")
subprocess.run([tool, "decompress", "-q", "a.vqi", "-o", "a.ras"], check=True)  # Sun raster: by the OpenCV plug-in
assert numpy.array_equal(vqi.read_image("a.ras"), encoded.decode())
assert vqi.__file__.startswith(sysconfig.get_path("platlib")), vqi.__file__
version = subprocess.run([tool, "--version"], check=True, capture_output=True, text=True).stdout
assert vqi.__version__ in version, version
"""


def run(*command, **options):
    print("+", *command, flush=True)
    return subprocess.run([*map(str, command)], **options).returncode


def main():
    work = pathlib.Path(sys.argv[1])
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "CMAKE_GENERATOR")}
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    python = work / "venv/bin/python"
    if run(sys.executable, "-m", "venv", "--system-site-packages", work / "venv") != 0:
        print("skipped: no virtual environment can be made; Debian's package is python3-venv")
        return 77
    if run(python, "-m", "pip", "install", "-q", "scikit-build-core", env=environment, timeout=300) != 0:
        print("skipped: pip cannot fetch scikit-build-core")
        return 77
    wheels = work / "wheels"
    if run(python, "-m", "pip", "wheel", "-q", SOURCE, "--no-build-isolation", "--no-deps", "-w", wheels,
           "-Ccmake.build-type=Debug", f"-Cbuild-dir={work}/build", env=environment) != 0:
        return 1
    wheel, = wheels.iterdir()
    names = zipfile.ZipFile(wheel).namelist()
    print(wheel.name, *names, sep="\n  ")
    strangers = [name for name in names if not name.startswith(("vqi/", "vqi-"))]
    if strangers or "abi3" not in wheel.name and sys.version_info >= (3, 11):
        print("the wheel has what it should not have, or is for one Python alone:", strangers)
        return 1
    if run(python, "-m", "pip", "install", "-q", "--no-deps", wheel, env=environment) != 0:
        return 1
    return run(python, "-c", USE, cwd=work, env=environment)


if __name__ == "__main__":
    sys.exit(main())
