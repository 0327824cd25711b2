"""The methods em and anneal, and K by the gap statistic: reports, plots and refused options."""
import csv
import io
import json
import random
import unittest

from cli_case import CliCase, gradient_png, png


def packed_png(width, height, channels, samples):
    """A PNG of samples that are stored one after the other."""
    return png(width, height, lambda x, y: samples[(y * width + x) * channels:][:channels], channels)


def clouds_png(centres, width=60, height=48, spread=6):
    """An RGB image whose colours form one cloud around each centre."""
    numbers = random.Random(5)
    samples = bytes(min(255, max(0, round(numbers.gauss(value, spread))))
                    for _ in range(width * height) for value in numbers.choice(centres))
    return packed_png(width, height, 3, samples)


class Mixture(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png(64, 48))
        self.write("clouds.png", clouds_png([(40, 40, 40), (200, 60, 60), (60, 200, 60), (120, 120, 230)]))

    def report(self, *arguments):
        return json.loads(self.succeed("compress", "-f", "--json", *arguments))

    def test_em_reports_likelihood_and_bic_for_every_kind_of_covariance(self):
        likelihoods = {}
        for kind in (None, "tied-spherical", "spherical", "diagonal", "tied", "full"):
            chosen = () if kind is None else ("--covariance", kind)
            found = self.report("clouds.png", "-k", "4", "--method", "em", *chosen)
            self.assertEqual((found["method"], found["training"]), ("em", "em"))
            self.assertEqual(found["covariance"], kind or "tied-spherical")
            self.assertEqual(found["trained_vectors"], found["distinct_vectors"])
            self.assertLess(found["log_likelihood"], 0)
            self.assertGreater(found["bic"], -2 * found["log_likelihood"])
            likelihoods[kind] = found["log_likelihood"]
        self.assertEqual(likelihoods[None], likelihoods["tied-spherical"])
        # Covariances with more parameters fit better.
        self.assertGreater(likelihoods["full"], likelihoods["diagonal"])
        self.assertGreater(likelihoods["diagonal"], likelihoods["spherical"])
        self.assertGreater(likelihoods["spherical"], likelihoods["tied-spherical"])
        self.assertIn(b"log likelihood",
                      self.succeed("compress", "-f", "-v", "clouds.png", "-k", "4", "--method", "em"))

    def test_em_reports_the_seeding_of_the_codebook_that_it_begins_with(self):
        self.write("grey.png", packed_png(40, 40, 1, bytes(random.Random(3).randrange(256) for _ in range(1600))))
        for name, seeding, used in (("clouds.png", "auto", "split"), ("clouds.png", "kmeans++", "kmeans++"),
                                    ("grey.png", "auto", "auto"), ("grey.png", "split", "split")):
            found = self.report(name, "-k", "4", "--method", "em", "--seeding", seeding)
            self.assertEqual(found["seeding"], used)

    def test_a_lossless_image_has_no_mixture(self):
        self.write("two.png", clouds_png([(0, 0, 0), (255, 255, 255)], 12, 12, 0))
        found = self.report("two.png", "--method", "em")
        self.assertIsNone(found["psnr_db"])
        self.assertIsNone(found["log_likelihood"])
        self.assertIsNone(found["bic"])

    def test_annealing_reports_eps_and_distortion_of_each_step(self):
        found = self.report("clouds.png", "-k", "4", "--method", "anneal")
        self.assertEqual(found["training"], "anneal")
        self.assertTrue(found["converged"])
        steps = found["annealing"]
        self.assertGreater(len(steps), 5)
        self.assertTrue(all(later["eps"] < earlier["eps"] for earlier, later in zip(steps, steps[1:])))
        self.assertLess(steps[-1]["distortion"], steps[0]["distortion"] / 10)
        text = self.succeed("compress", "-f", "-v", "clouds.png", "-k", "4", "--method", "anneal").decode()
        self.assertIn("annealed over", text)
        self.assertEqual(text.splitlines()[[line.split()[:2] for line in text.splitlines()].index(["annealing", "eps"])
                                           + len(steps)].split()[0], str(len(steps)))

    def test_every_method_reports_the_mse_of_each_iteration(self):
        for method, closeness in (("kmeans", 0.02), ("anneal", 0.02), ("em", 0.5)):
            found = self.report("clouds.png", "-k", "4", "--method", method)
            steps = found["iterations"]
            self.assertTrue(steps, method)
            self.assertTrue(all(step["mse"] > 0 for step in steps), method)
            self.assertLess(abs(steps[-1]["mse"] - found["mse"]), closeness * found["mse"], method)
            text = self.succeed("compress", "-f", "-v", "clouds.png", "-k", "4", "--method", method).decode()
            titles = [line.split() for line in text.splitlines() if "MSE" in line.split()[1:] and "," not in line]
            self.assertTrue(titles, method)

    def test_methods_give_the_same_file_on_one_thread_and_on_three(self):
        for method in ("em", "anneal"):
            files = []
            for threads in ("1", "3"):
                self.report("a.png", "-k", "20", "--method", method, "--threads", threads, "-o", "a.vqi")
                files.append(self.read("a.vqi"))
            self.assertEqual(*files)

    def test_alpha_and_grey_and_blocks_are_learned_as_well(self):
        numbers = random.Random(3)
        self.write("alpha.png", packed_png(40, 40, 4, bytes(value for _ in range(1600) for value in (
            numbers.randrange(256), numbers.randrange(256), numbers.randrange(256), numbers.choice((0, 90, 255))))))
        self.write("grey.png", packed_png(40, 40, 1, bytes(numbers.randrange(256) for _ in range(1600))))
        for method in ("em", "anneal"):
            for name, options in (("alpha.png", ("-k", "24")), ("grey.png", ("-k", "9")),
                                  ("a.png", ("-k", "5", "--block", "4x4"))):
                found = self.report(name, "--method", method, *options)
                self.assertEqual(found["k"], found["k_requested"])
                self.assertLess(found["mse"], 4000)

    def test_options_that_cannot_apply_are_refused(self):
        self.fail_with(2, "compress", "a.png", "--covariance", "full", says=("covariance", "em"))
        self.fail_with(2, "compress", "a.png", "--method", "anneal", "--covariance", "full", says=("covariance", "em"))
        self.fail_with(2, "compress", "a.png", "--method", "em", "--covariance", "round", says=("round", "diagonal"))
        self.fail_with(2, "compress", "a.png", "--method", "anneal", "--seeding", "split", says=("seeding", "anneal"))
        self.fail_with(2, "sweep", "a.png", "--covariance", "full", says=("--covariance", "--method em"))
        # Once, before any input is read, and under the names of the command line.
        for options in (("--lambda", "3"), ("--covariance", "full"), ("--method", "anneal", "--seeding", "split"),
                        ("--method", "ecvq", "--coding", "packed"), ("--model", "fast", "--coding", "packed"),
                        ("--dither", "blue", "--block", "2x2"), ("--dither", "auto", "--method", "ecvq"),
                        ("--dither-strength", "0.5"), ("--restore", "--block", "2x2"),
                        ("--fix", "red", "--block", "2x2"), ("--keep-small", "--method", "em"),
                        ("--space", "oklab", "--method", "em")):
            for command in ("compress", "sweep"):
                error = self.fail_with(2, command, "nothing.png", "nothing either.png", *options, says=("--",))
                self.assertNotIn(b"nothing", error)

    def test_a_sweep_compares_methods(self):
        rows = json.loads(self.succeed("sweep", "--json", "clouds.png", "-k", "4", "--method", "kmeans,em,anneal",
                                       "--covariance", "full"))["rows"]
        self.assertEqual([row["method"] for row in rows], ["kmeans", "em", "anneal"])
        self.assertEqual(rows[1]["covariance"], "full")
        self.assertNotIn("covariance", rows[0])
        table = self.succeed("sweep", "clouds.png", "-k", "4", "--method", "kmeans,em", "--csv", "-").decode()
        self.assertEqual(len({len(cells) for cells in csv.reader(io.StringIO(table))}), 1)


