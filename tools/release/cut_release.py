#!/usr/bin/env python3
"""Turns a tree into that of a release: cut_release.py ROOT VERSION DATE, the date as YYYY-MM-DD.

Writes the version into include/vqi/version.h, gives what CHANGELOG.md has under Unreleased a dated section, puts both
into the first lines of README.md, and from 1.0.0 on enters new files of the format as frozen. Nothing is
written, and one line says why, where one of these cannot be.
"""
import datetime
import pathlib
import re
import subprocess
import sys

PARTS = ("MAJOR", "MINOR", "PATCH")
HEADER, CHANGES, README = "include/vqi/version.h", "CHANGELOG.md", "README.md"
UNRELEASED = re.compile(r"^## \[Unreleased\]\n(?P<news>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
README_LINE = re.compile(r"^Version \d+\.\d+\.\d+, (?:no release tagged yet|released \d{4}-\d{2}-\d{2})"
                         r"(?:: options and API may still change)?(?= ·)", re.MULTILINE)


class Refusal(Exception):
    """A reason why there is no such release."""


def numbers_of(version):
    if not re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", version):
        raise Refusal(f"'{version}' is no version: three numbers with points between them")
    return tuple(map(int, version.split(".")))


def cut_header(text, version):
    present = tuple(int(re.search(rf"^#define VQI_VERSION_{part} (\d+)$", text, re.MULTILINE)[1]) for part in PARTS)
    if numbers_of(version) < present:
        raise Refusal(f"{version} is before {'.'.join(map(str, present))}, which {HEADER} has")
    for part, number in zip(PARTS, numbers_of(version)):
        text = re.sub(rf"^(#define VQI_VERSION_{part}) \d+$", rf"\1 {number}", text, flags=re.MULTILINE)
    return text


def cut_changes(text, version, date):
    if re.search(rf"^## \[{re.escape(version)}\]", text, re.MULTILINE):
        raise Refusal(f"{CHANGES} has a section of {version}: that release was made")
    found = UNRELEASED.search(text)
    if not found or not found["news"].strip():
        raise Refusal(f"{CHANGES} has nothing under Unreleased")
    return f"{text[:found.start('news')]}\n## [{version}] - {date}\n{text[found.start('news'):]}"


def cut_readme(text, version, date):
    changing = ": options and API may still change" if version.startswith("0.") else ""
    cut, count = README_LINE.subn(f"Version {version}, released {date}{changing}", text)
    if count != 1:
        raise Refusal(f"{README} has no line of the version, or more than one")
    return cut


def cut(root, version, date):
    datetime.date.fromisoformat(date)
    texts = {name: (root / name).read_text(encoding="utf-8") for name in (HEADER, CHANGES, README)}
    texts[HEADER] = cut_header(texts[HEADER], version)
    texts[CHANGES] = cut_changes(texts[CHANGES], version, date)
    texts[README] = cut_readme(texts[README], version, date)
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
    if not version.startswith("0."):
        program = root / "tests/conformance/frozen_cases.py"
        subprocess.run([sys.executable, "-B", program, "--freeze", version], check=True)


def main():
    if len(sys.argv) != 4:
        sys.exit("cut_release.py ROOT VERSION DATE")
    try:
        cut(pathlib.Path(sys.argv[1]), *sys.argv[2:])
    except Refusal as reason:
        sys.exit(f"cut_release.py: {reason}")


if __name__ == "__main__":
    main()
