#!/usr/bin/env python3
"""Makes the site of all documents: make_site.py ROOT FOLDER [--python PACKAGE PDOC-PYTHON] [--page FOLDER].

It has the Markdown documents that README.md leads to, by cmark-gfm; the reference of the C++ and C headers, by Doxygen;
with --python that of the Python package, by pdoc; and with --page the page that works in a browser. A warning of
Doxygen or pdoc is an error. FOLDER is emptied first, and is then whole: any web server, or a browser, can show it.
"""
import argparse
import html
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
LINK = re.compile(r'\b(href|src|srcset)="([^"]*)"')
HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
# The line at the head of each page: texts, and paths from the site's root.
TABS = (("vqi", "index.html"), ("Guide", "samples/GUIDE.html"), ("Command line", "tools/vqi/CLI.html"),
        ("Format", "codec/FORMAT.html"), ("C++ and C", "reference/cpp/index.html"),
        ("Python", "reference/python/index.html"), ("JavaScript", "tools/web/README.html"),
        ("In the browser", "page/index.html"), ("Changes", "CHANGELOG.html"))
# What browsers show as it is; other files become pages.
SHOWN = {".png", ".svg", ".jpg"}
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{up}site.css">
<header><nav aria-label="Site">{tabs}</nav></header>
<div class="columns">
{contents}<main>
{body}</main>
</div>
</html>
"""


def load_links(root):
    """How links are found and headings named: as the test of the documents does it, and as GitHub does."""
    spec = importlib.util.spec_from_file_location("links", root / "tests/doc/links.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Site:
    """The pages, by their paths from the root of the tree; a link to a file of the tree adds its page."""

    def __init__(self, root, folder, parts):
        self.root, self.folder, self.parts = root, folder, parts
        self.links = load_links(root)
        self.left, self.known = [], set()

    def make(self):
        """Writes README.md and all that it leads to."""
        self.add("README.md")
        while self.left:
            self.write(self.left.pop())

    def add(self, name):
        """Notes a file of the tree, and returns the path of its page."""
        if name not in self.known:
            self.known.add(name)
            self.left.append(name)
        if name == "README.md":
            return "index.html"
        path = pathlib.PurePosixPath(name)
        if path.suffix in SHOWN:
            return name
        if (self.root / name).is_dir():
            return f"{name}/index.html"
        return str(path.with_suffix(".html")) if path.suffix == ".md" else f"{name}.html"

    def write(self, name):
        source, page = self.root / name, self.add(name)
        (self.folder / page).parent.mkdir(parents=True, exist_ok=True)
        if source.suffix in SHOWN:
            shutil.copy(source, self.folder / page)
            return
        if source.suffix == ".md":
            command = ["cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", str(source)]
            body = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
            body = LINK.sub(lambda link: f'{link[1]}="{self.target(name, page, link[2])}"', body)
            body = re.sub(r"<table>.*?</table>", r'<div class="table">\g<0></div>', body, flags=re.DOTALL)
        elif source.is_dir():
            files = [file for file in sorted(source.iterdir()) if file.is_file()]
            items = (f'<li><a href="{self.target(name + "/", page, file.name)}">{file.name}</a></li>' for file in files)
            body = f"<h1>{html.escape(name)}</h1>\n<ul>{''.join(items)}</ul>\n"
        else:
            text = html.escape(source.read_text(encoding="utf-8"), quote=False)
            body = f"<h1>{html.escape(name)}</h1>\n<pre><code>{text}</code></pre>\n"
        (self.folder / page).write_text(self.page(page, body), encoding="utf-8")

    def target(self, name, page, link):
        """What a link of the file `name` is in its page."""
        if not link or self.links.ABSOLUTE.match(link) or link.startswith("#"):
            return link
        path, mark, anchor = html.unescape(link).partition("#")
        own = name if name.endswith("/") else os.path.dirname(name)
        to = self.add(os.path.normpath(os.path.join(own, path)).replace(os.sep, "/"))
        return html.escape(os.path.relpath(to, os.path.dirname(page) or ".") + mark + anchor)

    def page(self, page, body):
        """The page around `body`, with headings that have names, and a list of them."""
        seen, contents = {}, []

        def named(heading):
            text = html.unescape(re.sub(r"<[^>]+>", "", heading[2]))
            slug = self.links.slug(text)
            seen[slug] = seen.get(slug, -1) + 1
            anchor = f"{slug}-{seen[slug]}" if seen[slug] else slug
            if heading[1] in "23":
                kind = ' class="third"' if heading[1] == "3" else ""
                contents.append(f'<li{kind}><a href="#{anchor}">{html.escape(text)}</a></li>')
            return f'<h{heading[1]} id="{anchor}">{heading[2]}</h{heading[1]}>'

        body = HEADING.sub(named, body)
        title = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
        up = "../" * page.count("/")
        tabs = " ".join(f'<a href="{up}{path}"{" aria-current=page" if path == page else ""}>{text}</a>'
                        for text, path in TABS if path.split("/")[0] not in ("reference", "page") or path in self.parts)
        aside = f'<aside><nav aria-label="Page"><ul>{"".join(contents)}</ul></nav></aside>\n' if contents[2:] else ""
        return PAGE.format(title=re.sub(r"<[^>]+>", "", title[1]) if title else "vqi", up=up, tabs=tabs, contents=aside,
                           body=body)


def version_of(root):
    text = (root / "include/vqi/version.h").read_text(encoding="ascii")
    return ".".join(re.findall(r"^#define VQI_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)$", text, re.MULTILINE))


def make_cpp_reference(root, folder):
    folder.mkdir(parents=True)
    settings = (HERE / "Doxyfile").read_text(encoding="utf-8")
    settings += f"OUTPUT_DIRECTORY = {folder}\nPROJECT_NUMBER = {version_of(root)}\n"
    subprocess.run(["doxygen", "-"], input=settings, text=True, cwd=root, check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--python", nargs=2, metavar=("PACKAGE", "PDOC-PYTHON"))
    parser.add_argument("--page", type=pathlib.Path)
    given = parser.parse_args()
    root, folder = given.root.resolve(), given.folder.absolute()
    shutil.rmtree(folder, ignore_errors=True)
    parts = {"reference/cpp/index.html"}
    make_cpp_reference(root, folder / "reference/cpp")
    if given.python:
        package, python = given.python
        subprocess.run([python, "-B", HERE / "python_reference.py", package, folder / "reference/python"], check=True)
        parts.add("reference/python/index.html")
    if given.page:
        shutil.copytree(given.page, folder / "page")
        parts.add("page/index.html")
    shutil.copy(HERE / "site.css", folder)
    Site(root, folder, parts).make()
    return 0


if __name__ == "__main__":
    sys.exit(main())
