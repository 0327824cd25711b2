"""--method ecvq and --lambda: reports, effect on file size, and options that exclude them."""
import json
import unittest

from cli_case import CliCase, gradient_png, noise_png


class EntropyConstrained(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png(96, 64))

    def report(self, *arguments):
        return json.loads(self.succeed("compress", "-f", "a.png", "--json", *arguments))

    def test_json_names_the_method_and_its_lambda(self):
        report = self.report("--method", "ecvq", "--lambda", "12.5", "-k", "64")
        self.assertEqual((report["method"], report["lambda"], report["coding"]), ("ecvq", 12.5, "entropy"))
        self.assertLessEqual(report["k"], 64)
        self.assertEqual(report["k_requested"], 64)
        self.assertGreater(self.report("--method", "ecvq", "-k", "64")["lambda"], 0)
        self.assertNotIn("lambda", self.report("-k", "64"))

    def test_a_larger_lambda_makes_a_smaller_file_and_a_lower_psnr(self):
        reports = [self.report("--method", "ecvq", "--lambda", text, "-k", "128") for text in ("0", "20")]
        self.assertEqual(sorted(reports, key=lambda report: -report["file_bytes"]), reports)
        self.assertEqual(sorted(reports, key=lambda report: -report["psnr_db"]), reports)

    def test_the_text_tells_method_and_lambda(self):
        self.assertIn(b"ecvq, a bit is worth 12.500 squared code values",
                      self.succeed("compress", "a.png", "--method", "ecvq", "--lambda", "12.5"))

    def test_what_does_not_go_together_is_refused_with_the_reason(self):
        self.fail_with(2, "compress", "a.png", "--lambda", "3", says=["lambda", "ecvq"])
        self.fail_with(2, "compress", "a.png", "--method", "ecvq", "--coding", "packed", says=["packed", "same bits"])
        self.fail_with(2, "sweep", "a.png", "--method", "kmeans", "--lambda", "3", says=["--lambda", "ecvq"])
        self.fail_with(2, "sweep", "a.png", "--method", "ecvq", "--coding", "auto,packed", says=["packed"])
        self.report("--method", "ecvq", "--lambda", "10000000000", "-k", "4")
        for command in ("compress", "sweep"):
            self.assertIn(b"0..10000000000.", self.succeed(command, "--help"))
        for text in ("-1", "1e3", "nan", "", "10000000001", "x"):
            self.fail_with(2, "compress", "a.png", "--method", "ecvq", f"--lambda={text}", says=["--lambda"])

    def test_a_sweep_of_both_methods_has_rows_that_compress_gives(self):
        rows = json.loads(self.succeed("sweep", "a.png", "--json", "-k", "16,64", "--method", "kmeans,ecvq",
                                       "--lambda", "9"))["rows"]
        self.assertEqual([(row["method"], row["k_requested"]) for row in rows],
                         [("kmeans", 16), ("kmeans", 64), ("ecvq", 16), ("ecvq", 64)])
        for row in rows[2:]:
            same = self.report("--method", "ecvq", "--lambda", "9", "-k", str(row["k_requested"]))
            self.assertEqual([row[key] for key in ("file_bytes", "mse", "k", "lambda")],
                             [same[key] for key in ("file_bytes", "mse", "k", "lambda")])
        head = self.succeed("sweep", "a.png", "-k", "16", "--method", "kmeans,ecvq").decode().splitlines()[1]
        self.assertIn("method", head.split())

    def test_targets_are_met_by_k_and_its_lambda_or_refused(self):
        found = self.report("--method", "ecvq", "--psnr", "31", "-o", "found.vqi")
        self.assertGreaterEqual(found["psnr_db"], 31)
        self.assertIsNone(found["k_requested"])
        self.assertGreater(found["lambda"], 0)
        restored = ["--restore"] if "restore" in found else []
        self.report("--method", "ecvq", "-k", str(found["k_chosen"]), "--lambda", str(found["lambda"]), *restored,
                    "-o", "same.vqi")
        self.assertEqual(self.read("found.vqi"), self.read("same.vqi"))
        self.assertLessEqual(self.report("--method", "ecvq", "--max-bytes", "3k")["file_bytes"], 3000)
        held = self.report("--method", "ecvq", "--bpp", "4", "--lambda", "30")
        self.assertLessEqual(held["bpp"], 4)
        self.assertEqual(held["lambda"], 30)
        self.fail_with(6, "compress", "a.png", "-o", "none.vqi", "--method", "ecvq", "--max-bytes", "20",
                       says=["20 bytes"])

    def test_a_file_of_ecvq_decodes_as_any_other(self):
        self.write("noise.png", noise_png(60))
        report = json.loads(self.succeed("compress", "noise.png", "--method", "ecvq", "-k", "100", "--block", "2x2",
                                         "--json"))
        decoded = json.loads(self.succeed("decompress", "noise.vqi", "--reference", "noise.png", "--json"))
        self.assertEqual(decoded["reference"]["mse"], report["mse"])


if __name__ == "__main__":
    unittest.main()
