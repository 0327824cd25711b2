"""BMP of every kind, GIF, Netpbm and PAM as inputs and outputs, against what they hold and against other programs;
formats that are not read are named."""
import json
import shutil
import struct
import subprocess
import unittest

import bmp_kinds
from cli_case import CliCase, gradient_png, png

def gif_data(indices):
    """The code size and a data block of indices of two bits, cleared so often that codes keep three bits."""
    codes = [code for at in range(0, len(indices), 2) for code in (4, *indices[at:at + 2])] + [5]
    value = sum(code << 3 * at for at, code in enumerate(codes))
    data = value.to_bytes(len(codes) * 3 // 8 + 1, "little")
    return bytes((2, len(data))) + data + b"\0"


def gif(width, height, *frames):
    """A GIF89a of red, green, blue and white; a frame is left, top, width, height, indices, transparent or None."""
    data = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x91, 0, 0) + bytes.fromhex("ff000000ff000000ffffffff")
    for *place, indices, transparent in frames:
        control = struct.pack("<BHB", 0 if transparent is None else 1, 0, transparent or 0)
        data += b"\x21\xf9\x04" + control + b"\0\x2c" + struct.pack("<HHHHB", *place, 0) + gif_data(indices)
    return data + b"\x3b"


def read_pam(data):
    """Width, height and the pixels, as tuples of samples, of a PAM of 8 bits."""
    header, raster = data.split(b"ENDHDR\n", 1)
    fields = dict(line.split(" ", 1) for line in header.decode().splitlines()[1:])
    width, height, depth = (int(fields[name]) for name in ("WIDTH", "HEIGHT", "DEPTH"))
    assert fields["MAXVAL"] == "255"
    return [[tuple(raster[(y * width + x) * depth:(y * width + x + 1) * depth]) for x in range(width)]
            for y in range(height)]


def with_alpha(pixel):
    """A pixel of 1 to 4 samples, or one that is skipped, as RGBA; what is transparent has no colour."""
    if pixel is bmp_kinds.SKIPPED or len(pixel) % 2 == 0 and pixel[-1] == 0:
        return 0, 0, 0, 0
    colours = pixel if len(pixel) in (1, 3) else pixel[:-1]
    return (*(colours * 3 if len(colours) == 1 else colours), 255 if colours is pixel else pixel[-1])


class RasterCase(CliCase):
    def pixels(self, name, *options):
        """The pixels of an image as vqi reads them, RGBA."""
        result = self.vqi("compress", "-q", "-f", "-k", "65536", *options, name, "-o", "read.vqi")
        self.assertEqual((result.returncode, result.stderr), (0, b""), name)
        self.succeed("decompress", "-q", "-f", "read.vqi", "-o", "read.pam")
        return [[with_alpha(pixel) for pixel in row] for row in read_pam(self.read("read.pam"))]


