#!/usr/bin/env python3
"""vqi_bench palettes: with no other program installed, and with stand-ins for them whose results are known."""
import csv
import json
import os
import sys
import unittest

from cli_case import TOOL, CliCase, gradient_png, png

BENCH = os.environ.get("VQI_BENCH", "vqi_bench")

# Stand-ins, run by this Python. pngquant makes what vqi makes without a dither; zopflipng doubles the file by bytes
# after its end, which readers skip.
PNGQUANT = f"""
import subprocess, sys
k = next(word for word in sys.argv[1:] if word.isdigit() and word != "1")
out = sys.argv[sys.argv.index("--output") + 1]
subprocess.run([{TOOL!r}, "quantize", "-q", "-f", "-k", k, "--dither", "none", "-o", out, sys.argv[-1]], check=True)
"""
ZOPFLIPNG = """
import sys
data = open(sys.argv[-2], "rb").read()
open(sys.argv[-1], "wb").write(data + bytes(len(data)))
"""
SSIMULACRA2 = """
import sys
assert sys.argv[1] == "image" and open(sys.argv[2], "rb").read(4) == open(sys.argv[3], "rb").read(4)
print("Score: 42.50000000")
"""


class PalettesCase(CliCase):
    def stand_in(self, name, program):
        folder = self.folder / "programs"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(f"#!{sys.executable}\n{program}")
        (folder / name).chmod(0o755)

    def palettes(self, *arguments):
        """Runs the benchmark with the stand-ins alone; returns its rows, what it prints, and its messages."""
        result = self.vqi("palettes", "--csv", "rows.csv", *arguments, tool=BENCH,
                          env={"PATH": str(self.folder / "programs")})
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(self.folder / "rows.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file)), result.stdout.decode(), result.stderr.decode()

    def test_without_other_programs_rows_are_what_quantize_reports_and_the_absent_are_named(self):
        self.write("a.png", gradient_png())
        translucent = png(40, 30, lambda x, y: (x * 6, y * 8, 90, 255 - x * 5), channels=4)
        self.write("b.png", translucent)
        rows, _, messages = self.palettes("--images", "a.png", "b.png", "-k", "8", "--effort", "2")
        for name in ("pngquant", "magick", "pillow-mediancut", "ffmpeg", "gifski", "zopflipng", "ssimulacra2_rs"):
            self.assertIn(f"vqi_bench: {name} is not installed", messages)
        self.assertEqual([row["program"] for row in rows],
                         ["vqi 2", "vqi-ecvq 2", "vqi-ecvq-auto 2", "vqi-auto 2", "vqi-diffusion 2", "vqi-blue 2"] * 2)
        options = {"vqi 2": ("--dither", "none"), "vqi-ecvq 2": ("--method", "ecvq"), "vqi-auto 2": (),
                   "vqi-ecvq-auto 2": ("--method", "ecvq", "--dither", "auto"),
                   "vqi-diffusion 2": ("--dither", "diffusion"), "vqi-blue 2": ("--dither", "blue")}
        for row in rows:
            report = json.loads(self.succeed("quantize", "--json", "-f", "-k", "8", "--effort", "2",
                                             *options[row["program"]], row["image"], "-o", "out.png"))
            self.assertEqual(int(row["bytes"]), report["file_bytes"])
            self.assertAlmostEqual(float(row["PSNR"]), report["psnr_db"], delta=0.006)
            self.assertAlmostEqual(float(row["SSIM"]), report["ssim"], delta=0.00006)
            self.assertEqual(row["SSIMULACRA2"], "-")
            if "mse_blurred" in report:
                blurred = 65025 / 10 ** (float(row["blurred"]) / 10)
                self.assertAlmostEqual(blurred / report["mse_blurred"], 1, delta=0.002)

    def test_a_program_that_makes_the_same_in_twice_the_bytes_is_twice_as_large_at_equal_quality(self):
        self.write("a.png", gradient_png())
        self.stand_in("pngquant", PNGQUANT)
        self.stand_in("zopflipng", ZOPFLIPNG)
        self.stand_in("ssimulacra2_rs", SSIMULACRA2)
        rows, text, _ = self.palettes("--images", "a.png", "-k", "8,16,32", "--programs", "vqi,pngquant")
        for ours, theirs in zip(rows[::2], rows[1::2]):
            self.assertEqual((ours["program"], theirs["program"]), ("vqi 5", "pngquant"))
            self.assertEqual(2 * int(ours["bytes"]), int(theirs["bytes"]))
            for figure in ("PSNR", "blurred", "SSIM"):
                self.assertEqual(ours[figure], theirs[figure])
            self.assertEqual(ours["SSIMULACRA2"], "42.5")
            self.assertGreater(float(theirs["CPU"]), 0)
        summary = [cell.strip() for cell in text.splitlines()[-2].split("|")[1:-1]]
        self.assertEqual(summary, ["vqi 5", "pngquant", "-50.0 %", "-50.0 %", "-50.0 %", "-"])

    def test_programs_that_fail_write_nothing_or_shrink_are_named_and_left_out(self):
        self.write("a.png", gradient_png())
        small = str(self.write("small.png", gradient_png(9)))
        self.stand_in("pngquant", PNGQUANT.replace("sys.argv[-1]", repr(small)))
        self.stand_in("convert", "import sys\nsys.exit(3)")
        self.stand_in("ffmpeg", "")
        rows, _, messages = self.palettes("--images", "a.png", "-k", "8", "--programs", "vqi,pngquant,magick,ffmpeg")
        self.assertEqual([row["program"] for row in rows], ["vqi 5"])
        for name in ("pngquant", "magick", "ffmpeg"):
            self.assertIn(f"vqi_bench: {name} failed on a.png at K = 8\n", messages)

    def test_images_that_are_not_8_bit_colours_are_left_out(self):
        self.write("grey.png", png(20, 20, lambda x, y: (x * y % 256,), channels=1))
        rows, _, messages = self.palettes("--images", "grey.png", "--programs", "vqi")
        self.assertEqual(rows, [])
        self.assertIn("grey.png: not 8-bit RGB or RGBA, left out", messages)


if __name__ == "__main__":
    unittest.main()
