"""vqi sweep: its table, JSON and CSV; each row equals the report of compress."""
import csv
import io
import json
import os
import pty
import subprocess
import threading
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
        lines = self.succeed("sweep", "--json", *arguments).splitlines()
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
        self.assertEqual([line.split()[0] for line in lines[2:]], "2 4 8 16 32 64 128 256".split())
        self.assertEqual(sum("knee" in line for line in lines), 1)
        self.assertGreaterEqual(sum("hull" in line for line in lines), 3)
        self.assertFalse(any(line.endswith(" ") for line in lines))
        self.assertEqual(self.files(), before)

    def test_hull_and_knee_of_the_table_are_those_of_the_json(self):
        rows = self.sweep("a.png")["rows"]
        lines = self.succeed("sweep", "a.png").decode().splitlines()[2:]
        self.assertEqual(["hull" in line for line in lines], [row["on_hull"] for row in rows])
        self.assertEqual(["knee" in line for line in lines], [row["knee"] for row in rows])

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
                         [("2", "1x1", "false"), ("4", "1x1", "false")])
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
