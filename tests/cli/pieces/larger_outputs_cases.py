"""vqi decompress of pictures above the memory limit: the files of whole images, row by row."""
import json
import unittest

from cli_case import CliCase
from large_files import HEIGHT, WIDTH, grey_rows, png


class LargerOutputs(CliCase):
    # The picture has 2.7 or 8.1 MB; row by row its strips and their pixels are in memory.
    LITTLE = ("--threads", "1", "--max-memory")

    def setUp(self):
        super().setUp()
        rows = grey_rows(levels=16)
        self.write("grey.png", png(rows, WIDTH, 0))
        self.write("rgb.png", png([b"".join(bytes((v, 255 - v, v // 2)) for v in row) for row in rows], WIDTH, 2))
        for name, options in (("grey", ("--block", "2x2", "-k", "64")), ("rgb", ("-k", "9"))):
            self.succeed("compress", "-q", "--coding", "packed", "--effort", "1", name + ".png", "-o", name + ".vqi",
                         *options)

    def both(self, name, extension, memory):
        """Decompresses with and without enough memory; returns both files."""
        source = name + ".vqi"
        self.succeed("decompress", "-q", "-f", source, "-o", "whole" + extension)
        result = self.vqi("decompress", "-f", "--json", source, "-o", "rows" + extension, *self.LITTLE, memory)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(b"row by row", result.stderr)
        report = json.loads(result.stdout)
        whole = json.loads(self.vqi("decompress", "-f", "--json", source, "-o", "whole" + extension).stdout)
        same = [key for key in whole if key not in ("output", "seconds", "warnings", "threads")]
        self.assertEqual([report[key] for key in same], [whole[key] for key in same])
        return self.read("rows" + extension), self.read("whole" + extension)

    def test_files_have_the_bytes_of_those_from_memory(self):
        for extension in (".png", ".pgm", ".pam", ".tif"):
            rows, whole = self.both("grey", extension, "2750k")
            self.assertEqual(rows, whole, extension)
        for extension in (".ppm", ".tiff"):
            rows, whole = self.both("rgb", extension, "6M")
            self.assertEqual(rows, whole, extension)

    def test_a_palette_has_the_same_pixels_and_more_bytes(self):
        rows, whole = self.both("rgb", ".png", "6M")
        self.assertLess(len(whole), len(rows))
        self.succeed("compare", "-q", "rows.png", "whole.png")
        self.assertEqual((rows[24:26], rows[:24]), (b"\4\3", whole[:24]))  # indices of four bits

    def test_damage_leaves_no_output(self):
        stream = bytearray(self.read("rgb.vqi"))
        stream[-len(stream) // 4] ^= 1
        self.write("cut.vqi", stream[:-1000])
        self.write("bad.vqi", stream)
        for name in ("bad.vqi", "cut.vqi"):
            whole = self.fail_with(3, "decompress", name)
            self.assertEqual(self.fail_with(3, "decompress", name, *self.LITTLE, "6M"), whole)

    def test_a_needless_codebook_is_noticed_before_the_rows_are_decoded(self):
        self.succeed("train", "-q", "-k", "4", "--effort", "1", "rgb.png", "-o", "book.vqb")
        stream = bytearray(self.read("rgb.vqi"))
        stream[-len(stream) // 4] ^= 1
        self.write("bad.vqi", stream)
        self.fail_with(2, "decompress", "bad.vqi", *self.LITTLE, "6M", "--codebook", "book.vqb",
                       says=("has a codebook of its own",))

    def test_what_needs_the_whole_image_is_refused_as_before(self):
        for option in (("-o", "a.jpg"), ("--salvage",), ("--reference", "rgb.png"), ("--thumbnail", "64")):
            self.fail_with(4, "decompress", "rgb.vqi", *self.LITTLE, "6M", *option, says=("memory",))
        self.fail_with(2, "decompress", "rgb.vqi", *self.LITTLE, "6M", "-o", "a.pgm", says=("colours",))
        self.fail_with(2, "decompress", "rgb.vqi", *self.LITTLE, "6M", "-o", "rgb.png", says=("exists",))


if __name__ == "__main__":
    unittest.main()
