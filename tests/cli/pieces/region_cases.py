"""vqi decompress --region: the part of the image, what is read of the file, and what it does not go with."""
import json
import random
import unittest

from cli_case import CliCase, png


class Region(CliCase):
    @classmethod
    def setUpClass(cls):
        source = random.Random(1)
        rows = [source.randbytes(600) for _ in range(500)]
        cls.pixels = png(600, 500, lambda x, y: (rows[y][x] & 0xF0,), channels=1)

    def setUp(self):
        super().setUp()
        self.write("a.png", self.pixels)
        self.succeed("compress", "-q", "-k", "16", "--coding", "packed", "a.png")  # 5 strips of 33,000 bytes

    def same(self, first, second):
        return self.vqi("compare", "-q", first, second).returncode == 0

    def test_a_region_is_that_part_of_the_image_and_has_a_name_of_its_own(self):
        self.succeed("decompress", "-q", "a.vqi", "--region", "100,200,30,20")
        reference = png(30, 20, lambda x, y: (self.sample(100 + x, 200 + y),), channels=1)
        self.write("part.png", reference)
        self.assertTrue(self.same("a.region.png", "part.png"))
        self.succeed("decompress", "-q", "a.vqi", "--region", "0,0,600,500", "-o", "whole.pgm")
        self.assertTrue(self.same("whole.pgm", "a.png"))

    def sample(self, x, y):
        source = random.Random(1)
        rows = [source.randbytes(600) for _ in range(y + 1)]
        return rows[y][x] & 0xF0

    def test_reports_tell_the_region_and_the_bytes_that_were_read(self):
        report = json.loads(self.succeed("decompress", "--json", "a.vqi", "--region", "100,200,30,20"))
        size = len(self.read("a.vqi"))
        self.assertEqual((report["region"], report["width"], report["file_bytes"]), ([100, 200, 30, 20], 600, size))
        self.assertEqual(report["reads"], 3)
        self.assertLess(report["bytes_read"], 32768 + 2 * 33000)
        self.assertIn(b"the region 30x20 at 100,200", self.succeed("decompress", "-f", "a.vqi", "--region",
                                                                   "100,200,30,20"))

    def test_a_pipe_is_read_as_a_whole(self):
        self.succeed("decompress", "-q", "a.vqi", "--region", "9,8,7,6", "-o", "b.png")
        piped = self.succeed("decompress", "-q", "-", "--region", "9,8,7,6", "-o", "-", stdin=self.read("a.vqi"))
        self.assertEqual(piped, self.read("b.png"))

    def test_damage_outside_of_the_region_does_not_matter_and_inside_it_does(self):
        damaged = bytearray(self.read("a.vqi"))
        damaged[len(damaged) - 1000] ^= 1
        self.write("d.vqi", damaged)
        self.succeed("decompress", "-q", "d.vqi", "--region", "0,0,9,9")
        self.fail_with(3, "decompress", "d.vqi", "--region", "0,490,9,9", "-o", "e.png", says=("checksum",))

    def test_a_region_outside_of_the_image_and_what_it_does_not_go_with_are_refused(self):
        self.fail_with(2, "decompress", "a.vqi", "--region", "599,0,2,1", says=("not inside the image of 600x500",))
        for wrong in ("1,2,3", "1,2,3,4,5", "1,2,0,4", "1,2,3,0", "a,2,3,4", "-1,2,3,4", "1, 2,3,4", "", "1,2,3,4x",
                      "99999999999,2,3,4"):
            self.fail_with(2, "decompress", "a.vqi", f"--region={wrong}", says=("--region",))
        for options in (("--indexed",), ("--to", "c"), ("-o", "a.csv"), ("--reference", "a.png"), ("--salvage",),
                        ("--thumbnail", "9")):
            self.fail_with(2, "decompress", "a.vqi", "--region", "0,0,9,9", *options, says=("--region",))
        self.fail_with(3, "decompress", "a.png", "--region", "0,0,9,9", "-o", "b.png", says=("is a PNG image",))
        self.fail_with(4, "decompress", "a.vqi", "--region", "0,0,9,9", "--max-pixels", "1000", says=("limit",))

    def test_a_detached_file_takes_its_codebook(self):
        self.succeed("train", "-q", "-k", "16", "a.png", "-o", "b.vqb")
        self.succeed("compress", "-q", "--codebook", "b.vqb", "--detach", "a.png", "-o", "d.vqi")
        self.succeed("decompress", "-q", "d.vqi", "--codebook", "b.vqb", "--region", "5,6,7,8")
        self.fail_with(2, "decompress", "d.vqi", "--region", "5,6,7,8", "-o", "e.png", says=("--codebook",))
        self.fail_with(2, "decompress", "a.vqi", "--codebook", "b.vqb", "--region", "5,6,7,8", says=("--codebook",))


if __name__ == "__main__":
    unittest.main()
