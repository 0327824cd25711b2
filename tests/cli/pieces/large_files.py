"""PNG and TIFF files of some megapixels, from rows of bytes, as fast as they are needed by the command-line tests."""
import random
import struct
import zlib

WIDTH, HEIGHT = 1500, 1800


def grey_rows(width=WIDTH, height=HEIGHT, levels=256):
    """Rows of soft grey with noise, of few levels if so asked."""
    noise = random.Random(1).randbytes(width * 8)
    step = 256 // levels
    rows = []
    for y in range(height):
        shift = y * 7 % (width * 7)
        rows.append(bytes((x // 8 + y // 4 * 3 + (n & 15)) & 255 for x, n in enumerate(noise[shift:shift + width]))
                    if y % 16 == 0 else rows[-1][1:] + rows[-1][:1])
    table = bytes(value // step * step for value in range(256))
    return [row.translate(table) for row in rows]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows, width, colour_type, depth=8, before=(), interlace=0):
    """A PNG of rows as they lie in the file, with chunks (kind, data) before IDAT, of which there are several."""
    header = struct.pack(">IIBBBBB", width, len(rows), depth, colour_type, 0, 0, interlace)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 1)
    parts = [data[i:i + 50000] for i in range(0, len(data), 50000)]
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunk(*kept) for kept in before)
            + b"".join(chunk(b"IDAT", part) for part in parts) + chunk(b"IEND", b""))


def tiff(segments, width, height, fields, order="<"):
    """A TIFF of strips or tiles, of which `fields` (tag: list of numbers) tells all but where they lie."""
    is_tiled = 322 in fields
    offsets, data = [], struct.pack(order + "2sHI", b"II" if order == "<" else b"MM", 42, 0)
    for segment in segments:
        offsets.append(len(data))
        data += segment
    fields = {256: [width], 257: [height], **fields, 324 if is_tiled else 273: offsets,
              325 if is_tiled else 279: [len(segment) for segment in segments]}
    entries = b""
    for tag, values in sorted(fields.items()):
        is_long = max(values) > 65535 or tag in (273, 279, 324, 325)
        packed = struct.pack(order + str(len(values)) + ("I" if is_long else "H"), *values)
        if len(packed) > 4:
            place, data = len(data), data + packed
            packed = struct.pack(order + "I", place)
        entries += struct.pack(order + "HHI", tag, 4 if is_long else 3, len(values)) + packed.ljust(4, b"\0")
    directory = struct.pack(order + "H", len(fields)) + entries + bytes(4)
    return data[:4] + struct.pack(order + "I", len(data)) + data[8:] + directory
