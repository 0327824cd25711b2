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
            text = result.stdout.decode()
            titles = [line for line in text.splitlines() if not line.startswith(" ")]
            self.assertEqual(titles, [f"{index}.png -> {index}.vqi" for index in range(9)])

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
        report = json.loads(self.succeed("compress", "--json", "small.png"))
        self.assertEqual((report["skipped"], report["output"]), (False, "small.vqi"))
        self.fail_with(2, "compress", "--skip-larger", "small.png", "-o", "-", says=("--skip-larger", "-o FILE"))

    def test_little_memory_makes_jobs_wait_and_changes_nothing(self):
        self.succeed("compress", "-q", "--threads", "8", "--max-memory", "200k", *self.names)
        slow = self.files()
        self.succeed("compress", "-q", "-f", "--threads", "8", *self.names)
        self.assertEqual(self.files(), slow)


if __name__ == "__main__":
    unittest.main()
