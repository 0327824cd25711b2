"""File names of every kind: the tool works with them, messages stay on one line, and JSON stays valid."""
import json
import os
import unittest

from cli_case import CliCase, gradient_png

NAMES = [
    b"with space", b"new\nline", b"tab\tand\x1b[31mescape", "Übergrößenträger 図".encode(), b"latin \xfc\xdf",
    b"-leading-dash",
    b"--json", b"[brackets]", b"{}", b"++", b"quote'\"", b"back\\slash", b"a.b.c", b"compress", b"%s%n", b"$HOME`id`;x",
]


class Names(CliCase):
    def setUp(self):
        super().setUp()
        self.image = gradient_png(16, 16)
        for name in NAMES:
            self.write(name + b".png", self.image)
        self.images = [name + b".png" for name in NAMES]
        self.streams = [name + b".vqi" for name in NAMES]

    def test_every_name_goes_through_and_back(self):
        self.succeed(b"compress", b"-q", b"--", *self.images)
        self.succeed(b"decompress", b"-q", b"--", *self.streams)
        written = set(os.listdir(os.fsencode(self.folder)))
        decoded = {name + b".decoded.png" for name in NAMES}
        self.assertEqual(written, {*self.images, *self.streams, *decoded})
        self.assertEqual(len({self.read(os.fsdecode(name)) for name in decoded}), 1)

    def test_names_without_a_leading_dash_need_no_double_dash(self):
        plain = [name for name in NAMES if not name.startswith(b"-")]
        for name in plain:
            self.write(name, self.image)
        (self.folder / "out").mkdir()
        self.succeed(b"compress", b"-q", b"--output-dir", b"out", *[name for name in plain if name != b"a.b.c"])
        self.assertEqual(len(os.listdir(self.folder / "out")), len(plain) - 1)

    def test_a_report_has_as_many_lines_as_ever(self):
        expected = self.succeed(b"compress", b"-f", b"-v", self.images[0]).count(b"\n")
        for options, lines in ((b"-fv", expected), (b"-f", 1)):
            report = self.vqi(b"compress", options, b"--", *self.images).stdout
            self.assertEqual(report.count(b"\n"), lines * len(NAMES))
            self.assertNotIn(b"\x1b", report)

    def test_an_error_is_one_line_whatever_the_name(self):
        result = self.vqi(b"compress", b"-q", b"--", *[name + b".missing" for name in NAMES])
        self.assertEqual((result.returncode, result.stdout), (5, b""))
        self.assertEqual(result.stderr.count(b"\n"), len(NAMES))
        self.assertTrue(all(line.startswith(b"vqi: ") for line in result.stderr.splitlines()))
        self.assertNotIn(b"\x1b", result.stderr)

    def test_json_is_valid_and_tells_the_name(self):
        reports = self.succeed(b"compress", b"--json", b"--", *self.images).decode("utf-8").splitlines()
        self.assertEqual([json.loads(report)["input"] for report in reports],
                         [name.decode("utf-8", "replace") for name in self.images])
        missing = [name + b".missing" for name in NAMES]
        errors = self.vqi(b"info", b"--json", b"--", *missing).stdout.decode("utf-8").splitlines()
        self.assertEqual([json.loads(error)["error"]["input"] for error in errors],
                         [name.decode("utf-8", "replace") for name in missing])

    def test_json_tells_a_name_that_is_not_utf_8_exactly(self):
        report, = self.succeed(b"compress", b"--json", b"latin \xfc\xdf.png").splitlines()
        report = json.loads(report)
        self.assertEqual(bytes.fromhex(report["input_hex"]), b"latin \xfc\xdf.png")
        self.assertEqual(bytes.fromhex(report["output_hex"]), b"latin \xfc\xdf.vqi")
        error = json.loads(self.vqi(b"info", b"--json", b"\xff").stdout)["error"]
        self.assertEqual((error["input"], error["input_hex"]), ("\ufffd", "ff"))
        self.assertNotIn("input_hex", json.loads(self.succeed(b"compress", b"--json", "Übergrößenträger 図.png")))


if __name__ == "__main__":
    unittest.main()
