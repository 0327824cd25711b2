"""Dithering: what reports say of it, which pixels it leaves alone, and where it is refused."""
import json
import unittest

from cli_case import CliCase, png

METHODS = ("auto", "diffusion", "blue", "bayer")


def page_png():
    """A white page with a black frame, and in it a gradient of 256 greys with a tint."""
    def pixel(x, y):
        if 16 <= x < 272 and 16 <= y < 80:
            return (x - 16, x - 16, 255 - (x - 16) // 2)
        return (0, 0, 0) if x in (8, 280) or y in (8, 88) else (255, 255, 255)
    return png(288, 96, pixel)


class Dither(CliCase):
    def setUp(self):
        super().setUp()
        self.write("page.png", page_png())

    def report(self, *arguments):
        return json.loads(self.succeed("compress", "-f", "--json", "page.png", "-k", "8", *arguments))

    def test_every_method_lowers_the_error_of_the_blurred_image_and_raises_the_plain_one(self):
        plain = self.report()
        self.assertEqual(plain["dither"], "none")
        self.assertNotIn("dither_strength", plain)
        self.assertNotIn("mse_blurred", plain)
        without = self.report("--dither", "diffusion", "--dither-strength", "0")
        self.assertEqual(without["mse"], plain["mse"])
        for method in METHODS:
            found = self.report("--dither", method)
            self.assertEqual(found["dither"], method)
            self.assertEqual(found["dither_strength"], 0.8 if method in ("auto", "diffusion") else 0.5)
            self.assertLess(found["mse_blurred"], without["mse_blurred"] / 2)
            self.assertGreater(found["mse"], plain["mse"])

    def test_none_gives_the_bytes_of_no_option(self):
        self.succeed("compress", "page.png", "-q", "-o", "a.vqi")
        self.succeed("compress", "page.png", "-q", "--dither", "none", "-o", "b.vqi")
        self.assertEqual(self.read("a.vqi"), self.read("b.vqi"))

    def test_the_bytes_do_not_depend_on_threads(self):
        for method in METHODS:
            for threads in ("1", "2", "4"):
                self.succeed("compress", "-f", "page.png", "-q", "-k", "8", "--dither", method, "--threads", threads,
                             "-o", f"{threads}.vqi")
            self.assertEqual(self.read("1.vqi"), self.read("2.vqi"))
            self.assertEqual(self.read("1.vqi"), self.read("4.vqi"))

    def test_the_text_report_names_method_strength_and_the_blurred_error(self):
        text = self.succeed("compress", "page.png", "-k", "8", "--dither", "blue", "--dither-strength", "0.25").decode()
        self.assertRegex(text, r"dither +blue, strength 0\.25\n")
        self.assertRegex(text, r"blurred +MSE \d+\.\d+")

    def test_an_image_that_fits_into_k_stays_exact(self):
        self.write("flags.png", png(30, 30, lambda x, y: ((x // 10) * 100, (y // 10) * 90, 50)))
        for method in METHODS:
            found = json.loads(self.succeed("compress", "-f", "--json", "flags.png", "--dither", method))
            self.assertEqual((found["mse"], found["mse_blurred"]), (0, 0))

    def test_a_sweep_dithers_its_rows_as_compress_does(self):
        rows = json.loads(self.succeed("sweep", "page.png", "-k", "8,16", "--dither", "bayer", "--json"))["rows"]
        self.assertEqual([row["dither"] for row in rows], ["bayer", "bayer"])
        for row in rows:
            alone = json.loads(self.succeed("compress", "-f", "--json", "page.png", "-k", str(row["k_requested"]),
                                            "--dither", "bayer"))
            for key in ("file_bytes", "mse", "mse_blurred"):
                self.assertEqual(row[key], alone[key])

    def test_what_cannot_be_dithered_is_refused(self):
        for options, says in ((("--dither", "blue", "--block", "2x2"), ("dither", "blocks")),
                              (("--dither", "auto", "--method", "ecvq"), ("dither", "ecvq")),
                              (("--dither-strength", "0.5"), ("strength",)),
                              (("--dither", "none", "--dither-strength", "0.5"), ("strength",)),
                              (("--dither", "blue", "--dither-strength", "1.5"), ("--dither-strength", "1")),
                              (("--dither", "blue", "--lossless"), ("--dither", "--lossless")),
                              (("--dither", "fs"), ("--dither", "bayer"))):
            self.fail_with(2, "compress", "page.png", *options, says=says)


if __name__ == "__main__":
    unittest.main()
