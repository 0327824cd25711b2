"""PNG files: damaged files are refused with exit code 3 and no crash, and written files pass pngcheck."""
import re
import shutil
import struct
import subprocess
import unittest
import zlib

from cli_case import CliCase, gradient_png, png

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data=b"", crc=None):
    return (struct.pack(">I", len(data)) + kind + data +
            struct.pack(">I", zlib.crc32(kind + data) if crc is None else crc))


def header(width=4, height=4, depth=8, colour_type=2, compression=0, filter_method=0, interlace=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour_type, compression, filter_method,
                                      interlace))


PIXELS = zlib.compress(b"\0".join([b""] + [bytes(range(12))] * 4))
INDICES = zlib.compress((b"\0" + bytes((0, 1, 2, 3))) * 4)
IDAT, IEND = chunk(b"IDAT", PIXELS), chunk(b"IEND")
PLTE = chunk(b"PLTE", bytes(range(12)))

DAMAGED = {
    "nothing but the signature": b"",
    "no IHDR": IDAT + IEND,
    "a wrong checksum of IHDR": chunk(b"IHDR", header()[8:-4], 1) + IDAT + IEND,
    "a wrong checksum of IDAT": header() + chunk(b"IDAT", PIXELS, 1) + IEND,
    "no width": header(width=0) + IDAT + IEND,
    "no height": header(height=0) + IDAT + IEND,
    "an unknown depth": header(depth=3) + IDAT + IEND,
    "a depth that the colour type has not": header(depth=4) + IDAT + IEND,
    "an unknown colour type": header(colour_type=5) + IDAT + IEND,
    "an unknown compression": header(compression=1) + IDAT + IEND,
    "an unknown filter method": header(filter_method=1) + IDAT + IEND,
    "an unknown interlacing": header(interlace=2) + IDAT + IEND,
    "IHDR twice": header() + header() + IDAT + IEND,
    "a short IHDR": chunk(b"IHDR", bytes(12)) + IDAT + IEND,
    "no IDAT": header() + IEND,
    "a wrong checksum of tRNS": header() + chunk(b"tRNS", bytes(6), 1) + IDAT + IEND,
    "no PLTE": header(colour_type=3) + chunk(b"IDAT", INDICES) + IEND,
    "PLTE of no thirds": header(colour_type=3) + chunk(b"PLTE", bytes(7)) + chunk(b"IDAT", INDICES) + IEND,
    "an index outside the palette": header(colour_type=3) + chunk(b"PLTE", bytes(9)) + chunk(b"IDAT", INDICES) + IEND,
    "an unknown filter": header() + chunk(b"IDAT", zlib.compress((b"\x07" + bytes(12)) * 4)) + IEND,
    "too few rows": header() + chunk(b"IDAT", zlib.compress((b"\0" + bytes(12)) * 3)) + IEND,
    "pixels that do not inflate": header() + chunk(b"IDAT", b"\x78\x9c" + bytes(20)) + IEND,
    "an unknown critical chunk": header() + chunk(b"ABCD", b"data") + IDAT + IEND,
    "a chunk over 2^31 bytes": header() + struct.pack(">I", 2**31) + b"IDAT" + PIXELS,
}


# Damage that cannot have changed a pixel, with a word of the warning.
HARMLESS = {
    "IEND": header() + IDAT + chunk(b"IEND", b"", 1),
    "IEND chunk": header() + IDAT,
    "tEXt": header() + chunk(b"tEXt", b"a\0b", 1) + IDAT + IEND,
    "gAMA": header() + chunk(b"gAMA", bytes(4), 1) + IDAT + IEND,
    "3 bytes follow": header() + IDAT + IEND + b"end",
    "more pixel data": header() + chunk(b"IDAT", PIXELS + b"surplus") + IEND,
    "more pixel data than": header() + chunk(b"IDAT", zlib.compress((b"\0" + bytes(12)) * 5)) + IEND,
    "more pixel data than its rows take": header() + chunk(b"IDAT", zlib.compress((b"\0" + bytes(12)) * 900)) + IEND,
}


