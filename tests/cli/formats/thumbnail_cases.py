"""vqi decompress --thumbnail: sizes, names and formats of what is written, and what it does not go with."""
import json
import struct
import unittest

from cli_case import CliCase, gradient_png, png


class Thumbnail(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png(96, 64))
        self.succeed("compress", "-q", "-k", "16", "a.png")

    def size(self, name):
        return struct.unpack(">II", self.read(name)[16:24])

    def test_the_longest_side_is_what_was_asked_for_and_no_image_grows(self):
        self.succeed("decompress", "-q", "a.vqi", "--thumbnail", "24")
        self.assertEqual(self.size("a.thumbnail.png"), (24, 16))
        self.succeed("decompress", "-q", "a.vqi", "--thumbnail", "1", "-o", "dot.png")
        self.assertEqual(self.size("dot.png"), (1, 1))
        self.succeed("decompress", "-q", "a.vqi", "--thumbnail", "1000", "-o", "same.png")
        self.succeed("decompress", "-q", "a.vqi")
        self.assertEqual(self.vqi("compare", "-q", "same.png", "a.decoded.png").returncode, 0)

    def test_pixels_are_means_of_those_that_they_cover(self):
        self.write("b.png", png(4, 2, lambda x, y: (x * 20, y * 10, 100)))
        self.succeed("compress", "-q", "--lossless", "b.png")
        self.succeed("decompress", "-q", "b.vqi", "--thumbnail", "2")
        self.write("means.png", png(2, 1, lambda x, y: (10 + x * 40, 5, 100)))
        self.assertEqual(self.vqi("compare", "-q", "means.png", "b.thumbnail.png").returncode, 0)

    def test_reports_tell_its_size(self):
        self.assertIn(b"a thumbnail of 24x16", self.succeed("decompress", "a.vqi", "--thumbnail", "24"))
        result = json.loads(self.succeed("decompress", "-f", "--json", "a.vqi", "--thumbnail", "24"))
        self.assertEqual((result["thumbnail"], result["width"], result["height"]), ([24, 16], 96, 64))

    def test_a_name_without_an_extension_gets_a_png_and_one_with_an_extension_its_format(self):
        self.succeed("decompress", "-q", "a.vqi", "--thumbnail", "24", "-o", "thumb")
        self.assertEqual(self.size("thumb"), (24, 16))
        self.succeed("decompress", "-q", "a.vqi", "--thumbnail", "24", "-o", "thumb.ppm")
        self.assertTrue(self.read("thumb.ppm").startswith(b"P6\n24 16\n"))
        self.assertEqual(self.succeed("decompress", "a.vqi", "--thumbnail", "24", "-o", "-"), self.read("thumb"))

    def test_what_is_left_of_a_damaged_file_has_a_thumbnail_too(self):
        self.write("cut.vqi", self.read("a.vqi")[:-60])
        self.fail_with(3, "decompress", "cut.vqi", "--thumbnail", "24")
        self.assertEqual(self.vqi("decompress", "cut.vqi", "--salvage", "--thumbnail", "24").returncode, 3)
        self.assertEqual(self.size("cut.thumbnail.png"), (24, 16))

    def test_options_that_do_not_apply_are_refused(self):
        for options in (("--indexed",), ("--to", "c"), ("-o", "a.csv"), ("--reference", "a.png")):
            self.fail_with(2, "decompress", "a.vqi", "--thumbnail", "24", *options, says=("--thumbnail",))
        for wrong in ("0", "65536", "x"):
            self.fail_with(2, "decompress", "a.vqi", "--thumbnail", wrong, says=("--thumbnail",))


if __name__ == "__main__":
    unittest.main()
