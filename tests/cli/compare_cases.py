"""vqi compare: its figures against plain loops, and its exit codes."""
import json
import math
import unittest

from cli_case import CliCase, png


def first(x, y):
    return (x * 8 % 256, y * 8 % 256, (x + y) * 4 % 256)


def second(x, y):
    red, green, blue = first(x, y)
    return (red ^ 3, green, (blue + (x if y == 7 else 0)) % 256)


class Compare(CliCase):
    def setUp(self):
        super().setUp()
        self.write("first.png", png(24, 20, first))
        self.write("second.png", png(24, 20, second))

    def test_the_exit_code_tells_equal_from_different(self):
        self.succeed("compare", "-q", "first.png", "first.png")
        self.assertEqual(self.vqi("compare", "-q", "first.png", "second.png").returncode, 1)

    def test_figures_are_those_of_a_plain_loop(self):
        report = json.loads(self.vqi("compare", "--json", "first.png", "second.png").stdout)
        differences = [a - b for y in range(20) for x in range(24) for a, b in zip(first(x, y), second(x, y))]
        mse = sum(difference ** 2 for difference in differences) / len(differences)
        self.assertTrue(math.isclose(report["mse"], mse, rel_tol=1e-12))
        self.assertTrue(math.isclose(report["psnr_db"], 10 * math.log10(255 ** 2 / mse), rel_tol=1e-12))
        self.assertEqual(report["max_error"], max(map(abs, differences)))

    def test_sizes_that_differ_exit_2_and_tell_both(self):
        self.write("small.png", png(23, 20, first))
        self.fail_with(2, "compare", "first.png", "small.png", says=("vqi: small.png: ", "24x20", "23x20"))

    def test_types_that_differ_are_compared_in_the_one_that_holds_both(self):
        self.write("grey.png", png(24, 20, lambda x, y: (x * 9,), channels=1))
        self.write("grey_rgb.png", png(24, 20, lambda x, y: (x * 9,) * 3))
        self.write("grey16.png", png(24, 20, lambda x, y: (x * 9 * 257,), channels=1, depth=16))
        self.write("opaque.png", png(24, 20, lambda x, y: (x * 9,) * 3 + (255,), channels=4))
        self.write("other.png", png(24, 20, lambda x, y: (x * 9, x * 9, x * 9 + (x == 3), 255), channels=4))
        same = ("grey.png", "grey_rgb.png", "grey16.png", "opaque.png")
        for reference in same:
            for other in same:
                self.assertIn("identical   yes", self.succeed("compare", reference, other).decode())
        report = json.loads(self.vqi("compare", "--json", "grey.png", "other.png").stdout)
        self.assertEqual((report["identical"], report["max_error"], report["mse"]), (False, 1, 20 / (24 * 20 * 4)))
        self.assertEqual(json.loads(self.vqi("compare", "--json", "grey16.png", "other.png").stdout)["max_error"], 257)

    def test_a_grey_image_is_that_of_its_own_palette_png(self):
        self.write("grey.png", png(24, 20, lambda x, y: (x * 9,), channels=1))
        self.succeed("compress", "grey.png")
        self.succeed("decompress", "grey.vqi", "--indexed", "-o", "indexed.png", "--reference", "grey.png")
        self.succeed("compare", "grey.png", "indexed.png")

    def test_hidden_colours_are_told_apart_from_colours_that_are_seen(self):
        def sprite(hidden, seen=9):
            return png(16, 16, lambda x, y: (hidden, x, y, 0) if x < 8 else (seen, x, y, 100 + x), channels=4)
        self.write("a.png", sprite(10))
        self.write("hidden.png", sprite(250))
        self.write("seen.png", sprite(10, seen=90))
        told = self.vqi("compare", "--json", "a.png", "hidden.png")
        report = json.loads(told.stdout)
        self.assertEqual(told.returncode, 1)
        self.assertEqual([report[key] for key in ("mse", "psnr_db", "ssim", "max_error", "identical")],
                         [0, None, 1, 240, False])
        self.assertEqual(report["mse_straight"], 240 ** 2 * 8 * 16 / (16 * 16 * 4))
        self.assertTrue(report["hidden_colours_differ"])
        text = self.vqi("compare", "a.png", "hidden.png").stdout.decode()
        self.assertIn("\n  identical   no\n              only colours under transparent pixels differ\n", text)
        self.assertIn("lossless as seen", text)
        seen = json.loads(self.vqi("compare", "--json", "hidden.png", "seen.png").stdout)
        self.assertFalse(seen["hidden_colours_differ"])
        self.assertGreater(seen["mse_straight"], seen["mse"])
        self.assertNotIn("only colours", self.vqi("compare", "hidden.png", "seen.png").stdout.decode())

    def test_either_image_may_be_a_vqi_file(self):
        self.succeed("compress", "-k", "16", "first.png", "-o", "a.vqi")
        self.succeed("decompress", "a.vqi", "-o", "a.png")
        self.succeed("compare", "a.vqi", "a.png")
        text = self.succeed("compare", "-v", "a.png", "-", stdin=self.read("a.vqi")).decode()
        self.assertIn("24x20 RGB, 8 bits, vqi\n", text)
        self.write("cut.vqi", self.read("a.vqi")[:-9])
        self.fail_with(3, "compare", "a.png", "cut.vqi", says=("vqi: cut.vqi: ",))
        self.fail_with(4, "compare", "a.png", "a.vqi", "--max-pixels", "100")

    def test_a_vqi_file_has_one_page(self):
        self.succeed("compress", "-k", "16", "first.png", "-o", "a.vqi")
        self.fail_with(2, "compress", "a.vqi", "-o", "b.vqi", "--page", "2", says=("page 2", "1 picture", "--page"))
        self.fail_with(2, "sweep", "a.vqi", "-k", "2", "--page", "2", says=("page 2", "--page"))
        self.fail_with(2, "compare", "a.vqi", "first.png", "--page", "2", says=("page 2", "--page"))
        self.write("pages.ppm", b"".join(b"P6 24 20 255\n" + bytes(samples for y in range(20) for x in range(24)
                                                                   for samples in pixel(x, y))
                                         for pixel in (second, first)))
        self.assertEqual(self.vqi("compare", "-q", "first.png", "pages.ppm").returncode, 1)
        self.assertEqual(self.vqi("compare", "-q", "first.png", "pages.ppm", "--page", "2").returncode, 0)
        self.fail_with(2, "compare", "first.png", "pages.ppm", "--page", "3", says=("page 3", "2 pictures"))
        self.succeed("compress", "-q", "pages.ppm", "--page", "2", "--lossless", "-o", "page.vqi")
        self.assertEqual(self.vqi("compare", "-q", "page.vqi", "pages.ppm", "--page", "2").returncode, 0)
        self.assertEqual(self.vqi("compare", "-q", "pages.ppm", "page.vqi", "--page", "2").returncode, 0)

    def test_strict_takes_a_whole_vqi_file_and_refuses_a_damaged_one_as_without_it(self):
        self.succeed("compress", "-k", "16", "first.png", "-o", "a.vqi")
        self.succeed("compare", "--strict", "a.vqi", "a.vqi")
        self.succeed("compress", "-q", "--strict", "a.vqi", "-o", "b.vqi")
        self.write("cut.vqi", self.read("a.vqi")[:-9])
        for strict in ((), ("--strict",)):
            self.fail_with(3, "compare", *strict, "a.vqi", "cut.vqi", says=("fresh copy",))
            self.fail_with(3, "compress", *strict, "cut.vqi", "-o", "c.vqi", says=("fresh copy",))

    def test_the_text_says_what_the_json_says(self):
        text = self.vqi("compare", "first.png", "second.png").stdout.decode()
        self.assertNotIn("straight", text)
        for label in ("identical   no", "MSE", "PSNR", "SSIM", "max error", "CIEDE2000"):
            self.assertIn("\n  " + label, text)
        self.assertIn("identical   yes", self.succeed("compare", "first.png", "first.png").decode())


if __name__ == "__main__":
    unittest.main()
