#!/usr/bin/env python3
"""vqi_bench restore and rates: rows agree with what the tool reports, and stand-ins give differences that are known."""
import csv
import json
import math
import os
import random
import sys
import unittest

from cli_case import TOOL, CliCase, png

BENCH = os.environ.get("VQI_BENCH", "vqi_bench")

# Stand-ins, run by this Python: files of vqi with as many bytes again behind them, which the decoder leaves out.
CJXL = f"""
import subprocess, sys
k = {{"8": 4, "5": 6, "3.5": 8, "2.5": 12, "1.8": 16, "1.3": 24, "0.9": 32, "0.6": 48, "0.4": 64, "0.25": 96}}
source, out, quality = sys.argv[1], sys.argv[2], sys.argv[-1]
subprocess.run([{TOOL!r}, "compress", "-q", "-f", "--effort", "2", "--method", "ecvq", "--restore", "-k",
                str(k[quality]), source, "-o", "whole.vqi"], check=True)
data = open("whole.vqi", "rb").read()
open(out, "wb").write(data + bytes(len(data)))
"""
DJXL = f"""
import subprocess, sys
data = open(sys.argv[1], "rb").read()
open("half.vqi", "wb").write(data[:len(data) // 2])
subprocess.run([{TOOL!r}, "decompress", "-q", "-f", "half.vqi", "-o", sys.argv[2]], check=True)
"""


def soft_png(width=96, height=64):
    source = random.Random(5)
    return png(width, height, lambda x, y: tuple(
        int(128 + 100 * math.sin(x / (9 + 2 * c)) * math.cos(y / (12 - c)) + source.uniform(-6, 6)) for c in range(3)))


class RestoreBench(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", soft_png())
        (self.folder / "programs").mkdir()

    def stand_in(self, name, program):
        file = self.folder / "programs" / name
        file.write_text(f"#!{sys.executable}\n{program}")
        file.chmod(0o755)

    def rows(self, *arguments):
        """Runs the benchmark with the stand-ins alone; returns its rows, and what it prints."""
        result = self.vqi(*arguments, "--csv", "rows.csv", "--images", "a.png", tool=BENCH,
                          env={"PATH": str(self.folder / "programs")})
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(self.folder / "rows.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file)), result.stdout.decode(), result.stderr.decode()

    def test_rows_have_what_the_tool_reports_and_plain_filters_that_never_harm(self):
        rows, text, _ = self.rows("restore", "-k", "8,24,64")
        self.assertEqual([row["K"] for row in rows], ["8", "24", "64"])
        for row in rows:
            options = ("compress", "-f", "--json", "--method", "ecvq", "-k", row["K"], "a.png", "-o", "a.vqi")
            plain = json.loads(self.succeed(*options))
            restored = json.loads(self.succeed(*options, "--restore"))
            self.assertEqual([int(row["plain bytes"]), int(row["bytes"])],
                             [plain["file_bytes"], restored["file_bytes"]])
            for column, value in (("PSNR", plain["psnr_db"]), ("SSIM", plain["ssim"]),
                                  ("filter's SSIM", restored["ssim"])):
                self.assertAlmostEqual(float(row[column]), value, delta=0.006)
            self.assertAlmostEqual(float(row["codewords"]) + float(row["filter"]), restored["psnr_db"], delta=0.011)
            self.assertGreaterEqual(min(float(row["convolution"]), float(row["total variation"])), 0)
        self.assertGreater(max(float(row["total variation"]) for row in rows), 0)
        self.assertGreater(max(float(row["convolution"]) for row in rows), 0)
        self.assertIn("total variation:", text)

    def test_files_of_twice_the_bytes_for_the_same_pixels_are_twice_as_large_in_both_bands(self):
        self.stand_in("cjxl", CJXL)
        self.stand_in("djxl", DJXL)
        rows, text, messages = self.rows("rates", "-k", "4,6,8,12,16,24,32,48,64,96", "--effort", "2",
                                         "--lambda-factors", "1")
        self.assertEqual((rows[0]["cjxl 0.5-1.5"], rows[0]["cjxl 1.5-3.0"]), ("-50.0", "-50.0"))
        self.assertIn("cjxl 0.5-1.5 bits per pixel: median -50.0 % of 1 images", text)
        self.assertIn("vqi_bench: cwebp is not installed, left out", messages)


if __name__ == "__main__":
    unittest.main()
