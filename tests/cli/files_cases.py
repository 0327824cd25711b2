"""Which files are worked on and what becomes of them: lists of names, runs that go on, names and times of outputs."""
import json
import os
import unittest

from cli_case import CliCase, gradient_png


class Files(CliCase):
    def setUp(self):
        super().setUp()
        for name in ("a.png", "b.png", "c.png"):
            self.write(name, gradient_png())

    def streams(self):
        return sorted(name for name in self.files() if name.endswith(".vqi"))

    def test_names_are_read_from_a_file_or_standard_input(self):
        self.write("list.txt", b"b.png\r\n\nc.png")
        self.vqi("compress", "-q", "a.png", "--files-from", "list.txt")
        self.assertEqual(self.streams(), ["a.vqi", "b.vqi", "c.vqi"])
        self.succeed("decompress", "-q", "--files-from", "-", stdin=b"a.vqi\nb.vqi\n")
        self.assertEqual({"a.decoded.png", "b.decoded.png"} - set(self.files()), set())
        self.assertEqual(len(self.succeed("info", "--files-from", "-", stdin=b"a.vqi\nc.vqi").splitlines()), 2)
        rows = json.loads(self.succeed("sweep", "-k", "2", "--json", "--files-from", "list.txt"))["rows"]
        self.assertEqual([row["input"] for row in rows], ["b.png", "c.png"])

    def test_names_before_zero_bytes_may_hold_anything(self):
        names = ["new\nline.png", " space.png", "-k.png", "cr\r"]
        for name in names:
            self.write(name, gradient_png(8, 8))
        self.succeed("compress", "-q", "--files-from", "-", stdin="\0".join(names).encode() + b"\0")
        self.assertEqual(self.streams(), sorted(["new\nline.vqi", " space.vqi", "-k.vqi", "cr\r.vqi"]))

    def test_folders_in_a_list_are_walked_through(self):
        (self.folder / "d").mkdir()
        self.write("d/x.png", gradient_png(8, 8))
        self.succeed("compress", "-q", "-r", "--files-from", "-", stdin=b"d\n")
        self.assertEqual(self.streams(), ["d/x.vqi"])

    def test_lists_that_name_nothing_or_cannot_be_read_are_refused(self):
        self.write("empty.txt", b"\n\r\n")
        self.fail_with(2, "compress", "--files-from", "empty.txt", says=("empty.txt", "no file"))
        self.fail_with(5, "compress", "--files-from", "missing.txt", says=("missing.txt", "--files-from"))
        self.fail_with(2, "compress", "-", "--files-from", "-", says=("standard input",))
        self.fail_with(2, "compress", "--files-from", "-", "-o", "x.vqi", stdin=b"a.png\nb.png\n", says=("2 inputs",))
        result = self.vqi("compress", "-q", "--files-from", "-", stdin=b"a.png\nmissing.png\nb.png\n")
        self.assertEqual((result.returncode, result.stderr.count(b"\n")), (5, 1))
        self.assertEqual(self.streams(), ["a.vqi", "b.vqi"])

    def test_a_run_that_was_stopped_goes_on(self):
        self.succeed("compress", "-q", "b.png")
        done = self.read("b.vqi")
        result = self.vqi("compress", "--skip-existing", "a.png", "b.png", "c.png")
        self.assertEqual(result.returncode, 0)
        self.assertRegex(result.stdout, rb"(?m)^b\.png +skipped, b\.vqi exists$")
        self.assertRegex(result.stderr, rb"\Avqi: 2 done, 1 skipped; [^\n]+\n\Z")
        self.assertEqual((self.streams(), self.read("b.vqi")), (["a.vqi", "b.vqi", "c.vqi"], done))
        self.assertEqual(self.succeed("compress", "-q", "--skip-existing", "a.png", "b.png"), b"")
        report = json.loads(self.succeed("compress", "--json", "--skip-existing", "a.png"))
        self.assertEqual((report["command"], report["input"], report["output"], report["skipped"], report["existing"]),
                         ("compress", "a.png", None, True, "a.vqi"))
        self.assertIn(b"exists", self.succeed("compress", "--skip-existing", "a.png"))
        self.succeed("decompress", "-q", "a.vqi")
        self.succeed("decompress", "-q", "--skip-existing", "a.vqi", "b.vqi")
        self.assertIn("b.decoded.png", self.files())

    def test_an_input_that_is_missing_is_no_less_an_error(self):
        self.write("gone.vqi", b"there")
        self.fail_with(5, "compress", "--skip-existing", "gone.png", says=("gone.png",))

    def test_skipping_is_refused_where_it_cannot_apply(self):
        self.fail_with(2, "compress", "--skip-existing", "-f", "a.png", says=("--skip-existing and --force",))
        self.fail_with(2, "compress", "--skip-existing", "a.png", "-o", "-", says=("--skip-existing",))

    def test_outputs_get_the_times_of_their_inputs_only_if_asked_for(self):
        times = (1_000_000_000_123_456_789, 1_100_000_000_987_654_321)
        os.utime(self.folder / "a.png", ns=times)
        self.succeed("compress", "-q", "--preserve", "a.png")
        self.assertEqual(os.stat(self.folder / "a.vqi").st_mtime_ns, times[1])
        self.assertEqual(os.stat(self.folder / "a.vqi").st_atime_ns, times[0])
        self.succeed("decompress", "-q", "--preserve", "a.vqi")
        self.assertEqual(os.stat(self.folder / "a.decoded.png").st_mtime_ns, times[1])
        self.succeed("compress", "-q", "-f", "a.png")
        self.assertNotEqual(os.stat(self.folder / "a.vqi").st_mtime_ns, times[1])
        self.succeed("compress", "-q", "-f", "--preserve", "a.png")
        self.assertEqual(os.stat(self.folder / "a.vqi").st_mtime_ns, times[1])
        with open(self.folder / "a.png", "rb") as image:
            self.succeed("compress", "-q", "--preserve", "-", "-o", "s.vqi", redirect=image)
        self.assertEqual(os.stat(self.folder / "s.vqi").st_mtime_ns, times[1])

    def test_times_are_refused_where_there_are_none(self):
        self.fail_with(2, "compress", "--preserve", "a.png", "-o", "-", says=("--preserve",))
        self.fail_with(2, "compress", "--preserve", "-", "-o", "x.vqi", stdin=self.read("a.png"), says=("--preserve",))

    def test_keeping_the_extension_is_for_default_names(self):
        self.succeed("compress", "-q", "--keep-extension", "a.png", "--output-dir", "d")
        self.assertEqual(self.streams(), ["d/a.png.vqi"])
        self.succeed("decompress", "-q", "d/a.png.vqi")
        self.assertIn("d/a.png.decoded.png", self.files())
        self.fail_with(2, "compress", "--keep-extension", "a.png", "-o", "x.vqi", says=("--keep-extension",))

    def test_the_extension_of_a_stream_may_be_in_capitals(self):
        self.succeed("compress", "-q", "a.png", "-o", "X.VQI")
        self.succeed("decompress", "-q", "X.VQI")
        self.assertIn("X.decoded.png", self.files())

    def test_a_default_name_that_is_too_long_is_told_what_helps(self):
        name = "n" * 251
        self.succeed("compress", "-q", "a.png", "-o", f"{name}.vqi")
        self.fail_with(5, "decompress", f"{name}.vqi", says=("too long", "-o FILE"))
        self.succeed("decompress", "-q", f"{name}.vqi", "-o", "short.png")

    def test_compress_refuses_to_name_its_stream_as_an_image(self):
        for name in ("x.png", "x.PNG", "x.jpg", "x.gif", "x.webp", "x.avif", "x.jxl"):
            self.fail_with(2, "compress", "a.png", "-o", name, "-f", says=("x.vqi", "vqi decompress"))
        self.succeed("compress", "-q", "a.png", "-o", "x.bin")
        self.succeed("compress", "-q", "a.png", "-o", "x")

    def test_a_page_that_is_not_there_is_refused_and_the_first_is_the_default(self):
        self.succeed("compress", "-q", "a.png", "--page", "1")
        self.succeed("decompress", "-q", "a.vqi", "-o", "a.jpg")
        self.succeed("compress", "-q", "a.jpg", "--page", "1", "-o", "one.vqi")
        for command in (["compress", "a.jpg", "-f"], ["sweep", "a.jpg", "-k", "2"], ["compare", "a.jpg", "a.jpg"]):
            self.fail_with(2, *command, "--page", "2", says=("page",))
            self.fail_with(2, *command, "--page", "0", says=("--page", "from 1 to"))

    def test_strict_refuses_what_is_else_warned_of_and_salvage_takes_what_is_left(self):
        self.succeed("compress", "-q", "a.png")
        self.succeed("decompress", "-q", "a.vqi", "-o", "whole.jpg")
        jpeg = self.read("whole.jpg")
        self.write("open.jpg", jpeg[:-2])  # without its end marker
        warned = self.vqi("compress", "open.jpg")
        self.assertEqual(warned.returncode, 0)
        self.assertRegex(warned.stderr, rb"\Avqi: open\.jpg: warning: ")
        self.fail_with(3, "compress", "open.jpg", "--strict", "-o", "s.vqi")
        self.fail_with(3, "sweep", "open.jpg", "--strict", "-k", "2")
        self.fail_with(3, "compare", "whole.jpg", "open.jpg", "--strict")
        self.fail_with(2, "compress", "a.png", "--strict", "--salvage", says=("--strict and --salvage",))
        report = json.loads(self.succeed("compress", "-f", "--salvage", "--json", "whole.jpg"))
        self.assertIs(report["lost_pixels"], False)
        self.write("cut.jpg", jpeg[: len(jpeg) - 300])
        self.fail_with(3, "compress", "cut.jpg", "-o", "c.vqi")
        result = self.vqi("compress", "--salvage", "--json", "cut.jpg", "-o", "c.vqi")
        self.assertEqual(result.returncode, 3, result.stderr)
        report = json.loads(result.stdout)
        self.assertIs(report["lost_pixels"], True)
        self.assertIn(b"lost", result.stderr)
        self.succeed("info", "-q", "c.vqi")

    def test_the_report_compares_with_the_input_s_own_file(self):
        own = len(self.read("a.png"))
        text = self.succeed("compress", "-k", "4", "a.png").decode()
        size = len(self.read("a.vqi"))
        raw = 48 * 32 * 3
        change = f"{100 * (size / own - 1):+.1f} %"
        self.assertIn(f"{own:,} -> {size:,} bytes, {change}; raw {raw:,}, ratio {raw / size:.2f}", text)
        self.assertEqual("larger" in text, size > own)


if __name__ == "__main__":
    unittest.main()
