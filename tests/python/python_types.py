"""Checks the package, and a program that uses it, by mypy --strict.

  python_types.py FOLDER   the mypy of this Python, or of one that pip makes in FOLDER, which is kept for the next time

Exits 77 where there is no mypy and pip cannot fetch it.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

from python_with import python_with

PROGRAM = '''
import numpy as np
import vqi
from vqi import corpus

image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] = np.zeros((8, 8, 3), np.uint8)
encoded = vqi.encode(image, k=16, method="ecvq", lambda_=2.5, block=(2, 2), fix=["#fff"], threads=2,
                     progress=lambda stage, fraction: fraction < 1, metadata={"dpi": (300, 300), "srgb": 0})
profile: bytes | None = encoded.metadata.get("icc_profile")
data: bytes = encoded.bytes
rows: list[vqi.Report] = vqi.sweep(image, k=[2, 4])
book: vqi.Codebook = vqi.train([image], k=4)
part = vqi.Statistics([image], block=(2, 2), shard=(1, 2))
part.add(image, progress=None)
is_new: bool = part.merge(b"...")
variance: float | None = part.variance
book = part.train(k=4, effort=3)
learned: corpus.Learned = corpus.learn({"a": image}, k=4, block="2x2", client=None)
book = corpus.refine("tiles", learned.codebook, rounds=3).codebook
table: list[dict[str, object]] = list(corpus.compress("tiles", "out", codebook=book).rows)
book = corpus.train(corpus.merge([corpus.gather(["a.png"]), learned.part]), k=4)
vqi.quantize(image, quality="60-80", palette=[(1, 2, 3)], codebook=None)
try:
    vqi.decode(data, max_pixels="1M", out=image)
except vqi.Error as error:
    code: str = error.code
'''
# Each line is one error.
WRONG = '''
import numpy as np
import vqi
from vqi import corpus

image = np.zeros((8, 8, 3), np.uint8)
vqi.encode(image, efort=3)
vqi.encode(image, effort=[3])
vqi.decode(b"", k=3)
vqi.encode(image).pixels
vqi.encode(image, metadata={"colour": 1})
vqi.Statistics().train(block="2x2")
corpus.learn("tiles", efort=3)
'''


def run_mypy(python, *arguments):
    # Before 1.7 mypy took Unpack only when asked to.
    command = [python, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", os.devnull]
    version = subprocess.run([*command[:3], "--version"], capture_output=True, text=True).stdout.split()[1]
    if tuple(map(int, version.split(".")[:2])) < (1, 7):
        command.append("--enable-incomplete-feature=Unpack")
    result = subprocess.run([*command, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    return result.returncode, result.stdout


def main():
    python = python_with(sys.argv[1], "mypy.api, numpy", ["mypy>=1.7", "numpy", "pillow", "typing_extensions"])
    if python is None:
        print("skipped: mypy is not installed, and pip cannot fetch it")
        return 77
    package = pathlib.Path(os.environ["VQI_SOURCE"]) / "tools/python"
    os.environ["MYPYPATH"] = str(package)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for text, expected in ((PROGRAM, []), (WRONG, [7, 8, 9, 10, 11, 12, 13])):
            path = pathlib.Path("program.py")
            path.write_text(text, encoding="utf-8")
            _, said = run_mypy(python, path)
            lines = sorted({int(line.split(":")[1]) for line in said.splitlines()
                            if line.startswith("program.py:") and ": error:" in line})
            if lines != expected:
                print(f"errors in lines {lines}, expected {expected}:\n{said}")
                failures += 1
        # scikit-learn has no types, and older Pillows have none either; what vqi.corpus may use need not be there.
        settings = ("[mypy]\n[mypy-sklearn.*,PIL.*,fsspec.*,pyarrow.*]\nignore_missing_imports = True\n"
                    "[mypy-vqi.cluster.*]\nwarn_unused_ignores = False\n")
        find_types = "import PIL, pathlib; raise SystemExit(not pathlib.Path(PIL.__path__[0], 'py.typed').exists())"
        if subprocess.run([python, "-c", find_types], stderr=subprocess.DEVNULL).returncode != 0:
            settings += "[mypy-vqi.pillow]\nignore_errors = True\n"
        pathlib.Path("mypy.ini").write_text(settings, encoding="utf-8")
        code, said = run_mypy(python, "-p", "vqi")
        if code != 0:
            print(said)
            failures += 1
    print(f"{failures} failures")
    return failures != 0


if __name__ == "__main__":
    sys.exit(main())