class Rasters(RasterCase):
    def test_bmps_of_every_kind_show_their_picture_or_are_refused_with_the_reason(self):
        for number, (name, file, expected) in enumerate(bmp_kinds.all_kinds()):
            with self.subTest(kind=name):
                self.write(f"{number}.bmp", file)
                if isinstance(expected, str):
                    self.fail_with(4 if expected == "limit" else 3, "compress", "-f", f"{number}.bmp", says=(expected,))
                    continue
                self.assertEqual(self.pixels(f"{number}.bmp"),
                                 [[with_alpha(pixel) for pixel in row] for row in expected])

    def test_a_bmp_that_is_cut_off_anywhere_in_its_pixels_is_refused(self):
        file = dict((name, data) for name, data, _ in bmp_kinds.all_kinds())["pal8rle"]
        last_pixel = len(file) - 6  # a literal's padding, the ends of line and bitmap follow
        for length in (*range(14 + 40 + 48, last_pixel, 9), last_pixel):
            self.write("a.bmp", file[:length])
            self.fail_with(3, "compress", "a.bmp", says=("BMP",))

    def test_gifs_are_read_with_transparency_where_they_have_it(self):
        red, green, blue = (255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255)
        self.write("a.gif", gif(2, 2, (0, 0, 2, 2, [0, 1, 2, 0], None)))
        self.assertEqual(self.pixels("a.gif"), [[red, green], [blue, red]])
        report = json.loads(self.succeed("compress", "-f", "--json", "a.gif"))
        self.assertEqual((report["channels"], report["bit_depth"]), (3, 8))
        self.write("a.gif", gif(3, 1, (1, 0, 2, 1, [0, 1], 1)))
        self.assertEqual(self.pixels("a.gif"), [[(0,) * 4, red, (0,) * 4]])
        self.write("a.gif", gif(2, 1, (0, 0, 2, 1, [0, 1], None), (0, 0, 1, 1, [2], None)))
        result = self.vqi("compress", "-f", "a.gif")
        self.assertEqual(result.returncode, 0)
        self.assertIn(b"warning: the GIF has 2 pictures; only the first is read", result.stderr)
        whole = gif(2, 2, (0, 0, 2, 2, [0, 1, 2, 0], None))
        for length in range(13, len(whole) - 3):
            self.write("a.gif", whole[:length])
            self.fail_with(3, "compress", "-f", "a.gif", says=("GIF",))

    def test_netpbm_texts_and_pams(self):
        self.write("a.pbm", b"P1 # bits\n3 1 101")
        self.assertEqual(self.pixels("a.pbm"), [[(0, 0, 0, 255), (255,) * 4, (0, 0, 0, 255)]])
        self.write("a.ppm", b"P3 1 1 31 0 3 31")
        self.assertEqual(self.pixels("a.ppm"), [[(0, 25, 255, 255)]])
        self.write("a.pam", b"P7\nWIDTH 1\nHEIGHT 1\nDEPTH 2\nMAXVAL 15\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n\x01\x0f")
        self.assertEqual(self.pixels("a.pam"), [[(17, 17, 17, 255)]])
        self.write("a.pam", b"P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 7\nENDHDR\n\x08")
        self.fail_with(3, "compress", "-f", "a.pam", says=("over the maximum value",))
        self.write("two.pgm", b"P5 1 1 255\nAP5 1 1 255\nB")
        result = self.vqi("compress", "two.pgm")
        self.assertEqual(result.returncode, 0)
        self.assertIn(b"warning: the PNM has several pictures", result.stderr)

    def test_sun_rasters_show_their_picture_or_are_refused(self):
        def sun(bits, kind, map_kind, colours, rows):
            return struct.pack(">8I", 0x59A66A95, 3, 2, bits, len(rows), kind, map_kind, len(colours)) + colours + rows

        grey = bytes.fromhex("0a14 1e00 2832 3c00".replace(" ", ""))
        map_of_61 = bytes(range(61)) + bytes(range(100, 161)) + bytes(61)
        for data, expected in (
                (sun(8, 1, 0, b"", grey), [[(v, v, v, 255) for v in row] for row in ((10, 20, 30), (40, 50, 60))]),
                (sun(8, 0, 1, map_of_61, grey), [[(v, v + 100, 0, 255) for v in row]
                                                 for row in ((10, 20, 30), (40, 50, 60))]),
                (sun(24, 1, 0, b"", bytes(range(9)) + b"\0" + bytes(range(9, 18)) + b"\0"),
                 [[(x * 3 + y * 9 + 2, x * 3 + y * 9 + 1, x * 3 + y * 9, 255) for x in range(3)] for y in range(2)])):
            self.write("a.ras", data)
            self.assertEqual(self.pixels("a.ras"), expected)
        for data, words in ((sun(8, 1, 1, map_of_61[:180], grey), "index lies outside of the palette"),
                            (sun(8, 1, 2, map_of_61, grey), "a colour map other than"),
                            (sun(8, 2, 0, b"", grey), "a layout other than"), (sun(1, 1, 0, b"", grey), "a layout"),
                            (sun(8, 1, 0, b"", grey[:6]), "ends early")):
            self.write("b.ras", data)
            self.fail_with(3, "compress", "b.ras", says=(words,))

    def test_every_kind_of_image_goes_to_pam_and_back(self):
        for channels in (1, 2, 3, 4):
            self.write("a.png", png(9, 4, lambda x, y, c=channels: [(x * 20 + y * 3 + 50 * i) % 256 for i in range(c)],
                                    channels))
            expected = self.pixels("a.png")
            self.succeed("decompress", "-q", "-f", "read.vqi", "-o", "b.pam")
            self.assertEqual(self.pixels("b.pam"), expected)

    def test_a_png_that_was_sent_as_text_is_told_so(self):
        image = gradient_png(9, 9)
        for changed in (image.replace(b"\r\n", b"\n"), image.replace(b"\n", b"\r\n"), b"\x09" + image[1:],
                        image.decode("latin-1").encode(), image.decode("utf-8", "replace").encode()):
            self.write("x.png", changed)
            self.fail_with(3, "compress", "x.png", says=("was changed on its way, as text is", "as binary data"))

    def test_formats_that_are_not_read_are_named(self):
        for name, data in (("AVIF image", b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf"),
                           ("HEIC image", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
                           ("JPEG XL image", b"\xff\x0a" + bytes(50)), ("QOI image", b"qoif" + bytes(50)),
                           ("ICO icon", b"\0\0\1\0\1\0" + bytes(50)), ("PSD image", b"8BPS\0\1" + bytes(50)),
                           ("SVG drawing", b"<?xml version='1.0'?><svg/>"), ("PDF document", b"%PDF-1.4\n"),
                           ("Fujifilm raw image", b"FUJIFILMCCD-RAW 0201" + bytes(99)),
                           ("XBM image", b"#define a_width 8\n#define a_height 1\nstatic char a_bits[] = {1};\n"),
                           ("TGA image", bytes(100000) + b"TRUEVISION-XFILE.\0")):
            self.write("x.png", data)
            line = self.fail_with(3, "compress", "x.png")
            if not data.startswith(bytes(9)):  # the end of a long file is not looked at before its start is refused
                self.assertEqual(line.decode(), f"vqi: x.png: {name}, which vqi does not read; "
                                                "convert it to PNG first with another program\n")


@unittest.skipUnless(shutil.which("convert"), "ImageMagick is not installed")
class OtherPrograms(RasterCase):
    """Files that ImageMagick writes, and its reading of them."""

    def convert(self, *arguments):
        return subprocess.run(["convert", *arguments], cwd=self.folder, check=True, capture_output=True).stdout

    def expected(self, *arguments):
        pam = self.convert(*arguments, "-depth", "8", "pam:-")
        return [[with_alpha(pixel) for pixel in row] for row in read_pam(pam)]

    def test_files_that_imagemagick_writes_are_read_as_it_reads_them(self):
        self.write("colour.png", gradient_png(45, 31))
        self.write("alpha.png", png(33, 9, lambda x, y: (x * 7, y * 9, 40, 255 * (x % 3 > 0)), 4))
        self.convert("colour.png", "-colors", "13", "palette.png")
        self.convert("colour.png", "-colorspace", "Gray", "grey.png")
        self.convert("colour.png", "-monochrome", "bits.png")
        for source in ("colour", "alpha", "palette", "grey", "bits"):
            for target, options in (("a.bmp", ()), ("b.bmp", ("-compress", "none")), ("c.gif", ()),
                                    ("d.gif", ("-interlace", "GIF")), ("e.ppm", ()), ("f.pgm", ()), ("g.pbm", ()),
                                    ("h.ppm", ("-compress", "none")), ("i.pbm", ("-compress", "none")), ("j.pam", ()),
                                    ("k.bmp", ("-define", "bmp:format=bmp3"))):
                with self.subTest(source=source, target=target):
                    self.convert(source + ".png", *options, target)
                    self.assertEqual(self.pixels(target), self.expected(target))

    def test_the_first_frame_of_an_animated_gif_is_read_with_a_warning(self):
        self.write("one.png", png(12, 9, lambda x, y: (x * 20, y * 20, 0)))
        self.write("two.png", png(5, 4, lambda x, y: (0, x * 40, y * 50)))
        self.convert("one.png", "-page", "+3+2", "two.png", "a.gif")
        result = self.vqi("compress", "-k", "65536", "a.gif")
        self.assertEqual(result.returncode, 0)
        self.assertIn(b"warning: the GIF has 2 pictures; only the first is read", result.stderr)
        self.succeed("decompress", "-q", "a.vqi", "-o", "a.pam")
        self.assertEqual([[with_alpha(pixel) for pixel in row] for row in read_pam(self.read("a.pam"))],
                         self.expected("a.gif[0]"))

    def test_imagemagick_reads_what_is_written(self):
        for channels, targets in ((1, ("a.bmp", "a.pgm", "a.pam", "a.pnm")), (2, ("a.pam",)),
                                  (3, ("a.bmp", "a.ppm", "a.pam", "a.pnm")), (4, ("a.pam",))):
            self.write("a.png", png(9, 4, lambda x, y, c=channels: [(x * 20 + y * 3 + 50 * i) % 255 + 1
                                                                    for i in range(c)], channels))
            expected = self.pixels("a.png")
            for target in targets:
                with self.subTest(target=target, channels=channels):
                    self.succeed("decompress", "-q", "-f", "read.vqi", "-o", target)
                    self.assertEqual(self.expected(target), expected)


if __name__ == "__main__":
    unittest.main()
