"""decompress --to c and --to raw: a C program and a reader of bytes rebuild the picture."""
import json
import re
import shutil
import subprocess
import unittest

from cli_case import png
from index_case import COUNTS, HEIGHT, IndexCase, WIDTH, picture

COMPILER = shutil.which("cc") or shutil.which("gcc")
FLAGS = ("-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror")
FORMATS = ("rgb888", "rgba8888", "bgra8888", "rgb565", "rgb565be", "bgr555")
PROGRAM = """#include "%(file)s"
#include <stdio.h>
int main(void) {
  for (int y = 0; y < %(name)s_height; ++y)
    for (int x = 0; x < %(name)s_width; ++x) {
      %(place)s
      int i = %(index)s;
      %(element)s const *p = (%(element)s const *)&%(pixel)s;
      for (unsigned s = 0; s < sizeof %(pixel)s / sizeof *p; ++s) printf("%%u ", (unsigned)p[s]);
    }
  return 0;
}
"""


def packed(rgba, form):
    """The number that a colour is in a format of 16 bits."""
    def bits(sample, most):
        return (sample * most + 127) // 255
    if form == "bgr555":
        return bits(rgba[2], 31) << 10 | bits(rgba[1], 31) << 5 | bits(rgba[0], 31)
    return bits(rgba[0], 31) << 11 | bits(rgba[1], 63) << 5 | bits(rgba[2], 31)


def in_format(rgba, form):
    """The bytes of a colour in a raw palette."""
    number = packed(rgba, form)
    return {"rgb888": rgba[:3], "rgba8888": rgba, "bgra8888": (rgba[2], rgba[1], rgba[0], rgba[3]),
            "rgb565": (number & 255, number >> 8), "bgr555": (number & 255, number >> 8),
            "rgb565be": (number >> 8, number & 255)}[form]