class Gap(CliCase):
    def setUp(self):
        super().setUp()
        self.write("clouds.png", clouds_png([(40, 40, 40), (200, 60, 60), (60, 200, 60), (120, 120, 230)]))
        self.write("even.png", packed_png(60, 48, 3, random.Random(1).randbytes(60 * 48 * 3)))
        self.write("flat.png", packed_png(20, 20, 3, bytes(20 * 20 * 3)))

    def test_separated_colours_are_counted(self):
        for box in ("uniform", "principal"):
            found = json.loads(self.succeed("compress", "-f", "--json", "clouds.png", "--auto-k", "gap",
                                            "--gap-max-k", "8", "--gap-box", box, "--gap-references", "5"))
            self.assertEqual((found["k"], found["k_requested"], found["gap_box"]), (4, None, box))
            self.assertEqual([row["k"] for row in found["gap"]], list(range(1, 9)))
            self.assertEqual(found["gap_references"], 5)
            for row in found["gap"]:
                self.assertAlmostEqual(row["gap"], row["expected_log_w"] - row["log_w"])
        self.assertIn(b"chosen by the gap statistic", self.succeed("compress", "-f", "clouds.png", "--auto-k", "gap",
                                                                   "--gap-max-k", "5"))

    def test_evenly_spread_colours_are_one_cluster_with_a_warning(self):
        options = ("even.png", "--gap-max-k", "6", "--gap-references", "5")
        result = self.vqi("compress", "--json", "--auto-k", "gap", *options)
        found = json.loads(result.stdout)
        self.assertEqual((found["k"], len(found["warnings"]), found["distinct_vectors"] > 2000), (1, 1, True))
        self.assertIn(b"finds no clusters", result.stderr)
        result = self.vqi("sweep", "--json", "--gap", *options)
        entry = json.loads(result.stdout)["gaps"][0]
        self.assertEqual((entry["k"], len(entry["warnings"])), (1, 1))
        self.assertIn("finds no clusters", entry["warnings"][0])
        self.assertRegex(result.stderr,
                         rb"\Avqi: even.png: warning: blocks 1x1: the gap statistic finds no clusters[^\n]*\n\Z")
        self.assertEqual(self.vqi("sweep", "-q", "--gap", *options).stderr, b"")

    def test_where_gaps_fall_before_they_rise_the_rule_that_goes_on_is_named(self):
        self.write("clouds.png", clouds_png([(220, 40, 40), (40, 200, 60), (60, 60, 220), (240, 230, 80)]))
        options = ("clouds.png", "--gap-max-k", "6", "--gap-references", "5")
        for arguments in (("compress", "--auto-k", "gap", *options), ("sweep", "--gap", *options)):
            result = self.vqi(*arguments)
            self.assertEqual(result.returncode, 0)
            self.assertRegex(result.stderr, rb"\Avqi: clouds.png: warning: [^\n]*K = 4, [^\n]*globalSEmax[^\n]*\n\Z")
        found = json.loads(self.succeed("compress", "-f", "--json", "--auto-k", "gap", *options,
                                        "--gap-rule", "globalSEmax"))
        self.assertEqual((found["k"], found["warnings"]), (4, []))

    def test_one_colour_is_one_cluster_without_rows(self):
        text = self.succeed("sweep", "flat.png", "--gap").decode()
        self.assertRegex(text, r"\Aflat.png, blocks 1x1: K = 1 of 1 to 1 [^\n]* 1 point\n\Z")
        entry = json.loads(self.succeed("sweep", "--json", "flat.png", "--gap"))["gaps"][0]
        self.assertEqual((entry["k"], entry["gap"], entry["warnings"]), (1, [], []))
        self.succeed("sweep", "-q", "flat.png", "--gap", "--csv", "gap.csv", "--report", "gap.html")
        self.assertEqual(self.read("gap.csv").count(b"\n"), 1)
        self.assertIn("flat.png, blocks 1x1", self.read("gap.html").decode())
        report = json.loads(self.succeed("compress", "--json", "flat.png", "--auto-k", "gap"))
        self.assertEqual((report["k"], report["psnr_db"]), (1, None))
        self.assertFalse([text for text in report["warnings"] if "clusters" in text])

    def test_a_sweep_prints_and_draws_the_rows(self):
        options = ("clouds.png", "--gap", "--gap-max-k", "6", "--gap-references", "4", "--gap-rule", "firstSEmax")
        text = self.succeed("sweep", *options, "--plot", "gap.svg").decode().splitlines()
        self.assertIn("firstSEmax", text[0])
        self.assertEqual(text[1].split(), "K log W expected gap error".split())
        self.assertEqual([line.split()[0] for line in text[2:]], list("123456"))
        self.assertEqual([line.split()[0] for line in text if line.endswith("chosen")], ["4"])
        self.assertIn(b"<title>The gap statistic", self.read("gap.svg"))
        found = json.loads(self.succeed("sweep", "--json", *options))["gaps"]
        self.assertEqual([(entry["k"], entry["block"], len(entry["gap"])) for entry in found], [(4, [1, 1], 6)])
        self.assertEqual(f"{found[0]['gap'][2]['gap']:.5f}", text[4].split()[3])

    def test_gaps_are_written_as_csv_and_as_a_page(self):
        options = ("clouds.png", "--gap", "--gap-max-k", "5", "--gap-references", "3", "--block", "1x1,2x1")
        found = json.loads(self.succeed("sweep", "--json", *options))["gaps"]
        self.succeed("sweep", "-q", *options, "--csv", "gap.csv", "--report", "gap.html")
        rows = list(csv.DictReader(io.StringIO(self.read("gap.csv").decode())))
        self.assertEqual([(row["block"], row["k"]) for row in rows],
                         [(block, str(k)) for block in ("[1,1]", "[2,1]") for k in range(1, 6)])
        for row, entry in zip(rows, [entry for each in found for entry in each["gap"]]):
            self.assertEqual([float(row[key]) for key in ("log_w", "expected_log_w", "gap", "error")],
                             [entry[key] for key in ("log_w", "expected_log_w", "gap", "error")])
        self.assertEqual([int(row["k"]) for row in rows if row["chosen"] == "true"], [entry["k"] for entry in found])
        self.assertEqual(self.succeed("sweep", *options, "--csv", "-"), self.read("gap.csv"))
        page = self.read("gap.html").decode()
        self.assertEqual((page.count("<svg"), page.count("<table>")), (2, 2))
        self.assertIn("clouds.png, blocks 2x1", page)
        self.fail_with(2, "sweep", *options, "--csv", "gap.csv", says=("--csv FILE",))
        self.fail_with(2, "sweep", *options, "--report", "-", says=("--report",))

    def test_the_same_seed_gives_the_same_rows_on_any_number_of_threads(self):
        options = ("sweep", "--json", "clouds.png", "--gap", "--gap-max-k", "5", "--gap-references", "3")
        first = self.succeed(*options, "--threads", "1")
        self.assertEqual(self.succeed(*options, "--threads", "3"), first)
        self.assertNotEqual(self.succeed(*options, "--seed", "2"), first)

    def test_options_that_cannot_apply_are_refused(self):
        self.fail_with(2, "compress", "even.png", "--auto-k", "magic", says=("--auto-k", "gap"))
        self.fail_with(2, "compress", "even.png", "--auto-k", "gap", "-k", "3", says=("-k", "--auto-k"))
        self.fail_with(2, "compress", "even.png", "--gap-max-k", "3", says=("--gap", "--auto-k"))
        self.fail_with(2, "compress", "even.png", "--auto-k", "gap", "--gap-rule", "best", says=("best", "globalmax"))
        self.fail_with(2, "sweep", "even.png", "--gap-max-k", "3", says=("--gap", "give both"))
        for option in (("-k", "3"), ("--method", "em"), ("--effort", "3"), ("--lambda", "3"), ("--seeding", "split"),
                       ("--model", "max"), ("--plot-each",)):
            self.fail_with(2, "sweep", "even.png", "--gap", *option, says=(option[0], "--gap"))


if __name__ == "__main__":
    unittest.main()
