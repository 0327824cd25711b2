"""Files that are only read, such as palettes, masks, codebooks and lists, are never replaced by an output."""
import os
import unittest

from cli_case import CliCase, gradient_png, png


class KeptFiles(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png())
        self.write("p.gpl", b"GIMP Palette\n1 2 3\n200 100 50\n")
        self.write("m.png", png(48, 32, lambda x, y: (x * 5,), channels=1))
        self.write("list.txt", b"a.png\n")
        self.write("streams.txt", b"a.vqi\n")
        self.succeed("train", "-q", "-k", "4", "a.png", "-o", "b.vqb")
        self.succeed("compress", "-q", "-k", "4", "a.png", "-o", "a.vqi")
        self.write("list.vqb", b"a.png\n")

    def check_kept(self, name, *arguments):
        """The option before OUT names `name` by every spelling; each time it is refused before any work."""
        os.link(self.folder / name, self.folder / "hard")
        os.symlink(name, self.folder / "soft")
        for spelling in (name, "./" + name, os.path.join(self.folder, name), "hard", "soft"):
            given = [spelling if each == "OUT" else each for each in arguments]
            self.fail_with(2, *given, "-f", says=("itself an input",))
        for link in ("hard", "soft"):
            (self.folder / link).unlink()

    def test_palettes_codebooks_and_masks_stay(self):
        for command in ("compress", "quantize"):
            end = ".vqi" if command == "compress" else ".png"
            self.check_kept("p.gpl", command, "a.png", "--palette", "p.gpl", "-o", "OUT")
            self.check_kept("b.vqb", command, "a.png", "--codebook", "b.vqb", "-o", "OUT")
            self.write("p" + end, self.read("p.gpl"))
            self.check_kept("p" + end, command, "a.png", "--palette", "p" + end, "-o", "OUT")
        self.check_kept("m.png", "quantize", "a.png", "-k", "4", "--weights", "m.png", "-o", "OUT")
        self.check_kept("p.gpl", "palette", "p.gpl", "--to", "gpl", "-o", "OUT")
        self.succeed("compress", "-q", "--codebook", "b.vqb", "--detach", "a.png", "-o", "d.vqi")
        self.check_kept("b.vqb", "decompress", "d.vqi", "--codebook", "b.vqb", "--to", "c", "-o", "OUT")
        self.check_kept("m.png", "decompress", "a.vqi", "--reference", "m.png", "-o", "OUT")

    def test_a_mask_is_not_the_default_output_of_another_input(self):
        self.write("a.quantized.png", self.read("m.png"))
        self.fail_with(2, "quantize", "a.png", "-k", "4", "-f", "--weights", "a.quantized.png",
                       says=("itself an input",))

    def test_lists_of_files_stay(self):
        self.check_kept("list.txt", "compress", "-k", "4", "--files-from", "list.txt", "-o", "OUT")
        self.check_kept("list.txt", "quantize", "-k", "4", "--files-from", "list.txt", "-o", "OUT")
        self.check_kept("streams.txt", "decompress", "--files-from", "streams.txt", "--to", "npy", "-o", "OUT")
        self.check_kept("list.txt", "sweep", "-k", "2", "--files-from", "list.txt", "--csv", "OUT")
        self.check_kept("list.txt", "sweep", "-k", "2", "--files-from", "list.txt", "--report", "OUT")
        self.fail_with(2, "train", "-k", "2", "-f", "--files-from", "list.vqb", "-o", "list.vqb",
                       says=("itself an input",))

    def test_a_list_on_standard_input_stays(self):
        with open(self.folder / "list.txt", "rb") as source:
            self.fail_with(2, "compress", "-k", "4", "-f", "--files-from", "-", "-o", "list.txt", redirect=source,
                           says=("itself an input",))


if __name__ == "__main__":
    unittest.main()
