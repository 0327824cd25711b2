"""Several inputs: all are worked on and reported in order, and the highest exit code wins."""
import json
import unittest

from cli_case import CliCase, gradient_png


class Batch(CliCase):
    def setUp(self):
        super().setUp()
        self.names = []
        for index in range(9):
            # Large and small images alternate, so that they do not finish in the order of naming.
            side = 16 if index % 2 else 150
            self.names.append(f"{index}.png")
            self.write(self.names[-1], gradient_png(side, side))

    def test_outcomes_are_told_in_the_order_of_the_inputs(self):
        for threads in ("1", "2", "8"):
            result = self.vqi("compress", "-f", "--threads", threads, *self.names)
            self.assertRegex(result.stderr, rb"\Avqi: 9 done; [0-9,]+ -> [0-9,]+ bytes\n\Z")
            names = [line.split()[0] for line in result.stdout.decode().splitlines()]
            self.assertEqual(names, self.names)
            verbose = self.vqi("compress", "-f", "-v", "--threads", threads, *self.names).stdout.decode()
            titles = [line for line in verbose.splitlines() if " -> " in line and not line.startswith(" ")]
            self.assertEqual(titles, [f"{index}.png -> {index}.vqi" for index in range(9)])

    def test_several_inputs_have_an_aligned_line_each_with_their_figures(self):
        self.write("ein längerer Name.png", gradient_png(150, 100))
        names = ["ein längerer Name.png", *self.names]
        lines = self.vqi("compress", *names).stdout.decode().splitlines()
        reports = [json.loads(line) for line in self.vqi("compress", "-f", "--json", *names).stdout.splitlines()]
        self.assertEqual(len(lines), len(names))
        for line, report in zip(lines, reports):
            quality = f"{report['psnr_db']:.2f} dB" if report["psnr_db"] else "lossless"
            percent = f"{100 * report['file_bytes'] / report['input_bytes']:.1f} %"
            for words in (report["input"], f"{report['input_bytes']:,} -> ", f"-> {report['file_bytes']:>11,}", percent,
                          quality, f"{report['k']} colours"):
                self.assertIn(words, line)
            self.assertEqual("LARGER" in line, report["file_bytes"] > report["input_bytes"])
        for words in (" -> ", " %", "  256 colours" if reports[0]["k"] == 256 else "colours"):
            self.assertEqual(len({line.index(words) for line in lines}), 1, lines)
        streams = [report["output"] for report in reports]
        lines = self.vqi("decompress", *streams).stdout.decode().splitlines()
        self.assertEqual([line[:len(name)] for line, name in zip(lines, streams)], streams)
        self.assertEqual(len(self.succeed("info", *streams).splitlines()), len(streams))
        self.assertIn(b"section", self.succeed("info", "-v", *streams))

    def test_one_input_keeps_its_whole_report(self):
        self.assertIn(b"\n  seconds ", self.succeed("compress", "0.png"))

    def test_all_inputs_of_one_output_are_named_before_any_work(self):
        for name in ("0.jpg", "1.bmp", "2.tif", "2.webp"):
            self.write(name, gradient_png(9, 9))
        before = self.files()
        result = self.vqi("compress", *self.names, "0.jpg", "1.bmp", "2.tif", "2.webp", "./3.png")
        self.assertEqual((result.returncode, result.stdout), (2, b""))
        lines = result.stderr.decode().splitlines()
        self.assertEqual([line.split(" would ")[0] for line in lines],
                         ["vqi: 0.png and 0.jpg", "vqi: 1.png and 1.bmp", "vqi: 2.png, 2.tif and 2.webp",
                          "vqi: 3.png and ./3.png"])
        for number, line in enumerate(lines[:3]):
            self.assertIn(f"be written to {number}.vqi, use --keep-extension", line)
        self.assertIn("name each input once", lines[3])
        self.assertEqual(self.files(), before)
        result = self.vqi("compress", "--json", "0.png", "0.jpg", "1.png", "1.bmp")
        errors = [json.loads(line)["error"] for line in result.stdout.splitlines()]
        self.assertEqual([(error["code"], error["input"]) for error in errors], [("invalid_option", None)] * 2)
        self.succeed("compress", "-q", "--keep-extension", "0.png", "0.jpg", "2.png", "2.tif", "2.webp")
        for name in ("0.png", "0.jpg", "2.png", "2.tif", "2.webp"):
            self.succeed("info", "-q", f"{name}.vqi")

    def test_names_that_clash_in_a_folder_are_told_what_helps(self):
        for folder in ("d", "e"):
            (self.folder / folder).mkdir()
            self.write(f"{folder}/x.png", gradient_png(9, 9))
        self.fail_with(2, "compress", "d/x.png", "e/x.png", "--output-dir", "out", says=("different folders",))
        self.write("y.vqi", b"")
        self.write("y", b"")
        self.fail_with(2, "decompress", "y.vqi", "y", says=("y.decoded.png", "-o"))

    def test_one_that_fails_stops_none_of_the_others(self):
        self.write("4.png", b"no image")
        (self.folder / "2.png").unlink()
        result = self.vqi("compress", "--json", *self.names)
        self.assertEqual(result.returncode, 5, "the highest of 0, 3 and 5")
        objects = [json.loads(line) for line in result.stdout.splitlines()]
        inputs = [entry.get("input") or entry["error"]["input"] for entry in objects]
        self.assertEqual(inputs, self.names)
        self.assertEqual([index for index, entry in enumerate(objects) if "error" in entry], [2, 4])
        lines = result.stderr.decode().splitlines()
        self.assertEqual([line.split(": ")[:2] for line in lines], [["vqi", "2.png"], ["vqi", "4.png"]])
        for index in (0, 1, 3, 5, 6, 7, 8):
            self.succeed("info", "-q", f"{index}.vqi")

    def test_an_existing_output_fails_its_own_input_only(self):
        self.write("3.vqi", b"precious")
        result = self.vqi("compress", "-q", *self.names)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"vqi: 3.png: ", result.stderr)
        self.assertEqual(result.stderr.count(b"\n"), 1)
        self.assertEqual(self.read("3.vqi"), b"precious")
        self.succeed("info", "-q", "0.vqi", "8.vqi")

    def test_a_batch_makes_the_same_bytes_as_one_at_a_time(self):
        self.succeed("compress", "-q", *self.names)
        together = {name: data for name, data in self.files().items() if name.endswith(".vqi")}
        for name in self.names:
            self.succeed("compress", "-q", "-f", name)
        self.assertEqual(together, {name: data for name, data in self.files().items() if name.endswith(".vqi")})
        self.assertEqual(len(together), 9)

    def test_the_summary_counts_what_became_of_the_inputs(self):
        self.write("4.png", b"no image")
        small = gradient_png(2, 2)
        self.write("small.png", small)
        self.write("large.png", gradient_png(200, 200))
        result = self.vqi("compress", "--skip-larger", "4.png", "small.png", "large.png")
        sizes = [f"{(self.folder / name).stat().st_size:,}" for name in ("large.png", "large.vqi")]
        self.assertEqual(result.returncode, 3)
        self.assertEqual(result.stderr.decode().splitlines()[-1],
                         f"vqi: 1 done, 1 failed, 1 skipped; {sizes[0]} -> {sizes[1]} bytes")
        for quiet in ("-q", "--json"):
            self.assertEqual(self.vqi("compress", "-f", quiet, "0.png", "1.png").stderr, b"")

    def test_a_larger_output_is_skipped_where_that_is_asked_for(self):
        self.write("small.png", gradient_png(2, 2))
        before = self.files()
        report = json.loads(self.succeed("compress", "--skip-larger", "--json", "small.png"))
        self.assertEqual((report["skipped"], report["output"]), (True, None))
        self.assertGreater(report["file_bytes"], report["input_bytes"])
        text = self.succeed("compress", "--skip-larger", "small.png")
        self.assertIn(b"skipped", text)
        self.assertEqual(self.files(), before)
        self.assertIn(b", skipped as larger\n", self.vqi("compress", "--skip-larger", "small.png", "0.png").stdout)
        self.assertIn(b"\n  larger ", self.succeed("compress", "small.png"))
        report = json.loads(self.succeed("compress", "-f", "--json", "small.png"))
        self.assertIn("larger", " ".join(report["warnings"]))
        self.assertEqual((report["skipped"], report["output"]), (False, "small.vqi"))
        self.fail_with(2, "compress", "--skip-larger", "small.png", "-o", "-", says=("--skip-larger", "-o FILE"))

    def test_little_memory_makes_jobs_wait_and_changes_nothing(self):
        self.succeed("compress", "-q", "--threads", "8", "--max-memory", "200k", *self.names)
        slow = self.files()
        self.succeed("compress", "-q", "-f", "--threads", "8", *self.names)
        self.assertEqual(self.files(), slow)


if __name__ == "__main__":
    unittest.main()
