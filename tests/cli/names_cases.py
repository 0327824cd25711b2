"""File names of every kind: work is done on them, reports stay one line, JSON stays valid."""
import json
import os
import unittest

from cli_case import CliCase, gradient_png

NAMES = [
    b"with space", b"new\nline", b"tab\tand\x1b[31mescape", "Übergrößenträger 図".encode(), b"latin \xfc\xdf", b"-leading-dash",
    b"--json", b"[brackets]", b"{}", b"++", b"quote'\"", b"back\\slash", b"a.b.c", b"compress", b"%s%n", b"$HOME`id`;x",
]


class Names(CliCase):
    def test_every_name_goes_through_and_back(self):
        for name in NAMES:
            with self.subTest(name=name):
                self.write(name + b".png", gradient_png(16, 16))
                self.succeed(b"compress", b"-q", b"--", name + b".png")
                self.succeed(b"decompress", b"-q", b"--", name + b".vqi")
                self.succeed(b"compare", b"-q", b"--", name + b".png", name + b".decoded.png")
                self.assertTrue(os.path.exists(os.path.join(os.fsencode(self.folder), name + b".vqi")))

    def test_names_without_a_leading_dash_need_no_double_dash(self):
        for name in NAMES:
            if not name.startswith(b"-"):
                self.write(name, gradient_png(16, 16))
                self.succeed(b"compress", b"-q", name, b"-o", b"out of " + name)

    def test_a_report_has_as_many_lines_as_ever(self):
        self.write("a.png", gradient_png(16, 16))
        expected = self.succeed("compress", "a.png").count(b"\n")
        for name in NAMES:
            self.write(name + b".png", gradient_png(16, 16))
            report = self.succeed(b"compress", b"--", name + b".png")
            self.assertEqual(report.count(b"\n"), expected, name)
            self.assertNotIn(b"\x1b", report)

    def test_an_error_is_one_line_whatever_the_name(self):
        for name in NAMES:
            self.fail_with(5, b"compress", b"--", name + b".missing")

    def test_json_is_valid_and_tells_the_name(self):
        for name in NAMES:
            self.write(name + b".png", gradient_png(16, 16))
            report = json.loads(self.succeed(b"compress", b"--json", b"--", name + b".png").decode("utf-8"))
            self.assertEqual(report["input"], (name + b".png").decode("utf-8", "replace"))
            missing = self.vqi(b"info", b"--json", b"--", name + b".missing")
            self.assertEqual(json.loads(missing.stdout.decode("utf-8"))["error"]["input"],
                             (name + b".missing").decode("utf-8", "replace"))


if __name__ == "__main__":
    unittest.main()
