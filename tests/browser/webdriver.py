"""Controls a browser: the few commands of the W3C WebDriver protocol that tests of a page need, over HTTP."""
import base64
import json
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request

# Loads nothing but the page: no first-run pages, updates or other traffic. Chromium's sandbox does not work for root.
CHROMIUM_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--hide-scrollbars", "--window-size=1600,1000")

KEYS = {"Tab": "\ue004", "Enter": "\ue007", "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014",
        "ArrowDown": "\ue015", "Space": " "}


def missing_programs():
    """The packages that are missing."""
    packages = {"chromium": "chromium", "chromedriver": "chromium-driver"}
    return [package for program, package in packages.items() if shutil.which(program) is None]


class Browser:
    """Chromium with an empty profile; a context manager."""

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="vqi-browser-")
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, text=True)
        for line in self.driver.stdout:
            started = re.search(r"started successfully on port (\d+)", line)
            if started:
                break
        else:
            raise RuntimeError("chromedriver did not start")
        self.root = f"http://127.0.0.1:{started[1]}/session"
        try:
            options = {"binary": shutil.which("chromium"), 
                       "args": [*CHROMIUM_OPTIONS, f"--user-data-dir={self.profile}"]}
            answer = self.post(self.root, {"capabilities": {"alwaysMatch": {
                "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}})
            self.session = f"{self.root}/{answer['sessionId']}"
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        try:
            self.call("DELETE", self.session)
        finally:
            self.stop()

    def stop(self):
        self.driver.terminate()
        self.driver.wait(timeout=30)
        self.driver.stdout.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    @staticmethod
    def call(method, address, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
        try:
            # The driver runs on this machine: ignore proxies that the environment names.
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode(errors="replace")[:500]) from error

    def post(self, address, body):
        return self.call("POST", address, body)

    def open(self, address):
        self.post(f"{self.session}/url", {"url": address})

    def run(self, script, *arguments):
        """Runs the body of a function in the page and returns its value; waits for a promise."""
        return self.post(f"{self.session}/execute/sync", {"script": script, "args": list(arguments)})

    def devtools(self, command, **parameters):
        return self.post(f"{self.session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def console(self):
        """The messages of the console since the last call."""
        return [entry["message"] for entry in self.post(f"{self.session}/se/log", {"type": "browser"})]

    def screen(self, width, height, theme):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                      mobile=False)
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])

    def picture(self):
        """A PNG of the whole page."""
        return base64.b64decode(self.devtools("Page.captureScreenshot", captureBeyondViewport=True)["data"])

    def pointer(self, *actions):
        """Moves, presses and releases: ("move", x, y), ("down",), ("up",) in the window's pixels."""
        kinds = {"move": "pointerMove", "down": "pointerDown", "up": "pointerUp"}
        steps = []
        for kind, *place in actions:
            step = {"type": kinds[kind]}
            if place:
                step.update(x=round(place[0]), y=round(place[1]), duration=0, origin="viewport")
            else:
                step["button"] = 0
            steps.append(step)
        self.post(f"{self.session}/actions", {"actions": [
            {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}]})

    def keys(self, *names):
        """Presses keys one after the other in the focused element."""
        steps = [{"type": kind, "value": KEYS.get(name, name)} for name in names for kind in ("keyDown", "keyUp")]
        self.post(f"{self.session}/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": steps}]})
