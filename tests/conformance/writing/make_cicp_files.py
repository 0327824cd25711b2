"""Wrote the files of the section cICP in files/ and their lines in the lists, once; kept to show what they hold.

As with make_files.py, the files are NEVER written again.

  make_cicp_files.py VQI   writes them, with the tool VQI for info.jsonl
"""
import hashlib
import json
import pathlib
import subprocess
import sys

from make_files import Stream, crc32c, section

FOLDER = pathlib.Path(__file__).parent.parent
SECTION_AT = 89  # behind the codebook of the streams made here


def stream(between):
    made = Stream(5, 4, 3, 8, 3)
    made.between = between
    return made


def add_line(name, line):
    with open(FOLDER / name, "a", encoding="ascii") as file:
        file.write(line + "\n")


def write_once(name, data):
    with open(FOLDER / "files" / name, "xb") as file:
        file.write(data)


def add_info(tool, name):
    told = subprocess.run([tool, "info", "--json", name], cwd=FOLDER / "files", check=True, capture_output=True)
    add_line("info.jsonl", json.dumps(json.loads(told.stdout), separators=(",", ":")))


def main():
    good = stream(section(b"cICP", bytes((9, 16, 0, 1)), 1))
    name = "metadata_cICP.vqi"
    write_once(name, good.bytes())
    samples = good.samples()
    add_line("manifest.txt", f"{name} 5 4 3 8 {crc32c(samples):08x} {hashlib.sha256(samples).hexdigest()}")
    add_info(sys.argv[1], name)
    for fault, payload, offset in (("length", bytes((9, 16, 0)), SECTION_AT + 6),
                                   ("range", bytes((9, 16, 0, 2)), SECTION_AT + 12 + 3)):
        name = f"rejected_cicp_{fault}.vqi"
        write_once(name, stream(section(b"cICP", payload, 1)).bytes())
        add_line("rejected.txt", f"{name} corrupt_section {offset}")


if __name__ == "__main__":
    main()
