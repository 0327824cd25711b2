"""vqi compress on pictures above the memory limit: the same bytes row by row, and what is not done so."""
import json
import random
import unittest
import zlib

from cli_case import CliCase
from large_files import HEIGHT, WIDTH, grey_rows, png, tiff


def interleaved(*channels):
    """Rows of pixels from rows of samples of 8 bits."""
    result = []
    for rows in zip(*channels):
        pixels = bytearray(len(rows) * len(rows[0]))
        for k, row in enumerate(rows):
            pixels[k::len(rows)] = row
        result.append(bytes(pixels))
    return result


def bits_of(rows):
    """Rows of bytes 0 and 1, packed into bits."""
    return [int(row.translate(b"01" + bytes(254)), 2).to_bytes(len(row) // 8, "big") for row in rows]


def strips(rows, count, compress=bytes):
    return [compress(b"".join(rows[i:i + count])) for i in range(0, len(rows), count)]


def tiles(rows, side, compress=zlib.compress):
    """Tiles of grey pixels."""
    width = len(rows[0]) + -len(rows[0]) % side
    rows = [row.ljust(width, b"\0") for row in rows] + [bytes(width)] * (-len(rows) % side)
    return [compress(b"".join(row[x:x + side] for row in rows[y:y + side]))
            for y in range(0, len(rows), side) for x in range(0, width, side)]


class RowsCase(CliCase):
    # 1.8 MB of file, the same of pixels, twice that of indices; row by row a megabyte of rows, and strips
    LITTLE = ("--coding", "packed", "--threads", "2", "--max-memory")

    def both(self, name, data, *options, memory="7M"):
        """Compresses with and without enough memory; returns the report of the latter."""
        self.write(name, data)
        self.succeed("compress", "-q", "-f", "--coding", "packed", name, "-o", "whole.vqi", *options)
        result = self.vqi("compress", "-f", "--json", name, "-o", "rows.vqi", *self.LITTLE, memory, *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(b"row by row", result.stderr, name)
        report = json.loads(result.stdout)
        self.assertEqual(self.read("rows.vqi"), self.read("whole.vqi"))
        (self.folder / "rows.vqi").unlink()
        (self.folder / "whole.vqi").unlink()
        return report


class Larger(RowsCase):
    @classmethod
    def setUpClass(cls):
        noise = random.Random(1).randbytes(1500 * 1200)
        cls.grey = bytes((x // 8 + (y // 16) * 3 + (noise[y * 1500 + x] & 15)) & 255
                         for y in range(1200) for x in range(1500))
        cls.pgm = b"P5\n# a comment\n1500 1200\n255\n" + cls.grey

    def test_the_bytes_are_those_of_the_whole_image_and_the_report_says_how_they_were_made(self):
        for options in ((), ("-k", "16"), ("-k", "11"), ("--lossless",), ("--effort", "1", "--seeding", "kmeans++")):
            with self.subTest(options=options):
                report = self.both("a.pgm", self.pgm, *options)
                self.assertIsNone(report["ssim"])
                self.assertTrue(any("row by row" in warning for warning in report["warnings"]))
                self.assertEqual((report["width"], report["input_bytes"]), (1500, len(self.pgm)))

    def test_sixteen_bits_and_pam_are_read_row_by_row_too(self):
        deep = b"".join(bytes((value >> 2, value & 0xC0)) for value in self.grey[:1500 * 800])
        report = self.both("a.pgm", b"P5 1500 800 65535\n" + deep, "-k", "16")
        self.assertEqual(report["bit_depth"], 16)
        head = b"P7\nWIDTH 750\nHEIGHT 2400\nDEPTH 2\nMAXVAL 255\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n"
        self.assertEqual(self.both("a.pam", head + self.grey * 2, "-k", "8", memory="8M")["channels"], 2)

    def test_what_needs_the_whole_image_is_refused_as_before(self):
        self.write("a.pgm", self.pgm)
        little = ("--max-memory", "4M")
        for options in (("--psnr", "30"), ("--method", "ecvq"), ("--dither", "bayer"), ("--verify",)):
            self.fail_with(4, "compress", "a.pgm", *little, *options, says=("memory",))
        self.write("cut.pgm", self.pgm[:-1])
        self.fail_with(4, "compress", "cut.pgm", "--max-memory", "1M", says=("memory",))
        self.fail_with(4, "compress", "a.pgm", "--max-memory", "100k", says=("memory",))
        self.fail_with(4, "compress", "a.pgm", *little, "--max-pixels", "1000", says=("--max-pixels",))


class LargerFormats(RowsCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = grey_rows()
        cls.few = grey_rows(levels=16)  # so that few vectors of 24 bits and more are distinct

    def test_every_kind_of_png_is_read_row_by_row(self):
        rows, few = self.rows, self.few
        other = [row[::-1] for row in few]
        colours = bytes(range(256)) * 3
        cases = {
            "grey": (rows, 0, 8, [(b"gAMA", bytes((0, 0, 177, 143))), (b"tEXt", b"a\0b")], (), "7M"),
            "bits": (bits_of([row.translate(bytes([0, 1]) * 128)[:1496] for row in rows]), 0, 1, [], (), "7M"),
            "deep": (interleaved(few, rows), 0, 16, [], (), "9M"),
            "palette": (rows, 3, 8, [(b"PLTE", colours), (b"tRNS", bytes(range(200)))], (), "12M"),
            "rgb": (interleaved(few, other, few), 2, 8, [], ("--block", "2x1"), "9M"),
            "rgba": (interleaved(few, few, few, few), 6, 8, [], (), "12M"),
        }
        for name, (data, colour_type, depth, before, options, memory) in cases.items():
            with self.subTest(name=name):
                width = 1496 if name == "bits" else WIDTH
                report = self.both(name + ".png", png(data, width, colour_type, depth, before), "-k", "8", "--effort",
                                   "1", *options, memory=memory)
                self.assertEqual((report["width"], report["height"]), (width, HEIGHT))
                self.assertEqual(report["dropped"], ["text"] if name == "grey" else [])

    def test_strips_and_tiles_of_tiff_are_read_row_by_row(self):
        rows, few = self.rows, self.few
        grey = {258: [8], 259: [1], 262: [1], 277: [1], 278: [HEIGHT]}
        planes = [b"".join(few), b"".join(row[::-1] for row in few), b"".join(few)]
        cases = {
            "one strip": (strips(rows, HEIGHT), grey, "<", (), "7M"),
            "deflate": (strips(rows, 100, zlib.compress), {**grey, 259: [8], 278: [100]}, "<", (), "7M"),
            "tiles": (tiles(rows, 256), {**grey, 259: [8], 322: [256], 323: [256]}, "<", (), "7M"),
            "deep": (strips(interleaved(few, rows), 50), {**grey, 258: [16], 278: [50]}, ">", (), "9M"),
            "planes": (planes, {**grey, 258: [8] * 3, 262: [2], 277: [3], 284: [2]}, ">", ("--block", "2x1"), "10M"),
        }
        for name, (segments, fields, order, options, memory) in cases.items():
            with self.subTest(name=name):
                data = tiff(segments, WIDTH, HEIGHT, fields, order)
                self.both(name + ".tif", data, "-k", "8", "--effort", "1", *options, memory=memory)

    def test_damage_is_found_row_by_row_and_leaves_no_output(self):
        picture = png(self.rows, WIDTH, 0)
        tif = tiff(strips(self.rows, 100, zlib.compress), WIDTH, HEIGHT,
                   {258: [8], 259: [8], 262: [1], 277: [1], 278: [100]})
        for name, data in (("a.png", picture), ("a.tif", tif)):
            middle = bytearray(data)
            middle[len(data) // 2] ^= 4
            for damaged in (bytes(middle), data[:len(data) // 2]):
                with self.subTest(name=name, size=len(damaged)):
                    self.write(name, damaged)
                    whole = self.fail_with(3, "compress", name, "-o", "a.vqi")
                    rows = self.fail_with(3, "compress", name, "-o", "a.vqi", *self.LITTLE, "7M",
                                          says=("get a fresh copy",))
                    self.assertEqual(rows.split(b", get")[0], whole.split(b", get")[0])
        self.write("a.png", picture[:-4])
        little = ("compress", "a.png", "-o", "a.vqi", "-q", *self.LITTLE, "7M")
        self.fail_with(3, *little, "--strict", says=("IEND",))
        self.assertEqual(self.vqi(*little).returncode, 0)

    def test_what_has_no_rows_to_be_read_alone_says_why_it_does_not_fit(self):
        header = {258: [8], 259: [1], 262: [1], 277: [1], 278: [HEIGHT]}
        packed = zlib.compress(b"".join(self.rows))
        for name, data, reason in (
                ("a.png", png(self.rows, WIDTH, 0, interlace=1), "interlaced"),
                ("a.tif", tiff(strips(self.rows, HEIGHT), WIDTH, HEIGHT, {**header, 274: [6]}), "orientation"),
                ("b.tif", tiff([packed], WIDTH, HEIGHT, {**header, 259: [8]}), "strips of 1800 rows")):
            self.write(name, data)
            self.fail_with(4, "compress", name, *self.LITTLE, "2M", says=("memory", "row by row", reason))
        self.write("a.png", png(self.rows, WIDTH, 0))
        for option in ("--verify", "--dither=bayer", "--method=ecvq", "--psnr=30"):
            self.fail_with(4, "compress", "a.png", "--max-memory", "3M", option,
                           says=("memory", "row by row", "needs the whole image"))
        picture = self.read("a.png")
        self.fail_with(4, "compress", "-", "-o", "a.vqi", "--max-memory", "2M", stdin=picture, says=("only files",))


if __name__ == "__main__":
    unittest.main()
