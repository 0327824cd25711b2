"""--restore and --no-restore of compress, decompress and sweep: pixels, reports, defaults, and what excludes them."""
import json
import math
import random
import unittest

from cli_case import CliCase, noise_png, png


def soft_png(width=96, height=64):
    """Waves of colour with some noise, as photographs have."""
    source = random.Random(7)
    return png(width, height, lambda x, y: tuple(
        int(128 + 100 * math.sin(x / (11 + 2 * c)) * math.cos(y / (13 - c)) + source.uniform(-5, 5)) for c in range(3)))


class Restored(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", soft_png())

    def report(self, *arguments, image="a.png"):
        return json.loads(self.succeed("compress", "-f", image, "--json", *arguments))

    def test_a_restored_file_comes_nearer_to_its_image_and_tells_by_how_much(self):
        # At this effort indices are not chosen with the filter in view.
        options = ("-k", "24", "--method", "ecvq", "--effort", "3")
        plain = self.report(*options, "-o", "plain.vqi")
        restored = self.report(*options, "--restore", "--verify", "-o", "a.vqi")
        self.assertNotIn("restore", plain)
        self.assertEqual(restored["file_bytes"], plain["file_bytes"])
        gain = restored["psnr_db"] - plain["psnr_db"]
        self.assertGreater(gain, 0.1)
        self.assertAlmostEqual(restored["restore"]["gain_db"], gain, delta=0.03)
        self.assertIn(restored["restore"]["strength"], range(1, 16))
        told = json.loads(self.succeed("info", "--json", "a.vqi"))
        self.assertEqual((told["mse"], told["restore"], told["format_version"]),
                         (restored["mse"], restored["restore"], "1.3"))
        self.assertIn(b"decode filter at strength", self.succeed("info", "a.vqi"))
        again = json.loads(self.succeed("decompress", "a.vqi", "--json", "--reference", "a.png", "-o", "b.png"))
        self.assertEqual((again["mse"], again["reference"]["mse"], again["restore"]),
                         (restored["mse"], restored["mse"], restored["restore"]))

    def test_indices_chosen_with_the_filter_in_view_make_another_file_that_costs_less(self):
        def cost(report):
            return report["mse"] * 96 * 64 * 3 + report["lambda"] * 8 * report["file_bytes"]

        options = ("-k", "24", "--method", "ecvq", "--lambda", "30")
        plain = self.report(*options, "-o", "plain.vqi")
        restored = self.report(*options, "--restore", "--verify", "-o", "a.vqi")
        # Sizes may happen to be equal; indices are not.
        self.succeed("decompress", "plain.vqi", "-o", "plain.ppm")
        self.succeed("decompress", "a.vqi", "--no-restore", "-o", "a.ppm")
        self.assertNotEqual(self.read("a.ppm"), self.read("plain.ppm"))
        self.assertLess(cost(restored), cost(plain))

    def test_without_restoring_and_as_index_maps_files_show_codewords_whose_distortion_is_not_told(self):
        options = ("-k", "24", "--method", "ecvq", "--effort", "3")
        plain = self.report(*options, "-o", "plain.vqi")
        self.report(*options, "--restore", "-o", "a.vqi")
        self.succeed("decompress", "plain.vqi", "-o", "plain.png")
        told = json.loads(self.succeed("decompress", "a.vqi", "--no-restore", "--json", "--reference", "a.png", "-o",
                                       "codewords.png"))
        self.assertEqual((told["mse"], told["psnr_db"], told["restore"]), (None, None, None))
        self.assertEqual(told["reference"]["mse"], plain["mse"])
        self.assertEqual(self.read("codewords.png"), self.read("plain.png"))
        indexed = json.loads(self.succeed("decompress", "a.vqi", "--indexed", "--json", "--reference", "a.png", "-o",
                                          "indexed.png"))
        self.assertEqual((indexed["mse"], indexed["reference"]["mse"]), (None, plain["mse"]))
        self.succeed("compare", "indexed.png", "plain.png")
        self.assertIn(b"does not tell the distortion", self.succeed("decompress", "-f", "a.vqi", "--no-restore"))
        self.succeed("decompress", "-f", "plain.vqi", "--no-restore")  # a file without a filter is as it is

    def test_a_region_is_restored_as_the_whole_image_is_and_shows_codewords_if_asked_to(self):
        self.report("-k", "24", "--method", "ecvq", "--restore", "-o", "a.vqi")
        for options in ((), ("--no-restore",)):
            self.succeed("decompress", "-f", "a.vqi", *options, "-o", "whole.png")
            told = json.loads(self.succeed("decompress", "-f", "a.vqi", *options, "--json", "--region", "0,0,96,64",
                                           "-o", "region.png"))
            self.succeed("compare", "whole.png", "region.png")
            self.assertEqual(told["restore"] is None, bool(options))
            self.assertEqual(told["mse"] is None, bool(options))

    def test_a_psnr_at_a_given_lambda_is_met_by_the_file_that_its_k_gives(self):
        for psnr_db in (31, 32, 33, 34):
            found = self.report("--psnr", str(psnr_db), "--method", "ecvq", "--lambda", "60", "-o", "a.vqi")
            self.assertGreaterEqual(found["psnr_db"], psnr_db)
            self.assertIn("restore", found)
            self.report("-k", str(found["k_chosen"]), "--method", "ecvq",
                        "--lambda", "60", "--restore", "-o", "b.vqi")
            self.assertEqual(self.read("a.vqi"), self.read("b.vqi"))

    def test_targets_restore_with_ecvq_and_take_fewer_bytes_for_it(self):
        restored = self.report("--psnr", "33", "-o", "a.vqi")
        plain = self.report("--psnr", "33", "--no-restore", "-o", "plain.vqi")
        self.assertIn("restore", restored)
        self.assertNotIn("restore", plain)
        self.assertGreaterEqual(restored["psnr_db"], 33)
        self.assertLess(restored["file_bytes"], plain["file_bytes"])
        self.assertNotIn("restore", self.report("--psnr", "33", "--method", "kmeans", "-o", "nearest.vqi"))
        again = self.report("--method", "ecvq", "-k", str(restored["k_chosen"]), "--lambda", repr(restored["lambda"]),
                            "--restore", "-o", "again.vqi")
        self.assertEqual(again["mse"], restored["mse"])
        self.assertEqual(self.read("again.vqi"), self.read("a.vqi"))

    def test_where_restoring_does_not_help_the_file_has_no_filter_and_a_warning_says_so(self):
        self.write("noise.png", noise_png(48))
        self.write("large.png", soft_png(160, 120))
        for image, k, says in (("noise.png", "9", "would not come nearer"), ("large.png", "5000", "4096 codewords"),
                               ("a.png", "65536", "4096 codewords")):
            result = self.vqi("compress", "-f", image, "--json", "-k", k, "--restore", "-o", "b.vqi")
            told = json.loads(result.stdout)
            self.assertEqual(result.returncode, 0)
            self.assertNotIn("restore", told)
            self.assertIn(says, " ".join(told["warnings"]))
            self.assertIn(says.encode(), result.stderr)
            self.report("-k", k, "--no-restore", "-o", "c.vqi", image=image)
            self.assertEqual(self.read("b.vqi"), self.read("c.vqi"))

    def test_a_sweep_has_the_rows_that_compress_gives(self):
        told = self.succeed("sweep", "a.png", "--json", "-k", "8,32", "--method", "ecvq", "--restore")
        for row in json.loads(told)["rows"]:
            same = self.report("-k", str(row["k_requested"]), "--method", "ecvq", "--restore")
            self.assertEqual([row[key] for key in ("file_bytes", "mse", "restore")],
                             [same[key] for key in ("file_bytes", "mse", "restore")])

    def test_what_does_not_go_together_is_refused_with_the_reason(self):
        for options, says in ((("--restore", "--no-restore"), "exclude"), (("--restore", "--lossless"), "exclude"),
                              (("--restore", "--block", "2x2"), "single pixels"),
                              (("--restore", "--dither", "blue"), "noise")):
            self.fail_with(2, "compress", "a.png", *options, says=["--restore", says])
        self.fail_with(2, "sweep", "a.png", "--restore", "--block", "1x1,2x2",
                       says=["--restore", "single pixels"])
        self.succeed("compress", "a.png")
        self.fail_with(2, "decompress", "a.vqi", "--no-restore", "--indexed", says=["--no-restore", "never restored"])
        self.fail_with(2, "decompress", "a.vqi", "--no-restore", "-o", "a.h", says=["--no-restore"])


if __name__ == "__main__":
    unittest.main()
