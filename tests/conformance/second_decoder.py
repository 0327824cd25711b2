"""A second decoder of .vqi files, written from codec/FORMAT.md alone: plain, slow, and sharing no code with the first.

    second_decoder.py FILE...    prints, for each: its SHA-256, width, height, channels, bit depth and name

The hash is that of the samples as they lie in an image file, row by row, 16-bit samples with the low byte first.
"""
import hashlib
import math
import struct
import sys

import context_coding
import decode_filter

MAGIC = b"\x89VQI\r\n\x1a\n"
CRITICAL = (b"CBOK", b"STRP", b"INDX", b"END ")
METADATA_BYTES = {b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"iCCP": None, b"cICP": 4, b"pHYs": 9}


class Refused(Exception):
    """The file breaks a rule of FORMAT.md."""


def require(condition, what):
    if not condition:
        raise Refused(what)


# --- checksums ---

def crc_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


CRC_TABLE = crc_table()


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ CRC_TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


# --- header and sections ---

class Header:
    """The fields of the fixed header, checked, and what follows from them."""

    def __init__(self, data):
        require(data[:8] == MAGIC, "magic")
        require(len(data) >= 64, "the file ends within its header")
        require(struct.unpack_from("<I", data, 60)[0] == crc32c(data[:60]), "header checksum")
        (major, minor, reserved1, self.width, self.height, self.channels, self.depth, self.block_w, self.block_h,
         self.k, self.coding, self.model, self.codebook_coding, self.restore_strength, self.strip_rows,
         self.restore_deviation, self.restore_scale, self.mse, reserved2) = struct.unpack_from(
             "<BBHIIBBBBIBBBBIHHd12s", data, 8)
        require(major == 1 and minor <= 3, "version")
        require(not any((reserved1, *reserved2)), "reserved bytes")
        require(self.width >= 1 and self.height >= 1, "size")
        require(1 <= self.channels <= 4 and self.depth in (8, 16), "type of pixel")
        require(1 <= self.block_w <= 16 and 1 <= self.block_h <= 16, "block")
        require(1 <= self.k <= 65536, "K")
        require(self.coding in (1, 2, 3), "coding")
        if self.coding == 3:
            require(minor >= 1 and self.model in (1, 2, 3) and self.codebook_coding <= 1, "model or codebook")
        else:
            require(self.model == self.codebook_coding == 0, "reserved bytes")
        require(self.coding != 2 or self.k & (self.k - 1), "uniform range with a power of two")
        require(math.isfinite(self.mse) and math.copysign(1, self.mse) > 0, "mse")
        if minor >= 3 and self.restore_strength > 0:
            require(self.restore_strength <= 15 and self.restore_deviation > 0 and self.restore_scale > 0, "filter")
            require(self.block_w == self.block_h == 1 and 2 <= self.k <= 4096, "filter of this kind of image")
        else:
            require(not any((self.restore_strength, self.restore_deviation, self.restore_scale)), "reserved bytes")
        self.sample_bytes = self.depth // 8
        self.dimension = self.block_w * self.block_h * self.channels
        self.map_width = -(-self.width // self.block_w)
        self.map_height = -(-self.height // self.block_h)
        require(1 <= self.strip_rows <= self.map_height, "rows in a strip")
        self.strips = max(1, self.map_height // self.strip_rows)
        require(self.strips == 1 or self.strip_rows * self.map_width >= 65536, "short strips")

    def strip_vectors(self, strip):
        """The number of indices in a strip; the last strip has all remaining rows."""
        last = strip == self.strips - 1
        return (self.map_height - strip * self.strip_rows if last else self.strip_rows) * self.map_width


def read_sections(data):
    """The payloads of the four critical sections."""
    critical, seen, offset = [], set(), 64
    while len(critical) < len(CRITICAL):
        require(len(data) - offset >= 16, "the file ends within a section")
        kind, flags, low, high = struct.unpack_from("<4sHIH", data, offset)
        length = high << 32 | low
        require(all(0x20 <= byte <= 0x7E for byte in kind), "section type")
        require(flags in (0, 1), "reserved flags")
        require(length <= len(data) - offset - 16, "a section is longer than the file")
        end = offset + 12 + length
        require(int.from_bytes(data[end:end + 4], "little") == crc32c(data[offset:end]), f"checksum of {kind}")
        if flags == 0:
            require(kind == CRITICAL[len(critical)], f"{kind} is unknown or out of order")
            critical.append(data[offset + 12:end])
        require(flags == 0 or kind not in CRITICAL, f"{kind} is marked as skippable")
        if kind in METADATA_BYTES:
            require(kind not in seen, f"{kind} is repeated")
            check_metadata(kind, data[offset + 12:end])
            seen.add(kind)
        offset = end + 4
    require(offset == len(data), "bytes after the end")
    return critical


def check_metadata(kind, payload):
    if kind == b"iCCP":
        require(0 in payload[:80] and payload[0] != 0, "name of the profile")
        return
    require(len(payload) == METADATA_BYTES[kind], f"length of {kind}")
    require(kind != b"sRGB" or payload[0] <= 3, "rendering intent")
    require(kind != b"cICP" or payload[3] <= 1, "full range flag")
    require(kind != b"pHYs" or payload[8] <= 1, "unit")


# --- indices ---

def fixed_width(strip, count, k):
    bits = (k - 1).bit_length()
    require(len(strip) == -(-count * bits // 8), "length of a strip")
    require(count * bits % 8 == 0 or strip[-1] >> count * bits % 8 == 0, "unused bits")
    mask = (1 << bits) - 1
    return [int.from_bytes(strip[bit // 8:bit // 8 + 3], "little") >> bit % 8 & mask
            for bit in (i * bits for i in range(count))]


def uniform_range(strip, count, k):
    require(len(strip) >= 32 and len(strip) % 4 == 0 and len(strip) <= 32 + 4 * -(-count // 2), "length of a strip")
    least = k * -(-2**31 // k)
    states = list(struct.unpack_from("<4Q", strip))
    require(all(least <= x < least << 32 for x in states), "number of a state")
    words = list(struct.unpack_from(f"<{len(strip) // 4 - 8}I", strip, 32))[::-1]
    indices = []
    for i in range(count):
        x, index = divmod(states[i % 4], k)
        indices.append(index)
        if x < least:
            require(words, "a word is missing")
            x = x << 32 | words.pop()
        states[i % 4] = x
    require(not words and states == [least] * 4, "end of a strip")
    return indices


CODINGS = {1: fixed_width, 2: uniform_range}


def samples_of(header, codebook):
    """The samples of each codeword."""
    size = header.sample_bytes
    samples = [int.from_bytes(codebook[i:i + size], "little") for i in range(0, len(codebook), size)]
    return [samples[i:i + header.dimension] for i in range(0, len(samples), header.dimension)]


def plain_codebook(header, payload):
    """The codebook payload as it would be without coding."""
    plain_bytes = header.k * header.dimension * header.sample_bytes
    if header.codebook_coding == 0:
        require(len(payload) == plain_bytes, "length of CBOK")
        return payload
    require(len(payload) < plain_bytes, "length of CBOK")
    codewords = context_coding.decode_codewords(payload, header.k, header.dimension, header.depth)
    require(codewords is not None, "coded codebook")
    return b"".join(sample.to_bytes(header.sample_bytes, "little") for word in codewords for sample in word)


def decode_indices(header, codebook, table, payload):
    require(len(table) == 8 * header.strips, "length of STRP")
    entries = list(struct.iter_unpack("<II", table))
    require(sum(length for length, _ in entries) == len(payload), "length of INDX")
    indices, begin = [], 0
    for number, (length, crc) in enumerate(entries):
        strip = payload[begin:begin + length]
        require(crc32c(strip) == crc, f"checksum of strip {number}")
        count = header.strip_vectors(number)
        if header.coding == 3:
            part = context_coding.decode_strip(header, samples_of(header, codebook), strip, count)
            require(part is not None, "a strip of a context model")
        else:
            part = CODINGS[header.coding](strip, count, header.k)
        indices += part
        require(max(indices, default=0) < header.k, "an index is not below K")
        begin += length
    return indices


# --- the image ---

def paint(header, codebook, indices):
    """The image: each codeword at the place of its index; samples outside the image are dropped."""
    vector_bytes = header.dimension * header.sample_bytes
    block_row_bytes = header.block_w * header.channels * header.sample_bytes
    rows = []
    for y in range(header.height):
        map_y, inner_y = divmod(y, header.block_h)
        row = bytearray()
        for index in indices[map_y * header.map_width:(map_y + 1) * header.map_width]:
            begin = index * vector_bytes + inner_y * block_row_bytes
            row += codebook[begin:begin + block_row_bytes]
        rows.append(bytes(row[:header.width * header.channels * header.sample_bytes]))
    return rows


def restore(header, codewords, indices):
    """The image that the decode filter makes, strip by strip."""
    rows, begin = [], 0
    for number in range(header.strips):
        part = indices[begin:begin + header.strip_vectors(number)]
        begin += len(part)
        rows += decode_filter.filter_strip(header, codewords, part)
    return [b"".join(sample.to_bytes(header.sample_bytes, "little") for sample in row) for row in rows]


def decode(data):
    """The header, and the rows of the image as bytes."""
    header = Header(data)
    codebook, table, payload, end = read_sections(data)
    require(len(end) == 8 and int.from_bytes(end, "little") == len(data), "END")
    codebook = plain_codebook(header, codebook)
    indices = decode_indices(header, codebook, table, payload)
    if header.restore_strength > 0:
        return header, restore(header, samples_of(header, codebook), indices)
    return header, paint(header, codebook, indices)


def main():
    for name in sys.argv[1:]:
        with open(name, "rb") as file:
            try:
                header, rows = decode(file.read())
            except Refused as fault:
                sys.exit(f"{name}: refused: {fault}")
        digest = hashlib.sha256(b"".join(rows)).hexdigest()
        print(digest, header.width, header.height, header.channels, header.depth, name)


if __name__ == "__main__":
    main()
