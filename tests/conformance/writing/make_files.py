"""Wrote the files of version 1.0 in files/, manifest.txt and rejected.txt, once: kept to tell what they hold.

The files are NEVER written again. What a release once decoded it decodes forever, so a test that fails is a fault of
the decoder, not of a file. New features get new files and new lines, by a program of their own. Nothing here is shared
with a decoder: the images follow from the indices and codewords that are made up below.
"""
import hashlib
import math
import pathlib
import random
import struct
import sys

FOLDER = pathlib.Path(__file__).parent.parent
MAGIC = b"\x89VQI\r\n\x1a\n"


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 & -(crc & 1))
    return crc ^ 0xFFFFFFFF


def section(kind, payload, flags=0, length=None, crc=None):
    size = len(payload) if length is None else length
    body = kind + struct.pack("<H", flags) + size.to_bytes(6, "little") + payload
    return body + struct.pack("<I", crc32c(body) if crc is None else crc)


def pack_fixed(indices, k):
    bits = math.ceil(math.log2(k))
    number = 0
    for i, index in enumerate(indices):
        number |= index << i * bits
    return number.to_bytes((len(indices) * bits + 7) // 8, "little")


def code_uniform(indices, k):
    least = k * -(-2**31 // k)
    states = [least] * 4
    words = []
    for i in reversed(range(len(indices))):
        x = states[i % 4]
        if x >= least // k << 32:
            words.insert(0, x % 2**32)
            x >>= 32
        states[i % 4] = x * k + indices[i]
    return struct.pack("<4Q", *states) + struct.pack(f"<{len(words)}I", *words)


class Stream:
    """A stream that is whole unless a part of it is replaced before bytes() is called."""

    def __init__(self, width, height, channels, depth, k, coding=1, block=(1, 1), strip_rows=None, mse=0.0, seed=1):
        source = random.Random(f"{width} {height} {channels} {depth} {k} {seed}")
        self.width, self.height, self.channels, self.depth, self.k = width, height, channels, depth, k
        self.block = block
        self.map = (-(-width // block[0]), -(-height // block[1]))
        rows = strip_rows or self.map[1]
        self.fields = dict(major=1, minor=0, reserved10=0, width=width, height=height, channels=channels, depth=depth,
                           block_w=block[0], block_h=block[1], k=k, coding=coding, reserved29=bytes(3), strip_rows=rows,
                           reserved36=0, mse=mse, reserved48=bytes(12))
        dimension = block[0] * block[1] * channels
        top = 2**depth
        words = set()
        while len(words) < k:
            words.add(tuple(source.randrange(top) for _ in range(dimension)))
        self.codewords = sorted(words, key=lambda word: source.random())
        # Each codeword once at least where there is room, then any.
        count = self.map[0] * self.map[1]
        self.indices = [i if i < k else source.randrange(k) for i in range(count)]
        source.shuffle(self.indices)
        strips = max(1, self.map[1] // rows)
        bounds = [i * rows * self.map[0] for i in range(strips)] + [count]
        code = pack_fixed if coding == 1 else code_uniform
        self.strips = [code(self.indices[a:b], k) for a, b in zip(bounds, bounds[1:])]
        row = f"<{dimension}{'B' if depth == 8 else 'H'}"
        self.codebook = b"".join(struct.pack(row, *word) for word in self.codewords)
        self.before = self.between = self.after = self.last = b""  # skippable sections
        self.header_crc = self.codebook_section = self.table_section = self.index_section = self.end_section = None
        self.trailing = b""

    def header(self):
        f = self.fields
        head = MAGIC + struct.pack("<BBHIIBBBBIB3sIId12s", *f.values())
        return head + struct.pack("<I", crc32c(head) if self.header_crc is None else self.header_crc)

    def bytes(self):
        table = b"".join(struct.pack("<II", len(strip), crc32c(strip)) for strip in self.strips)
        parts = [self.header(), self.before,
                 section(b"CBOK", self.codebook) if self.codebook_section is None else self.codebook_section,
                 self.between,
                 section(b"STRP", table) if self.table_section is None else self.table_section,
                 self.after,
                 section(b"INDX", b"".join(self.strips)) if self.index_section is None else self.index_section,
                 self.last]
        size = sum(map(len, parts)) + 24
        parts.append(section(b"END ", struct.pack("<Q", size)) if self.end_section is None else self.end_section)
        return b"".join(parts) + self.trailing

    def samples(self):
        """The image's bytes, from the codewords and indices alone."""
        out = []
        code = "B" if self.depth == 8 else "H"
        for y in range(self.height):
            row = []
            for x in range(self.width):
                word = self.codewords[self.indices[y // self.block[1] * self.map[0] + x // self.block[0]]]
                at = (y % self.block[1] * self.block[0] + x % self.block[0]) * self.channels
                row += word[at:at + self.channels]
            out.append(struct.pack(f"<{len(row)}{code}", *row))
        return b"".join(out)


def metadata(kind):
    profile = b"a name\0" + bytes(i * 7 % 256 for i in range(150))
    return {"gAMA": section(b"gAMA", struct.pack("<I", 45455), 1),
            "cHRM": section(b"cHRM", struct.pack("<8I", 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000), 1),
            "sRGB": section(b"sRGB", b"\x02", 1),
            "iCCP": section(b"iCCP", profile, 1),
            "pHYs": section(b"pHYs", struct.pack("<IIB", 2835, 5669, 1), 1)}[kind]


def good():
    """name -> Stream"""
    s = {}
    for channels, kind in ((1, "grey"), (2, "grey_alpha"), (3, "rgb"), (4, "rgba")):
        for depth in (8, 16):
            for k in (2, 3, 16, 37):
                coding = 2 if k == 37 else 1
                s[f"{kind}{depth}_k{k}"] = Stream(19, 7, channels, depth, k, coding, mse=k / 8)
    s["one_pixel"] = Stream(1, 1, 1, 8, 1)
    s["one_pixel_k256"] = Stream(1, 1, 4, 16, 256)
    s["one_row"] = Stream(301, 1, 3, 8, 7, 2)
    s["one_column"] = Stream(1, 301, 1, 16, 7, 1)
    s["k1"] = Stream(33, 21, 3, 8, 1, mse=1234.5)
    s["k256"] = Stream(40, 30, 3, 8, 256)
    s["k257_fixed"] = Stream(40, 30, 1, 16, 257, 1)
    s["k255_uniform"] = Stream(40, 30, 1, 8, 255, 2)
    s["k1000_fixed"] = Stream(40, 30, 3, 8, 1000, 1)
    s["k1000_uniform"] = Stream(40, 30, 3, 8, 1000, 2)
    s["k4096"] = Stream(64, 65, 1, 16, 4096)
    s["k3_uniform_few"] = Stream(3, 1, 1, 8, 3, 2)
    for w, h in ((2, 2), (3, 5), (4, 4), (16, 1), (1, 16), (16, 16), (7, 3)):
        s[f"block_{w}x{h}"] = Stream(37, 29, 3, 8, 5, 2 if w == 7 else 1, (w, h))
    s["block_16x16_rgba16"] = Stream(20, 17, 4, 16, 2, 1, (16, 16))
    s["block_larger_than_image"] = Stream(3, 2, 2, 8, 1, 1, (16, 16))
    s["block_exact"] = Stream(32, 16, 1, 8, 6, 2, (4, 4))
    s["mse_smallest"] = Stream(2, 2, 1, 8, 4, mse=5e-324)
    s["strip_rows_below_height"] = Stream(9, 5, 1, 8, 4, 1, strip_rows=3)
    s["strips_k1_last_long"] = Stream(1024, 64 * 3 + 63, 1, 8, 1, 1, strip_rows=64)
    s["strips_k1_wide"] = Stream(65536, 3, 1, 8, 1, 1, strip_rows=1)
    s["strips_k2_last_long"] = Stream(1024, 64 * 2 + 9, 1, 8, 2, 1, strip_rows=64)
    s["strips_k3_uniform"] = Stream(512, 128 * 2, 1, 8, 3, 2, strip_rows=128)
    s["strips_blocks"] = Stream(1024 * 8 - 3, 16 * 16 * 2, 1, 8, 1, 1, (8, 8), strip_rows=64)
    s["strip_rows_high"] = Stream(256, 300, 1, 8, 1, 1, strip_rows=256)
    for kind in ("gAMA", "cHRM", "sRGB", "iCCP", "pHYs"):
        s[f"metadata_{kind}"] = Stream(5, 4, 3, 8, 3)
        s[f"metadata_{kind}"].between = metadata(kind)
    s["metadata_all"] = Stream(5, 4, 4, 16, 3)
    s["metadata_all"].between = b"".join(map(metadata, ("gAMA", "cHRM", "sRGB", "iCCP", "pHYs")))
    s["metadata_everywhere"] = Stream(5, 4, 1, 8, 3)
    s["metadata_everywhere"].before = metadata("pHYs")
    s["metadata_everywhere"].after = metadata("sRGB")
    s["metadata_everywhere"].last = metadata("gAMA")
    s["profile_empty_and_longest_name"] = Stream(5, 4, 1, 8, 3)
    s["profile_empty_and_longest_name"].between = section(b"iCCP", b"n" * 79 + b"\0", 1)
    s["skippable_unknown"] = Stream(5, 4, 3, 8, 3)
    s["skippable_unknown"].before = section(b"abcd", b"anything", 1)
    s["skippable_unknown"].between = section(b"~ !\"", b"", 1) + section(b"abcd", b"twice", 1)
    s["skippable_unknown"].after = section(b"more", bytes(range(256)), 1)
    s["skippable_unknown"].last = section(b"last", b"x", 1)
    s["skippable_many"] = Stream(2, 2, 1, 8, 2)
    s["skippable_many"].between = section(b"many", b"", 1) * 200
    return s


def with_field(name, value, **options):
    stream = Stream(5, 4, 3, 8, 3, **options)
    stream.fields[name] = value
    return stream


def with_part(name, value):
    stream = Stream(5, 4, 3, 8, 3)
    setattr(stream, name, value)
    return stream


def with_strips(strips, **options):
    stream = Stream(5, 4, 3, 8, 3, **options)
    stream.strips = strips
    return stream


# The stream that the functions below break, and where its sections lie.
PLAIN = Stream(5, 4, 3, 8, 3)
TABLE_AT = 64 + 16 + 9
INDEX_AT = TABLE_AT + 24
END_AT = INDEX_AT + 16 + 5


def bad_headers():
    """name -> (bytes, error code, offset)"""
    whole = PLAIN.bytes()
    b = {"empty": (b"", "truncated", 0), "not_vqi": (b"GIF89a and more", "bad_magic", 0),
         "text_mode": (whole.replace(b"\r\n", b"\n"), "bad_magic", 4),
         "seven_bits": (bytes(byte & 0x7F for byte in whole), "bad_magic", 0),
         "magic_alone": (MAGIC, "truncated", 8), "header_alone": (whole[:64], "truncated", 64)}

    def field(title, name, value, code, offset, **options):
        b[title] = (with_field(name, value, **options).bytes(), code, offset)

    field("major_2", "major", 2, "unsupported_version", 8)
    field("major_0", "major", 0, "unsupported_version", 8)
    field("minor_255", "minor", 255, "unsupported_version", 8)
    field("reserved_10", "reserved10", 0x8000, "reserved_set", 11)
    field("reserved_29", "reserved29", b"\1\0\0", "reserved_set", 29)
    field("reserved_31", "reserved29", b"\0\0\1", "reserved_set", 31)
    field("reserved_36", "reserved36", 1, "reserved_set", 36)
    field("reserved_48", "reserved48", b"\1" + bytes(11), "reserved_set", 48)
    field("reserved_59", "reserved48", bytes(11) + b"\x80", "reserved_set", 59)
    field("width_0", "width", 0, "corrupt_header", 12)
    field("height_0", "height", 0, "corrupt_header", 16)
    field("channels_0", "channels", 0, "corrupt_header", 20)
    field("channels_5", "channels", 5, "corrupt_header", 20)
    field("depth_12", "depth", 12, "corrupt_header", 21)
    field("block_width_0", "block_w", 0, "corrupt_header", 22)
    field("block_height_17", "block_h", 17, "corrupt_header", 23)
    field("k_0", "k", 0, "corrupt_header", 24)
    field("k_65537", "k", 65537, "corrupt_header", 24)
    field("coding_0", "coding", 0, "unsupported_version", 28)
    field("coding_255", "coding", 255, "unsupported_version", 28)
    field("uniform_power_of_two", "k", 4, "corrupt_header", 28, coding=2)
    field("strip_rows_0", "strip_rows", 0, "corrupt_header", 32)
    field("strip_rows_5", "strip_rows", 5, "corrupt_header", 32)
    field("strips_short", "strip_rows", 2, "corrupt_header", 32)
    field("mse_nan", "mse", math.nan, "corrupt_header", 40)
    field("mse_infinite", "mse", math.inf, "corrupt_header", 40)
    field("mse_negative", "mse", -1.0, "corrupt_header", 40)
    field("mse_negative_zero", "mse", -0.0, "corrupt_header", 40)
    b["header_crc"] = (with_part("header_crc", 0).bytes(), "checksum_mismatch", 60)
    return b


def with_parts(cases):
    """name -> (bytes, error code, offset), of (name, part, its value, error code, offset)"""
    return {title: (with_part(name, value).bytes(), code, offset) for title, name, value, code, offset in cases}


def bad_frames():
    """Sections that are missing, repeated, unknown or damaged."""
    cases = []

    def part(*case):
        cases.append(case)

    codebook = PLAIN.codebook
    part("codebook_crc", "codebook_section", section(b"CBOK", codebook, crc=0), "checksum_mismatch", 64)
    part("codebook_short", "codebook_section", section(b"CBOK", codebook[:-1]), "corrupt_section", 70)
    part("codebook_missing", "codebook_section", b"", "corrupt_section", 64)
    part("codebook_twice", "codebook_section", section(b"CBOK", codebook) * 2, "corrupt_section", 89)
    part("codebook_skippable", "codebook_section", section(b"CBOK", codebook, 1), "corrupt_section", 68)
    part("flag_reserved", "codebook_section", section(b"CBOK", codebook, 2), "reserved_set", 68)
    part("flag_reserved_high", "codebook_section", section(b"CBOK", codebook, 0x8000), "reserved_set", 68)
    part("flag_reserved_skippable", "between", section(b"abcd", b"", 3), "reserved_set", 93)
    part("type_not_printable", "between", section(b"ab\x1fd", b"", 1), "corrupt_section", 91)
    part("critical_unknown", "between", section(b"abcd", b"news"), "corrupt_section", 89)
    part("metadata_critical", "between", section(b"gAMA", struct.pack("<I", 45455)), "corrupt_section", 89)
    part("skippable_crc", "between", section(b"abcd", b"data", 1, crc=1), "checksum_mismatch", 89)
    part("critical_skippable", "before", section(b"INDX", b"no indices", 1), "corrupt_section", 68)
    part("end_skippable", "last", section(b"END ", b"", 1), "corrupt_section", END_AT + 4)
    part("skippable_index_crc", "before", section(b"INDX", b"data", 1, crc=1), "checksum_mismatch", 64)
    part("length_2_48", "between", section(b"abcd", b"data", 1, length=2**48 - 1), "truncated", 95)
    part("length_beyond_end", "index_section", section(b"INDX", PLAIN.strips[0], length=5 + 25), "truncated",
         INDEX_AT + 6)
    return with_parts(cases)


def bad_strip_tables():
    """What strip table, index section and end say of each other."""
    cases = []

    def part(*case):
        cases.append(case)

    whole = PLAIN.bytes()
    table = struct.pack("<II", 5, crc32c(PLAIN.strips[0]))
    part("table_crc", "table_section", section(b"STRP", table, crc=0), "checksum_mismatch", TABLE_AT)
    part("table_long", "table_section", section(b"STRP", table * 2), "corrupt_section", TABLE_AT + 6)
    part("table_missing", "table_section", b"", "corrupt_section", TABLE_AT)
    part("strip_length", "table_section", section(b"STRP", struct.pack("<I", 6) + table[4:]), "corrupt_section",
         TABLE_AT + 12)
    part("strip_crc", "table_section", section(b"STRP", table[:4] + b"\1\2\3\4"), "checksum_mismatch", INDEX_AT + 12)
    part("index_crc", "index_section", section(b"INDX", PLAIN.strips[0], crc=0), "checksum_mismatch", INDEX_AT)
    part("index_long", "index_section", section(b"INDX", PLAIN.strips[0] + b"\0"), "corrupt_section", INDEX_AT + 6)
    part("end_crc", "end_section", section(b"END ", struct.pack("<Q", len(whole)), crc=0), "checksum_mismatch", END_AT)
    part("end_wrong_size", "end_section", section(b"END ", struct.pack("<Q", len(whole) + 1)), "corrupt_section",
         END_AT + 12)
    part("end_short", "end_section", section(b"END ", struct.pack("<I", len(whole))), "corrupt_section", END_AT + 6)
    part("end_missing", "end_section", b"", "truncated", END_AT)
    part("trailing", "trailing", b"\0", "trailing_bytes", len(whole))
    part("section_lost", "end_section", section(b"END ", struct.pack("<Q", len(whole) + 20)), "corrupt_section",
         END_AT + 12)
    return with_parts(cases)


def bad_metadata():
    cases = []

    def part(*case):
        cases.append(case)

    part("gamma_length", "between", section(b"gAMA", b"123", 1), "corrupt_section", 95)
    part("chromaticities_length", "between", section(b"cHRM", bytes(31), 1), "corrupt_section", 95)
    part("intent_4", "between", section(b"sRGB", b"\4", 1), "corrupt_section", 101)
    part("unit_2", "between", section(b"pHYs", bytes(8) + b"\2", 1), "corrupt_section", 109)
    part("profile_without_nul", "between", section(b"iCCP", b"name", 1), "corrupt_section", 101)
    part("profile_without_name", "between", section(b"iCCP", b"\0data", 1), "corrupt_section", 101)
    part("profile_name_of_80", "between", section(b"iCCP", b"n" * 80 + b"\0", 1), "corrupt_section", 101)
    part("metadata_twice", "between", metadata("sRGB") * 2, "corrupt_section", 106)
    return with_parts(cases)


def bad_strips():
    b = {}

    def strips(title, data, code, offset, **options):
        b[title] = (with_strips([data], **options).bytes(), code, offset)

    strips("index_not_below_k", pack_fixed([3] + [0] * 19, 4), "corrupt_indices", INDEX_AT + 12)
    odd = Stream(3, 1, 3, 8, 3)
    odd.strips = [b"\x40"]
    b["unused_bits"] = (odd.bytes(), "corrupt_indices", INDEX_AT + 12)
    coded = code_uniform(PLAIN.indices, 3)
    strips("lane_below_least", bytes(8) + coded[8:], "corrupt_indices", INDEX_AT + 12, coding=2)
    strips("lane_too_great", b"\xff" * 8 + coded[8:], "corrupt_indices", INDEX_AT + 12, coding=2)
    strips("lane_ends_wrong", struct.pack("<Q", struct.unpack("<Q", coded[:8])[0] + 3**5) + coded[8:],
           "corrupt_indices", INDEX_AT + 12, coding=2)
    strips("word_left_over", coded + bytes(4), "corrupt_indices", INDEX_AT + 12, coding=2)
    least = 3 * -(-2**31 // 3)
    strips("word_missing", struct.pack("<4Q", *[least] * 4), "corrupt_indices", INDEX_AT + 12, coding=2)
    strips("uniform_too_short", coded[:28], "corrupt_section", TABLE_AT + 12, coding=2)
    strips("uniform_not_whole_words", coded + b"\0", "corrupt_section", TABLE_AT + 12, coding=2)
    strips("uniform_too_long", coded + bytes(44), "corrupt_section", TABLE_AT + 12, coding=2)
    return b


def bad():
    """name -> (bytes, error code, offset)"""
    return {**bad_headers(), **bad_frames(), **bad_strip_tables(), **bad_metadata(), **bad_strips()}


def main():
    folder = FOLDER / "files"
    if any(folder.glob("*.vqi")):
        sys.exit("the files are there; they are never written again")
    folder.mkdir(exist_ok=True)
    lines = ["# file width height channels bit_depth crc32c sha256: checksums of the samples, "
             "16-bit ones low byte first"]
    for name, stream in good().items():
        (folder / f"{name}.vqi").write_bytes(stream.bytes())
        samples = stream.samples()
        lines.append(f"{name}.vqi {stream.width} {stream.height} {stream.channels} {stream.depth} "
                     f"{crc32c(samples):08x} {hashlib.sha256(samples).hexdigest()}")
    (FOLDER / "manifest.txt").write_text("\n".join(lines) + "\n", encoding="ascii")
    lines = ["# file error_code offset: what decode throws"]
    for name, (data, code, offset) in bad().items():
        (folder / f"rejected_{name}.vqi").write_bytes(data)
        lines.append(f"rejected_{name}.vqi {code} {offset}")
    (FOLDER / "rejected.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
