"""Colours that are given: --palette, --fix, --weights, --keep-small and --space, and what each is refused with."""
import json
import os
import pathlib
import unittest

from cli_case import CliCase, gradient_png, png

# Seven inks of an e-paper display, as one was measured.
INKS = ["#191e21", "#e8e8e8", "#2157ba", "#125f20", "#b21318", "#efde44", "#c16a1e"]


def gradient(x, y):
    """A pixel of gradient_png()."""
    return (x * 5 % 256, y * 7 % 256, x * y % 256)


def map_png(side=128):
    """A map: greens in thousands of shades, and one small country in red."""
    def colour(x, y):
        if 60 <= x < 66 and 60 <= y < 66:
            return (200, 20 + x % 3, 30)
        return (30 + (x * 7 + y * 3) % 90, 110 + (x * 5 + y * 11) % 140, 20 + (x * 3 + y * 13) % 80)
    return png(side, side, colour)


class GivenColours(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png())
        self.write("inks.hex", ("\n".join(INKS) + "\n").encode())

    def compress(self, *options, name="a.png"):
        return json.loads(self.succeed("compress", "--json", "-f", name, "-o", "a.vqi", *options))

    def decoded(self):
        """The rows of a.vqi as lists of pixels."""
        self.succeed("decompress", "-q", "-f", "a.vqi", "-o", "b.ppm")
        head, rows = self.read("b.ppm").split(b"\n255\n", 1)
        width = int(head.split()[-2])
        pixels = [tuple(rows[i:i + 3]) for i in range(0, len(rows), 3)]
        return [pixels[i:i + width] for i in range(0, len(pixels), width)]

    def palette(self):
        return self.succeed("palette", "a.vqi").decode().split()

    def test_measured_inks_stay_in_their_order_in_every_coding(self):
        for coding in ("packed", "entropy", "auto"):
            result = self.compress("--palette", "inks.hex", "--coding", coding)
            self.assertEqual(self.palette(), INKS)
            self.assertEqual((result["k"], result["k_requested"], result["training"]), (7, None, "given"))

    def test_each_pixel_gets_the_nearest_ink(self):
        self.compress("--palette", "inks.hex")
        inks = [tuple(bytes.fromhex(ink[1:])) for ink in INKS]
        for y, row in enumerate(self.decoded()):
            for x, pixel in enumerate(row):
                nearest = min(inks, key=lambda ink: sum((a - b)**2 for a, b in zip(ink, gradient(x, y))))
                self.assertEqual(pixel, nearest)

    def test_measured_inks_are_dithered(self):
        """Pixels get these inks alone, in their order, and their mean over 8x8 pixels comes nearer to the image's."""
        def error_of_means(rows):
            error = 0
            for top in range(0, 32, 8):
                for left in range(0, 48, 8):
                    places = [(x, y) for y in range(top, top + 8) for x in range(left, left + 8)]
                    for c in range(3):
                        error += sum(rows[y][x][c] - gradient(x, y)[c] for x, y in places)**2
            return error

        self.compress("--palette", "inks.hex")
        plain = error_of_means(self.decoded())
        for dither in ("diffusion", "blue", "bayer"):
            result = self.compress("--palette", "inks.hex", "--dither", dither)
            self.assertEqual((result["training"], result["dither"]), ("given", dither))
            self.assertEqual(self.palette(), INKS)
            self.assertLess(error_of_means(self.decoded()), 0.6 * plain)

    def test_a_palette_is_taken_from_every_form_of_file(self):
        self.compress("--palette", "inks.hex")
        expected = self.read("a.vqi")
        for name in ("i.gpl", "i.pal", "i.act", "i.json", "i.png"):
            self.succeed("palette", "inks.hex", "-o", name)
            self.compress("--palette", name)
            self.assertEqual(self.read("a.vqi"), expected, name)
        self.succeed("compress", "-q", "a.png", "--palette", "inks.hex", "-o", "p.vqi")
        self.compress("--palette", "p.vqi")
        self.assertEqual(self.read("a.vqi"), expected)

    def test_copies_are_left_out_with_a_warning(self):
        self.write("twice.hex", b"#fff #000 #fff #00000080")
        result = self.compress_with_warnings("--palette", "twice.hex")
        self.assertEqual(result["k"], 2)
        self.assertEqual(len(result["warnings"]), 2)
        self.assertEqual(self.palette(), ["#ffffff", "#000000"])

    def compress_with_warnings(self, *options, name="a.png"):
        return json.loads(self.vqi("compress", "--json", "-f", name, "-o", "a.vqi", *options).stdout)

    def test_a_grey_image_becomes_rgb_for_colours_and_stays_grey_for_greys(self):
        self.write("grey.png", png(16, 16, lambda x, y: (x * 16,), channels=1))
        self.assertEqual(self.compress_with_warnings("--palette", "inks.hex", name="grey.png")["channels"], 3)
        self.write("greys.hex", b"#000 #888 #fff")
        self.assertEqual(self.compress("--palette", "greys.hex", name="grey.png")["channels"], 1)

    def test_a_grey_image_becomes_rgb_for_a_colour_that_stays(self):
        self.write("grey.png", png(16, 16, lambda x, y: (x * 16,), channels=1))
        self.assertEqual(self.compress("-k", "4", "--fix", "#888", name="grey.png")["channels"], 1)
        result = self.compress_with_warnings("-k", "4", "--fix", "red", name="grey.png")
        self.assertEqual(result["channels"], 3)
        self.assertEqual(sum("stored as RGB" in warning for warning in result["warnings"]), 1)
        self.assertIn("#ff0000", self.palette())
        sweep = self.vqi("sweep", "--json", "-k", "4", "--fix", "red", "grey.png")
        row, = json.loads(sweep.stdout)["rows"]
        self.assertEqual([row[name] for name in ("file_bytes", "mse", "channels")],
                         [result[name] for name in ("file_bytes", "mse", "channels")])
        quantized = json.loads(self.vqi("quantize", "--json", "-k", "4", "--fix", "red", "grey.png").stdout)
        self.assertEqual(quantized["channels"], 3)

    def test_alpha_of_a_palette_is_kept(self):
        self.write("clear.png", png(16, 16, lambda x, y: (x * 16, 9, 9, y * 17), channels=4))
        self.write("p.hex", b"#00000000 #80808080 #ff0000")
        self.compress("--palette", "p.hex", name="clear.png")
        self.assertEqual(self.palette(), ["#00000000", "#80808080", "#ff0000"])

    def test_fixed_colours_stay_at_the_front_and_the_rest_is_learned(self):
        for coding in ("packed", "entropy"):
            result = self.compress("-k", "8", "--fix", "tomato", "--fix", "#00f", "--coding", coding)
            self.assertEqual(result["k"], 8)
            self.assertEqual(self.palette()[:2], ["#ff6347", "#0000ff"])
            self.assertEqual(len(set(self.palette())), 8)
        free = self.compress("-k", "6")["mse"]
        best = self.compress("-k", "8")["mse"]
        self.assertLess(best, result["mse"])
        self.assertLess(result["mse"], free * 1.2)

    def test_an_image_that_fits_beside_its_fixed_colours_stays_exact(self):
        self.write("few.png", png(8, 8, lambda x, y: ((x % 3) * 100, 0, 0)))
        result = self.compress("-k", "4", "--fix", "#010203", name="few.png")
        self.assertEqual((result["mse"], result["k"]), (0, 4))
        self.assertEqual(self.palette()[0], "#010203")
        self.assertEqual(self.compress("-k", "1", "--fix", "#010203", name="few.png")["k"], 1)

    def test_a_mask_moves_colours_to_what_is_white_in_it(self):
        self.write("mask.png", png(48, 32, lambda x, y: (255 if x < 12 else 0,), channels=1))
        self.write("white.png", png(48, 32, lambda x, y: (255,), channels=1))

        def error_left(*options):
            self.compress("-k", "6", *options)
            return sum((a - b)**2 for y, row in enumerate(self.decoded()) for x, pixel in enumerate(row[:12])
                       for a, b in zip(pixel, gradient(x, y)))

        self.assertLess(error_left("--weights", "mask.png"), 0.7 * error_left())
        self.compress("-k", "16")
        plain = self.read("a.vqi")
        self.compress("-k", "16", "--weights", "white.png")
        self.assertEqual(self.read("a.vqi"), plain)
        self.compress("-k", "6", "--weights", "mask.png", "--block", "2x2")

    def test_a_small_country_keeps_its_colour(self):
        self.write("map.png", map_png())

        def is_red():
            red, green, _ = self.decoded()[62][62]
            return red > 1.5 * green

        self.compress("-k", "6", name="map.png")
        self.assertFalse(is_red())
        self.compress("-k", "6", "--keep-small", name="map.png")
        self.assertTrue(is_red())

    @unittest.skipUnless(os.environ.get("VQI_TEST_DATA"), "VQI_TEST_DATA is not set")
    def test_the_red_country_of_a_real_map_keeps_its_colour(self):
        data = pathlib.Path(os.environ["VQI_TEST_DATA"]) / "alpha" / "map.png"
        for command, name, options in (("compress", "map.vqi", ()),
                                       ("quantize", "map.quantized.png", ("--dither", "none"))):
            shown = []
            for more in ((), ("--keep-small",)):
                self.succeed(command, "-q", "-f", data, "-k", "8", "-o", name, *options, *more)
                colours = self.succeed("palette", name).decode().split()
                rgb = [[int(colour[i:i + 2], 16) for i in (1, 3, 5)] for colour in colours]
                shown.append(max(red - green for red, green, _ in rgb))
            self.assertGreater(shown[1], 60, command)
            self.assertLess(shown[0], shown[1], command)

    def test_oklab_changes_the_codebook_and_is_named(self):
        plain = self.compress("-k", "8")
        self.assertEqual(plain["space"], "rgb")
        self.assertNotIn("mse_oklab", plain)
        self.assertIn(b"mean squared distance", self.succeed("compress", "-f", "a.png", "--space", "oklab", "-k", "4"))
        rows = json.loads(self.succeed("sweep", "--json", "a.png", "--space", "oklab", "-k", "2,8"))["rows"]
        self.assertLess(rows[1]["mse_oklab"], rows[0]["mse_oklab"])
        self.assertIn(b"Oklab", self.succeed("sweep", "a.png", "--space", "oklab", "-k", "2,8"))
        for name, options in (("a.png", ()), ("a.png", ("--block", "2x2"))):
            result = self.compress("-k", "8", "--space", "oklab", *options, name=name)
            self.assertEqual(result["space"], "oklab")
            self.assertGreater(result["mse_oklab"], 0)
            first = self.read("a.vqi")
            self.compress("-k", "8", "--space", "oklab", "--threads", "1", *options, name=name)
            self.assertEqual(self.read("a.vqi"), first)
        self.assertGreater(self.compress("-k", "8", "--space", "oklab")["mse"], plain["mse"])
        self.compress("--palette", "inks.hex", "--space", "oklab")
        self.assertEqual(self.palette(), INKS)

    def test_what_excludes_each_other_is_refused(self):
        self.write("m.png", png(4, 4, lambda x, y: (9,), channels=1))
        self.write("black.png", png(48, 32, lambda x, y: (0,), channels=1))
        self.write("rgb.png", gradient_png())

        def refused(*options, says, code=2):
            self.fail_with(code, "compress", "a.png", *options, says=says)

        for other in (("-k", "7"), ("--psnr", "30"), ("--lossless",), ("--method", "ecvq"), ("--seeding", "split"),
                      ("--fix", "red"), ("--weights", "m.png"), ("--keep-small",), ("--block", "2x2")):
            refused("--palette", "inks.hex", *other, says=("--palette",))
        refused("--fix", "reddish", says=("--fix", "reddish"))
        refused("--fix", "red", "--fix", "#f00", says=("twice",))
        refused("--fix", "red", "--psnr", "30", says=("--fix",))
        refused("--fix", "red", "--block", "2x2", says=("--fix", "--block"))
        refused("--fix", "red", "--fix", "blue", "-k", "1", says=("2 colours", "k is 1"))
        refused("--fix", "#ff000080", says=("not opaque",))
        refused("--weights", "m.png", says=("4x4", "48x32"))
        refused("--weights", "black.png", says=("black everywhere",))
        refused("--weights", "rgb.png", says=("the mask rgb.png", "3 channels"))
        refused("--weights", "m.png", "--method", "ecvq", says=("--weights",))
        refused("--keep-small", "--lossless", says=("--keep-small",))
        refused("--space", "lab", says=("lab", "oklab"))
        refused("--space", "oklab", "--method", "em", says=("--space",))
        refused("--detach", says=("--detach", "--codebook"))
        refused("--palette", "nowhere.hex", says=("nowhere.hex",), code=5)
        self.write("bad.hex", b"#12")
        refused("--palette", "bad.hex", says=("bad.hex", "line 1"), code=3)


if __name__ == "__main__":
    unittest.main()
