"""Makes a BMP of every kind that BMP Suite lists, with the pixels that a careful reader sees or why it refuses."""
import struct

from cli_case import png

WIDTH, HEIGHT = 7, 5
COLOURS = [(17 * i % 256, (90 + 40 * i) % 256, (255 - 23 * i) % 256) for i in range(12)]
GREYS = [(20 * i,) * 3 for i in range(12)]
SKIPPED = None


def pattern(colours, width=WIDTH):
    """Indices below `colours`, of which no two rows are alike."""
    return [[(3 * x + 5 * y + x * y) % colours for x in range(width)] for y in range(HEIGHT)]


def true_colour(bits=(8, 8, 8), width=WIDTH):
    """Pixels as samples of those bits, none where the bits are 0, the whole range among them."""
    return [[tuple((x * 37 + y * 101 + 77 * i) * (2 ** b - 1) // 255 % 2 ** b if x else (2 ** b - 1) * (y % 2)
                   for i, b in enumerate(bits)) for x in range(width)] for y in range(HEIGHT)]


def scaled(pixels, bits):
    """The same pixels at 8 bits a sample, rounded to nearest."""
    return [[tuple((2 * 255 * v + 2 ** b - 1) // (2 * (2 ** b - 1)) if b else 0 for v, b in zip(pixel, bits))
             for pixel in row] for row in pixels]


def packed_rows(rows, bits):
    """Rows of numbers of `bits` bits, most significant first, from the bottom, padded to four bytes."""
    data = b""
    for row in reversed(rows):
        value = 0
        for number in row:
            value = value << bits | number
        length = len(row) * bits
        value <<= -length % 32
        data += value.to_bytes((length + 31) // 32 * 4, "big")
    return data


def little_rows(rows, byte_count):
    """Rows of little-endian numbers of whole bytes, from the bottom."""
    return b"".join((b"".join(number.to_bytes(byte_count, "little") for number in row)).ljust(
        (len(row) * byte_count + 3) // 4 * 4, b"\0") for row in reversed(rows))


def palette_bytes(colours, entry=4):
    return b"".join(bytes((b, g, r)) + bytes(entry - 3) for r, g, b in colours)


def runs(rows, bits, skip=()):
    """Run lengths of rows from the bottom: runs, literals where pixels differ, deltas over pixels of `skip`."""
    data = b""
    for y, row in enumerate(reversed(rows)):
        x = 0
        while x < len(row):
            if (x, len(rows) - 1 - y) in skip:
                data += bytes((0, 2, 1, 0))
                x += 1
                continue
            end = x
            while end < len(row) and (end, len(rows) - 1 - y) not in skip:
                end += 1
            part = row[x:end]
            if len(part) >= 3 and len(set(part)) > 1:
                literal = bytes(part) if bits == 8 else bytes(
                    part[i] << 4 | (part[i + 1] if i + 1 < len(part) else 0) for i in range(0, len(part), 2))
                data += bytes((0, len(part))) + literal + bytes(len(literal) % 2)
            else:
                for number in part:
                    data += bytes((1, number if bits == 8 else number << 4))
            x = end
        data += b"\0\0"
    return data + b"\0\1"


def bmp(bits, data, *, header=40, width=WIDTH, height=HEIGHT, compression=0, behind=b"", used=0, planes=1, density=2835,
        offset=None, size=None, fields=()):
    """The bytes of a BMP; `fields` are further ones of the header, as pairs of offset and number."""
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, planes, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", header, width, height, planes, bits, compression, len(data), density,
                           density, used, 0)[:header].ljust(header, b"\0")
    info = bytearray(info)
    for at, number in fields:
        info[at:at + 4] = struct.pack("<I", number)
    begin = 14 + len(info) + len(behind)
    return struct.pack("<2sIHHI", b"BM", begin + len(data) if size is None else size, 0, 0,
                       begin if offset is None else offset) + bytes(info) + behind + data


def palette_kind(bits, colours, **options):
    """A BMP with a palette, and its pixels."""
    indices = pattern(min(len(colours), 2 ** bits), options.get("width", WIDTH))
    entry = 3 if options.get("header") == 12 else 4
    options.setdefault("behind", palette_bytes(colours, entry))
    options.setdefault("used", len(colours))
    return bmp(bits, packed_rows(indices, bits), **options), [[colours[i] for i in row] for row in indices]


def mask_kind(bits, masks, *, header=40, compression=3, alpha=None, **options):
    """A BMP with colour masks, as pairs of shift and bits, and its pixels."""
    widths = [width for _, width in masks]
    pixels = true_colour(widths)
    numbers = [[sum(v << shift for v, (shift, _) in zip(pixel, masks)) for pixel in row] for row in pixels]
    values = [(2 ** width - 1) << shift for shift, width in masks]
    behind = struct.pack(f"<{len(values)}I", *values) if header == 40 and compression else b""
    fields = [] if header == 40 else list(zip((40, 44, 48, 52), values))
    file = bmp(bits, little_rows(numbers, bits // 8), header=header, compression=compression,
               behind=behind + options.pop("behind", b""), fields=fields, **options)
    return file, scaled(pixels, widths) if alpha is None else scaled(pixels, widths[:3] + [alpha])


def run_kinds():
    """BMPs of run lengths."""
    for bits, compression in ((4, 2), (8, 1)):
        indices = pattern(12)
        colours = [[COLOURS[i] for i in row] for row in indices]
        options = {"compression": compression, "behind": palette_bytes(COLOURS), "used": 12}
        yield f"pal{bits}rle", bmp(bits, runs(indices, bits), **options), colours
        skip = {(2, 1), (3, 1), (6, 4), (0, 0)}
        left = [[SKIPPED if (x, y) in skip else pixel for x, pixel in enumerate(row)] for y, row in enumerate(colours)]
        yield f"pal{bits}rletrns", bmp(bits, runs(indices, bits, skip), **options), left
        yield f"pal{bits}rlecut", bmp(bits, runs(indices[2:], bits)[:-2] + b"\0\1", **options), \
            [[SKIPPED] * WIDTH] * 2 + colours[2:]
        whole = runs(indices, bits)
        yield f"badrle{bits} cut", bmp(bits, whole[:len(whole) // 2], **options), "damaged"
        yield f"badrle{bits} delta", bmp(bits, b"\0\2\xff\0" + whole, **options), "damaged"
        yield "rletopdown", bmp(bits, whole, height=-HEIGHT, **options), "damaged"
    padded = b"".join(bytes((8, i, 0, 0)) for i in range(HEIGHT)) + b"\0\1"
    yield "pal8rle padded", bmp(8, padded, compression=1, behind=palette_bytes(COLOURS), used=12), \
        [[COLOURS[HEIGHT - 1 - y]] * WIDTH for y in range(HEIGHT)]
    pixels = true_colour()
    data = b"".join(b"".join(bytes((1, b, g, r)) for r, g, b in row) + b"\0\0" for row in reversed(pixels)) + b"\0\1"
    yield "rgb24rle24", bmp(24, data, header=64, compression=4), pixels


def palette_kinds():
    """BMPs with palettes."""
    for name, colours in (("pal1", [(0,) * 3, (255,) * 3]), ("pal1wb", [(255,) * 3, (0,) * 3]),
                          ("pal1bg", COLOURS[1:3])):
        yield name, *palette_kind(1, colours)
    yield "pal1p1", bmp(1, bytes(4 * HEIGHT), behind=palette_bytes(COLOURS[1:2]), used=1), \
        [[COLOURS[1]] * WIDTH] * HEIGHT
    yield "pal2", *palette_kind(2, GREYS[:4])
    yield "pal2color", *palette_kind(2, COLOURS[:4])
    yield "pal4", *palette_kind(4, COLOURS)
    yield "pal4gs", *palette_kind(4, GREYS)
    yield "pal8", *palette_kind(8, COLOURS)
    yield "pal8-0", *palette_kind(8, (COLOURS * 22)[:256], used=0, density=0, size=0)
    yield "pal8gs", *palette_kind(8, GREYS)
    for width in (4, 5, 6):
        yield f"pal8w{width}", *palette_kind(8, COLOURS, width=width)
    file, pixels = palette_kind(8, COLOURS, height=-HEIGHT)
    yield "pal8topdown", file, pixels[::-1]
    yield "pal8nonsquare", *palette_kind(8, COLOURS, fields=[(28, 2000)])
    yield "pal8offs", *palette_kind(8, COLOURS, behind=palette_bytes(COLOURS) + b"junk" * 25)
    yield "pal8oversizepal", *palette_kind(8, COLOURS, behind=palette_bytes(COLOURS * 25), used=300)
    yield "badpalettesize", *palette_kind(8, COLOURS, used=305402420)
    yield "pal8badindex", bmp(8, packed_rows(pattern(12), 8), behind=palette_bytes(COLOURS[:7]), used=7), "palette"
    yield "badplanes", *palette_kind(8, COLOURS, planes=2)
    yield "badfilesize", *palette_kind(8, COLOURS, size=1)
    yield "baddens1", *palette_kind(8, COLOURS, fields=[(24, 1), (28, 0x7FFFFFFF)])
    yield "badwidth", bmp(8, bytes(40), width=-WIDTH, behind=palette_bytes(COLOURS), used=12), "size"
    yield "badbitcount", bmp(3, bytes(40)), "3 bits per pixel"
    yield "badheadersize", bmp(8, bytes(40), header=66), "66 bytes"
    file, pixels = palette_kind(8, COLOURS)
    yield "shortfile", file[:-9], "ends early"
    yield "pal8v4", *palette_kind(8, COLOURS, header=108)
    yield "pal8v5", *palette_kind(8, COLOURS, header=124)
    full = (COLOURS * 22)[:256]
    yield "pal8os2", *palette_kind(8, full, header=12)
    yield "pal8os2-sz", *palette_kind(8, full, header=12, size=14)
    yield "pal8os2sp", *palette_kind(8, COLOURS, header=12)
    yield "pal4os2", *palette_kind(4, full[:16], header=12)
    for header in (16, 40, 64):
        yield f"pal8os2v2-{header}", *palette_kind(8, full, header=header, used=0)
    yield "pal1huffmsb", bmp(1, bytes(40), header=64, compression=3, behind=palette_bytes(COLOURS[:2])), "Huffman"


def true_colour_kinds():
    """BMPs of 16 to 64 bits."""
    bits_555 = [(10, 5), (5, 5), (0, 5)]
    bits_888 = [(16, 8), (8, 8), (0, 8)]
    yield "rgb16", *mask_kind(16, bits_555, compression=0)
    yield "rgb16bfdef", *mask_kind(16, bits_555)
    yield "rgb16-565", *mask_kind(16, [(11, 5), (5, 6), (0, 5)])
    yield "rgb16-565pal", *mask_kind(16, [(11, 5), (5, 6), (0, 5)], behind=palette_bytes(COLOURS), used=12)
    yield "rgb16-231", *mask_kind(16, [(4, 2), (1, 3), (0, 1)])
    yield "rgb16-3103", *mask_kind(16, [(13, 3), (3, 10), (0, 3)])
    yield "rgb16-880", *mask_kind(16, [(8, 8), (0, 8), (0, 0)])
    yield "rgba16-4444", *mask_kind(16, [(8, 4), (4, 4), (0, 4), (12, 4)], header=124)
    yield "rgba16-5551", *mask_kind(16, bits_555 + [(15, 1)], header=124)
    yield "rgba16-1924", *mask_kind(16, [(15, 1), (6, 9), (4, 2), (0, 4)], header=124)
    pixels = true_colour()
    numbers = [[r << 16 | g << 8 | b for r, g, b in row] for row in pixels]
    yield "rgb24", bmp(24, little_rows(numbers, 3)), pixels
    yield "rgb24pal", bmp(24, little_rows(numbers, 3), behind=palette_bytes(COLOURS), used=12), pixels
    yield "rgb24largepal", bmp(24, little_rows(numbers, 3), behind=palette_bytes(COLOURS * 25), used=300), pixels
    yield "rgb24os2", bmp(24, little_rows(numbers, 3), header=12), pixels
    yield "rgb24lprof", bmp(24, little_rows(numbers, 3), header=124, fields=[(56, 0x4C494E4B)]), pixels
    yield "rgb24png", bmp(0, png_of(pixels), compression=5), pixels
    yield "rgb24jpeg", bmp(0, b"\xff\xd8\xff\xd9", compression=4), "JPEG"
    yield "rgb32", *mask_kind(32, bits_888, compression=0)
    yield "rgb32bfdef", *mask_kind(32, bits_888)
    yield "rgb32bf", *mask_kind(32, [(24, 8), (4, 8), (16, 8)])
    yield "rgb32-xbgr", *mask_kind(32, [(0, 8), (8, 8), (16, 8)])
    yield "rgb32h52", *mask_kind(32, [(24, 8), (4, 8), (16, 8)], header=52)
    yield "rgb32-111110", *mask_kind(32, [(21, 11), (10, 11), (0, 10)])
    yield "rgb32-7187", *mask_kind(32, [(0, 7), (7, 18), (25, 7)])
    yield "rgb32fakealpha", bmp(32, little_rows([[0x80000000 | n for n in row] for row in numbers], 4)), pixels
    yield "rgba32h56", *mask_kind(32, bits_888 + [(24, 8)], header=56)
    yield "rgba32abf", *mask_kind(32, bits_888 + [(24, 8)], compression=6)
    yield "rgba32-1", *mask_kind(32, bits_888 + [(24, 8)], header=124)
    yield "rgba32-1010102", *mask_kind(32, [(20, 10), (10, 10), (0, 10), (30, 2)], header=124)
    yield "rgba32-81284", *mask_kind(32, [(24, 8), (12, 12), (10, 2), (0, 4)], header=124)
    yield "rgba32-61754", *mask_kind(32, [(26, 6), (9, 17), (4, 5), (0, 4)], header=124)
    yield "rgba64", bmp(64, bytes(8 * WIDTH * HEIGHT)), "64 bits"
    yield "reallybig", bmp(24, bytes(40), width=3000000, height=2000000), "limit"


def png_of(pixels):
    """A PNG of RGB pixels."""
    return png(len(pixels[0]), len(pixels), lambda x, y: pixels[y][x])


def all_kinds():
    """Triples of name, file, and rows of pixels (RGB or RGBA, SKIPPED if transparent) or words of the refusal."""
    yield from palette_kinds()
    yield from run_kinds()
    yield from true_colour_kinds()
