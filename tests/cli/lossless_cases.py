"""vqi compress --lossless: every sample is kept, in the fewest bytes, or nothing is written."""
import json
import unittest

from cli_case import CliCase, gradient_png, png


class Lossless(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png())

    def report(self, *arguments):
        return json.loads(self.succeed("compress", "--json", "-f", "--lossless", *arguments))

    def test_every_sample_comes_back_whatever_else_is_asked_for(self):
        for options in ([], ["--block", "2x2"], ["--coding", "packed"], ["--model", "max"], ["--effort", "9"],
                        ["--seed", "3"]):
            report = self.report("a.png", *options)
            self.assertIsNone(report["psnr_db"])
            self.assertEqual((report["mse"], report["max_error"]), (0, 0))
            self.assertEqual(report["k"], report["distinct_vectors"])
            self.assertEqual((report["k_requested"], report["k_chosen"]), (None, report["k"]))
            self.assertEqual(report["training"], "exact")
            self.succeed("decompress", "-q", "-f", "a.vqi")
            self.succeed("compare", "-q", "a.png", "a.decoded.png")

    def test_colours_under_transparent_pixels_are_kept(self):
        self.write("hidden.png", png(16, 16, lambda x, y: (x * 16, y * 16, 7, 0 if x < 12 else 255), channels=4))
        self.assertEqual(self.report("hidden.png")["k"], 256)
        self.succeed("decompress", "-q", "hidden.vqi")
        self.succeed("compare", "-q", "hidden.png", "hidden.decoded.png")

    def test_it_is_the_file_of_as_many_colours_as_there_are(self):
        self.report("a.png")
        lossless = self.read("a.vqi")
        self.succeed("compress", "-q", "-f", "-k", "65536", "a.png")
        self.assertEqual(self.read("a.vqi"), lossless)

    def test_more_colours_than_a_codebook_holds_are_exit_code_6_with_their_number(self):
        self.write("many.png", png(258, 256, lambda x, y: (x % 256, y, x // 256)))
        self.fail_with(6, "compress", "--lossless", "many.png", says=("66048", "65536"))
        result = self.vqi("compress", "--lossless", "--json", "many.png")
        self.assertEqual(json.loads(result.stdout)["error"]["code"], "target_unreachable")

    def test_the_report_says_why_there_are_as_many_codewords(self):
        self.assertIn(b"one for each distinct vector", self.succeed("compress", "--lossless", "a.png"))
        self.write("flat.png", png(8, 8, lambda x, y: (1, 2, 3)))
        self.assertIn(b"1 distinct vector)", self.succeed("compress", "flat.png"))

    def test_options_that_ask_for_loss_or_learning_are_refused(self):
        for options in (["-k", "4"], ["--psnr", "30"], ["--max-bytes", "1k"], ["--ratio", "2"], ["--bpp", "1"],
                        ["--auto-k", "gap"]):
            self.fail_with(2, "compress", "--lossless", "a.png", *options, says=(options[0], "--lossless"))
        for options in (["--method", "ecvq"], ["--method", "em"], ["--method", "kmeans"], ["--seeding", "split"],
                        ["--seeding", "auto"], ["--max-iterations", "3"], ["--lambda", "2"], ["--covariance", "full"]):
            self.fail_with(2, "compress", "--lossless", "a.png", *options,
                           says=(f"leave out {options[0]} or --lossless",))


if __name__ == "__main__":
    unittest.main()
