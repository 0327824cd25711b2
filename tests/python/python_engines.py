"""Runs the programs in CORPUS.md, each in a process of its own; one whose engine is not installed is left out."""
import os
import re
import subprocess
import sys
import tempfile

from python_case import SOURCE

ENGINES = ("distributed", "pyspark", "ray", "apache_beam")


def main():
    document = (SOURCE / "tools/python/CORPUS.md").read_text(encoding="utf-8")
    programs = re.findall(r"^```python\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
    failures = 0
    for number, program in enumerate(programs, 1):
        engine = next((name for name in ENGINES if re.search(rf"^(import|from) {name}\b", program, re.MULTILINE)), None)
        if engine and subprocess.run([sys.executable, "-c", f"import {engine}"], capture_output=True).returncode != 0:
            print(f"program {number} is left out: {engine} is not installed")
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "program.py")
            with open(path, "w", encoding="utf-8") as file:
                file.write(program.replace("/tmp/", f"{folder}/"))
            if subprocess.run([sys.executable, "-B", path], cwd=SOURCE).returncode != 0:
                print(f"program {number} failed")
                failures += 1
    print(f"{len(programs)} programs, {failures} failures")
    return failures != 0 or len(programs) < len(ENGINES)


if __name__ == "__main__":
    sys.exit(main())