class Png(CliCase):
    def test_damage_that_changed_no_pixel_is_a_warning(self):
        for words, rest in HARMLESS.items():
            with self.subTest(words):
                self.write("a.png", SIGNATURE + rest)
                result = self.vqi("compress", "-f", "a.png")
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertRegex(result.stderr, rb"\Avqi: a.png: warning: [^\n]*" + words.encode() + rb"[^\n]*\n\Z")

    def test_an_orientation_turns_the_picture(self):
        exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
        image = png(3, 1, lambda x, y: (x * 100, 7, 9))
        self.write("a.png", image[:33] + chunk(b"eXIf", exif) + image[33:])
        self.write("upright.png", png(1, 3, lambda x, y: (y * 100, 7, 9)))
        self.succeed("compress", "-q", "a.png")
        self.succeed("decompress", "-q", "a.vqi")
        self.succeed("compare", "-q", "a.decoded.png", "upright.png")

    def test_cicp_comes_back(self):
        image, cicp = gradient_png(8, 8), chunk(b"cICP", bytes((9, 16, 0, 1)))
        self.write("a.png", image[:33] + cicp + image[33:])
        self.succeed("compress", "-q", "a.png")
        for options in ((), ("--indexed",)):
            self.succeed("decompress", "-q", "-f", *options, "a.vqi")
            self.assertIn(cicp, self.read("a.decoded.png"))

    def test_a_png_has_the_depth_of_its_source_or_a_palette(self):
        for depth in (1, 2, 4):
            rows = b"".join(b"\0" + bytes((i * 37 + y) % 256 for i in range(2 * depth)) for y in range(8))
            self.write("a.png", SIGNATURE + header(16, 8, depth, 0) + chunk(b"IDAT", zlib.compress(rows)) + IEND)
            self.succeed("compress", "-q", "-f", "a.png")
            self.succeed("decompress", "-q", "-f", "a.vqi")
            self.assertEqual(self.read("a.decoded.png")[24:26], bytes((depth, 0)))
            self.succeed("compare", "-q", "a.png", "a.decoded.png")
        for channels in (3, 4):
            pixels = png(64, 64, lambda x, y: (x // 16 * 60, y // 16 * 60, 9, 255 - x // 32 * 100)[:channels], channels)
            self.write("a.png", pixels)
            self.succeed("compress", "-q", "-f", "a.png")
            self.succeed("decompress", "-q", "-f", "a.vqi")
            self.assertEqual(self.read("a.decoded.png")[24:26], bytes((4, 3)))
            self.succeed("compare", "-q", "a.png", "a.decoded.png")
            self.pngcheck("a.decoded.png")

    def test_what_damaged_files_are_made_of_is_sound(self):
        self.write("rgb.png", SIGNATURE + header() + IDAT + IEND)
        self.write("palette.png", SIGNATURE + header(colour_type=3) + PLTE + chunk(b"IDAT", INDICES) + IEND)
        self.succeed("compress", "-q", "rgb.png", "palette.png")

    def test_every_kind_of_damage_is_refused(self):
        for what, rest in DAMAGED.items():
            with self.subTest(what):
                self.write("a.png", SIGNATURE + rest)
                self.fail_with(3, "compress", "a.png", says=("vqi: a.png: PNG ",))

    def test_huge_sizes_pass_a_limit_before_they_take_memory(self):
        for width, height in ((2**32 - 1, 4), (2**31 - 1, 2**31 - 1), (2**31 - 1, 1), (2**20, 2**20)):
            self.write("a.png", SIGNATURE + header(width, height) + IDAT + IEND)
            self.fail_with(4, "compress", "a.png", says=("--max-pixels",))

    def pngcheck(self, *names):
        if shutil.which("pngcheck") is None:
            self.skipTest("pngcheck is not installed")
        result = subprocess.run(["pngcheck", "-q", *names], cwd=self.folder, capture_output=True, check=False)
        # That of Debian 13 was compiled with an older zlib, and says so.
        said = re.sub(rb"^zlib warning: +different version [^\n]*\n\n?", b"", result.stdout + result.stderr)
        self.assertEqual((result.returncode, said), (0, b""), names)

    def test_images_that_are_written_pass_pngcheck(self):
        for channels in (1, 2, 3, 4):
            self.write("a.png", png(21, 9, lambda x, y, n=channels: ((x * 11, y * 20, x * y, 255 - x))[:n], channels))
            self.succeed("compress", "-q", "-f", "-k", "50", "a.png")
            self.succeed("decompress", "-q", "-f", "a.vqi")
            self.pngcheck("a.decoded.png")

    def test_palette_images_that_are_written_pass_pngcheck(self):
        for channels in (1, 2, 3, 4):
            self.write("a.png",
                       png(21, 19, lambda x, y, n=channels: ((x * 11, y * 13, x * y % 256, 255 - x))[:n], channels))
            for k in (1, 2, 3, 4, 5, 16, 17, 200, 256):
                self.succeed("compress", "-q", "-f", "-k", str(k), "a.png")
                self.succeed("decompress", "-q", "-f", "--indexed", "a.vqi")
                self.pngcheck("a.decoded.png")
                self.succeed("decompress", "-q", "-f", "a.vqi", "-o", "plain.png")
                if channels > 2:
                    self.succeed("compare", "-q", "a.decoded.png", "plain.png")

    def test_colour_chunks_that_are_carried_through_pass_pngcheck(self):
        image = gradient_png(8, 8)
        chunks = chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1))
        self.write("a.png", image[:33] + chunks + image[33:])
        self.succeed("compress", "-q", "a.png")
        for options in ((), ("--indexed",)):
            self.succeed("decompress", "-q", "-f", *options, "a.vqi")
            self.assertIn(b"gAMA", self.read("a.decoded.png"))
            self.pngcheck("a.decoded.png")


if __name__ == "__main__":
    unittest.main()
