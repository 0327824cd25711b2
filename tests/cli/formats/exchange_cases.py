"""JPEG, WebP and JPEG 2000 files by other programs, where these are installed, and what is told of outputs."""
import json
import shutil
import struct
import subprocess
import unittest

from cli_case import CliCase, gradient_png, png
from png_cases import chunk


def colourful(channels=3):
    return png(40, 24, lambda x, y: (x * 6, y * 10, (x * y) % 256, 40 + x * 5)[:channels], channels)


class Formats(CliCase):
    def run_tool(self, *command):
        if shutil.which(command[0]) is None:
            self.skipTest(f"{command[0]} is not installed")
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)

    def same_as(self, name, reference):
        """Checks that vqi reads of the file what another program made of it."""
        self.succeed("compare", "-q", name, reference)

    def test_jpegs_of_imagemagick_give_its_pixels(self):
        self.write("a.png", colourful())
        for options in ((), ("-interlace", "JPEG"), ("-sampling-factor", "1x1"), ("-colorspace", "Gray")):
            self.run_tool("convert", "a.png", *options, "a.jpg")
            self.run_tool("convert", "a.jpg", "-strip", "-depth", "8", "b.png")
            self.same_as("a.jpg", "b.png")

    def test_jpegs_of_every_coding_and_sampling_of_cjpeg_give_the_pixels_of_djpeg(self):
        rows = b"".join(bytes((x * 6, y * 8, x * y % 256)) for y in range(29) for x in range(41))
        self.write("a.ppm", b"P6 41 29 255\n" + rows)
        for coding in ((), ("-progressive",), ("-arithmetic",), ("-arithmetic", "-progressive"), ("-restart", "1")):
            for form in ((), ("-grayscale",), ("-rgb",), ("-sample", "1x1"), ("-sample", "2x1"), ("-sample", "4x1"),
                         ("-sample", "1x2"), ("-sample", "4x2"), ("-sample", "2x2,1x2,2x1")):
                self.run_tool("cjpeg", *coding, *form, "-outfile", "a.jpg", "a.ppm")
                self.run_tool("djpeg", "-pnm", "-outfile", "b.pnm", "a.jpg")
                self.same_as("a.jpg", "b.pnm")

    def test_jpegs_of_inks_are_read_and_other_bits_are_refused_by_name(self):
        self.write("a.png", colourful())
        for quality in ("40", "95"):
            self.run_tool("convert", "a.png", "-colorspace", "CMYK", "-quality", quality, "a.jpg")
            self.run_tool("convert", "a.jpg", "-colorspace", "sRGB", "-strip", "-depth", "8", "b.png")
            result = self.vqi("compare", "--json", "b.png", "a.jpg")
            self.assertLessEqual(json.loads(result.stdout)["max_error"], 1)
        self.run_tool("convert", "a.png", "a.jpg")
        data = self.read("a.jpg")
        for marker, bits, reason in ((0xC1, 12, "12 bits per sample"), (0xC3, 8, "lossless coding"),
                                     (0xC5, 8, "hierarchical coding"), (0xCB, 8, "lossless coding")):
            frame = data.index(b"\xff\xc0")
            self.write("c.jpg", data[:frame + 1] + bytes((marker, *data[frame + 2:frame + 4], bits)) + data[frame + 5:])
            self.fail_with(3, "compress", "c.jpg", says=(reason,))

    def test_webp_of_cwebp_gives_the_pixels_of_dwebp(self):
        for channels in (3, 4):
            self.write("a.png", colourful(channels))
            for options in ((), ("-lossless",), ("-q", "30")):
                self.run_tool("cwebp", "-quiet", *options, "a.png", "-o", "a.webp")
                self.run_tool("dwebp", "-quiet", "a.webp", "-o", "b.png")
                self.same_as("a.webp", "b.png")

    def test_an_animation_of_webpmux_gives_its_first_frame_and_a_warning(self):
        for name, shade in (("a", 10), ("b", 200)):
            self.write(f"{name}.png", png(16, 16, lambda x, y, s=shade: (s, x, y)))
            self.run_tool("cwebp", "-quiet", "-lossless", f"{name}.png", "-o", f"{name}.webp")
        self.run_tool("webpmux", "-frame", "a.webp", "+100", "-frame", "b.webp", "+100", "-o", "both.webp")
        result = self.vqi("compress", "both.webp")
        self.assertEqual(result.returncode, 0)
        self.assertRegex(result.stderr, rb"\Avqi: both.webp: warning: [^\n]*2 pictures[^\n]*\n\Z")
        self.succeed("decompress", "-q", "both.vqi")
        self.succeed("compare", "-q", "both.decoded.png", "a.png")

    def test_jpeg_2000_of_opj_compress_gives_the_pixels_that_went_in(self):
        for channels in (1, 2, 3, 4):
            self.write("a.png", colourful(channels))
            for name in ("a.jp2", "a.j2k"):
                self.run_tool("opj_compress", "-n", "2", "-i", "a.png", "-o", name)
                self.same_as(name, "a.png")

    def test_a_webp_keeps_hidden_colours_for_other_readers(self):
        self.write("a.png", png(16, 16, lambda x, y: (x * 9, y * 9, 7, 0), 4))
        self.succeed("compress", "-q", "-k", "256", "a.png")
        self.succeed("decompress", "-q", "a.vqi", "-o", "a.webp")
        self.run_tool("dwebp", "-quiet", "a.webp", "-o", "b.png")
        self.same_as("b.png", "a.png")

    def test_what_an_output_does_not_keep_is_told(self):
        image = gradient_png(8, 8)
        kept = chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1))
        self.write("a.png", image[:33] + kept + image[33:])
        self.succeed("compress", "-q", "a.png")
        for extension, losses in ((".png", ()), (".jpg", (b"gAMA",)), (".bmp", (b"gAMA", b"density"))):
            result = self.vqi("decompress", "a.vqi", "-o", "b" + extension)
            self.assertEqual(result.returncode, 0)
            lines = result.stderr.splitlines()
            self.assertEqual(len(lines), len(losses), lines)
            for line, loss in zip(lines, losses):
                self.assertRegex(line, rb"\Avqi: a.vqi: warning: [^\n]*" + loss)
            self.succeed("decompress", "-q", "-f", "a.vqi", "-o", "b" + extension)

    def test_what_a_format_cannot_hold_is_refused(self):
        self.compressed("a.vqi", colourful(4))
        self.fail_with(2, "decompress", "a.vqi", "-o", "a.jpg", says=("JPEG cannot hold alpha",))


if __name__ == "__main__":
    unittest.main()