def unpacked(rows, width, bits, order):
    """The indices of packed rows."""
    def index(row, x):
        place = x * bits % 8
        return row[x * bits // 8] >> (8 - bits - place if order == "msb" else place) & (1 << bits) - 1
    return [[index(row, x) for x in range(width)] for row in rows]


class Arrays(IndexCase):
    def numbers(self, header):
        """What a C program reads by the expressions that the comment of the header gives."""
        text = self.read(header).decode()
        name = re.search(r"VQI_HEADER_(\w+)", text)[1]
        comment = re.match(r"/\*.*?\*/", text, re.DOTALL)[0]
        index = comment[:-2].splitlines()[-1].strip()
        tiles = re.search(r"\w+_tiles\[i\]\[.*?\]", comment)
        cut = re.search(r"column = (x / \d+) and row = (y / \d+)", comment)
        source = PROGRAM % {
            "file": header.replace("\\", "\\\\"), "name": name, "index": index,
            "element": "uint16_t" if re.search(rf"uint16_t {name}_(palette|tiles)\[", text) else "uint8_t",
            "place": f"int column = {cut[1]}, row = {cut[2]};" if cut else "",
            "pixel": tiles[0] if tiles else f"{name}_palette[i]"}
        self.write("main.c", source.encode())
        compiled = subprocess.run([COMPILER, *FLAGS, "-o", "main", "main.c"], cwd=self.folder, check=False,
                                  stderr=subprocess.PIPE)
        self.assertEqual((compiled.returncode, compiled.stderr), (0, b""), source)
        shown = subprocess.run([self.folder / "main"], stdout=subprocess.PIPE, check=True).stdout
        return [int(number) for number in shown.split()]

    def expected(self, stream, form):
        """The same numbers from the decoded picture."""
        pixels = [pixel for row in self.pixels(stream) for pixel in row]
        if form in ("rgb565", "bgr555"):
            return [packed(pixel, form) for pixel in pixels]
        return [sample for pixel in pixels for sample in in_format(pixel, form)]

    @unittest.skipUnless(COMPILER, "there is no C compiler")
    def test_a_c_program_rebuilds_the_picture_for_every_number_of_colours(self):
        for count in COUNTS:
            self.compressed("a.vqi", picture(count), "-f", "-k", str(count))
            self.succeed("decompress", "-q", "-f", "a.vqi", "-o", "a.h")
            self.assertEqual(self.numbers("a.h"), self.expected("a.vqi", "rgb888"), count)

    @unittest.skipUnless(COMPILER, "there is no C compiler")
    def test_a_c_program_rebuilds_the_picture_in_every_format_and_bit_order(self):
        self.compressed("a.vqi", picture(11, 21, 6), "-k", "11")
        for form in FORMATS:
            for order, bits in (("msb", "4"), ("lsb", "4"), ("lsb", "8")):
                self.succeed("decompress", "-q", "-f", "a.vqi", "-o", "a.h", "--palette-format", form, "--bit-order",
                             order, "--index-bits", bits)
                self.assertEqual(self.numbers("a.h"), self.expected("a.vqi", form), (form, order))

    @unittest.skipUnless(COMPILER, "there is no C compiler")
    def test_a_c_program_rebuilds_grey_alpha_and_blocks(self):
        for channels in (1, 2, 4):
            self.compressed("a.vqi", picture(6, channels=channels), "-f")
            self.succeed("decompress", "-q", "-f", "a.vqi", "-o", "a.h")
            form = "rgb888" if channels == 1 else "rgba8888"
            self.assertEqual(self.numbers("a.h"), self.expected("a.vqi", form), channels)
        for block, form in (("8x8", "rgb565"), ("3x2", "rgb888"), ("1x16", "rgba8888")):
            self.compressed("a.vqi", picture(200), "-f", "-k", "5", "--block", block)
            self.succeed("decompress", "-q", "-f", "a.vqi", "-o", "a.h", "--palette-format", form)
            self.assertEqual(self.numbers("a.h"), self.expected("a.vqi", form), block)

    @unittest.skipUnless(COMPILER, "there is no C compiler")
    def test_any_file_name_gives_a_header_that_compiles(self):
        self.compressed("a.vqi", picture(3, 1, 1), "-k", "3")
        for name in ("two words.h", "1st.h", "it's.h", "b\u00e4r.h", "* int;x.h", "int.h", "__.h", "-.h"):
            self.succeed("decompress", "-q", "a.vqi", "-o", "./" + name)
            self.assertEqual(len(self.numbers(name)), 3, name)

    @unittest.skipUnless(COMPILER, "there is no C compiler")
    def test_two_headers_go_into_one_program_even_twice_and_into_cxx(self):
        self.compressed("a.vqi", picture(3, 1, 1), "-k", "3")
        for name in ("a.h", "A.h"):
            self.succeed("decompress", "-q", "a.vqi", "-o", name)
        self.write("main.c", b'#define VQI_FLASH __attribute__((aligned(4)))\n#include "a.h"\n#include "a.h"\n'
                             b'#include "A.h"\nint main(void) { return a_width - A_height + a_indices[0]; }\n')
        for flags in (FLAGS, ("-x", "c++", "-Wall", "-Wextra", "-Werror", "-Wno-unused-variable")):
            subprocess.run([COMPILER, *flags, "-o", "main", "main.c"], cwd=self.folder, check=True)
            subprocess.run([self.folder / "main"], check=True)

    def test_raw_bytes_rebuild_the_picture_for_every_number_of_colours_format_and_order(self):
        for count in COUNTS[:-1]:
            self.compressed("a.vqi", picture(count), "-f", "-k", str(count))
            pixels = self.pixels("a.vqi")
            for form in FORMATS:
                for order in ("msb", "lsb"):
                    bits = next(bits for bits in (1, 2, 4, 8) if count <= 1 << bits)
                    data = self.succeed("decompress", "a.vqi", "--to", "raw", "--palette-format", form, "--bit-order",
                                        order, "-o", "-")
                    size = len(in_format((0, 0, 0, 255), form))
                    row_bytes = (WIDTH * bits + 7) // 8
                    self.assertEqual(len(data), (size << bits) + row_bytes * HEIGHT)
                    start = size << bits
                    rows = [data[start + y * row_bytes:start + (y + 1) * row_bytes] for y in range(HEIGHT)]
                    rebuilt = [[tuple(data[i * size:(i + 1) * size]) for i in row]
                               for row in unpacked(rows, WIDTH, bits, order)]
                    self.assertEqual(rebuilt, [[tuple(in_format(each, form)) for each in row] for row in pixels])
                    self.assertEqual(data[count * size:start], bytes(start - count * size))

    def test_the_report_tells_how_the_bytes_lie(self):
        self.compressed("a.vqi", picture(16), "-k", "16")
        text = self.succeed("decompress", "a.vqi", "-o", "a.bin", "--palette-format", "rgb565").decode()
        self.assertIn("16 colours as rgb565 in 32 bytes; 4 bits an index, msb first, 17 bytes a row", text)
        result = json.loads(self.succeed("decompress", "--json", "-f", "a.vqi", "-o", "a.bin"))
        self.assertEqual((result["output"], result["form"]), ("a.bin", "raw"))
        self.assertNotIn("tile_sheet", result)

    def test_the_palette_command_has_the_same_formats(self):
        self.compressed("a.vqi", picture(5), "-k", "5")
        for form in FORMATS:
            data = self.succeed("palette", "a.vqi", "--to", "raw", "--palette-format", form)
            self.assertEqual(data, bytes(sample for each in self.palette("a.vqi") for sample in in_format(each, form)))
            self.succeed("palette", "a.vqi", "-o", "p.bin", "-f", "--palette-format", form)
            self.assertEqual(self.read("p.bin"), data)
            self.assertIn(b"uint16_t palette[5] = {" if form in ("rgb565", "bgr555") else b"uint8_t palette[5][",
                          self.succeed("palette", "a.vqi", "--to", "c", "--palette-format", form))
        self.assertEqual(self.succeed("palette", "a.vqi", "--to", "rgb565"),
                         self.succeed("palette", "a.vqi", "--to", "raw", "--palette-format", "rgb565"))
        self.fail_with(2, "palette", "a.vqi", "--palette-format", "rgb565", says=("--to c",))
        self.assertEqual(self.vqi("palette", "a.vqi", "--json", "--palette-format", "rgb565").returncode, 2)
        self.fail_with(2, "palette", "a.vqi", "--to", "c565", "--palette-format", "rgb565", says=("--to",))

    def test_what_does_not_hold_the_picture_is_refused(self):
        self.compressed("many.vqi", picture(257), "-k", "257")
        self.fail_with(2, "decompress", "many.vqi", "-o", "a.bin", says=("many.vqi", "257 codewords", "--to c"))
        self.compressed("alpha.vqi", picture(9, channels=4))
        for form in ("rgb888", "rgb565", "rgb565be", "bgr555"):
            for name in ("a.h", "a.bin"):
                self.fail_with(2, "decompress", "alpha.vqi", "-o", name, "--palette-format", form,
                               says=("alpha.vqi", form, "rgba8888"))
        self.compressed("a.vqi", picture(5), "-k", "5")
        self.fail_with(2, "decompress", "a.vqi", "-o", "a.h", "--index-bits", "2", says=("--index-bits 2", "5"))
        self.compressed("deep.vqi", png(4, 4, lambda x, y: (x * 999, y * 999, 1), depth=16))
        for name in ("a.h", "a.bin"):
            self.fail_with(2, "decompress", "deep.vqi", "-o", name, says=("deep.vqi", "16", "--to sheet"))


if __name__ == "__main__":
    unittest.main()
