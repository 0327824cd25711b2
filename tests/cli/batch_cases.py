"""Several inputs: all are worked on, told of in order, and the highest exit code wins."""
import json
import unittest

from cli_case import CliCase, gradient_png


class Batch(CliCase):
    def setUp(self):
        super().setUp()
        self.names = []
        for index in range(9):
            # Large and small ones in turn, so that the order of finishing is not that of naming.
            side = 16 if index % 2 else 150
            self.names.append(f"{index}.png")
            self.write(self.names[-1], gradient_png(side, side))

    def test_outcomes_are_told_in_the_order_of_the_inputs(self):
        for threads in ("1", "2", "8"):
            text = self.succeed("compress", "-f", "--threads", threads, *self.names).decode()
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


if __name__ == "__main__":
    unittest.main()
