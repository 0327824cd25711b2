#!/usr/bin/env python3
"""Checks that relative links in Markdown files and paths in design documents lead to files and headings that exist.

  links.py ROOT         lists the links and paths in the tree at ROOT that lead nowhere and exits 1, or exits 0
  links.py --self-test  fails unless each kind of broken link is noticed and nothing else is

A link is good if the file is there, and the heading after a #. In documents below codec/ a path in a code span, such as
`train/kmeans`, must be that of a folder or file, with or without its extension, from the document, the root or codec/;
under the heading "Which file?" each code span must be the name of one.
"""
import collections
import html
import os
import pathlib
import re
import sys
import tempfile
import urllib.parse

# Folders that hold no documents of ours.
SKIPPED = re.compile(r"^(\..*|build.*|__pycache__|node_modules)$")
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
LINKS = (re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+[\"'(][^)]*)?\)"),  # [text](target "title"), ![text](target)
         re.compile(r"^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?"),  # [name]: target
         re.compile(r"<[^>]*?\b(?:href|src|srcset)\s*=\s*[\"']([^\"'\s]+)"))  # HTML
SPAN = re.compile(r"`([^`]+)`")
PATH = re.compile(r"[\w.-]+(/[\w.-]+)+/?")
FILES_HEADING = "Which file?"
ABSOLUTE = re.compile(r"^([a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def documents(root):
    """All Markdown files of the tree."""
    for folder, subfolders, files in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not SKIPPED.match(name))
        yield from (pathlib.Path(folder) / name for name in sorted(files) if name.endswith(".md"))


def prose(text):
    """The lines outside fenced blocks, with their numbers."""
    fence = None
    for number, line in enumerate(text.splitlines(), 1):
        mark = FENCE.match(line)
        if fence:
            fence = None if mark and mark[1].startswith(fence) and not line.strip(" `~") else fence
        elif mark:
            fence = mark[1]
        else:
            yield number, line


def slug(heading):
    """The name that GitHub gives a heading's anchor."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().rstrip("#").strip()
    text = html.unescape(re.sub(r"<[^>]+>", "", text)).replace("`", "").replace("*", "")
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def anchors(text):
    """All anchors of the document: what a link to it may have after #."""
    names, seen = set(), collections.Counter()
    for _, line in prose(text):
        names.update(re.findall(r"<[^>]*?\b(?:id|name)\s*=\s*[\"']([^\"']+)", line))
        heading = re.match(r"^ {0,3}#{1,6}\s+(.*)", line)
        if heading:
            name = slug(heading[1])
            names.add(f"{name}-{seen[name]}" if seen[name] else name)
            seen[name] += 1
    return names


def fault_of(root, document, target):
    """What is wrong with a document's relative link, or None."""
    path, _, anchor = urllib.parse.unquote(target).partition("#")
    if path.startswith("/"):
        return "begins with / and so leads out of the tree"
    file = (document.parent / path).resolve() if path else document
    if not file.is_relative_to(root):
        return "leads out of the tree"
    if not file.exists():
        return "no such file"
    if anchor and file.suffix == ".md" and anchor not in anchors(file.read_text(encoding="utf-8")):
        return f"no heading #{anchor}"
    return None


def is_path(root, document, path):
    """Whether a file or folder has the path, with or without an extension; true if the path is not of this tree."""
    bases = [base for base in (document.parent, root, root / "codec") if (base / path.split("/")[0]).is_dir()]
    if not bases or SKIPPED.match(path):
        return True
    return any((base / path).exists() or any((base / path).parent.glob((base / path).name + ".*")) for base in bases)


def file_names(root):
    """The names of all files and folders of the tree, with and without extensions."""
    names = set()
    for _, subfolders, files in os.walk(root):
        subfolders[:] = [name for name in subfolders if not SKIPPED.match(name)]
        names.update(subfolders, files, (name.split(".")[0] for name in files))
    return names


