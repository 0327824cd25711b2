"""The package as npm packs it, in Chromium: by plain module scripts, built by vite, and with the service worker.

  page_cases.py PACKAGE

Runs with VQI_TEST_WEB=full, which `./dev test --all` sets: it needs npm with its registry, and Chromium.
"""
import functools
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from webdriver import Browser, missing_programs

# Makes a picture, encodes it, decodes the stream, in the page and in a worker, and says how that went.
SCRIPT = """
import {{ decode, encode, startWorker }} from "{package}";
import {{ inspect }} from "{decoder}";
const width = 64, height = 40, data = new Uint8ClampedArray(width * height * 4).fill(255);
for (let i = 0; i < width * height; ++i) data.set([i % 64 * 4, i >> 4, 90], 4 * i);
try {{
  const {{ bytes, report }} = await encode(new ImageData(data, width, height), {{ k: 32 }});
  const image = await decode(bytes);
  const worker = await startWorker();
  const other = await worker.encode(new ImageData(data, width, height), {{ k: 32 }});
  worker.close();
  const same = other.bytes.length === bytes.length && other.bytes.every((byte, i) => byte === bytes[i]);
  globalThis.outcome = {{ k: report.k, pixels: new ImageData(image.data, width, height).data.length, same,
    inspected: (await inspect(bytes)).k, bytes: Array.from(bytes) }};
}} catch (error) {{
  globalThis.outcome = {{ error: String(error.stack) }};
}}
"""
POLICY = ("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
          "worker-src 'self'; img-src 'self'")


class Server(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".vqi": "application/octet-stream",
                      ".js": "text/javascript", ".wasm": "application/wasm"}

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_):
        pass


class Site:
    """Serves a folder on a port of its own; a context manager that gives the address."""

    def __init__(self, folder):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Server, directory=folder))

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://localhost:{self.server.server_port}"

    def __exit__(self, *_):
        self.server.shutdown()


def run(*command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def wait_for(browser, script):
    """What the script returns, once that is not null."""
    for _ in range(600):
        value = browser.run(script)
        if value is not None:
            return value
        time.sleep(0.1)
    sys.exit(f"still null after a minute: {script}\n{browser.console()}")


def check(outcome, name):
    if "error" in outcome or not outcome["same"] or (outcome["k"], outcome["inspected"]) != (32, 32) \
            or outcome["pixels"] != 64 * 40 * 4:
        sys.exit(f"{name}: {outcome}")
    print(f"{name}: encoded to {len(outcome['bytes'])} bytes, decoded and inspected, the same in a worker")
    return bytes(outcome["bytes"])


def page(script):
    return f"<!doctype html><title>vqi</title><script type=module src={script}></script>"


def plain_site(folder, installed):
    """A site that serves the package as it is, and a picture in an <img>."""
    site = folder / "plain"
    shutil.copytree(installed, site / "vqi")
    (site / "main.js").write_text(SCRIPT.format(package="./vqi/index.js", decoder="./vqi/decoder.js"))
    (site / "index.html").write_text(page("main.js"))
    # Beside the pages, so that its scope are all of them.
    (site / "service_worker.js").write_text('import "./vqi/service_worker.js";\n')
    (site / "shown.js").write_text("""
await navigator.serviceWorker.register("/service_worker.js", { type: "module" });
await navigator.serviceWorker.ready;
if (!navigator.serviceWorker.controller)
  await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
const image = new Image();
image.onload = () => { globalThis.outcome = { width: image.naturalWidth, height: image.naturalHeight }; };
image.onerror = () => { globalThis.outcome = { error: "the image did not load" }; };
image.src = "/picture.vqi";
document.body.append(image);
""")
    (site / "shown.html").write_text(page("shown.js") + "<body></body>")
    return site


def vite_site(folder, archive):
    project = folder / "project"
    project.mkdir()
    (project / "package.json").write_text('{"name": "project", "private": true, "type": "module"}')
    run("npm", "install", "--no-audit", "--no-fund", str(archive), "vite@5", folder=project)
    (project / "main.js").write_text(SCRIPT.format(package="vqi", decoder="vqi/decoder"))
    (project / "index.html").write_text(page("/main.js"))
    (project / "vite.config.js").write_text(
        'export default { build: { target: "esnext" }, worker: { format: "es" } };\n')
    run("npx", "vite", "build", folder=project)
    return project


def main():
    package = pathlib.Path(sys.argv[1])
    if os.environ.get("VQI_TEST_WEB") != "full":
        print("skipped: VQI_TEST_WEB is not full")
        return 77
    missing = [*missing_programs(), *(name for name in ("npm", "npx") if shutil.which(name) is None)]
    if missing or not (package / "package.json").exists():
        print(f"skipped: the package was not built, or these are missing: {missing}")
        return 77
    with tempfile.TemporaryDirectory(prefix="vqi-pages-") as name:
        folder = pathlib.Path(name)
        packed = json.loads(run("npm", "pack", "--json", str(package.resolve()), folder=folder))[0]
        print(f"npm pack: {packed['filename']}, {packed['size']} bytes, {len(packed['files'])} files")
        project = vite_site(folder, folder / packed["filename"])
        site = plain_site(folder, project / "node_modules/vqi")
        # The command line of the installed package.
        print(run("npx", "vqi", "--version", folder=project).strip())
        with Browser() as browser:
            with Site(project / "dist") as address:
                browser.open(f"{address}/index.html")
                check(wait_for(browser, "return globalThis.outcome ?? null"), "vite")
            with Site(site) as address:
                browser.open(f"{address}/index.html")
                stream = check(wait_for(browser, "return globalThis.outcome ?? null"), "plain modules")
                (site / "picture.vqi").write_bytes(stream)
                browser.open(f"{address}/shown.html")
                outcome = wait_for(browser, "return globalThis.outcome ?? null")
                if outcome != {"width": 64, "height": 40}:
                    sys.exit(f"service worker: {outcome} {browser.console()}")
                print("service worker: <img src=picture.vqi> is 64x40")
    return 0


if __name__ == "__main__":
    sys.exit(main())
