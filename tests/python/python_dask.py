"""Runs the cases on a Dask scheduler and on URLs in a Python that has dask.distributed and fsspec.

  python_dask.py FOLDER   this Python, or one that pip makes in FOLDER, which is kept for the next time

Exits 77 where there is none and pip cannot fetch it.
"""
import pathlib
import subprocess
import sys

from python_with import python_with


def main():
    packages = ["distributed", "fsspec", "aiohttp", "numpy"]
    python = python_with(sys.argv[1], ", ".join(packages), packages)
    if python is None:
        print("skipped: dask.distributed, fsspec or aiohttp is not installed, and pip cannot fetch them")
        return 77
    cases = ("python_dask_cases.py", "python_urls_cases.py", "python_engines.py")
    ran = [subprocess.run([python, "-B", pathlib.Path(__file__).with_name(name)]).returncode for name in cases]
    return max(map(abs, ran))


if __name__ == "__main__":
    sys.exit(main())
