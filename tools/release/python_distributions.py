#!/usr/bin/env python3
"""Makes wheel and source distribution of the Python package: python_distributions.py ROOT BUILD OUTPUT.

The wheel has the module, the tool and its plug-ins that the build tree BUILD holds; the source distribution has what
pip needs to build them. Runs pip and build of the Python that runs it, which has scikit-build-core. Times are
SOURCE_DATE_EPOCH, so that the same files give the same bytes.
"""
import pathlib
import subprocess
import sys


def main():
    root, build, output = (pathlib.Path(name).resolve() for name in sys.argv[1:])
    module, = (build / "python/vqi").glob("_core*.so")
    plugins = sorted((build / "lib").rglob("vqi_*.so"))
    defined = {"SOURCE": root, "WHEEL_MODULE": module, "WHEEL_TOOL": build / "bin/vqi",
               "WHEEL_PLUGINS": ";".join(map(str, plugins))}
    settings = [f"--config-settings=cmake.define.VQI_{name}={value}" for name, value in defined.items()]
    settings += ["--config-settings=cmake.source-dir=tests/python/built_wheel",
                 f"--config-settings=build-dir={build}/wheel"]
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-build-isolation", "--no-deps", "--no-cache-dir"]
    subprocess.run([*pip, *settings, "-w", output, root], check=True)
    subprocess.run([sys.executable, "-m", "build", "-q", "--sdist", "--no-isolation", "-o", output, root], check=True)


if __name__ == "__main__":
    sys.exit(main())
