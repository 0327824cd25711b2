"""Everybody can use the page: axe-core finds nothing, it fits every width, and nothing moves by itself."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

from cli_case import gradient_png
from app_case import SKIPPED, PageCase, what_is_missing

HERE = pathlib.Path(__file__).resolve().parent
# Where axe-core is installed: in the build folder, never in the sources.
MODULES = pathlib.Path(os.environ.get("VQI_NODE_FOLDER", HERE.parents[2] / "build/app_tests"))
SCREENSHOTS = os.environ.get("SCREENSHOTS")
WIDTHS = (400, 800, 1600)
THEMES = ("light", "dark")


def axe_source():
    """axe-core, at the version of the lock file; None where npm or its registry is missing."""
    script = MODULES / "node_modules/axe-core/axe.min.js"
    if not script.is_file():
        if shutil.which("npm") is None:
            return None
        MODULES.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "package-lock.json", MODULES)
        lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
        (MODULES / "package.json").write_text(json.dumps(lock["packages"][""]), encoding="utf-8")
        done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=MODULES, check=False,
                              timeout=200, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            return None
    return script.read_text(encoding="utf-8")


class Access(PageCase):
    def every_state(self):
        """Shows the page empty and with a picture of which a colour is chosen, in each width and theme."""
        for filled in (False, True):
            if filled:
                self.open_picture(gradient_png())
                self.click("#swatches button:nth-child(3)")
                self.click("#lock")
                self.wait_for_result()
                self.wait_for("return document.querySelectorAll('#trade-rows tr').length === 8")
            for width in WIDTHS:
                for theme in THEMES:
                    self.browser.screen(width, 1000, theme)
                    yield f"{'picture' if filled else 'empty'}_{width}_{theme}"

    def test_axe_finds_nothing_in_light_and_dark(self):
        source = axe_source()
        if source is None:
            self.skipTest("npm is not installed, or does not reach its registry")
        self.browser.run(source + "; window.axe = axe;")
        for state in self.every_state():
            found = self.browser.run("""
              return axe.run(document, {resultTypes: ['violations']}).then(({violations}) =>
                violations.map(({id, impact, nodes}) => [id, impact, nodes.map(({html}) => html)]));""")
            self.assertEqual(found, [], state)

    def test_no_width_needs_scrolling_to_the_side(self):
        for state in self.every_state():
            wide = self.browser.run("""
              const edge = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth > edge) return ['the page'];
              return [...document.querySelectorAll('main *')].filter((element) => {
                const {right, width} = element.getBoundingClientRect();
                return width > 0 && right > edge + 1 && !element.closest('#viewer, #pictures, svg');
              }).map((element) => element.id || element.outerHTML.slice(0, 80));""")
            self.assertEqual(wide, [], state)
            if SCREENSHOTS:
                folder = pathlib.Path(SCREENSHOTS)
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"page_{state}.png").write_bytes(self.browser.picture())

    def test_nothing_moves_when_results_come(self):
        for width in WIDTHS:
            self.open_page(width)
            self.open_picture(gradient_png())
            self.set("#method", "ecvq")
            self.wait_for_result()
            self.set("#k-number", 200)
            self.wait_for_result()
            self.click("#swatches button:nth-child(3)")
            self.click("#remove")
            self.wait_for_result()
            self.wait_for("return document.querySelectorAll('#trade-rows tr').length === 8")
            self.assertEqual(self.browser.run("return window.shifts"), [], width)

    def test_the_picture_stays_in_sight_while_settings_are_moved_on_a_phone(self):
        self.open_page(400, 800)
        self.open_picture(gradient_png())
        place = self.browser.run("""
          document.getElementById('effort').scrollIntoView({block: 'center'});
          const {top, bottom} = document.getElementById('viewer').getBoundingClientRect();
          return [top, bottom, document.getElementById('effort').getBoundingClientRect().top];""")
        self.assertGreaterEqual(place[0], 0)
        self.assertLess(place[1], place[2])


if __name__ == "__main__":
    missing = what_is_missing()
    if missing:
        print(f"skipped: {missing}")
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
