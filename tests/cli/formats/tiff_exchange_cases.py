"""TIFF files of other programs, damage to each of their compressions, and what other programs say of ours."""
import itertools
import os
import shutil
import struct
import subprocess
import unittest

from tiff_files import GREY, HEIGHT, LONG, RGB, WHITE_IS_ZERO, WIDTH, Tiff, Tiffs, flat, png, samples_of


class OtherPrograms(Tiffs):
    """Files that libtiff's tools and ImageMagick write, read by vqi and by ImageMagick."""

    def program(self, name):
        found = "/usr/bin/convert" if name == "convert" and os.path.exists("/usr/bin/convert") else shutil.which(name)
        if found is None:
            self.skipTest(name + " is not installed")
        return found

    def run_program(self, *arguments):
        return subprocess.run(arguments, cwd=self.folder, capture_output=True, check=False)

    def smooth(self, samples, bits):
        scale = 2**bits // 256 or 1
        return [[(x * 5 + y * 3 + 40 * k) * scale % 2**bits for x in range(WIDTH) for k in range(samples)]
                for y in range(HEIGHT)]

    def copies(self, rows, options, photometric, samples, bits):
        tiffcp = self.program("tiffcp")
        self.write("source.tif", Tiff(rows, photometric, samples, bits, rows_per_strip=8).build())
        result = self.run_program(tiffcp, *options, "source.tif", "copy.tif")
        if result.returncode != 0:
            return None  # of a kind that this libtiff does not write
        return self.read("copy.tif")

    LOSSLESS = ("none", "lzw", "lzw:2", "zip", "zip:2", "packbits", "lzma", "lzma:2", "zstd", "zstd:2", "lerc",
                "webp:p100")

    def test_every_lossless_compression_in_every_layout(self):
        seen = set()
        layouts = (("-s", "-r", "5"), ("-t", "-w", "16", "-l", "32"), ("-p", "separate", "-r", "6"),
                   ("-p", "separate", "-t", "-w", "32", "-l", "16"), ("-B", "-r", "21"), ("-8", "-B", "-t"),
                   ("-f", "lsb2msb", "-r", "4"))
        for compression, (samples, bits), layout in itertools.product(self.LOSSLESS, ((1, 8), (3, 8), (1, 16), (3, 16)),
                                                                      layouts):
            if compression.startswith("webp"):
                continue  # lossless only by a tag that tiffcp does not set
            rows = self.smooth(samples, bits)
            file = self.copies(rows, ("-c", compression, *layout), RGB if samples == 3 else GREY, samples, bits)
            if file is not None:
                seen.add(compression)
                self.shows(file, flat(rows), samples, bits, what=(compression, samples, bits, layout))
        self.assertLessEqual({"none", "lzw", "lzw:2", "zip", "zip:2", "packbits"}, seen)

    def test_every_compression_of_bilevel_images(self):
        seen = set()
        rows = [[int((x // 5 + y // 3) % 3 == 0) for x in range(WIDTH)] for y in range(HEIGHT)]
        for compression, layout, photometric in itertools.product(
                ("g3:1d", "g3:2d", "g3:2d:fill", "g4", "jbig", "lzw", "packbits"),
                (("-r", "5"), ("-B", "-r", "21"), ("-f", "lsb2msb", "-r", "8"), ("-t", "-w", "16", "-l", "16")),
                (GREY, WHITE_IS_ZERO)):
            file = self.copies(rows, ("-c", compression, *layout), photometric, 1, 1)
            if file is None or (compression == "jbig" and "-t" in layout):  # libtiff writes no tiles of JBIG
                continue
            seen.add(compression)
            values = [255 * (value if photometric == GREY else 1 - value) for value in flat(rows)]
            self.shows(file, values, 1, what=(compression, layout, photometric))
        self.assertLessEqual({"g3:1d", "g3:2d", "g4"}, seen)

    def test_jpeg_and_webp_show_what_imagemagick_shows(self):
        convert = self.program("convert")
        for compression, (samples, photometric), layout in itertools.product(
                ("jpeg", "jpeg:r", "webp"), ((1, GREY), (3, RGB)),
                (("-r", "16"), ("-t", "-w", "16", "-l", "16"), ("-B",))):
            file = self.copies(self.smooth(samples, 8), ("-c", compression, *layout), photometric, samples, 8)
            if file is None:
                continue
            self.write("a.tif", file)
            self.run_program(convert, "a.tif", "PNG24:theirs.png" if samples == 3 else "theirs.png")
            result = self.vqi("compare", "--json", "theirs.png", "a.tif")
            self.assertIn(result.returncode, (0, 1), result.stderr)
            worst = int(result.stdout.split(b'"max_error":')[1].split(b",")[0])
            self.assertLessEqual(worst, 2, (compression, samples, layout))

    def damaged_copies(self, file):
        """The copy with zeros or noise for its strip or tile, and with one that is cut short."""
        order = "<" if file[:2] == b"II" else ">"
        start, = struct.unpack(order + "I", file[4:8])
        count, = struct.unpack(order + "H", file[start:start + 2])
        found = {}
        for i in range(count):
            tag, kind, number, value = struct.unpack(order + "HHII", file[start + 2 + 12 * i:start + 14 + 12 * i])
            found[tag] = (start + 2 + 12 * i + 8, kind, number, value)
        entry = found[273] if 273 in found else found[324]
        sizes = found[279] if 279 in found else found[325]
        self.assertEqual((entry[2], sizes[2]), (1, 1), "these files have one strip or tile")
        offset = entry[3]
        size = sizes[3] if sizes[1] == LONG else struct.unpack(order + "H", file[sizes[0]:sizes[0] + 2])[0]
        yield "zeros", file[:offset] + bytes(size) + file[offset + size:]
        yield "noise", file[:offset] + bytes((37 * i + 11) % 251 for i in range(size)) + file[offset + size:]
        for share in (2, 3, 10):
            short = struct.pack(order + ("I" if sizes[1] == LONG else "H"), size // share)
            yield "cut to 1/%d" % share, file[:sizes[0]] + short + file[sizes[0] + len(short):]

    def test_damage_to_any_compression_is_an_error(self):
        seen = set()
        bilevel = [[int((x // 5 + y // 3) % 3 == 0) for x in range(WIDTH)] for y in range(HEIGHT)]
        kinds = [(c, self.smooth(3, 8), RGB, 3, 8) for c in ("lzw", "lzw:2", "zip", "zip:2", "packbits", "lzma", "zstd",
                                                             "lerc", "webp", "jpeg", "jpeg:r")]
        kinds += [(c, bilevel, WHITE_IS_ZERO, 1, 1) for c in ("g3:1d", "g3:2d", "g4", "jbig")]
        for (compression, rows, photometric, samples, bits), layout in itertools.product(
                kinds, (("-r", str(HEIGHT)), ("-t", "-w", "48", "-l", "32"), ("-B", "-r", str(HEIGHT)))):
            file = self.copies(rows, ("-c", compression, *layout), photometric, samples, bits)
            if file is None or (compression == "jbig" and "-t" in layout):
                continue
            seen.add(compression)
            for name, damaged in self.damaged_copies(file):
                if compression == "packbits" and name == "noise":
                    continue  # any bytes are PackBits, if they are enough
                self.refuses(damaged, what=(compression, layout, name))
        self.assertLessEqual({"lzw", "zip", "packbits", "g4", "jpeg"}, seen)

    def test_a_changed_bit_of_deflate_never_changes_a_pixel_unnoticed(self):
        for compression in ("zip", "zip:2"):
            file = self.copies(self.smooth(3, 8), ("-c", compression, "-r", "8"), RGB, 3, 8)
            self.assertIsNotNone(file)
            self.write("whole.tif", file)
            end, = struct.unpack("<I", file[4:8])
            for offset in range(8, end, 5):
                changed = bytearray(file)
                changed[offset] ^= 4
                self.write("a.tif", bytes(changed))
                # 0: a bit that stands for nothing; 1 would be other pixels.
                self.assertIn(self.vqi("compare", "-q", "whole.tif", "a.tif").returncode, (0, 3), (compression, offset))

    def test_what_imagemagick_writes_is_what_it_reads(self):
        convert = self.program("convert")
        kinds = (("-type Bilevel -depth 1", 0), ("-type Grayscale -depth 4", 0), ("-type Grayscale -depth 8", 0),
                 ("-type Grayscale -depth 16", 0), ("-type Palette -depth 8", 2),
                 ("-type Palette -colors 13 -depth 8", 2), ("-type TrueColor -depth 8", 2),
                 ("-type TrueColor -depth 16", 2), ("-type TrueColorAlpha -depth 8", 6),
                 ("-type TrueColorAlpha -depth 16", 6), ("-type GrayscaleAlpha -depth 8", 4),
                 ("-type GrayscaleAlpha -depth 16", 4),
                 ("-type TrueColorAlpha -depth 8 -define tiff:alpha=associated", 6),
                 ("-type Grayscale -depth 8 -define quantum:polarity=min-is-white", 0))
        size = "%dx%d" % (WIDTH, HEIGHT)
        for (kind, colour_type), order, compression in itertools.product(kinds, ("lsb", "msb"), ("None", "LZW", "Zip")):
            mask = ("-compose", "CopyOpacity", "-composite") if "Alpha" in kind else ("-delete", "1")
            made = self.run_program(convert, "-size", size, "gradient:red-blue", "gradient:white-gray40", "-alpha",
                                    "off", *mask, *kind.split(), "-define", "tiff:endian=" + order, "-compress",
                                    compression, "a.tif")
            self.assertEqual(made.returncode, 0, (kind, made.stderr))
            depth = "16" if "16" in kind else "8"
            self.run_program(convert, "a.tif", "-depth", depth, "-define", "png:bit-depth=" + depth, "-define",
                             "png:color-type=%d" % colour_type, "theirs.png")
            result = self.vqi("compare", "--json", "theirs.png", "a.tif")
            self.assertIn(result.returncode, (0, 1), (kind, order, compression, result.stderr))
            worst = int(result.stdout.split(b'"max_error":')[1].split(b",")[0])
            # Alpha that is divided out is rounded by each in its own way.
            self.assertLessEqual(worst, 1 if "associated" in kind else 0, (kind, order, compression))


class Written(Tiffs):
    def written(self, channels, depth=8):
        values = samples_of(WIDTH * HEIGHT * channels, 2**depth - 1)
        self.write("a.png", png(WIDTH, HEIGHT, values, channels, depth))
        self.succeed("compress", "-q", "-f", "-k", "65536", "a.png")
        self.succeed("decompress", "-q", "-f", "a.vqi", "-o", "a.tif")
        return values

    def test_every_kind_of_image_comes_back(self):
        for channels, depth in itertools.product((1, 2, 3, 4), (8, 16)):
            self.written(channels, depth)
            result = self.vqi("compare", "a.png", "a.tif")
            self.assertEqual((result.returncode, result.stderr), (0, b""), (channels, depth))

    def test_alpha_is_declared_as_straight(self):
        tiffinfo = shutil.which("tiffinfo")
        if tiffinfo is None:
            self.skipTest("tiffinfo is not installed")
        for channels in (2, 4):
            self.written(channels)
            result = subprocess.run([tiffinfo, "a.tif"], cwd=self.folder, capture_output=True, check=False)
            self.assertIn(b"Extra Samples: 1<unassoc-alpha>", result.stdout)
            self.assertEqual(result.stderr, b"")


if __name__ == "__main__":
    unittest.main()
