"""Checks that the tool and the second decoder agree on pixels and facts, for frozen files and for fresh ones."""
import json
import math
import os
import pathlib
import random
import struct
import subprocess
import tempfile
import unittest
import zlib

import second_decoder
from manifest_cases import FOLDER, listed

TOOL = os.environ.get("VQI_TOOL", "vqi")


def png(width, height, channels, depth, rows):
    """A PNG file of rows of samples; 16-bit samples come low byte first, as second_decoder gives them."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    if depth == 16:
        rows = [swapped(row) for row in rows]
    header = struct.pack(">IIBBBBB", width, height, depth, {1: 0, 2: 4, 3: 2, 4: 6}[channels], 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def swapped(row):
    """16-bit samples with their two bytes swapped."""
    return bytes(byte for pair in zip(row[1::2], row[::2]) for byte in pair)


def chunks_of(data):
    """The data of a PNG's chunks by type, those of IDAT joined."""
    chunks, at = {}, 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        chunks[kind] = chunks.get(kind, b"") + data[at + 8:at + 8 + length]
        at += 12 + length
    return chunks


def unfiltered(pixels, size, step, height):
    """Rows of `size` bytes, whose pixels take `step` bytes."""
    above = bytes(size)
    for y in range(height):
        row = bytearray(pixels[y * (size + 1) + 1:(y + 1) * (size + 1)])
        for x in range(size) if (kind := pixels[y * (size + 1)]) else ():
            left, corner = (row[x - step], above[x - step]) if x >= step else (0, 0)
            distances = [abs(above[x] - corner), abs(left - corner), abs(left + above[x] - 2 * corner)]
            paeth = (left, above[x], corner)[distances.index(min(distances))]
            row[x] = row[x] + (0, left, above[x], (left + above[x]) // 2, paeth)[kind] & 255
        above = bytes(row)
        yield above


def read_png(data):
    """Width, height, channels, depth and rows of a PNG without interlace, as `png` takes them; palettes and low depths
    are widened to 8 bits."""
    width, height, depth, colour_type = struct.unpack(">IIBB", data[16:26])
    chunks = chunks_of(data)
    samples = {0: 1, 4: 2, 2: 3, 6: 4, 3: 1}[colour_type]
    bits = samples * depth
    rows = list(unfiltered(zlib.decompress(chunks[b"IDAT"]), (width * bits + 7) // 8, max(1, bits // 8), height))
    if depth == 16:
        return width, height, samples, depth, list(map(swapped, rows))
    if depth < 8:
        places = [divmod(x * depth, 8) for x in range(width)]
        rows = [bytes(row[at] >> 8 - depth - shift & 2**depth - 1 for at, shift in places) for row in rows]
    if colour_type == 3:
        alpha = chunks.get(b"tRNS")
        colours = [chunks[b"PLTE"][i:i + 3] for i in range(0, len(chunks[b"PLTE"]), 3)]
        if alpha is not None:
            colours = [colour + (alpha[i:i + 1] or b"\xff") for i, colour in enumerate(colours)]
        return width, height, 3 if alpha is None else 4, 8, [b"".join(map(colours.__getitem__, row)) for row in rows]
    if depth < 8:
        rows = [bytes(sample * 255 // (2**depth - 1) for sample in row) for row in rows]
    return width, height, samples, 8, rows


def image_rows(width, height, channels, depth, seed):
    """Gradients with noise: many colours, some of them frequent."""
    source = random.Random(seed)
    top = 2**depth - 1
    return [b"".join(((x * (c + 3) + y * 2) * top // 700 % top ^ source.randrange(4)).to_bytes(depth // 8, "little")
                     for x in range(width) for c in range(channels)) for y in range(height)]


class Tool(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def vqi(self, *arguments):
        return subprocess.run([TOOL, *map(str, arguments)], capture_output=True, timeout=120, check=False)

    def check_same_pixels(self, paths):
        """Checks that the tool decodes the same pixels as the second decoder."""
        result = self.vqi("decompress", "-q", "--output-dir", self.folder / "decoded", *paths)
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        for path in paths:
            with self.subTest(path.name):
                header, rows = second_decoder.decode(path.read_bytes())
                decoded = read_png((self.folder / "decoded" / (path.stem + ".decoded.png")).read_bytes())
                self.assertEqual(decoded, (header.width, header.height, header.channels, header.depth, rows))

    def test_frozen_files_give_the_same_pixels(self):
        self.check_same_pixels([FOLDER / "files" / words[0] for words in listed("manifest.txt")])

    def test_fresh_files_give_the_same_pixels(self):
        paths = []
        for number, (width, height, channels, depth, *options) in enumerate((
                (61, 47, 3, 8, "-k", "200"), (61, 47, 1, 8, "-k", "16"), (40, 30, 4, 8, "-k", "100"),
                (40, 30, 2, 16, "-k", "31"), (40, 30, 3, 16, "-k", "64", "--block", "3x2"),
                (33, 31, 4, 8, "-k", "9", "--block", "4x4"), (50, 20, 1, 16, "-k", "1000"), (9, 9, 3, 8, "-k", "1"),
                (400, 350, 1, 8, "-k", "11"), (300, 500, 1, 8, "-k", "2", "--block", "1x1"))):
            image = self.folder / "image.png"
            image.write_bytes(png(width, height, channels, depth, image_rows(width, height, channels, depth, number)))
            codings = [("--coding", "packed")]
            if width * height < 5000:  # the second decoder is slow
                codings += [("--coding", "entropy", "--model", model) for model in ("fast", "balanced", "max")]
            for coding in codings:
                paths.append(self.folder / f"{number} {width}x{height}x{channels} of {depth} bits {coding[-1]}.vqi")
                result = self.vqi("compress", "-q", "--effort", "1", *options, *coding, image, "-o", paths[-1])
                self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.check_same_pixels(paths)

    def test_info_tells_the_same_as_ever(self):
        expected = [json.loads(line) for line in (FOLDER / "info.jsonl").read_text(encoding="ascii").splitlines()]
        self.assertEqual([facts["input"] for facts in expected], [words[0] for words in listed("manifest.txt")])
        result = self.vqi("info", "--json", *(FOLDER / "files" / facts["input"] for facts in expected))
        self.assertEqual(result.returncode, 0)
        lines = result.stdout.splitlines()
        self.assertEqual(len(lines), len(expected))
        for facts, line in zip(expected, lines):
            told = json.loads(line)
            told["input"] = os.path.basename(told["input"])
            self.check_told(facts, told, facts["input"])

    def check_told(self, facts, told, place):
        """Checks that all keys which info once printed have the same values; new keys are allowed."""
        if isinstance(facts, dict):
            for key, value in facts.items():
                self.check_told(value, told[key], f"{place}: {key}")
        elif isinstance(facts, list):
            self.assertEqual(len(facts), len(told), place)
            for value, told_value in zip(facts, told):
                self.check_told(value, told_value, place)
        elif isinstance(facts, float):
            self.assertTrue(math.isclose(facts, told, rel_tol=1e-12), place)
        else:
            self.assertEqual(facts, told, place)

    def test_files_that_break_a_rule_exit_3_and_write_nothing(self):
        for name, code, offset in listed("rejected.txt"):
            with self.subTest(name):
                output = self.folder / "rejected.png"
                result = self.vqi("decompress", "--json", FOLDER / "files" / name, "-o", output)
                self.assertEqual(result.returncode, 3)
                error = json.loads(result.stdout)["error"]
                self.assertEqual((error["code"], error["offset"]), (code, int(offset)))
                self.assertFalse(output.exists())


if __name__ == "__main__":
    unittest.main()
