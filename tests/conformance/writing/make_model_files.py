"""Wrote the files of context models in files/ and their lines in the lists, once; kept to show what they hold.

As with make_files.py, the files are NEVER written again. The images have no more colours than K, so that the files are
lossless and the manifest's checksums are those of the images that are made here.

  make_model_files.py VQI MODEL...   writes the files of these models with the tool VQI
"""
import hashlib
import json
import math
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import zlib

from make_files import crc32c, section

FOLDER = pathlib.Path(__file__).parent.parent
COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
# name: width, height, channels, bit depth, distinct blocks, block
IMAGES = {"grey8": (37, 20, 1, 8, 30, (1, 1)), "grey16": (23, 18, 1, 16, 60, (1, 1)),
          "grey_alpha8": (21, 16, 2, 8, 11, (1, 1)), "rgb8": (40, 24, 3, 8, 100, (1, 1)),
          "rgba16": (19, 17, 4, 16, 37, (1, 1)), "rgb8_k2": (31, 15, 3, 8, 2, (1, 1)),
          "grey8_blocks": (40, 36, 1, 8, 20, (2, 2)), "rgb8_blocks": (48, 30, 3, 8, 25, (4, 3)),
          "rgb8_column": (1, 90, 3, 8, 9, (1, 1))}


def samples(width, height, channels, depth, count, block):
    """Slopes, a disc and specks, with at most `count` distinct blocks."""
    source = random.Random(f"{width} {height} {channels} {depth} {count}")
    size = block[0] * block[1] * channels
    blocks = []
    for i in range(count):
        base = [(i * (channels + 1 - c) * 2**depth // (count * (channels + 1))) for c in range(channels)]
        blocks.append([min(2**depth - 1, base[j % channels] + source.randrange(2**depth // 40)) for j in range(size)])
    columns, rows = -(-width // block[0]), -(-height // block[1])
    rows_of_samples = [[] for _ in range(height)]
    for y in range(rows):
        for x in range(columns):
            slope = (x + 2 * y) * count // (columns + 2 * rows)
            disc = math.hypot(x - columns // 3, y - rows // 2) < rows / 3
            index = source.randrange(count) if source.random() < 0.1 else count // 4 if disc else slope
            for inner_y in range(min(block[1], height - y * block[1])):
                row = blocks[index][inner_y * block[0] * channels:(inner_y + 1) * block[0] * channels]
                rows_of_samples[y * block[1] + inner_y] += row
    return [row[:width * channels] for row in rows_of_samples]


def windows(width, height, count):
    """Rectangles of one colour each on a plain background, for the wide contexts of the model fast."""
    source = random.Random(f"{width} {height} {count}")
    colours = [[source.randrange(256) for _ in range(3)] for _ in range(count)]
    rows = [[colours[0]] * width for _ in range(height)]
    for i, colour in enumerate(colours[1:]):
        for y in range(6 + 9 * i, height - 12):
            rows[y][4 + 14 * i:30 + 11 * i] = [colour] * (26 - 3 * i)
    return [[sample for pixel in row for sample in pixel] for row in rows]


def images_of(model):
    """The name, samples and properties of each image of a model."""
    for title, (width, height, channels, depth, count, block) in IMAGES.items():
        yield title, samples(width, height, channels, depth, count, block), width, channels, depth, count, block
    if model == "fast":
        yield "rgb8_windows", windows(72, 56, 4), 72, 3, 8, 4, (1, 1)


def png(rows, width, channels, depth):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, len(rows), depth, COLOUR_TYPES[channels], 0, 0, 0)
    letter = "B" if depth == 8 else "H"
    lines = b"".join(b"\0" + struct.pack(f">{len(row)}{letter}", *row) for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def compress(tool, image, model, k, block):
    """The bytes of the file that the tool writes."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "image.png"), pathlib.Path(folder, "image.vqi")
        source.write_bytes(image)
        subprocess.run([tool, "compress", "-q", "-k", str(k), "--block", f"{block[0]}x{block[1]}",
                        "--coding", "entropy", "--model", model, source, "-o", target], check=True)
        return target.read_bytes()


def sections_of(data):
    """Type, payload and offset of each section after the header."""
    found, at = [], 64
    while at < len(data):
        length = int.from_bytes(data[at + 6:at + 12], "little")
        found.append((data[at:at + 4], data[at + 12:at + 12 + length], at))
        at += 16 + length
    return found


def with_strip(data, strip):
    """The file with its one strip replaced and checksums made right, and the offset of the index section."""
    out = data[:64]
    place = 0
    for kind, payload, _ in sections_of(data):
        if kind == b"STRP":
            payload = struct.pack("<II", len(strip), crc32c(strip))
        if kind == b"INDX":
            payload, place = strip, len(out)
        if kind == b"END ":
            payload = struct.pack("<Q", len(out) + 24)
        out += section(kind, payload)
    return out, place


def add_lines(name, lines):
    with open(FOLDER / name, "a", encoding="ascii") as file:
        file.write("".join(line + "\n" for line in lines))


def write_once(name, data):
    with open(FOLDER / "files" / name, "xb") as file:
        file.write(data)


def main():
    tool = sys.argv[1]
    manifest, rejected, names = [], [], []
    for model in sys.argv[2:]:
        for title, rows, width, channels, depth, count, block in images_of(model):
            data = compress(tool, png(rows, width, channels, depth), model, count, block)
            names.append(f"{model}_{title}.vqi")
            write_once(names[-1], data)
            plain = b"".join(struct.pack(f"<{len(row)}{'B' if depth == 8 else 'H'}", *row) for row in rows)
            manifest.append(f"{names[-1]} {width} {len(rows)} {channels} {depth} {crc32c(plain):08x} "
                            f"{hashlib.sha256(plain).hexdigest()}")
            if title != "rgb8":
                continue
            strip = next(payload for kind, payload, _ in sections_of(data) if kind == b"INDX")
            for fault, bytes_of_strip in (("byte_left_over", strip + b"\0"), ("byte_missing", strip[:-1]),
                                          ("last_byte_changed", strip[:-1] + bytes([strip[-1] ^ 1]))):
                broken, place = with_strip(data, bytes_of_strip)
                write_once(f"rejected_{model}_{fault}.vqi", broken)
                rejected.append(f"rejected_{model}_{fault}.vqi corrupt_indices {place + 12}")
    add_lines("manifest.txt", manifest)
    add_lines("rejected.txt", rejected)
    told = subprocess.run([tool, "info", "--json", *names], cwd=FOLDER / "files", check=True, capture_output=True)
    add_lines("info.jsonl", [json.dumps(json.loads(line), separators=(",", ":"))
                             for line in told.stdout.decode().splitlines()])


if __name__ == "__main__":
    main()
