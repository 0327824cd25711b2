"""Debian's programs on libimagequant.so.0 by vqi: pngquant, Pillow and vips open what they make, and err less.

VQI_TOOL is the tool, IMAGEQUANT the folder of the library, SAMPLES the folder of sample images. What is not installed
is skipped, and so is the comparison where the original library is missing.
"""
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

TOOL = os.environ["VQI_TOOL"]
IMAGEQUANT = os.environ["IMAGEQUANT"]
SAMPLES = pathlib.Path(os.environ["SAMPLES"])
PICTURES = ["landscape.png", "interface.png", "sprite.png"]
SYSTEM_PYTHON = "/usr/bin/python3"
PILLOW = """
import sys
from PIL import Image, features
assert features.check_feature("libimagequant")
image = Image.open(sys.argv[1]).convert("RGBA")
image.quantize(int(sys.argv[3]), method=Image.Quantize.LIBIMAGEQUANT).save(sys.argv[2])
"""


def run(command, ours):
    environment = dict(os.environ)
    if ours:
        environment["LD_LIBRARY_PATH"] = IMAGEQUANT
    return subprocess.run([str(word) for word in command], env=environment, capture_output=True, text=True)


def loads_ours(command):
    """Whether the program really takes the library from IMAGEQUANT: the loader says what it opens."""
    environment = dict(os.environ, LD_LIBRARY_PATH=IMAGEQUANT, LD_DEBUG="files")
    told = subprocess.run([str(word) for word in command], env=environment, capture_output=True, text=True).stderr
    return f"{IMAGEQUANT}/libimagequant.so.0" in told


def has_pillow():
    code = "from PIL import features; raise SystemExit(not features.check_feature('libimagequant'))"
    return subprocess.run([SYSTEM_PYTHON, "-c", code], capture_output=True).returncode == 0


def small_png():
    """48 x 32 pixels of RGBA, some of them transparent: valgrind is slow."""
    rows = b"".join(b"\0" + b"".join(bytes([x * 5, y * 7, x * y % 256, 255 if x < 36 else y % 4 * 80])
                                     for x in range(48)) for y in range(32))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", 48, 32, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")])


def mse(reference, other):
    report = subprocess.run([TOOL, "compare", "--json", reference, other], capture_output=True, text=True).stdout
    return json.loads(report)["mse"]


class Programs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def picture(self, name):
        return SAMPLES / name

    def compare(self, make, colours):
        """make(input, output, colours) gives a command; its output errs less on our library than on the original."""
        for name in PICTURES:
            source = self.picture(name)
            with self.subTest(picture=name, colours=colours):
                errors = {}
                for ours in (True, False):
                    output = self.folder / f"{name}-{colours}-{ours}.png"
                    done = run(make(source, output, colours), ours)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    errors[ours] = mse(source, output)
                # Fewer colours than asked for are kept exactly by both.
                self.assertTrue(errors[True] < errors[False] or errors[True] == 0, errors)

    @unittest.skipUnless(shutil.which("pngquant"), "pngquant is not installed")
    def test_pngquant_errs_less_at_equal_colours_without_dithering(self):
        def make(source, output, colours):
            return ["pngquant", "--nofs", colours, "-f", "-o", output, source]
        self.assertTrue(loads_ours(make(self.picture(PICTURES[0]), self.folder / "x.png", 4)))
        self.compare(make, 16)
        self.compare(make, 64)

    @unittest.skipUnless(shutil.which("pngquant"), "pngquant is not installed")
    def test_pngquant_takes_its_options(self):
        source, output = self.picture("landscape.png"), self.folder / "out.png"
        for options in (["--speed", "1", "32"], ["--speed", "10", "32"], ["--speed", "11", "8"], ["--posterize", "4"],
                        ["--quality", "20-70"], ["--floyd=0.5", "32"], ["-v", "32"], ["--strip", "200"]):
            with self.subTest(options=options):
                done = run(["pngquant", *options, "-f", "-o", output, source], True)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertLess(mse(source, output), 600)

    @unittest.skipUnless(shutil.which("pngquant"), "pngquant is not installed")
    def test_pngquant_keeps_no_file_below_the_least_quality(self):
        output = self.folder / "out.png"
        done = run(["pngquant", "--quality", "95-100", "4", "-f", "-o", output, self.picture("landscape.png")], True)
        self.assertEqual(done.returncode, 99, done.stderr)
        self.assertFalse(output.exists())

    @unittest.skipUnless(has_pillow(), "Pillow with libimagequant is not installed")
    def test_pillow_errs_less_at_equal_colours(self):
        def make(source, output, colours):
            return [SYSTEM_PYTHON, "-c", PILLOW, source, output, colours]
        self.assertTrue(loads_ours(make(self.picture(PICTURES[0]), self.folder / "x.png", 4)))
        self.compare(make, 32)

    @unittest.skipUnless(shutil.which("vips"), "vips is not installed")
    def test_vips_errs_less_at_equal_colours_without_dithering(self):
        def make(source, output, bits):
            return ["vips", "pngsave", source, output, "--palette", "--bitdepth", bits, "--dither", "0", "--Q", "100"]
        self.assertTrue(loads_ours(make(self.picture(PICTURES[0]), self.folder / "x.png", 4)))
        self.compare(make, 4)

    @unittest.skipUnless(shutil.which("valgrind") and shutil.which("pngquant"), "valgrind or pngquant is missing")
    def test_valgrind_finds_nothing_under_pngquant(self):
        source = self.folder / "small.png"
        source.write_bytes(small_png())
        done = run(["valgrind", "--quiet", "--leak-check=full", "--show-leak-kinds=definite",
                    "--errors-for-leak-kinds=definite", "--error-exitcode=9", "pngquant", "--quality", "0-40", "64",
                    "-f", "-o", self.folder / "out.png", source], True)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
