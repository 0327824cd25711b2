"""vqi sweep: its table, JSON and CSV; each row equals the report of compress."""
import csv
import io
import json
import os
import pty
import signal
import subprocess
import threading
import time
import unittest

from cli_case import TOOL, CliCase, gradient_png, noise_png, png

# The keys that a row shares with the report of compress: all but outputs, threads and times.
NOT_IN_ROWS = {"schema", "output", "threads", "input_bytes", "skipped", "verified"}


class Sweep(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png())
        self.write("b.png", gradient_png(40, 24))

    def sweep(self, *arguments):
        result = self.vqi("sweep", "--json", "-q", *arguments)
        self.assertEqual((result.returncode, result.stderr), (0, b""), arguments)
        lines = result.stdout.splitlines()
        self.assertEqual(len(lines), 1)
        return json.loads(lines[0])

    def test_a_row_is_what_compress_reports(self):
        result = self.sweep("a.png", "-k", "2,5..7:2,16", "--block", "1x1,2x2", "--effort", "3")
        self.assertEqual((result["schema"], result["command"]), (1, "sweep"))
        self.assertEqual([(row["block"], row["k_requested"]) for row in result["rows"]],
                         [(block, k) for block in ([1, 1], [2, 2]) for k in (2, 5, 7, 16)])
        for row in result["rows"]:
            block = "x".join(map(str, row["block"]))
            output = self.succeed("compress", "--json", "-f", "a.png", "-k", str(row["k_requested"]), "--block", block,
                                  "--effort", "3")
            report = json.loads(output)
            self.assertEqual(set(report) - set(row), NOT_IN_ROWS)
            self.assertEqual(set(row) - set(report), {"on_hull", "knee"})
            for key in set(row) & set(report) - {"seconds"}:
                self.assertEqual(row[key], report[key], key)
            self.assertEqual(list(row["seconds"]), list(report["seconds"]))

    def test_the_default_is_2_to_256_and_nothing_is_written(self):
        before = self.files()
        table = self.succeed("sweep", "a.png").decode()
        lines = table.splitlines()
        self.assertEqual(lines[0], "a.png: 48x32 RGB, 8 bits, blocks 1x1, auto, effort 5")
        self.assertEqual(lines[1].split(), "K bytes ratio bpp PSNR dB SSIM".split())
        self.assertEqual([line.split()[0] for line in lines[2:]], "2 4 8 16 32 64 128 256 hull:".split())
        self.assertFalse(any(line.endswith(" ") for line in lines))
        self.assertEqual(self.files(), before)

    def test_hull_and_knee_of_the_table_are_those_of_the_json(self):
        rows = self.sweep("a.png")["rows"]
        self.assertGreaterEqual(sum(row["on_hull"] for row in rows), 3)
        self.assertEqual([row["on_hull"] for row in rows if row["knee"]], [True])
        last = self.succeed("sweep", "a.png").decode().splitlines()[-1]
        hull = ", ".join(str(row["k_requested"]) for row in rows if row["on_hull"])
        knee = [row["k_requested"] for row in rows if row["knee"]]
        self.assertEqual(last, f"   hull: {hull}; knee: {knee[0]}")
        several = self.succeed("sweep", "a.png", "-k", "2,64", "--block", "1x1,2x1").decode().splitlines()[-1]
        self.assertRegex(several, r"^   hull: (2|64) (1|2)x1(, (2|64) (1|2)x1)*(; knee: \d+ .x1)?$")

    def test_lists_of_options_make_a_row_for_each_combination(self):
        result = self.sweep("a.png", "-k", "4,8", "--method", "kmeans,ecvq", "--lambda", "1,50.5", "--effort", "1,3",
                            "--seeding", "split,kmeans++")
        combinations = [(row["method"], row.get("lambda"), row["effort"], row["seeding"], row["k_requested"])
                        for row in result["rows"]]
        self.assertEqual(combinations, [
            (method, value, effort, seeding, k) for method, values in (("kmeans", [None]), ("ecvq", [1, 50.5]))
            for value in values for effort in (1, 3) for seeding in ("split", "kmeans++") for k in (4, 8)])
        for row in (result["rows"][3], result["rows"][-1]):
            options = ["--method", row["method"], "--effort", str(row["effort"]), "--seeding", row["seeding"]]
            options += ["--lambda", str(row["lambda"])] if "lambda" in row else []
            options += ["-k", str(row["k_requested"])]
            report = json.loads(self.succeed("compress", "--json", "-q", "-f", "a.png", *options))
            self.assertEqual((report["file_bytes"], report["mse"]), (row["file_bytes"], row["mse"]))
        head = self.vqi("sweep", "a.png", "-k", "4", "--method", "kmeans,ecvq", "--lambda", "1,2", "--effort", "1,3"
                        ).stdout.decode().splitlines()[1]
        self.assertEqual(head.split(), "K method lambda effort bytes ratio bpp PSNR dB SSIM".split())
        rows = self.sweep("a.png", "-k", "3", "--method", "em", "--covariance", "full,tied-spherical")["rows"]
        self.assertEqual([row["covariance"] for row in rows], ["full", "tied-spherical"])
        for arguments, words in ((("--lambda", "1,x"), "--lambda"), (("--effort", "0,5"), "from 1 to 9"),
                                 (("--covariance", "full"), "--method em"), (("--lambda", "1"), "--method ecvq"),
                                 (("--seeding", "split,best"), "best")):
            self.fail_with(2, "sweep", "a.png", *arguments, says=[words])

    def test_rows_are_printed_as_they_come_and_kept_when_stopped(self):
        self.write("noise.png", noise_png(700))
        for options, kept in ((["--csv", "rows.csv"], "rows.csv"), ([], None), (["--csv", "-"], None),
                              (["--json"], None)):
            arguments = [TOOL, "sweep", "noise.png", "-k", "2,3,4,30000..65000:500", "--threads", "1", *options]
            process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder)
            if not options:  # the first row is there long before the last
                lines = [process.stdout.readline().decode() for _ in range(3)]
                self.assertEqual(lines[2].split()[0], "2")
                self.assertIsNone(process.poll())
            else:
                waited = time.monotonic() + 60
                while kept and not (self.folder / kept).exists() and time.monotonic() < waited:
                    time.sleep(0.05)
                time.sleep(1 if kept else 4)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130, err)
            self.assertIn(b"stopped", err)
            if options[:1] == ["--json"]:
                rows = [json.loads(line) for line in out.splitlines()][-1]["rows"]
                self.assertEqual([row["k_requested"] for row in rows][:1], [2])
            elif options:
                text = self.read(kept).decode() if kept else out.decode()
                rows = list(csv.DictReader(io.StringIO(text)))
                self.assertEqual(len(err.splitlines()), 1, err)
                self.assertEqual(rows[0]["k_requested"], "2")
                self.assertLess(len(rows), 74)
        self.assertEqual(set(self.files()), {"a.png", "b.png", "noise.png", "rows.csv"})

    def test_of_several_images_the_plot_draws_the_means_unless_each_is_asked_for(self):
        probe = self.vqi("sweep", "a.png", "-k", "2", "--plot", "probe.svg")
        if probe.returncode == 5:
            self.skipTest("plots need cairo")
        self.succeed("sweep", "-q", "a.png", "b.png", "-k", "2,4", "--plot", "means.svg")
        self.succeed("sweep", "-q", "a.png", "b.png", "-k", "2,4", "--plot", "each.svg", "--plot-each")
        self.assertNotEqual(self.read("means.svg"), self.read("each.svg"))
        self.succeed("sweep", "-q", "a.png", "-k", "2,4", "--plot", "one.svg")
        self.succeed("sweep", "-q", "a.png", "-k", "2,4", "--plot", "one_each.svg", "--plot-each")
        self.assertEqual(self.read("one.svg"), self.read("one_each.svg"))
        self.fail_with(2, "sweep", "a.png", "--plot-each", says=["--plot"])

    def test_warnings_of_the_encoder_stand_in_their_rows_and_once_on_standard_error(self):
        self.write("few.png", png(16, 16, lambda x, y: (x // 4 * 60, y // 4 * 60, 0)))
        arguments = ("few.png", "-k", "8,32,64", "--method", "kmeans,ecvq", "--lambda", "5")
        result = self.vqi("sweep", "--json", *arguments)
        rows = json.loads(result.stdout)["rows"]
        for row in rows:
            told = self.vqi("compress", "--json", "-f", "few.png", "-k", str(row["k_requested"]), "--method",
                            row["method"], *(("--lambda", "5") if row["method"] == "ecvq" else ()))
            words = [text for text in json.loads(told.stdout)["warnings"] if "larger than the input" not in text]
            self.assertEqual(row["warnings"], words)
        exact = [row for row in rows if row["method"] == "ecvq" and row["k_requested"] >= 16]
        self.assertEqual([len(row["warnings"]) for row in exact], [1, 1])
        lines = [line for line in result.stderr.decode().splitlines() if "fit into K" in line]
        self.assertEqual(len(lines), 1)
        self.assertTrue(lines[0].startswith("vqi: few.png: warning: row 32 ecvq, 64 ecvq: "), lines)
        self.assertEqual(self.vqi("sweep", "-q", *arguments).stderr, b"")

    def test_csv_on_standard_output_has_a_cell_for_every_column_whatever_the_names(self):
        self.write(b"odd\xff.png", gradient_png(20, 10))
        text = self.succeed("sweep", "a.png", b"odd\xff.png", "b.png", "-k", "2", "--csv", "-")
        lines = list(csv.reader(io.StringIO(text.decode(errors="replace"))))
        self.assertEqual(len(lines), 4)
        self.assertEqual({len(line) for line in lines}, {len(lines[0])})
        self.assertEqual([line[lines[0].index("input_hex")] for line in lines[1:]],
                         ["", b"odd\xff.png".hex(), ""])

    def test_messages_name_options_that_sweep_has(self):
        self.write("out.csv", b"old")
        line = self.fail_with(2, "sweep", "a.png", "--csv", "out.csv", says=["exists", "--force", "--csv FILE"])
        self.assertNotIn(b"-o ", line)

    def test_several_images_have_a_table_each_and_one_of_means(self):
        result = self.sweep("a.png", "b.png", "-k", "2,4")
        self.assertEqual([row["input"] for row in result["rows"]], ["a.png"] * 2 + ["b.png"] * 2)
        for index, mean in enumerate(result["means"]):
            pair = (result["rows"][index], result["rows"][index + 2])
            for key in ("bpp", "ratio", "mse", "psnr_db", "ssim"):
                self.assertAlmostEqual(mean[key], (pair[0][key] + pair[1][key]) / 2, places=9)
        tables = self.succeed("sweep", "a.png", "b.png", "-k", "2,4").decode().split("\n\n")
        self.assertEqual([table.split(":")[0].split(",")[0] for table in tables],
                         ["a.png", "b.png", "mean of 2 images"])

    def test_columns_that_differ_are_shown_and_verbose_adds_more(self):
        head = self.succeed("sweep", "a.png", "-k", "2", "--block", "1x1,2x1", "-v").decode().splitlines()[1]
        self.assertEqual(head.split(), "K block bytes ratio bpp PSNR dB SSIM max err seconds".split())

    def test_csv_has_the_rows_and_replaces_nothing_unasked(self):
        rows = self.sweep("a.png", "-k", "2,4", "--threads", "1")["rows"]
        self.succeed("sweep", "-q", "a.png", "-k", "2,4", "--csv", "out.csv")
        written = self.read("out.csv")
        read = list(csv.DictReader(io.StringIO(written.decode())))
        self.assertEqual([(line["k"], line["block"], line["knee"]) for line in read],
                         [("2", "[1,1]", "false"), ("4", "[1,1]", "false")])
        self.assertEqual([json.loads(line["block"]) for line in read], [row["block"] for row in rows])
        self.assertEqual([float(line["psnr_db"]) for line in read], [row["psnr_db"] for row in rows])
        self.assertIn("seconds_train", read[0])
        self.fail_with(2, "sweep", "a.png", "--csv", "out.csv", says=["exists"])
        self.succeed("sweep", "-q", "-f", "a.png", "-k", "2,4", "--csv", "out.csv")
        on_stdout = self.succeed("sweep", "a.png", "-k", "2,4", "--csv", "-").decode()
        self.assertEqual(on_stdout.splitlines()[0], written.decode().splitlines()[0])

    def test_lossless_is_a_word_in_text_and_null_in_json(self):
        self.write("flat.png", png(20, 20, lambda x, y: (x // 10 * 200, 0, 0)))
        self.assertIsNone(self.sweep("flat.png", "-k", "4")["rows"][0]["psnr_db"])
        self.assertIn("lossless", self.succeed("sweep", "flat.png", "-k", "4").decode())
        self.assertIn(",lossless,", self.succeed("sweep", "flat.png", "-k", "4", "--csv", "-").decode())

    def test_wrong_lists_and_outputs_are_refused(self):
        for arguments, words in ((("-k", "3..16"), "powers of two"), (("-k", "0"), "from 1 to 65536"),
                                 (("-k", "2,,4"), "empty entry"), (("--block", "1x1,17x1"), "out of range"),
                                 (("--coding", "huffman"), "huffman"), (("--method", "kmeans,magic"), "magic"),
                                 (("--csv", "a.png", "-f"), "itself an input"),
                                 (("--csv", "no/where.csv"), "cannot write")):
            code = 5 if words == "cannot write" else 2
            self.fail_with(code, "sweep", "a.png", *arguments, says=[words])
        self.assertEqual(self.vqi("sweep", "a.png", "--json", "--csv", "-").returncode, 2)

    def test_an_image_that_fails_leaves_the_others(self):
        self.write("bad.png", b"\x89PNG\r\n\x1a\nno")
        result = self.vqi("sweep", "bad.png", "a.png", "-k", "2", "--json")
        self.assertEqual(result.returncode, 3)
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual([list(line)[1] for line in lines], ["error", "command"])
        self.assertEqual([row["input"] for row in lines[1]["rows"]], ["a.png"])

    def test_an_error_alone_writes_no_csv(self):
        self.write("bad.png", b"\x89PNG\r\n\x1a\nno")
        before = self.files()
        self.assertEqual(self.vqi("sweep", "bad.png", "--csv", "out.csv").returncode, 3)
        self.assertEqual(self.files(), before)

    def test_on_a_terminal_rows_come_one_by_one_and_are_marked_at_the_end(self):
        self.write("noise.png", noise_png(60))
        leader, follower = pty.openpty()
        import fcntl
        import struct
        import termios
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        process = subprocess.Popen([TOOL, "sweep", "noise.png", "--no-progress"], stdout=follower,
                                   stderr=subprocess.DEVNULL, cwd=self.folder)
        os.close(follower)
        shown = bytearray()

        def collect():
            try:
                while piece := os.read(leader, 4096):
                    shown.extend(piece)
            except OSError:
                pass

        reader = threading.Thread(target=collect)
        reader.start()
        self.assertEqual(process.wait(timeout=120), 0)
        reader.join(timeout=60)
        os.close(leader)
        live, _, final = shown.partition(b"\x1b[8A\x1b[J")
        self.assertEqual(live.count(b"\n"), 10)
        self.assertNotIn(b"hull", live)
        self.assertEqual(final.count(b"\n"), 8)
        self.assertIn(b"knee", final)


if __name__ == "__main__":
    unittest.main()
