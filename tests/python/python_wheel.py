"""Makes the wheel by pip, installs it into a virtual environment, and runs what it brought.

  python_wheel.py WORK MODULE TOOL PLUGIN...   works in the folder WORK, which is emptied first

The wheel is made of the module, the tool and its plug-ins that are built already. With VQI_TEST_WHEEL=full in the
environment pip builds all of it from the sources, as `pip install .` does, which takes minutes. Exits 77 where pip
cannot make the environment or fetch what builds wheels.
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
subprocess.run([tool, "decompress", "-q", "a.vqi", "-o", "a.png"], check=True)
assert numpy.array_equal(vqi.read_image("a.png"), encoded.decode())
assert vqi.__file__.startswith(sysconfig.get_path("platlib")), vqi.__file__
version = subprocess.run([tool, "--version"], check=True, capture_output=True, text=True).stdout
assert vqi.__version__ in version, version
# Both plug-ins are found: OpenCV reads Sun raster files, cairo draws plots.
head = numpy.array([0x59A66A95, 64, 64, 24, image.size, 1, 0, 0], ">u4")
pathlib.Path("b.ras").write_bytes(head.tobytes() + image[..., ::-1].tobytes())
subprocess.run([tool, "compress", "-q", "b.ras", "--lossless"], check=True)
assert numpy.array_equal(vqi.decode("b.vqi"), image)
subprocess.run([tool, "sweep", "-q", "a.png", "-k", "2,4", "--plot", "plot.png"], check=True)
import importlib.metadata
assert importlib.metadata.version("vqi") == vqi.__version__
"""


def run(*command, **options):
    print("+", *command, flush=True)
    return subprocess.run([*map(str, command)], **options).returncode


def build_options(work, files):
    """What pip is told: nothing but a folder for a full build, else to take the files."""
    folder = f"--config-settings=build-dir={work}/build"
    if os.environ.get("VQI_TEST_WHEEL") == "full":
        return [folder]
    module, tool, *plugins = files
    defined = {"SOURCE": SOURCE, "WHEEL_MODULE": module, "WHEEL_TOOL": tool, "WHEEL_PLUGINS": ";".join(plugins)}
    return [folder, "--config-settings=cmake.source-dir=tests/python/built_wheel",
            *(f"--config-settings=cmake.define.VQI_{name}={value}" for name, value in defined.items())]


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
    if run(python, "-m", "pip", "install", "-q", "scikit-build-core>=0.10", env=environment, timeout=300) != 0:
        print("skipped: pip cannot fetch scikit-build-core")
        return 77
    wheels = work / "wheels"
    if run(python, "-m", "pip", "wheel", "-q", SOURCE, "--no-build-isolation", "--no-deps", "-w", wheels,
           *build_options(work, sys.argv[2:]), env=environment) != 0:
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
