"""TIFF files from samples, for the command-line tests, and checks of what vqi makes of them."""
import itertools
import struct
import zlib

import cli_case
from cli_case import CliCase

BYTE, SHORT, LONG, LONG8 = 1, 3, 4, 16
SIZES = {BYTE: 1, SHORT: 2, LONG: 4, LONG8: 8}
GREY, RGB, PALETTE, CMYK, YCBCR, CIELAB, ICCLAB = 1, 2, 3, 5, 6, 8, 9
WHITE_IS_ZERO = 0

# Width and height of most pictures: no multiple of 8 or 16.
WIDTH, HEIGHT = 37, 21


def png(width, height, samples, channels, depth=8):
    """A PNG of the samples, pixel by pixel."""
    def pixel(x, y):
        first = (y * width + x) * channels
        return samples[first:first + channels]

    return cli_case.png(width, height, pixel, channels, depth)


def packed(rows, bits, order):
    """Rows of samples as bytes: 16 bits in the file's order, others bit by bit, rows padded to whole bytes."""
    result = b""
    for row in rows:
        if bits == 16:
            result += struct.pack(order + "%dH" % len(row), *row)
        else:
            text = "".join(format(sample, "0%db" % bits) for sample in row)
            text += "0" * (-len(text) % 8)
            result += int(text, 2).to_bytes(len(text) // 8, "big")
    return result


def packbits(data):
    """PackBits without any run."""
    return b"".join(bytes([len(data[i:i + 128]) - 1]) + data[i:i + 128] for i in range(0, len(data), 128))


COMPRESS = {1: lambda data: data, 8: zlib.compress, 32946: zlib.compress, 32773: packbits}


class Tiff:
    """A TIFF file from samples: a list of rows, each a list of samples, pixel by pixel."""

    def __init__(self, rows, photometric, samples=1, bits=8, order="<", big=False, planes=False, tile=None,
                 rows_per_strip=None, compression=1, fields=()):
        self.order, self.big = order, big
        height, width = len(rows), len(rows[0]) // samples
        parts = [[row[k::samples] for row in rows] for k in range(samples)] if planes else [rows]
        step = 1 if planes else samples
        self.segments = []
        for part in parts:
            if tile:
                for top, left in itertools.product(range(0, height, tile[1]), range(0, width, tile[0])):
                    piece = [row[left * step:(left + tile[0]) * step] for row in part[top:top + tile[1]]]
                    piece = [row + [0] * (tile[0] * step - len(row)) for row in piece]
                    piece += [[0] * (tile[0] * step)] * (tile[1] - len(piece))
                    self.segments.append(COMPRESS[compression](packed(piece, bits, order)))
            else:
                strip = rows_per_strip or height
                for top in range(0, height, strip):
                    self.segments.append(COMPRESS[compression](packed(part[top:top + strip], bits, order)))
        self.is_tiled = tile is not None
        self.fields = {256: (LONG, [width]), 257: (LONG, [height]), 258: (SHORT, [bits] * samples),
                       259: (SHORT, [compression]), 262: (SHORT, [photometric]), 277: (SHORT, [samples]),
                       284: (SHORT, [2 if planes else 1])}
        if tile:
            self.fields.update({322: (SHORT, [tile[0]]), 323: (SHORT, [tile[1]])})
        else:
            self.fields[278] = (LONG, [rows_per_strip or height])
        self.fields.update(fields)

    def build(self):
        offset_type, word = (LONG8, 8) if self.big else (LONG, 4)
        order = self.order
        header = (b"II" if order == "<" else b"MM") + struct.pack(order + "H", 43 if self.big else 42)
        at = 16 if self.big else 8
        fields, body, offsets = dict(self.fields), b"", []
        for segment in self.segments:
            offsets.append(at + len(body))
            body += segment
        fields[324 if self.is_tiled else 273] = (offset_type, offsets)
        fields[325 if self.is_tiled else 279] = (LONG, [len(segment) for segment in self.segments])
        directory = struct.pack(order + ("Q" if self.big else "H"), len(fields))
        for tag, (kind, values) in sorted(fields.items()):
            data = b"".join(value.to_bytes(SIZES[kind], "little" if order == "<" else "big") for value in values)
            directory += struct.pack(order + ("HHQ" if self.big else "HHI"), tag, kind, len(values))
            if len(data) <= word:
                directory += data.ljust(word, b"\0")
            else:
                directory += struct.pack(order + ("Q" if self.big else "I"), at + len(body))
                body += data
        directory += bytes(word)
        start = at + len(body)
        if self.big:
            header += struct.pack(order + "HHQ", 8, 0, start)
        else:
            header += struct.pack(order + "I", start)
        return header + body + directory


def samples_of(count, most, seed=7):
    """Values from all over the range, in which 0 and the largest come up."""
    values, state = [], seed
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        values.append((state >> 8) % (most + 1))
    return values


def picture(samples, bits, width=WIDTH, height=HEIGHT, seed=7):
    values = samples_of(width * height * samples, 2**bits - 1, seed)
    step = width * samples
    return [values[y * step:(y + 1) * step] for y in range(height)]


def flat(rows):
    return [value for row in rows for value in row]


def stretched(value, bits, depth=None):
    most, full = 2**bits - 1, 2**(depth or (16 if bits > 8 else 8)) - 1
    return (2 * value * full + most) // (2 * most)


class Tiffs(CliCase):
    def shows(self, file, samples, channels, depth=8, width=WIDTH, height=HEIGHT, what=None):
        """Checks that the TIFF is this picture, sample by sample."""
        path = self.write("a.tif", file)
        self.write("expected.png", png(width, height, samples, channels, depth))
        result = self.vqi("compare", "-q", "expected.png", path.name)
        self.assertEqual((result.returncode, result.stdout + result.stderr), (0, b""), what)

    def refuses(self, file, *says, what=None):
        path = self.write("a.tif", file)
        result = self.vqi("compress", path.name)
        self.assertEqual((result.returncode, result.stdout), (3, b""), what)
        for words in says:
            self.assertIn(words.encode(), result.stderr, what)
        self.assertFalse((self.folder / "a.vqi").exists(), what)
        return result.stderr