def span_faults(root, document):
    """The (line, code span) pairs of a design document that should be paths or names and are not."""
    names, heading = file_names(root), ""
    for number, line in prose(document.read_text(encoding="utf-8")):
        heading = line.lstrip("# ") if line.startswith("#") else heading
        for span in SPAN.findall(line):
            if PATH.fullmatch(span):
                good = is_path(root, document, span)
            else:
                good = heading != FILES_HEADING or span in names
            if not good:
                yield number, span


def faults(root):
    """A line for each link and path that leads nowhere."""
    root = root.resolve()
    found = []
    for document in documents(root):
        name = document.relative_to(root).as_posix()
        for number, line in prose(document.read_text(encoding="utf-8")):
            for target in (target for link in LINKS for target in link.findall(CODE.sub("", line))):
                fault = None if ABSOLUTE.match(target) else fault_of(root, document, target)
                if fault:
                    found.append(f"{name}:{number}: {target}: {fault}")
        if name.startswith("codec/"):
            found += [f"{name}:{number}: `{span}`: no such file" for number, span in span_faults(root, document)]
    return found


GOOD = """# A title, with `code` and *more*
## Twice
## Twice
<a id="by-hand"></a>
[one](sub/other.md), [two](sub/other.md#the-end-1-of-2 "title"), [three](#twice-1), [four](#by-hand), [five](sub)
[six](#a-title-with-code-and-more), ![seven](sub/picture.png), <img src="sub/picture.png"> `[not](one.md)` ``[`](no)``
[eight](https://example.org/#x), [nine](mailto:a@example.org), <a href="sub/other.md">ten</a>

    [eleven]: sub/other.md
[twelve]: sub/other.md#the-end-1-of-2
```sh
[none](nowhere.md)
```
"""
NAMES = """`sub/one`, `sub/one.hpp`, `codec/sub`, `../sub/other.md`, `lib/vqi`, `a / b`, `Type`, `build/made`
## Which file?
`one`, `sub`, `codec/sub/one`
## Else
`Type`
"""
BROKEN = [
    ("[x](nowhere.md)", "nowhere.md: no such file"),
    ("[x](sub/other.md#nothing)", "no heading #nothing"),
    ("[x](#twice-2)", "no heading #twice-2"),
    ("[x](../README.md)", "leads out of the tree"),
    ("[x](/sub/other.md)", "leads out of the tree"),
    ("![x](sub/none.png)", "no such file"),
    ('<img alt="x" src="sub/none.png">', "no such file"),
    ("[x]: none.md", "no such file"),
    ("```\n```\n[x](none.md)", "no such file"),
    ("`sub/two`", None),
]


BROKEN_NAMES = [
    ("`sub/two`", "`sub/two`: no such file"),
    ("`codec/none`", "`codec/none`: no such file"),
    ("## Which file?\n`Type`", "`Type`: no such file"),
]


def self_test():
    """Exits 0 if each broken link and name is noticed and nothing else is."""
    failures = 0
    cases = [("", "", None)] + [(text, "", complaint) for text, complaint in BROKEN]
    cases += [("", names, complaint) for names, complaint in BROKEN_NAMES]
    for text, names, complaint in cases:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path in ("sub", "build", ".git", "codec/sub"):
                (root / path).mkdir(parents=True)
            (root / "README.md").write_text(f"{GOOD}\n{text}\n", encoding="utf-8")
            (root / "codec/DESIGN.md").write_text(f"{NAMES}\n{names}\n", encoding="utf-8")
            (root / "codec/sub/one.hpp").write_text("", encoding="utf-8")
            (root / "sub/other.md").write_text("The text.\n\n## The end (1 of 2)\n\n[up](../README.md#twice)\n",
                                               encoding="utf-8")
            (root / "sub/picture.png").write_bytes(b"")
            (root / "build/made.md").write_text("[x](none.md)\n", encoding="utf-8")
            found = faults(root)
            if len(found) != (complaint is not None) or (complaint and complaint not in found[0]):
                print(f"{text or names!r}: expected {complaint!r}, found {found}")
                failures += 1
    print(f"{len(cases) - failures} of {len(cases)} trees were judged as they should be")
    return failures != 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    found = faults(pathlib.Path(sys.argv[1]))
    print("\n".join(found) if found else "all links and paths lead somewhere")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
