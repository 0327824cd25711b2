"""The page in which pictures are made smaller, used in a browser as a person uses it."""
import io
import struct
import sys
import unittest
import zipfile
import zlib

from cli_case import gradient_png, png
from app_case import SKIPPED, PageCase, what_is_missing


def raw_png(width, height, depth, colour_type, rows, *chunks, interlace=0):
    """A PNG of any kind; `rows` are the unfiltered bytes with the filter byte before each."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, interlace)
    return b"".join([b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), *(chunk(*each) for each in chunks),
                     chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")])


def interlaced_png():
    """9x7 pixels of grey in the seven passes of Adam7."""
    rows = b""
    for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
                           (0, 1, 1, 2)):
        for y in range(y0, 7, dy):
            row = bytes(x * 25 + y * 3 for x in range(x0, 9, dx))
            rows += b"\0" + row if row else b""
    return raw_png(9, 7, 8, 0, rows, interlace=1)


def filtered_png():
    """The five row filters, one after the other."""
    rows = b"".join(bytes([y % 5]) + bytes((x * y * 7 + x) % 256 for x in range(3 * 20)) for y in range(15))
    return raw_png(20, 15, 8, 2, rows)


def bmp(width, height, pixel):
    """24 bits, rows from below, the sides of 4 pixels: a format that the browser reads for the page."""
    rows = b"".join(bytes(reversed(pixel(x, y))) for y in reversed(range(height)) for x in range(width))
    return struct.pack("<2sIIIIiiHHIIiiII", b"BM", 54 + len(rows), 0, 54, 40, width, height, 1, 24, 0, len(rows),
                       0, 0, 0, 0) + rows


# Every kind of pixel that a PNG can have, whose samples a canvas alone would change.
KINDS = {
    "grey.png": png(40, 30, lambda x, y: (x * 6 + y % 3,), channels=1),
    "deep.png": png(40, 30, lambda x, y: (x * 1601, y * 2003, x * y * 50), depth=16),
    "alpha.png": png(40, 30, lambda x, y: (x * 6, y * 8, 90, (x * y) % 256), channels=4),
    "bits.png": raw_png(13, 4, 2, 0, b"".join(b"\0" + bytes([0x1b, 0xe4, 0x1b, 0xc0]) for _ in range(4))),
    "index.png": raw_png(6, 3, 8, 3, b"\0\0\1\2\0\1\2" * 3, (b"PLTE", bytes(range(9))), (b"tRNS", b"\x00\x80")),
    "clear.png": raw_png(4, 2, 8, 2, (b"\0" + bytes(range(12))) * 2, (b"tRNS", b"\0\3\0\4\0\5")),
    "passes.png": interlaced_png(),
    "tagged.png": raw_png(4, 2, 8, 0, (b"\0" + bytes(range(4))) * 2, (b"gAMA", struct.pack(">I", 45455)),
                          (b"pHYs", struct.pack(">IIB", 2835, 2835, 1))),
    "no_profile.png": raw_png(4, 2, 8, 0, (b"\0" + bytes(range(4))) * 2,
                              (b"iCCP", b"x\0\0" + zlib.compress(b"none"))),
    "profile.png": raw_png(4, 2, 8, 0, (b"\0" + bytes(range(4))) * 2,
                           (b"iCCP", b"ICC profile\0\0" +
                            zlib.compress(struct.pack(">I12x4s16x4s96x", 136, b"GRAY", b"acsp")))),
    "filters.png": filtered_png(),
    "windows.bmp": bmp(12, 8, lambda x, y: (x * 20, y * 30, x * y)),
}


class Page(PageCase):
    def test_a_dropped_picture_is_shown_with_its_figures_palette_and_curve(self):
        self.open_picture(gradient_png())
        self.assertRegex(self.text("#size"), r"^\d+ B$|kB$")
        self.assertRegex(self.text("#psnr"), r"^\d+\.\d dB$")
        self.assertEqual(len(self.swatches()), 16)
        self.wait_for("return document.querySelectorAll('#trade-rows tr').length === 8")
        self.click("#chart [data-k='8']")
        self.wait_for_result()
        self.assertEqual(len(self.swatches()), 8)

    def test_saved_files_are_those_that_the_shown_command_makes(self):
        name = "-it's $HOME.png"
        self.write(name, gradient_png())
        self.open_picture(gradient_png(), name)
        settings = [("#k", 50, "input"), ("#dither", "diffusion", "change"), ("#effort", 2, "input"),
                    ("#method", "ecvq", "change"), ("#method", "anneal", "change")]
        for setting in [None, *settings]:
            if setting:
                self.set(*setting)
                self.wait_for_result()
            saved = self.save("vqi", "-it's $HOME.vqi")
            self.assertEqual(saved, self.run_shown_command(), setting)

    def test_pngs_of_every_kind_give_the_bytes_of_the_tool_and_come_in_one_archive(self):
        self.drop_files(KINDS)
        self.wait_for("return document.querySelectorAll('#pictures li').length === arguments[0]", len(KINDS))
        self.wait_for_result()
        archive = zipfile.ZipFile(io.BytesIO(self.save("zip", "pictures.zip")))
        self.assertIsNone(archive.testzip())
        self.assertEqual(len(archive.namelist()), 4 * len(KINDS))
        for name, data in KINDS.items():
            self.write(name, data)
            stem = name[:-4]
            self.vqi("compress", "-q", "-k", "16", name, "-o", f"{stem}.vqi")  # one has a profile that it warns of
            self.assertEqual(archive.read(f"{stem}.vqi"), self.read(f"{stem}.vqi"), name)
            if name == "deep.png":
                continue  # its PNG has the 8 bits that the screen shows
            self.write(f"{stem}_saved.png", archive.read(f"{stem}.png"))
            self.succeed("compare", f"{stem}.vqi", f"{stem}_saved.png")

    def test_a_vqi_file_that_is_dropped_is_a_picture_too(self):
        stream = self.compressed("a.vqi", gradient_png(), "-k", "32").read_bytes()
        self.open_picture(stream, "a.vqi")
        self.set("#k-number", 32)
        self.wait_for_result()
        self.assertEqual(self.text("#psnr"), "exact")
        self.assertEqual(self.save("vqi", "a-new.vqi"), self.run_shown_command())

    def test_what_is_no_picture_is_named(self):
        self.drop_files({"notes.txt": b"no picture at all", "ok.png": gradient_png()})
        self.wait_for("return document.getElementById('status').className === 'bad'")
        self.assertIn("notes.txt", self.text("#status"))

    def test_a_locked_colour_stays_and_the_others_are_learned_around_it(self):
        self.open_picture(gradient_png())
        self.write("picture.png", gradient_png())
        kept = self.swatches()[5]
        self.click(f"#swatches [data-hex='{kept}']")
        self.click("#lock")
        self.set("#k-number", 5)
        self.wait_for_result()
        self.assertIn(kept, self.swatches())
        self.assertEqual(len(self.swatches()), 5)
        self.assertIn(f"--fix '{kept}'", self.text("#command"))
        self.assertEqual(self.save("vqi", "picture.vqi"), self.run_shown_command())

    def test_changed_and_removed_colours_make_a_palette_of_ones_own(self):
        self.open_picture(gradient_png())
        self.write("picture.png", gradient_png())
        changed, removed = self.swatches()[2:4]
        self.click(f"#swatches [data-hex='{changed}']")
        self.set("#edit-hex", "F00")
        self.wait_for_result()
        self.click(f"#swatches [data-hex='{removed}']")
        self.click("#remove")
        self.wait_for_result()
        colours = self.swatches()
        self.assertEqual(len(colours), 15)
        self.assertIn("#ff0000", colours)
        self.assertFalse({changed, removed} & set(colours))
        self.write("picture.hex", self.save("hex", "picture.hex"))
        self.assertEqual(self.read("picture.hex").decode().split(), colours)
        self.assertEqual(self.save("vqi", "picture.vqi"), self.run_shown_command())
        self.click("#relearn")
        self.wait_for_result()
        self.assertEqual(len(self.swatches()), 16)
        self.assertIn("#ff0000", self.swatches())

    def test_the_gpl_palette_has_the_colours_of_the_result(self):
        self.open_picture(gradient_png())
        self.write("a.gpl", self.save("gpl", "picture.gpl"))
        self.succeed("palette", "a.gpl", "-o", "a.hex")
        self.assertEqual([line.lower().lstrip("#") for line in self.read("a.hex").decode().split()],
                         [colour.lstrip("#") for colour in self.swatches()])

    def test_the_last_place_of_a_slider_is_the_one_that_is_shown(self):
        self.open_picture(gradient_png(96, 96))
        for step in range(0, 101, 4):
            self.set("#k", step, "input")
        self.set("#k-number", 7)
        self.wait_for_result()
        self.assertEqual(len(self.swatches()), 7)
        self.assertIn("7 colours", self.text("#status"))

    def test_the_page_works_by_keys_alone(self):
        self.open_picture(gradient_png())
        self.focus("#k")
        self.browser.keys("ArrowRight")
        self.wait_for_result()
        self.assertEqual(len(self.swatches()), 17)
        self.focus("#swatches [tabindex='0']")
        self.browser.keys("ArrowRight", "ArrowRight", "Space")
        self.assertEqual(self.browser.run("return document.getElementById('edit-hex').value"), self.swatches()[2])
        self.focus("#wipe")
        self.browser.keys("ArrowLeft")
        self.assertEqual(self.browser.run("return document.getElementById('wipe').ariaValueNow"), "48")
        zoom = self.text("#zoom")
        self.browser.keys("+")
        self.assertNotEqual(self.text("#zoom"), zoom)
        self.browser.keys("0")
        self.assertEqual(self.text("#zoom"), zoom)


if __name__ == "__main__":
    missing = what_is_missing()
    if missing:
        print(f"skipped: {missing}")
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
