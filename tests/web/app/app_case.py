"""What the cases of the page share: the page assembled and served, a browser, pictures dropped, files saved."""
import base64
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

from cli_case import CliCase
from webdriver import Browser, missing_programs

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools/web/app"))
import assemble  # noqa: E402  pylint: disable=wrong-import-position

PACKAGE = pathlib.Path(os.environ.get("VQI_WEB_PACKAGE", ROOT / "build/npm/vqi"))
SKIPPED = 77

# Files become what a drag from a file manager carries.
DROP = """
  const carried = new DataTransfer();
  for (const [name, type, text] of arguments[0])
    carried.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name, {type}));
  for (const kind of ['dragenter', 'dragover', 'drop'])
    document.getElementById('viewer').dispatchEvent(
      new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));"""

# Shifts of the layout are counted from the start, also those that follow an input: nothing here types or clicks.
COUNT_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      window.shifts.push([entry.value, entry.sources.map(({node}) => node?.id ?? node?.nodeName)]);
  }).observe({type: 'layout-shift', buffered: true});"""


def what_is_missing():
    """Why the tests cannot run here, or None."""
    programs = missing_programs()
    if programs:
        return f"not installed: {', '.join(programs)}"
    if not (PACKAGE / "vqi_codec.wasm").is_file():
        return f"the WebAssembly module is not built: {PACKAGE} has no vqi_codec.wasm"
    return None


class Server:
    """Serves a folder and notes each request. `policy` False: as a host that sends no headers of its own."""

    def __init__(self, folder, policy=True):
        self.requests = []
        noted = self.requests
        base = assemble.Handler if policy else http.server.SimpleHTTPRequestHandler

        class Handler(base):
            extensions_map = assemble.Handler.extensions_map

            def __init__(self, *arguments):
                super().__init__(*arguments, directory=str(folder))

            def parse_request(self):
                parsed = super().parse_request()
                if parsed:
                    noted.append(f"{self.command} {self.path}")
                return parsed

            def log_message(self, *_):
                pass

        self.serving = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.serving.server_port}/"
        threading.Thread(target=self.serving.serve_forever, daemon=True).start()

    def stop(self):
        self.serving.shutdown()
        self.serving.server_close()


class PageCase(CliCase):
    """Each case opens the page anew; cases of one class share browser and server."""

    @classmethod
    def setUpClass(cls):
        cls.site = pathlib.Path(tempfile.mkdtemp(prefix="vqi page "))
        cls.addClassCleanup(shutil.rmtree, cls.site)
        assemble.assemble(cls.site, PACKAGE)
        cls.browser = Browser().__enter__()
        cls.addClassCleanup(cls.browser.__exit__)
        cls.server = Server(cls.site)
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        super().setUp()
        self.saved = self.folder / "saved"
        self.saved.mkdir()
        self.browser.devtools("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.saved))
        self.open_page()

    def tearDown(self):
        self.assertEqual(self.browser.console(), [], "the console has something to say")

    def open_page(self, width=1600, height=1000, theme="light", address=None):
        self.browser.screen(width, height, theme)
        self.browser.open(address or self.server.address)
        self.wait_for("return document.documentElement.dataset.ready !== undefined")
        self.browser.run(COUNT_SHIFTS)

    def wait_for(self, script, *arguments):
        """Waits until the script's value is true, and returns it."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            value = self.browser.run(script, *arguments)
            if value:
                return value
            time.sleep(0.05)
        return self.fail(f"never true: {script}; {self.text('#status')}")

    def text(self, selector):
        return self.browser.run("return document.querySelector(arguments[0]).textContent", selector)

    def click(self, selector):
        self.browser.run("document.querySelector(arguments[0])"
                         ".dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))", selector)

    def focus(self, selector):
        self.browser.run("document.querySelector(arguments[0]).focus()", selector)

    def set(self, selector, value, event="change"):
        self.browser.run("""
          const control = document.querySelector(arguments[0]);
          control.value = arguments[1];
          control.dispatchEvent(new Event(arguments[2], {bubbles: true}));""", selector, value, event)

    def drop(self, **pictures):
        """Drops files, given as NAME_png=bytes, on the page."""
        self.drop_files({name.replace("_", "."): data for name, data in pictures.items()})

    def drop_files(self, files):
        types = {".png": "image/png", ".bmp": "image/bmp"}
        self.browser.run(DROP, [[name, types.get(pathlib.Path(name).suffix, ""), base64.b64encode(data).decode()]
                                for name, data in files.items()])

    def wait_for_result(self):
        """Waits until the figures are those of the settings; fails at once where the page tells of a failure."""
        self.wait_for("return document.getElementById('status').className === 'bad'"
                      " || !document.querySelector('[data-save=vqi]').disabled")
        self.assertNotEqual(self.browser.run("return document.getElementById('status').className"), "bad",
                            self.text("#status"))
        self.wait_for("return !document.querySelector('[data-save=vqi]').disabled"
                      " && !document.getElementById('size').classList.contains('rough')")

    def open_picture(self, data, name="picture.png"):
        self.drop_files({name: data})
        self.wait_for_result()

    def save(self, kind, name):
        """Saves from the page and returns the bytes."""
        self.click("#save-all" if kind == "zip" else f"[data-save={kind}]")
        path = self.saved / name
        end = time.monotonic() + 60
        # The browser holds the name with an empty file until the whole one takes its place.
        while not path.exists() or path.stat().st_size == 0:
            self.assertLess(time.monotonic(), end, f"{name} was not saved: {list(self.saved.iterdir())}")
            time.sleep(0.05)
        data = path.read_bytes()
        path.unlink()
        return data

    def swatches(self):
        return self.browser.run("return [...document.querySelectorAll('#swatches button')].map(b => b.dataset.hex)")

    def run_shown_command(self):
        """Runs the command that the page shows, as a shell does, and returns the bytes of its file."""
        command = self.text("#command")
        tool = pathlib.Path(os.environ["VQI_TOOL"])
        environment = {**os.environ, "PATH": f"{tool.parent}:{os.environ['PATH']}"}
        subprocess.run(["sh", "-c", command.replace("vqi compress", "vqi compress -q -f", 1)], cwd=self.folder,
                       env=environment, check=True, timeout=60)
        made = sorted(self.folder.glob("*.vqi"), key=lambda path: path.stat().st_mtime)
        return made[-1].read_bytes()

    def async_run(self, expression):
        """The value of a promise of the page."""
        return json.loads(self.browser.run(f"return ({expression}).then(JSON.stringify)"))
