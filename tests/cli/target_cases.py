"""Targets of compress: the K that just meets a target, and targets out of reach."""
import json
import unittest

from cli_case import CliCase, gradient_png, noise_png


class Targets(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png(96, 64))

    def report(self, *arguments):
        return json.loads(self.succeed("compress", "-f", "a.png", "--json", "--method", "kmeans", *arguments))

    def test_targets_take_ecvq_unless_a_method_or_packed_coding_is_chosen(self):
        self.write("small.png", gradient_png(32, 24))
        for target in (("--psnr", "31.5"), ("--max-bytes", "1k"), ("--ratio", "3"), ("--bpp", "9")):
            def method(*more):
                return json.loads(self.succeed("compress", "-f", "small.png", "--json", *target, *more))["method"]
            self.assertEqual(method(), "ecvq")
            self.assertEqual(method("--method", "kmeans"), "kmeans")
            self.assertEqual(method("--coding", "packed"), "kmeans")
        self.assertIn(b"ecvq", self.succeed("compress", "-f", "small.png", "--psnr", "30"))

    def edge(self, *target):
        """The report for a target. Checks that compress -k gives the same file with the K that was found."""
        found = self.report("-o", "target.vqi", *target)
        self.assertIsNone(found["k_requested"])
        self.report("-o", "same.vqi", "-k", str(found["k_chosen"]))
        self.assertEqual(self.read("target.vqi"), self.read("same.vqi"))
        return found

    def test_a_psnr_is_reached_with_as_few_codewords_as_it_needs(self):
        found = self.edge("--psnr", "31.5")
        self.assertGreaterEqual(found["psnr_db"], 31.5)
        self.assertLess(self.report("-k", str(found["k"] - 1))["psnr_db"], 31.5)

    def test_a_size_is_kept_with_as_many_codewords_as_it_holds(self):
        for option, value, figure in (("--max-bytes", "4k", "file_bytes"), ("--bpp", "4.2", "bpp")):
            found = self.edge(option, value)
            limit = 4000 if option == "--max-bytes" else 4.2
            self.assertLessEqual(found[figure], limit)
            self.assertGreater(self.report("-k", str(found["k"] + 1))[figure], limit)
        found = self.edge("--ratio", "5.5")
        self.assertGreaterEqual(found["ratio"], 5.5)
        self.assertLess(self.report("-k", str(found["k"] + 1))["ratio"], 5.5)

    def test_the_text_says_that_a_target_chose(self):
        self.write("small.png", gradient_png(32, 24))
        self.assertIn(b"(to meet the target, ", self.succeed("compress", "small.png", "--psnr", "30"))

    def test_out_of_reach_is_exit_6_with_the_best_and_nothing_written(self):
        words = self.fail_with(6, "compress", "a.png", "--max-bytes", "20", says=["20 bytes", "best possible is "])
        best = words.split(b"best possible is ")[1].split()[0].decode()
        self.succeed("compress", "-q", "a.png", "--max-bytes", best)
        error = json.loads(self.vqi("compress", "-f", "a.png", "--ratio", "1000000", "--json").stdout)["error"]
        self.assertEqual(error["code"], "target_unreachable")

    def test_a_psnr_out_of_reach_names_the_best(self):
        self.write("noise.png", noise_png(260))
        self.fail_with(6, "compress", "noise.png", "--psnr", "90", "--effort", "1", says=["90 dB", "K = 65536"])

    def test_one_option_chooses_the_codewords(self):
        self.fail_with(2, "compress", "a.png", "-k", "4", "--psnr", "30", says=["-k and --psnr"])
        self.fail_with(2, "compress", "a.png", "--bpp", "4", "--ratio", "3", says=["--ratio and --bpp"])

    def test_senseless_values_are_refused(self):
        for option, value in (("--psnr", "0"), ("--psnr", "-3"), ("--psnr", "nan"), ("--psnr", "inf"),
                              ("--psnr", "3e1"), ("--ratio", "x"), ("--bpp", ""),
                              ("--max-bytes", "0"), ("--max-bytes", "1.5")):
            self.fail_with(2, "compress", "a.png", f"{option}={value}", says=[option])


if __name__ == "__main__":
    unittest.main()
