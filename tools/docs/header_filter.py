#!/usr/bin/env python3
"""Prints a header with its comments as Doxygen reads them: header_filter.py FILE. Line numbers stay.

C++ headers mark comments by /// already; their first lines, in //, are the file's description. C headers have plain C
comments, which Doxygen gets as /** before a declaration and as /**< after one. What is a struct's own, from a comment
"... own: ..." to its end, is left out.
"""
import pathlib
import re
import sys

HEADING = re.compile(r"^/\* -+ (.*) -+ \*/$")  # /* ---- Images ---- */
SEVERAL = re.compile(r"^  (\w+) (\w+(?:, \w+)+); +(/\*\*<.*)$")  # uint32_t width, height; /**< pixels */
OWN = re.compile(r"^\s*/\* .*'s own: ")


def cpp_header(lines):
    """The first lines, up to #pragma once, become the file's description."""
    for number, line in enumerate(lines):
        if line == "#pragma once":
            lines[number] = "/// @file"
            break
        lines[number] = re.sub(r"^//(?!/)", "///", line)
    # Specialisations of the standard library's templates have no place in a reference of ours.
    for number, line in enumerate(lines):
        if line.startswith("struct std::"):
            lines[number - 1:number + 1] = ["", ""]
    # A # before a word would be a link.
    return [re.sub(r"(?<!\S)#(?=\w)", r"\\#", line) if line.lstrip().startswith("///") else line for line in lines]


def c_header(lines):
    """Comments become Doxygen's; the first is the file's."""
    hidden = False
    lines[:2] = ["/** @file", lines[0].removeprefix("/* ") + " " + lines[1].strip()]
    for number, line in enumerate(lines):
        if HEADING.match(line):
            line = ""
        elif hidden:
            hidden = not line.startswith("}")
            line = "" if hidden else line
        elif OWN.match(line):
            hidden, line = True, ""
        elif line.startswith("/* "):
            line = "/**" + line[2:]
        elif not line.lstrip().startswith("#"):
            line = re.sub(r"^( +)/\* ", r"\1/** ", line)
            line = re.sub(r"(?<=[;,({0-9A-Z])( +)/\* ", r"\1/**< ", line)
            several = SEVERAL.match(line)
            if several:  # the comment is about each
                line = " ".join(f"{several[1]} {name}; {several[3]}" for name in several[2].split(", "))
        lines[number] = line
    return lines


def main():
    path = pathlib.Path(sys.argv[1])
    lines = path.read_text(encoding="utf-8").split("\n")
    change = cpp_header if path.suffix == ".hpp" else c_header
    print("\n".join(change(lines)), end="")


if __name__ == "__main__":
    main()
