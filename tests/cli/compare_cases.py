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

    def test_sizes_and_types_that_differ_exit_2_and_tell_both(self):
        self.write("small.png", png(23, 20, first))
        self.write("grey.png", png(24, 20, lambda x, y: (x,), channels=1))
        self.fail_with(2, "compare", "first.png", "small.png", says=("vqi: small.png: ", "24x20", "23x20"))
        self.fail_with(2, "compare", "first.png", "grey.png", says=("RGB", "grey"))

    def test_the_text_says_what_the_json_says(self):
        text = self.vqi("compare", "first.png", "second.png").stdout.decode()
        for label in ("identical   no", "MSE", "PSNR", "SSIM", "max error", "CIEDE2000"):
            self.assertIn("\n  " + label, text)
        self.assertIn("identical   yes", self.succeed("compare", "first.png", "first.png").decode())


if __name__ == "__main__":
    unittest.main()
