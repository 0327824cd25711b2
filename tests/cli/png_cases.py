"""PNG files: damaged files are refused with exit code 3 and no crash, and written files pass pngcheck."""
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
    "a wrong checksum of IEND": header() + IDAT + chunk(b"IEND", b"", 1),
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
    "no IEND": header() + IDAT,
    "no PLTE": header(colour_type=3) + chunk(b"IDAT", INDICES) + IEND,
    "PLTE of no thirds": header(colour_type=3) + chunk(b"PLTE", bytes(7)) + chunk(b"IDAT", INDICES) + IEND,
    "an index outside the palette": header(colour_type=3) + chunk(b"PLTE", bytes(9)) + chunk(b"IDAT", INDICES) + IEND,
    "an unknown filter": header() + chunk(b"IDAT", zlib.compress((b"\x07" + bytes(12)) * 4)) + IEND,
    "too few rows": header() + chunk(b"IDAT", zlib.compress((b"\0" + bytes(12)) * 3)) + IEND,
    "pixels that do not inflate": header() + chunk(b"IDAT", b"\x78\x9c" + bytes(20)) + IEND,
    "an unknown critical chunk": header() + chunk(b"ABCD", b"data") + IDAT + IEND,
    "a chunk over 2^31 bytes": header() + struct.pack(">I", 2**31) + b"IDAT" + PIXELS,
}


class Png(CliCase):
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
        self.assertEqual((result.returncode, result.stdout + result.stderr), (0, b""), names)

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
