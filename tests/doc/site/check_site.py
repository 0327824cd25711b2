#!/usr/bin/env python3
"""Checks that links of a site of HTML pages lead somewhere within it.

  check_site.py FOLDER NAME...   lists the links that lead to no file or no anchor and exits 1, or exits 0; each NAME is
                                 a page that must be there
  check_site.py --self-test      fails unless each kind of broken link is noticed and nothing else is
"""
import html.parser
import os
import pathlib
import re
import sys
import tempfile
import urllib.parse

ELSEWHERE = re.compile(r"^([a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


class Page(html.parser.HTMLParser):
    """The links and anchors of one page."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.links = {"", "top"}, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "id" or name == "name" and tag == "a":
                self.anchors.add(value)
            elif name in ("href", "src", "srcset") and value:
                self.links.append(value)


def faults(folder, needed=()):
    """A line for each link that leads nowhere, and for each page that is missing."""
    pages = {path.relative_to(folder).as_posix(): Page(path.read_text(encoding="utf-8"))
             for path in sorted(folder.rglob("*.html"))}
    for name in needed:
        if name not in pages:
            yield f"{name} is missing"
    for name, page in pages.items():
        for link in page.links:
            if ELSEWHERE.match(link):
                continue
            path, _, anchor = urllib.parse.unquote(link).partition("#")
            path = path.partition("?")[0]
            to = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
            if (folder / to).is_dir():
                to = os.path.normpath(os.path.join(to, "index.html"))
            if to.startswith("..") or not (folder / to).is_file():
                yield f"{name}: {link}: no such file"
            elif to in pages and anchor not in pages[to].anchors:
                yield f"{name}: {link}: no such anchor"


GOOD = """<h1 id="one">One</h1><a name="two"></a><a href="#one">1</a> <a href="sub/b.html#x">2</a> <a href="#two">3</a>
<img src="sub/a.png"><a href="https://example.org/#x">4</a> <a href="sub/">5</a> <a href="sub/b.html?q=1">6</a>"""
BROKEN = {'<a href="none.html">': "no such file", '<a href="#three">': "no such anchor",
          '<a href="sub/b.html#one">': "no such anchor", '<img src="none.png">': "no such file",
          '<a href="../a.html">': "no such file", '<source srcset="none.svg">': "no such file"}


def self_test():
    failures = 0
    for text, fault in [("", None), *BROKEN.items()]:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "sub").mkdir()
            (folder / "a.html").write_text(GOOD + text, encoding="utf-8")
            for page in ("b", "index"):
                (folder / f"sub/{page}.html").write_text('<p id="x"><a href="../a.html">', encoding="utf-8")
            (folder / "sub/a.png").write_bytes(b"")
            found = [*faults(folder, ["a.html"])]
            if len(found) != (fault is not None) or fault and not found[0].endswith(fault):
                print(f"{text!r}: expected {fault!r}, found {found}")
                failures += 1
            if [*faults(folder, ["c.html"])][:1] != ["c.html is missing"]:
                print("a missing page was not noticed")
                failures += 1
    print(f"{len(BROKEN) + 1} sites were judged, {failures} wrongly")
    return failures != 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    found = [*faults(pathlib.Path(sys.argv[1]), sys.argv[2:])]
    print("\n".join(found) if found else "all links lead somewhere")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
