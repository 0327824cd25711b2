"""vqi compress on pictures above the memory limit: the same bytes row by row, and what is not done so."""
import json
import random
import unittest

from cli_case import CliCase


class Larger(CliCase):
    @classmethod
    def setUpClass(cls):
        noise = random.Random(1).randbytes(1500 * 1200)
        cls.grey = bytes((x // 8 + (y // 16) * 3 + (noise[y * 1500 + x] & 15)) & 255
                         for y in range(1200) for x in range(1500))
        cls.pgm = b"P5\n# a comment\n1500 1200\n255\n" + cls.grey

    # 1.8 MB of file, the same of pixels, twice that of indices; row by row a megabyte of rows, and strips
    LITTLE = ("--coding", "packed", "--threads", "2", "--max-memory")

    def both(self, name, data, *options, memory="7M"):
        """Compresses with and without enough memory; returns the report of the latter."""
        self.write(name, data)
        self.succeed("compress", "-q", "-f", "--coding", "packed", name, "-o", "whole.vqi", *options)
        result = self.vqi("compress", "-f", "--json", name, "-o", "rows.vqi", *self.LITTLE, memory, *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(b"row by row", result.stderr)
        report = json.loads(result.stdout)
        self.assertEqual(self.read("rows.vqi"), self.read("whole.vqi"))
        (self.folder / "rows.vqi").unlink()
        (self.folder / "whole.vqi").unlink()
        return report

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


if __name__ == "__main__":
    unittest.main()
