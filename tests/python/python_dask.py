"""Runs what needs dask.distributed or fsspec in a Python that has them: cases, documents, the benchmark.

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
    here = pathlib.Path(__file__).resolve()
    bench = here.parents[2] / "tools/bench/corpus_scaling.py"
    programs = ([here.with_name("python_dask_cases.py")], [here.with_name("python_urls_cases.py")],
                [here.with_name("python_engines.py")],
                [bench, "--images", "20", "--workers", "2", "--chunk", "4", "--sample", "500"])
    ran = [subprocess.run([python, "-B", *program]).returncode for program in programs]
    return max(map(abs, ran))


if __name__ == "__main__":
    sys.exit(main())
