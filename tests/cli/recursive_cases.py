"""Folders as inputs: which files are picked, where outputs go, and what is refused."""
import json
import os
import unittest

from cli_case import CliCase, gradient_png

IMAGE = gradient_png(16, 16)


class Recursive(CliCase):
    def setUp(self):
        super().setUp()
        for name in ("d/b.png", "d/x/a.png", "d/x/y/C.PNG", "d/notes.txt"):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            self.write(name, IMAGE)

    def outputs(self, suffix):
        return sorted(name for name in self.files() if name.endswith(suffix))

    def test_outputs_lie_beside_their_inputs(self):
        self.succeed("compress", "-q", "-r", "d")
        self.assertEqual(self.outputs(".vqi"), ["d/b.vqi", "d/x/a.vqi", "d/x/y/C.vqi"])
        self.succeed("info", "-q", "--recursive", "d")
        self.succeed("decompress", "-q", "--recursive", "d")
        self.assertEqual(self.outputs(".decoded.png"), ["d/b.decoded.png", "d/x/a.decoded.png", "d/x/y/C.decoded.png"])

    def test_pictures_that_decompress_wrote_are_not_taken_for_inputs(self):
        self.succeed("compress", "-q", "-r", "d")
        self.succeed("decompress", "-q", "-r", "d")
        self.succeed("compress", "-q", "-f", "-r", "d")
        self.assertEqual(self.outputs(".vqi"), ["d/b.vqi", "d/x/a.vqi", "d/x/y/C.vqi"])
        lines = self.succeed("sweep", "--json", "-k", "2", "-r", "d").splitlines()
        self.assertEqual(len(json.loads(lines[0])["rows"]), 3)

    def test_the_tree_is_kept_below_output_dir(self):
        self.succeed("compress", "-q", "-r", "d", "d/notes.txt", "--output-dir", "new/out")
        self.assertEqual(self.outputs(".vqi"),
                         ["new/out/b.vqi", "new/out/notes.vqi", "new/out/x/a.vqi", "new/out/x/y/C.vqi"])

    def test_files_are_told_of_in_a_fixed_order(self):
        for threads in ("1", "8"):
            lines = self.succeed("compress", "-f", "--json", "--threads", threads, "-r", "d").splitlines()
            self.assertEqual([json.loads(line)["input"] for line in lines], ["d/b.png", "d/x/a.png", "d/x/y/C.PNG"])

    def test_loops_of_links_are_not_entered(self):
        os.symlink("..", self.folder / "d/x/up")
        os.symlink("x", self.folder / "d/again")
        os.mkfifo(self.folder / "d/pipe.png")  # opening it would block forever
        self.succeed("compress", "-q", "-r", "d")
        (self.folder / "d/pipe.png").unlink()
        self.assertEqual(self.outputs(".vqi"), ["d/b.vqi", "d/x/a.vqi", "d/x/y/C.vqi"])

    def test_two_files_of_one_output_are_refused_before_any_work(self):
        self.write("d/x/a.jpg", IMAGE)
        self.fail_with(2, "compress", "-r", "d", says=("d/x/a.jpg and d/x/a.png", "d/x/a.vqi"))
        (self.folder / "d/x/a.jpg").unlink()
        (self.folder / "e").mkdir()
        self.write("e/b.bmp", IMAGE)
        self.fail_with(2, "compress", "-r", "d", "e", "--output-dir", "out", says=("d/b.png and e/b.bmp", "out/b.vqi"))

    def test_folders_in_which_nothing_is_found(self):
        (self.folder / "empty").mkdir()
        self.fail_with(2, "compress", "-r", "empty", says=("empty",))
        self.fail_with(2, "decompress", "-r", "d", says=("no file to work on",))
        self.succeed("compress", "-q", "-r", "empty", "d")

    def test_o_cannot_name_the_output_of_a_folder(self):
        self.fail_with(2, "compress", "-r", "d", "-o", "x.vqi", says=("--output-dir",))

    def test_a_folder_fails_alone_without_recursive(self):
        result = self.vqi("compress", "-q", "d", "d/b.png")
        self.assertEqual(result.returncode, 2)
        self.assertEqual(self.outputs(".vqi"), ["d/b.vqi"])

    def test_a_folder_that_cannot_be_read_fails_alone(self):
        os.chmod(self.folder / "d/x", 0)
        self.addCleanup(os.chmod, self.folder / "d/x", 0o700)
        if os.access(self.folder / "d/x", os.R_OK):
            self.skipTest("this user may read every folder")
        result = self.vqi("compress", "-q", "-r", "d")
        self.assertEqual(result.returncode, 5)
        self.assertRegex(result.stderr, rb"\Avqi: d/x: cannot read the folder [^\n]*\n\Z")
        self.assertEqual(self.outputs(".vqi"), ["d/b.vqi"])


if __name__ == "__main__":
    unittest.main()
