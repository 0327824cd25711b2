#!/usr/bin/env python3
"""Puts the page together, and serves it.

  assemble.py FOLDER PACKAGE   copies the page, the npm package at PACKAGE and a sample picture into FOLDER, which any
                               web server can then serve as it stands, and lists the files for the service worker
  assemble.py --serve FOLDER [PORT]   serves FOLDER on this machine alone, by default at port 8000
"""
import hashlib
import http.server
import pathlib
import re
import shutil
import sys

APP = pathlib.Path(__file__).resolve().parent
SAMPLE = APP.parents[2] / "samples/images/landscape.png"
PAGE_SUFFIXES = {".html", ".css", ".js", ".svg", ".webmanifest"}
# Where the page enters the package, and what that loads beside JavaScript.
PACKAGE_ENTRY = "index.js"
PACKAGE_MODULES = "vqi_codec*.wasm"


def policy():
    """The content-security policy that the page itself declares: the server sends the same with every file."""
    page = (APP / "index.html").read_text(encoding="utf-8")
    found = re.search(r'http-equiv="Content-Security-Policy"\s+content="([^"]*)"', page)
    return re.sub(r"\s+", " ", found[1])


def assemble(folder, package):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "package").mkdir(parents=True)
    for file in sorted(APP.rglob("*")):
        if file.suffix in PAGE_SUFFIXES:
            copied = folder / file.relative_to(APP)
            copied.parent.mkdir(exist_ok=True)
            shutil.copy(file, copied)
    shutil.copy(SAMPLE, folder)
    for file in [*imported(package / PACKAGE_ENTRY), *sorted(package.glob(PACKAGE_MODULES))]:
        shutil.copy(file, folder / "package")
    list_files(folder)


def imported(entry):
    """A module and all that it imports, directly or not."""
    found, left = set(), {entry}
    while left:
        file = left.pop()
        found.add(file)
        names = re.findall(r'(?:from|import) "(\./[^"]+)"', file.read_text(encoding="utf-8"))
        left |= {file.parent / name for name in names} - found
    return sorted(found)


def list_files(folder):
    """Writes the names of all files, and a version made of their bytes, into the service worker."""
    worker = folder / "offline_worker.js"
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
    names.remove(worker.name)
    names.remove("index.html")
    text = worker.read_text(encoding="utf-8")
    text = text.replace('["FILES"]', str(["./", *names]).replace("'", '"'))
    text = text.replace('"VERSION"', f'"vqi-page-{digest.hexdigest()[:16]}"').replace('"POLICY"', f'"{policy()}"')
    worker.write_text(text, encoding="utf-8")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files with the headers that a public server should send, too."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map,
                      ".wasm": "application/wasm", ".js": "text/javascript",
                      ".webmanifest": "application/manifest+json"}

    def end_headers(self):
        self.send_header("Content-Security-Policy", policy() + "; frame-ancestors 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format, *arguments):  # pylint: disable=redefined-builtin
        pass


def server(folder, port):
    def handler(*arguments):
        return Handler(*arguments, directory=str(folder))
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)


def main(arguments):
    if arguments[:1] == ["--serve"] and len(arguments) in (2, 3):
        with server(arguments[1], int((arguments[2:] or [8000])[0])) as serving:
            print(f"the page is at http://127.0.0.1:{serving.server_port}/ (Ctrl+C ends)", flush=True)
            try:
                serving.serve_forever()
            except KeyboardInterrupt:
                pass
        return 0
    if len(arguments) != 2 or arguments[0].startswith("-"):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    assemble(pathlib.Path(arguments[0]), pathlib.Path(arguments[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
