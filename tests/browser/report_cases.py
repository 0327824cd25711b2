"""The page that `vqi sweep --report` writes, used in a browser as a reader uses it."""
import json
import os
import pathlib
import sys
import time
import unittest

from cli_case import CliCase, png
from webdriver import Browser, missing_programs

SCREENSHOTS = os.environ.get("SCREENSHOTS")
SIDE = 64

# An image of 256 colours, so that K = 256 is lossless. Its name would break a page or command line that quotes badly.
NAME = "a</script><b onload='x'>&\"$y`\u00fc.png"


def colour(x, y):
    return (x // 4 * 16, y // 4 * 16, 128)


# The colours of the canvas at the places where it shows pixels of the image. It reads a copy, because reading the
# canvas would slow it down, with a warning on the console.
SHOWN_PIXELS = """
  const [places, frame] = arguments;
  const origin = viewer.origin(viewer.frames()[frame]);
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [viewer.canvas.width, viewer.canvas.height];
  const context = copy.getContext('2d', {willReadFrequently: true});
  context.drawImage(viewer.canvas, 0, 0);
  const density = copy.width / viewer.canvas.clientWidth;
  return places.map(([x, y]) => [...context.getImageData((origin.x + (x + 0.5) * viewer.scale()) * density,
    (origin.y + (y + 0.5) * viewer.scale()) * density, 1, 1).data].slice(0, 3));"""


class Report(CliCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser().__enter__()
        cls.addClassCleanup(cls.browser.__exit__)

    def setUp(self):
        super().setUp()
        (self.folder / NAME).parent.mkdir(parents=True, exist_ok=True)
        self.write(NAME, png(SIDE, SIDE, colour))
        self.succeed("sweep", "-q", "-k", "2,4,16,256", "--block", "1x1,2x2", NAME, "--report", "report.html")
        self.open_page(1600, 1000, "light")

    def tearDown(self):
        self.assertEqual(self.browser.console(), [], "the console has something to say")

    def open_page(self, width, height, theme):
        self.browser.screen(width, height, theme)
        self.browser.open((self.folder / "report.html").as_uri())
        self.wait_for("return document.getElementById('picture').dataset.row !== undefined"
                      " && document.getElementById('tiles').dataset.row !== undefined")

    def wait_for(self, script, *arguments):
        """Waits until the script's value is true, and returns it."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            value = self.browser.run(script, *arguments)
            if value:
                return value
            time.sleep(0.05)
        return self.fail(f"never true: {script}")

    def text(self, selector):
        return self.browser.run("return document.querySelector(arguments[0]).textContent", selector)

    def click(self, selector):
        self.browser.run("document.querySelector(arguments[0]).click()", selector)

    def focus(self, selector):
        self.browser.run("document.querySelector(arguments[0]).focus()", selector)

    def middle(self, selector):
        """Scrolls to an element and returns the window's coordinates of its middle."""
        return self.browser.run("""
          const found = document.querySelector(arguments[0]);
          found.scrollIntoView({block: 'center'});
          const box = found.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];""", selector)

    def choose(self, k, block="1x1"):
        """Chooses the row in the page's list and waits for its picture."""
        row = self.browser.run("return report.rows.findIndex(row => row.k === arguments[0] && "
                               "blockText(row) === arguments[1])",
                               k, block)
        self.assertGreaterEqual(row, 0)
        self.browser.run("""
          const list = document.getElementById('row-choice');
          list.value = arguments[0];
          list.dispatchEvent(new Event('change'));""", row)
        self.wait_for("return document.getElementById('picture').dataset.row === String(arguments[0])"
                      " && document.getElementById('tiles').dataset.row === String(arguments[0])", row)
        return row

    def shown(self, places, frame=0):
        """The colours of the canvas at these pixels of the image."""
        return [tuple(pixel) for pixel in self.browser.run(SHOWN_PIXELS, places, frame)]

    def slide(self, selector, value):
        self.browser.run("""
          const slider = document.querySelector(arguments[0]);
          slider.value = arguments[1];
          slider.dispatchEvent(new Event('input'));""", selector, value)

    def test_names_of_any_kind_are_text_and_nothing_else(self):
        self.assertIn(NAME, self.text("#summary"))
        self.assertEqual(self.browser.run("return document.querySelectorAll('b').length"), 0)
        self.assertEqual(self.browser.run("return document.querySelectorAll('script').length"), 2)

    def test_the_page_asks_the_network_for_nothing(self):
        names = self.browser.run("return performance.getEntriesByType('resource').map(entry => entry.name)")
        self.assertEqual([name for name in names if not name.startswith("data:")], [])

    def test_the_wipe_shows_the_original_on_its_left_and_the_decoded_image_on_its_right(self):
        self.choose(4)
        places = [(1, 1), (30, 9), (62, 60)]
        self.slide("#wipe", 1000)
        self.assertEqual(self.shown(places), [colour(x, y) for x, y in places])
        self.slide("#wipe", 0)
        decoded = set(self.shown([(x, y) for x in range(0, SIDE, 4) for y in range(0, SIDE, 4)]))
        self.assertEqual(len(decoded), 4)
        self.assertFalse(decoded & {colour(x, y) for x, y in places})
        self.assertEqual(self.text("#tile-readout")[:18].split(": ")[0], "1 of 4")
        self.slide("#wipe", 500)
        left, right = self.shown([(8, 40), (56, 40)])
        self.assertEqual(left, colour(8, 40))
        self.assertIn(right, decoded)

    def test_the_line_is_dragged_and_moved_by_keys(self):
        self.choose(4)
        x, y = self.middle("#picture")
        self.browser.pointer(("move", x, y), ("down",), ("move", x - 120, y), ("up",))
        dragged = int(self.browser.run("return document.getElementById('wipe').value"))
        self.assertLess(dragged, 450)
        self.focus("#wipe")
        self.browser.keys("ArrowRight", "ArrowRight")
        self.assertEqual(int(self.browser.run("return document.getElementById('wipe').value")), dragged + 2)

    def test_zoom_goes_down_to_pixels_and_the_readout_names_them(self):
        self.choose(4)
        self.slide("#wipe", 1000)
        self.click("#zoom-pixels")
        self.assertEqual(self.text("#zoom-level"), "800 %")
        self.assertEqual(self.shown([(32, 32)]), [colour(32, 32)])
        self.focus("#picture")
        before = self.browser.run("return viewer.centre.x")
        self.browser.keys("+", "+", "+", "ArrowRight")
        self.assertEqual(self.text("#zoom-level"), "2400 %")
        self.assertGreater(self.browser.run("return viewer.centre.x"), before)
        x, y = self.middle("#picture")
        self.browser.pointer(("move", x, y))
        at = [int(part) for part in self.text("#readout").replace(",", "").replace(":", "").split()[1:4:2]]
        self.assertIn("original #%02x%02x%02x, decoded #" % colour(*at), self.text("#readout"))
        self.browser.keys("0")
        self.assertEqual(self.browser.run("return viewer.zoom"), None)

    def test_the_error_map_is_dark_where_nothing_differs_and_brighter_with_more_gain(self):
        self.choose(4)
        self.click("input[name=mode][value=error]")
        self.assertIn("% of the pixels differ", self.text("#readout"))
        brightness = []
        for gain in (0, 3):
            self.slide("#gain", gain)
            brightness.append(sum(map(sum, self.shown([(x, x) for x in range(0, SIDE, 3)]))))
        self.assertLess(brightness[0], brightness[1])
        self.choose(256)
        self.assertIn("0.0 % of the pixels differ", self.text("#readout"))
        self.assertEqual(set(self.shown([(x, x) for x in range(SIDE)])), {(8, 8, 20)})

    def test_side_by_side_shows_both(self):
        self.choose(2)
        self.click("input[name=mode][value=side]")
        self.assertEqual(self.shown([(10, 10)], 0), [colour(10, 10)])
        self.assertNotEqual(self.shown([(10, 10)], 1), [colour(10, 10)])

    def test_points_tell_their_values_and_choose_their_row(self):
        row = self.browser.run("return report.rows.findIndex(row => row.k === 4 && blockText(row) === '2x2')")
        x, y = self.middle(f".panel [data-row='{row}']")
        self.browser.pointer(("move", x, y))
        self.assertFalse(self.browser.run("return document.getElementById('tooltip').hidden"))
        figures = self.browser.run("return [report.rows[arguments[0]].bpp.toFixed(3), "
                                   "psnrText(report.rows[arguments[0]])]", row)
        for words in ("K 4", "2x2", figures[0] + " bits per pixel", "PSNR " + figures[1], "SSIM 0."):
            self.assertIn(words, self.text("#tooltip"))
        self.browser.pointer(("down",), ("up",))
        self.wait_for("return document.getElementById('picture').dataset.row === String(arguments[0])", row)
        self.assertEqual(self.browser.run("return document.querySelector('tr.chosen').dataset.row"), str(row))
        self.focus(".panel .marker[tabindex='0']")
        self.browser.keys("ArrowLeft")
        self.wait_for("return document.getElementById('picture').dataset.row === String(arguments[0])", row - 1)

    def test_the_legend_hides_and_shows_a_curve(self):
        count = "return document.querySelectorAll('.panel .marker').length"
        all_markers = self.browser.run(count)
        self.assertEqual(all_markers, 16)
        self.click("#legend button")
        self.assertEqual(self.browser.run(count), 8)
        self.click("#legend button")
        self.assertEqual(self.browser.run(count), 16)

    def test_the_table_sorts_both_ways_by_pointer_and_by_key(self):
        bytes_column = """
          const at = [...document.querySelectorAll('th')].findIndex(cell => cell.textContent === 'Bytes');
          return [...document.querySelectorAll('tbody tr')].map(
            line => Number(line.cells[at].textContent.replaceAll(',', '')));"""
        given = self.browser.run(bytes_column)
        self.assertNotEqual(given, sorted(given))
        heading = "th:nth-child(%d) button" % (1 + self.browser.run(
            "return [...document.querySelectorAll('th')].findIndex(cell => cell.textContent === 'Bytes')"))
        self.click(heading)
        self.assertEqual(self.browser.run(bytes_column), sorted(given))
        self.focus(heading)
        self.browser.keys("Enter")
        self.assertEqual(self.browser.run(bytes_column), sorted(given, reverse=True))
        self.assertEqual(self.browser.run("return document.querySelectorAll('[aria-sort=descending]').length"), 1)
        psnr = "th:nth-child(%d) button" % (1 + self.browser.run(
            "return [...document.querySelectorAll('th')].findIndex(cell => cell.textContent === 'PSNR')"))
        self.click(psnr)
        self.assertIn("lossless", self.text("tbody tr:last-child"))

    def test_the_codebook_is_ordered_by_use_and_told_by_keys(self):
        self.choose(16)
        shares = []
        self.focus("#tiles")
        for _ in range(16):
            shares.append(float(self.text("#tile-readout").split()[-2]))
            self.browser.keys("ArrowRight")
        self.assertEqual(shares, sorted(shares, reverse=True))
        self.assertAlmostEqual(sum(shares), 100, delta=0.1)
        self.choose(4, "2x2")
        self.assertIn(" blocks, ", self.text("#tile-readout"))

    def test_the_command_is_copied_and_makes_the_row(self):
        row = self.choose(16, "2x2")
        self.browser.devtools("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        self.click("#copy-command")
        self.wait_for("return document.getElementById('copy-command').textContent === 'Copied'")
        self.assertEqual(self.browser.run("return navigator.clipboard.readText()"), self.text("#command"))
        self.assertEqual(self.text("#command"), self.browser.run("return report.rows[arguments[0]].command", row))

    def test_a_row_without_a_picture_says_so(self):
        page = (self.folder / "report.html").read_text(encoding="utf-8")
        head, rest = page.split('<script type="application/json" id="data">')
        data, tail = rest.split("</script>", 1)
        data = json.loads(data)
        row = (self.browser.run("return choice.index") + 1) % len(data["rows"])  # not the one that is seen first
        data["rows"][row].update(picture=None, codebook=None)
        self.write("report.html", (head + '<script type="application/json" id="data">' +
                                   json.dumps(data).replace("<", "\\u003c") + "</script>" + tail).encode())
        self.open_page(1600, 1000, "light")
        self.click(f"tr[data-row='{row}']")
        self.wait_for("return !document.getElementById('no-picture').hidden")
        self.assertIn("no picture here", self.text("#no-picture"))
        self.assertTrue(self.browser.run("return document.getElementById('codebook').hidden"))
        self.click("#previous" if row > 0 else "#next")
        self.wait_for("return document.getElementById('no-picture').hidden && "
                      "!document.getElementById('codebook').hidden")

    def test_nothing_overflows_and_every_control_is_named_on_any_screen(self):
        for width, height in ((400, 900), (1600, 1000)):
            for theme in ("light", "dark"):
                self.open_page(width, height, theme)
                self.assertEqual(self.browser.run("return document.documentElement.scrollWidth"), width)
                self.assertEqual(self.browser.run("""
                  return [...document.querySelectorAll('button, select, input, canvas[tabindex]')].filter(control =>
                    !(control.textContent.trim() || control.labels?.length ||
                      control.getAttribute('aria-label'))).length"""), 0)
                ground = self.browser.run("return getComputedStyle(document.body).backgroundColor")
                self.assertEqual(ground, {"light": "rgb(246, 247, 249)", "dark": "rgb(14, 16, 19)"}[theme])
                if SCREENSHOTS:
                    pathlib.Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
                    pathlib.Path(SCREENSHOTS, f"report_{width}_{theme}.png").write_bytes(self.browser.picture())


if __name__ == "__main__":
    missing = missing_programs()
    if missing:
        print("skipped: install", ", ".join(missing))
        sys.exit(77)
    unittest.main()
