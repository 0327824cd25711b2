"""Colours that are given to vqi quantize: they stay as they are, in front and in order, at every depth and method."""
import json
import unittest

from cli_case import CliCase, gradient_png, png
from given_colours_cases import map_png
from quantize_cases import chunks_of, pixels_of


class QuantizeColours(CliCase):
    def palette_of(self, *options, source=None):
        """The palette of a quantized image as tuples, its pixels, and the report."""
        self.write("a.png", source or gradient_png())
        report = json.loads(self.vqi("quantize", "--json", "-f", "a.png", *options).stdout)
        data = self.read("a.quantized.png")
        plte = dict(chunks_of(data))[b"PLTE"]
        return [tuple(plte[i:i + 3]) for i in range(0, len(plte), 3)], [p[:3] for p in pixels_of(data)[2]], report

    def test_a_given_palette_keeps_its_order_and_unused_colours_at_any_depth(self):
        inks = [(25, 30, 33), (232, 232, 232), (33, 87, 186), (1, 255, 2), (178, 19, 24), (239, 222, 68),
                (193, 106, 30)]
        self.write("inks.hex", "".join("#%02x%02x%02x\n" % ink for ink in inks).encode())
        deep = png(48, 32, lambda x, y: (x * 1300, y * 2000, x * y * 40), depth=16)
        for options in ((), ("--dither", "none"), ("--dither", "blue"), ("--space", "oklab")):
            palette, pixels, report = self.palette_of("--palette", "inks.hex", *options)
            self.assertEqual(palette, inks)
            self.assertLessEqual(set(pixels), set(inks))
            self.assertEqual((report["k"], report["k_requested"], report["training"]), (7, None, "given"))
        self.assertEqual(self.palette_of("--palette", "inks.hex", source=deep)[0], inks)
        many = [(i * 7 % 256, 255 - i, i // 2) for i in range(256)]
        self.write("many.hex", "".join("#%02x%02x%02x\n" % colour for colour in many).encode())
        self.assertEqual(self.palette_of("--palette", "many.hex")[0], many)

    def test_a_given_palette_without_a_dither_gives_each_pixel_its_nearest_colour(self):
        inks = [(25, 30, 33), (232, 232, 232), (33, 87, 186), (178, 19, 24)]
        self.write("inks.hex", "".join("#%02x%02x%02x\n" % ink for ink in inks).encode())
        _, pixels, _ = self.palette_of("--palette", "inks.hex", "--dither", "none")
        for i, pixel in enumerate(pixels):
            x, y = i % 48, i // 48
            original = (x * 5 % 256, y * 7 % 256, x * y % 256)
            self.assertEqual(pixel, min(inks, key=lambda ink: sum((a - b)**2 for a, b in zip(ink, original))))

    def test_translucent_colours_of_a_palette_keep_their_places(self):
        self.write("soft.hex", b"#102030 #40506080 #ffffff #00000000 #a0b0c0")
        self.write("soft.png", png(40, 30, lambda x, y: (x * 6, y * 8, 99, (x * 6 + y) % 256), channels=4))
        self.succeed("quantize", "-q", "--palette", "soft.hex", "soft.png", "-o", "soft_out.png")
        parts = dict(chunks_of(self.read("soft_out.png")))
        self.assertEqual(parts[b"PLTE"].hex(), "102030" "405060" "ffffff" "000000" "a0b0c0")
        self.assertEqual(parts[b"tRNS"].hex(), "ff80ff00")

    def test_a_codebook_of_train_is_a_palette(self):
        self.write("book_source.png", gradient_png())
        self.succeed("train", "-q", "book_source.png", "-k", "12", "-o", "book.vqb")
        expected = [tuple(bytes.fromhex(text[1:])) for text in self.succeed("palette", "book.vqb").decode().split()]
        self.assertEqual(self.palette_of("--codebook", "book.vqb")[0], expected)
        self.succeed("train", "-q", "book_source.png", "-k", "12", "--block", "2x2", "-o", "blocks.vqb")
        self.fail_with(2, "quantize", "book_source.png", "--codebook", "blocks.vqb", says=("blocks",))
        self.succeed("train", "-q", "book_source.png", "-k", "300", "-o", "large.vqb")
        self.fail_with(2, "quantize", "book_source.png", "--codebook", "large.vqb", says=("300", "256"))

    def test_fixed_colours_are_the_first_with_every_method_and_target(self):
        fixed = [(255, 99, 71), (0, 0, 255), (1, 2, 3)]
        options = [option for colour in ("tomato", "#00f", "#010203") for option in ("--fix", colour)]
        for more in ((), ("--method", "ecvq"), ("--lambda", "400"), ("--psnr", "24"), ("--max-bytes", "1200"),
                     ("--method", "kmeans", "--psnr", "20"), ("--method", "kmeans", "--max-bytes", "1200"),
                     ("--dither", "none", "--effort", "9")):
            palette, pixels, report = self.palette_of("-k", "24", *options, *more)
            self.assertEqual(palette[:3], fixed, more)
            self.assertEqual(len(set(palette)), len(palette))
            self.assertLessEqual(len(palette), 24)
        self.fail_with(2, "quantize", "-f", "a.png", "-k", "2", *options, says=("3 colours", "k is 2"))
        self.fail_with(6, "quantize", "-f", "a.png", "-k", "24", *options, "--max-bytes", "60", says=("60",))

    def test_a_mask_moves_colours_to_what_is_white_in_it(self):
        self.write("mask.png", png(48, 32, lambda x, y: (255 if x < 12 else 0,), channels=1))

        def error_left(*options):
            _, pixels, _ = self.palette_of("-k", "6", "--dither", "none", *options)
            return sum((a - b)**2 for i, pixel in enumerate(pixels) if i % 48 < 12
                       for a, b in zip(pixel, (i % 48 * 5 % 256, i // 48 * 7 % 256, (i % 48) * (i // 48) % 256)))

        self.assertLess(error_left("--weights", "mask.png"), 0.7 * error_left())

    def test_oklab_changes_the_palette_and_is_named(self):
        plain, _, report = self.palette_of("-k", "8")
        self.assertEqual(report["space"], "rgb")
        found, _, report = self.palette_of("-k", "8", "--space", "oklab")
        self.assertEqual(report["space"], "oklab")
        self.assertNotEqual(set(found), set(plain))
        self.assertGreater(report["mse_oklab"], 0)
        self.assertEqual(self.palette_of("--psnr", "20", "--space", "oklab")[2]["method"], "kmeans")

    def test_a_small_country_keeps_its_colour(self):
        def most_red(*options):
            self.write("map.png", map_png())
            self.succeed("quantize", "-q", "-f", "map.png", "-k", "6", "--dither", "none", *options)
            pixels = pixels_of(self.read("map.quantized.png"))[2]
            red, green, _ = pixels[62 * 128 + 62][:3]
            return red > 1.5 * green

        self.assertFalse(most_red())
        self.assertTrue(most_red("--keep-small"))

    def test_colours_that_exclude_other_options_are_refused(self):
        self.write("a.png", gradient_png())
        self.write("inks.hex", b"#000 #fff #f00")
        self.write("m.png", png(48, 32, lambda x, y: (9,), channels=1))
        for other in (("-k", "3"), ("--psnr", "20"), ("--max-bytes", "9k"), ("--method", "ecvq"), ("--lambda", "4"),
                      ("--fix", "red"), ("--weights", "m.png"), ("--keep-small",), ("--max-iterations", "3")):
            self.fail_with(2, "quantize", "a.png", "--palette", "inks.hex", *other, says=("--palette",))
        for option in (("--weights", "m.png"), ("--keep-small",), ("--space", "oklab")):
            self.fail_with(2, "quantize", "a.png", *option, "--method", "ecvq", says=(option[0],))


if __name__ == "__main__":
    unittest.main()
