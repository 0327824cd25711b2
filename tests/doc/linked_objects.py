#!/usr/bin/env python3
"""Fails if a program's linker map shows that objects of a part of the library were linked into it.

  linked_objects.py MAP ARCHIVE-NAME FORBIDDEN-FOLDER REQUIRED-SOURCE

File names are unique in the repository, so an archive member tells the folder of its source. REQUIRED-SOURCE must be
among the members, because a map in which no member is recognised proves nothing.
"""
import pathlib
import re
import sys


def main():
    linker_map, archive, forbidden, required = sys.argv[1:]
    text = pathlib.Path(linker_map).read_text(encoding="utf-8", errors="replace")
    members = set(re.findall(re.escape(archive) + r"\(([^)]+)\.o\)", text))
    sources = {path.name for path in pathlib.Path(forbidden).rglob("*.cpp")}
    if required not in members:
        return f"{required} is not among the linked members of {archive}: {sorted(members)}"
    if not sources:
        return f"{forbidden} has no sources"
    linked = sorted(sources & members)
    print(f"{len(members)} members linked, {len(linked)} of them from {forbidden}: {linked}")
    return bool(linked)


if __name__ == "__main__":
    sys.exit(main())
