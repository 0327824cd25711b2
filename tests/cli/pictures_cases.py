"""Plots and reports of sweeps as files: formats, refused options, and commands that reproduce the rows of the page."""
import json
import shutil
import struct
import subprocess
import unittest
import xml.etree.ElementTree

from cli_case import TOOL, CliCase, gradient_png

SVG = "{http://www.w3.org/2000/svg}"


class Pictures(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png())

    def sweep(self, *options, name="a.png"):
        return self.succeed("sweep", "-q", "-k", "2,8,32", "--effort", "1", *options, "--", name)

    def page_data(self, name="report.html"):
        page = self.read(name).decode()
        return json.loads(page.split('<script type="application/json" id="data">')[1].split("</script>")[0])

    def test_an_svg_plot_is_well_formed_and_says_what_it_shows(self):
        name = "<&\"'>\x01 \u00fc.png"
        self.write(name, gradient_png())
        self.sweep("--plot", "plot.svg", "--plot-each", "-f", "a.png", name=name)
        root = xml.etree.ElementTree.fromstring(self.read("plot.svg"))
        self.assertEqual(root.tag, SVG + "svg")
        self.assertEqual(root.find(SVG + "title").text, "PSNR and SSIM against bits per pixel")
        words = root.find(SVG + "desc").text
        self.assertIn("a.png: kmeans, 1x1, auto: K 2: ", words)
        self.assertIn("<&\"'>\\x01 \u00fc.png: kmeans", words)
        self.assertEqual(words.count(" dB"), 6)

    def test_a_png_plot_has_its_size_in_both_themes(self):
        pictures = []
        for theme in ("light", "dark"):
            self.sweep("--plot", f"{theme}.PNG", "--plot-theme", theme)
            pictures.append(self.read(f"{theme}.PNG"))
            self.assertEqual(struct.unpack(">4sII", pictures[-1][12:24])[:2], (b"IHDR", 1760))
        self.assertNotEqual(*pictures)

    def test_wrong_plots_are_refused_before_any_work(self):
        def refused(*options, says):
            self.fail_with(2, "sweep", "a.png", *options, says=says)

        refused("--plot", "plot.pdf", says=("plot.pdf", ".svg", ".png"))
        refused("--plot", "plot", says=(".svg", ".png"))
        refused("--plot", "plot.svg", "--plot-theme", "pink", says=("pink", "light", "dark"))
        refused("--plot-theme", "dark", says=("--plot-theme", "--plot"))
        refused("--plot", "x.svg", "--report", "x.svg", says=("--plot and --report",))
        refused("--csv", "x.svg", "--plot", "x.svg", says=("--csv",))
        refused("-f", "--report", "a.png", says=("a.png", "--report"))
        refused("--report", "-", says=("--report", "standard output"))
        self.write("there.svg", b"keep")
        refused("--plot", "there.svg", says=("there.svg", "--force"))
        refused("--report", "there.svg", says=("there.svg", "--force"))
        self.fail_with(5, "sweep", "a.png", "--report", "nowhere/r.html", says=("nowhere",))

    def test_force_replaces_what_is_there(self):
        for name in ("p.svg", "r.html"):
            self.write(name, b"old")
        self.sweep("--force", "--plot", "p.svg", "--report", "r.html")
        self.assertGreater(len(self.read("p.svg")), 10000)
        self.assertEqual(len(self.page_data("r.html")["rows"]), 3)

    def test_a_failure_leaves_no_picture(self):
        self.write("bad.png", b"no image at all")
        self.fail_with(3, "sweep", "-q", "bad.png", "--plot", "p.svg", "--report", "r.html", says=("bad.png",))

    def test_without_cairo_plots_are_refused_in_words_and_reports_are_made(self):
        (self.folder / "moved").mkdir()
        tool = self.folder / "moved" / "vqi"
        shutil.copy2(TOOL, tool)
        result = self.vqi("sweep", "-q", "-k", "2", "a.png", "--plot", "p.svg", tool=tool)
        self.assertEqual((result.returncode, result.stdout), (5, b""))
        self.assertRegex(result.stderr, rb"\Avqi: [^\n]*plots need cairo[^\n]*\n\Z")
        self.assertFalse((self.folder / "p.svg").exists())
        result = self.vqi("sweep", "-q", "-k", "2", "a.png", "--report", "r.html", tool=tool)
        self.assertEqual((result.returncode, result.stderr), (0, b""))

    def test_every_command_of_a_report_makes_its_row(self):
        name = "it's `a` $b\n\u00fc.png"
        self.write(name, gradient_png(30, 20))
        self.sweep("--block", "1x1,3x2", "--seed", "5", "--report", "report.html", name=name)
        rows = self.page_data()["rows"]
        self.assertEqual(len(rows), 6)
        before = set(self.files())
        for row in rows:
            script = 'vqi() { "$VQI_TOOL" "$@"; }; ' + row["command"]
            subprocess.run(["bash", "-c", script], cwd=self.folder, check=True, capture_output=True, timeout=60,
                           env={"VQI_TOOL": TOOL})
        made = [len(data) for path, data in self.files().items() if path not in before]
        self.assertEqual(sorted(made), sorted(row["file_bytes"] for row in rows))

    def test_a_page_holds_names_of_any_bytes_as_text(self):
        name = b"<script>&\"'\xff\n.png"
        self.write(name, gradient_png(30, 20))
        self.succeed("sweep", "-q", name, "-k", "2", "--report", "report.html")
        self.assertEqual(self.page_data()["images"][0]["name"], "<script>&\"'\ufffd\\n.png")
        self.assertNotIn("<script>&", self.read("report.html").decode())
        self.succeed("sweep", "-q", "--gap", "--gap-max-k", "2", "--gap-references", "2", name,
                     "--report", "gap.html")
        self.assertIn("<h2>&lt;script&gt;&amp;\"'\ufffd\\n.png, blocks 1x1</h2>", self.read("gap.html").decode())

    def test_a_report_of_a_large_image_shows_its_middle_and_is_small(self):
        self.write("large.png", gradient_png(1400, 900))
        self.sweep("--report", "report.html", name="large.png")
        image = self.page_data()["images"][0]
        window = image["window"]
        self.assertLessEqual(window["width"] * window["height"], 2 ** 20)
        self.assertEqual(window["x"], (1400 - window["width"]) // 2)
        self.assertLess(len(self.read("report.html")), 24_000_000)

    def test_the_same_sweep_makes_the_same_files(self):
        for n in ("1", "2"):
            self.sweep("--threads", n, "--plot", f"{n}.svg", "--report", f"{n}.html")
        self.assertEqual(self.read("1.svg"), self.read("2.svg"))
        self.assertEqual(self.read("1.html"), self.read("2.html"))


if __name__ == "__main__":
    unittest.main()
