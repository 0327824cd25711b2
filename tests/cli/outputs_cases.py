"""Outputs: names, permissions, files that must not be overwritten, and outputs that cannot be written."""
import os
import pathlib
import resource
import stat
import unittest

from cli_case import CliCase, gradient_png, png


class Outputs(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png())

    def test_default_names_lie_beside_the_input(self):
        (self.folder / "d").mkdir()
        self.write("d/b.x.png", gradient_png())
        self.succeed("compress", "-q", "d/b.x.png")
        self.succeed("decompress", "-q", "d/b.x.vqi")
        self.assertEqual(set(os.listdir(self.folder / "d")), {"b.x.png", "b.x.vqi", "b.x.decoded.png"})

    def test_output_dir_is_made_and_takes_the_names_only(self):
        self.write("b.png", gradient_png(20, 20))
        self.succeed("compress", "-q", "./a.png", "b.png", "--output-dir", "new/out")
        self.succeed("decompress", "-q", "new/out/a.vqi", "--output-dir", "new/out")
        self.assertEqual(set(os.listdir(self.folder / "new/out")), {"a.vqi", "b.vqi", "a.decoded.png"})

    def test_output_dir_is_not_made_for_nothing(self):
        self.write("bad.png", b"no image")
        self.fail_with(3, "compress", "bad.png", "--output-dir", "new/out")
        self.assertEqual(set(os.listdir(self.folder)), {"a.png", "bad.png"})

    def test_folders_made_for_an_output_that_cannot_be_written_go_again_and_others_stay(self):
        (self.folder / "old").mkdir()
        for folder in ("new/out", "old", "old/new"):
            self.fail_with(5, "compress", "a.png", "--output-dir", folder, says=("ulimit",),
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)))
        self.assertEqual(set(os.listdir(self.folder)), {"a.png", "old"})
        self.assertEqual(os.listdir(self.folder / "old"), [])

    def test_an_output_is_written_though_others_for_its_new_folder_fail(self):
        for number in range(8):
            self.write(f"large{number}.png", gradient_png(80, 80 + number))
        self.write("flat.png", png(2, 2, lambda x, y: (0, 0, 0)))
        names = [f"large{number}.png" for number in range(4)] + ["flat.png"] + [f"large{n}.png" for n in range(4, 8)]
        result = self.vqi("compress", "-q", *names, "--threads", "9", "--output-dir", "new/out",
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300)))
        self.assertEqual(result.returncode, 5)
        self.assertEqual(os.listdir(self.folder / "new/out"), ["flat.vqi"])

    def test_the_format_is_the_one_that_the_extension_names(self):
        self.compressed()
        for name, magic in (("b.png", b"\x89PNG"), ("b.bmp", b"BM"), ("b.ppm", b"P6"), ("b.TIF", b"II*\0")):
            self.succeed("decompress", "-q", "a.vqi", "-o", name)
            self.assertTrue(self.read(name).startswith(magic), name)

    def test_an_unknown_format_is_refused_before_any_work(self):
        self.compressed()
        for name in ("b", "b.xyz", "b.vqi", ".png"):
            self.fail_with(2, "decompress", "a.vqi", "-o", name, says=("use .png",))
        self.fail_with(2, "decompress", "a.vqi", "-o", "b.gif", says=("vqi writes", ".png", ".tif", ".webp", ".pam"))
        self.fail_with(2, "decompress", "a.vqi", "--indexed", "-o", "b.bmp", says=("--indexed", "PNG"))

    def test_indexed_writes_a_palette_png_of_the_same_pixels(self):
        self.compressed("a.vqi", None, "-k", "16")
        self.succeed("decompress", "-q", "a.vqi")
        self.succeed("decompress", "-q", "--indexed", "a.vqi", "-o", "indexed.png")
        indexed = self.read("indexed.png")
        self.assertEqual((indexed[24], indexed[25]), (4, 3), "bit depth and colour type of a palette with 16 entries")
        self.succeed("compare", "a.decoded.png", "indexed.png")
        self.succeed("decompress", "-q", "--indexed", "a.vqi", "-o", "indexed.Png")
        self.assertEqual(self.read("indexed.Png"), indexed)

    def test_indexed_is_refused_where_a_palette_cannot_hold_it(self):
        self.compressed("many.vqi", None, "-k", "300")
        self.compressed("blocks.vqi", None, "-k", "4", "--block", "2x2")
        self.fail_with(2, "decompress", "--indexed", "many.vqi", says=("vqi: many.vqi: ",))
        self.fail_with(2, "decompress", "--indexed", "blocks.vqi", says=("vqi: blocks.vqi: ",))

    def test_an_existing_output_is_kept_without_force(self):
        self.write("a.vqi", b"precious")
        self.fail_with(2, "compress", "a.png",
                       says=("vqi: a.png: ", "a.vqi exists", "--force", "--skip-existing", "-o or --output-dir"))
        os.symlink("nowhere", self.folder / "dangling.vqi")
        self.fail_with(2, "compress", "a.png", "-o", "dangling.vqi", says=("exists",))

    def test_force_replaces_and_leaves_nothing_else(self):
        self.write("a.vqi", b"old")
        self.succeed("compress", "-q", "-f", "a.png")
        self.assertNotEqual(self.read("a.vqi"), b"old")
        self.assertEqual(set(os.listdir(self.folder)), {"a.png", "a.vqi"})

    def test_force_writes_through_a_link(self):
        (self.folder / "d").mkdir()
        self.write("d/real.vqi", b"old")
        os.symlink("d/real.vqi", self.folder / "link.vqi")
        self.succeed("compress", "-q", "-f", "a.png", "-o", "link.vqi")
        self.assertTrue((self.folder / "link.vqi").is_symlink())
        self.assertNotEqual(self.read("d/real.vqi"), b"old")

    def test_force_writes_through_a_link_to_no_file_and_leaves_the_link(self):
        (self.folder / "link.vqi").symlink_to("second.vqi")
        (self.folder / "second.vqi").symlink_to("real.vqi")
        self.fail_with(2, "compress", "a.png", "-o", "link.vqi", says=("exists",))
        self.succeed("compress", "-q", "-f", "a.png", "-o", "link.vqi")
        self.assertTrue((self.folder / "link.vqi").is_symlink())
        self.assertFalse((self.folder / "real.vqi").is_symlink())
        self.succeed("info", "-q", "real.vqi")
        (self.folder / "lost.vqi").symlink_to("no/folder.vqi")
        (self.folder / "loop.vqi").symlink_to("loop.vqi")
        for name in ("lost.vqi", "loop.vqi"):
            self.fail_with(5, "compress", "-f", "a.png", "-o", name, says=("cannot write", name))

    def test_the_umask_decides_the_mode(self):
        for mask, mode in ((0o022, 0o644), (0o077, 0o600), (0o002, 0o664)):
            self.succeed("compress", "-q", "a.png", preexec_fn=lambda mask=mask: os.umask(mask))
            self.assertEqual(self.mode("a.vqi"), mode)
            (self.folder / "a.vqi").unlink()

    def mode(self, name):
        return stat.S_IMODE(os.stat(self.folder / name).st_mode)

    def test_an_output_is_no_more_readable_than_its_input(self):
        for input_mode, mode in ((0o600, 0o600), (0o640, 0o640), (0o444, 0o644), (0o755, 0o644)):
            os.chmod(self.folder / "a.png", input_mode)
            self.succeed("compress", "-q", "a.png", preexec_fn=lambda: os.umask(0o022))
            self.assertEqual(self.mode("a.vqi"), mode)
            (self.folder / "a.vqi").unlink()

    def test_a_file_that_is_replaced_keeps_its_mode(self):
        self.write("a.vqi", b"old")
        for mode in (0o600, 0o664, 0o444):
            os.chmod(self.folder / "a.vqi", mode)
            self.succeed("compress", "-q", "-f", "a.png")
            self.assertEqual(self.mode("a.vqi"), mode)

    def test_an_output_has_the_time_at_which_it_was_written(self):
        os.utime(self.folder / "a.png", (1, 1))
        self.succeed("compress", "-q", "a.png")
        self.assertGreater(os.stat(self.folder / "a.vqi").st_mtime, 1e9)

    def test_a_name_of_the_longest_length_is_written(self):
        name = "x" * 251 + ".vqi"
        self.succeed("compress", "-q", "a.png", "-o", name)
        self.assertEqual(set(os.listdir(self.folder)), {"a.png", name})

    def test_the_output_must_not_be_an_input(self):
        self.fail_with(2, "compress", "-f", "a.png", "-o", "a.png", says=("a.png", "itself an input"))
        self.fail_with(2, "compress", "-f", "a.png", "-o", "./x/../a.png", says=("itself an input",))
        os.symlink("a.png", self.folder / "l.vqi")
        self.fail_with(2, "compress", "-f", "a.png", "-o", "l.vqi", says=("itself an input",))
        self.write("b.vqi", b"")
        self.write("b.decoded.png", b"")
        self.fail_with(2, "decompress", "-f", "b.vqi", "b.decoded.png", says=("itself an input",))
        os.link(self.folder / "a.png", self.folder / "hard.vqi")
        self.fail_with(2, "compress", "-f", "a.png", "-o", "hard.vqi", says=("itself an input",))
        self.fail_with(2, "decompress", "-f", "b.vqi", "--reference", "a.png", "-o", "a.png", says=("itself an input",))

    def test_a_stream_that_is_the_input_is_not_written_to(self):
        image = self.read("a.png")
        with open(self.folder / "a.png", "r+b") as file:
            self.fail_with(2, "compress", "-f", "-", "-o", "a.png", redirect=file, says=("itself an input",))
        with open(self.folder / "a.png", "ab") as file:
            result = self.vqi("compress", "a.png", "-o", "-", output=file)
        self.assertEqual((result.returncode, self.read("a.png")), (2, image))

    def test_two_inputs_must_not_map_to_one_output(self):
        self.write("a.jpg", gradient_png())
        (self.folder / "d").mkdir()
        self.write("d/a.png", gradient_png())
        (self.folder / "out").mkdir()
        self.fail_with(2, "compress", "a.png", "a.jpg", says=("a.png and a.jpg", "a.vqi"))
        self.fail_with(2, "compress", "a.png", "./a.png", says=("a.vqi",))
        self.fail_with(2, "compress", "a.png", "d/a.png", "--output-dir", "out", says=("out/a.vqi",))
        self.fail_with(2, "compress", "a.png", "d/a.png", "-o", "x.vqi", says=("--output-dir",))

    def test_what_cannot_be_written_is_told_before_and_after_the_work(self):
        self.write("file", b"")
        self.fail_with(5, "compress", "a.png", "-o", "no/such/folder.vqi", says=("No such file",))
        self.fail_with(5, "compress", "a.png", "--output-dir", "file", says=("Not a directory",))
        self.fail_with(5, "compress", "a.png", "--output-dir", "file/more", says=("Not a directory",))
        self.fail_with(5, "compress", "a.png", "--output-dir", "/proc/more", says=("/proc/more",))
        self.fail_with(2, "compress", "a.png", "--output-dir", "", says=("empty name",))
        self.fail_with(5, "compress", "a.png", "-o", "file/b.vqi", says=("Not a directory",))
        self.fail_with(5, "compress", "a.png", "-o", "/proc/b.vqi", says=("/proc/b.vqi",))
        self.fail_with(5, "compress", "a.png", "-o", "/dev/full", says=("No space left",))
        self.fail_with(5, "compress", "a.png", "-o", "x" * 300, says=("File name too long",))
        self.fail_with(2, "compress", "a.png", "-o", ".", says=("is a directory",))
        self.fail_with(2, "compress", "a.png", "-o", "", says=("empty name",))

    def test_a_failed_write_on_a_full_disk_leaves_nothing(self):
        def small_files():
            import resource
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

        self.fail_with(5, "compress", "-q", "a.png", says=("cannot write a.vqi", "File too large"),
                       preexec_fn=small_files)

    def test_devices_are_written_to_directly(self):
        self.succeed("compress", "-q", "a.png", "-o", "/dev/null")
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))
        self.succeed("compress", "-q", "a.png")
        self.assertEqual(self.succeed("compress", "-q", "a.png", "-o", "/dev/stdout"), self.read("a.vqi"))

    def test_reference_measures_again(self):
        self.succeed("compress", "-q", "-k", "8", "a.png")
        text = self.succeed("decompress", "a.vqi", "--reference", "a.png").decode()
        stored, measured = (line.split()[2] for line in text.splitlines()
                            if line.strip().startswith(("distortion", "reference")))
        self.assertEqual(stored, measured)

    def test_a_reference_that_cannot_be_used_fails_and_writes_nothing(self):
        self.succeed("compress", "-q", "a.png")
        self.write("other.png", png(5, 5, lambda x, y: (x, y, 0)))
        self.fail_with(5, "decompress", "a.vqi", "--reference", "missing.png", says=("missing.png", "No such file"))
        self.fail_with(2, "decompress", "a.vqi", "--reference", "other.png", says=("48x32", "5x5"))
        self.write("cut.vqi", self.read("a.vqi")[:-5])
        self.fail_with(3, "decompress", "a.vqi", "--reference", "cut.vqi", says=("cut.vqi",))

    def test_the_same_bytes_at_any_number_of_threads(self):
        streams = set()
        for threads in ("0", "1", "2", "8"):
            self.succeed("compress", "-q", "-f", "--threads", threads, "a.png")
            streams.add(pathlib.Path(self.folder, "a.vqi").read_bytes())
        self.assertEqual(len(streams), 1)


if __name__ == "__main__":
    unittest.main()
