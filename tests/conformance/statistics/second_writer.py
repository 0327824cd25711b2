"""Statistics files from pixels, written from codec/statistics/STATISTICS.md alone, without the library.

  second_writer.py FOLDER    writes the frozen files, whose pictures are in CORPORA, to FOLDER
"""
import collections
import hashlib
import pathlib
import struct
import sys

CONFORMANCE = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(CONFORMANCE), str(CONFORMANCE / "writing")]
from make_files import section  # noqa: E402
from second_decoder import crc32c  # noqa: E402

Picture = collections.namedtuple("Picture", "width height channels depth rows")  # rows of flat samples
WORD = 2**64 - 1


def picture(width, height, channels, depth, seed):
    """Samples that repeat often enough for counts above 1."""
    top = 2**depth - 1
    rows = [[(x // 2 * 37 + y // 2 * 11 + c * 5 + seed * 3) % 7 * top // 6
             for x in range(width) for c in range(channels)] for y in range(height)]
    return Picture(width, height, channels, depth, rows)


def packed(samples, depth):
    return struct.pack(f"<{len(samples)}{'B' if depth == 8 else 'H'}", *samples)


def image_id(image):
    digest = hashlib.sha256(struct.pack("<IIBB", image.width, image.height, image.channels, image.depth))
    for row in image.rows:
        digest.update(hashlib.sha256(packed(row, image.depth)).digest())
    return digest.digest()[:16]


def vectors_of(image, block_w, block_h):
    """How often each vector occurs. Blocks at the edges repeat the last column and row."""
    counts = collections.Counter()
    for top in range(0, image.height, block_h):
        for left in range(0, image.width, block_w):
            vector = []
            for y in range(top, top + block_h):
                row = image.rows[min(y, image.height - 1)]
                for x in range(left, left + block_w):
                    at = min(x, image.width - 1) * image.channels
                    vector += row[at:at + image.channels]
            counts[tuple(vector)] += 1
    return counts


def image_record(image, block_w, block_h):
    sums, squares, top = [0] * 4, 0, 2**image.depth - 1
    for vector, count in vectors_of(image, block_w, block_h).items():
        for at in range(0, len(vector), image.channels):
            pixel = list(vector[at:at + image.channels])
            if image.channels % 2 == 0:
                pixel[:-1] = [(sample * pixel[-1] + top // 2) // top for sample in pixel[:-1]]
            for c, sample in enumerate(pixel):
                sums[c] += count * sample
                squares += count * sample * sample
    return image_id(image) + struct.pack("<IIBBH4Q2Q", image.width, image.height, image.channels, image.depth, 0, *sums,
                                         squares & WORD, squares >> 64)


def variable(number):
    groups = []
    while number > 127:
        groups.append(number & 127 | 128)
        number >>= 7
    return bytes(groups + [number])


def colour_number(colour):
    if len(colour) == 3:
        return sum((sample >> i & 1) << (3 * i + 2 - c) for c, sample in enumerate(colour) for i in range(8))
    return int.from_bytes(bytes(colour), "big" if len(colour) == 4 else "little")


def colours(images, channels):
    counts = collections.Counter()
    for image in images:
        counts.update(vectors_of(image, 1, 1))
    payload, before = struct.pack("<BBHQ", channels, 8, 0, len(counts)), -1
    for number, count in sorted((colour_number(colour), count) for colour, count in counts.items()):
        payload += variable(number - before - 1) + variable(count)
        before = number
    return section(b"COLR", payload)


def mix(x):
    x = x + 0x9E3779B97F4A7C15 & WORD
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 & WORD
    x = (x ^ x >> 27) * 0x94D049BB133111EB & WORD
    return x ^ x >> 31


def keyed_hash(row, key):
    h = int.from_bytes(key[:8], "little")
    for at in range(0, len(row), 8):
        h = mix(h ^ int.from_bytes(row[at:at + 8], "little"))
    return mix(h ^ int.from_bytes(key[8:], "little"))


def sample(images, kind, block_w, block_h, size):
    entries = []
    for image in images:
        for vector, count in vectors_of(image, block_w, block_h).items():
            rank = max(1, keyed_hash(packed(vector, image.depth), image_id(image)) // count)
            entries.append((rank, vector, count))
    entries.sort()
    threshold = entries[size][0] if len(entries) > size else 0
    payload = struct.pack("<BBHQQ", *kind, 0, min(size, len(entries)), threshold)
    for rank, vector, count in entries[:size]:
        payload += struct.pack("<QI", rank, count) + packed(vector, kind[1])
    return section(b"SMPL", payload)


def statistics_file(shards, block_w=1, block_h=1, size=1 << 20):
    """The file of the shards, {(number, count): images}."""
    header = b"\x89VQS\r\n\x1a\n" + struct.pack("<BBHBBHI8x", 1, 0, 0, block_w, block_h, 0, size)
    ids = []
    for (number, count), images in shards.items():
        hashed = struct.pack("<IIQ", number, count, len(images)) + b"".join(sorted(map(image_id, images)))
        ids.append(hashlib.sha256(hashed).digest()[:16])
    everything = [image for images in shards.values() for image in images]
    data = header + struct.pack("<I", crc32c(header)) + section(b"SHRD", b"".join(sorted(ids)))
    data += section(b"IMGS", b"".join(sorted(image_record(image, block_w, block_h) for image in everything)))
    for kind in sorted({(image.channels, image.depth) for image in everything}):
        images = [image for image in everything if (image.channels, image.depth) == kind]
        if kind[1] == 8 and block_w == block_h == 1:
            data += colours(images, kind[0])
        else:
            data += sample(images, kind, block_w, block_h, size)
    return data + section(b"END ", struct.pack("<Q", len(data) + 24))


ALL_TYPES = [picture(9 - n, 5, n % 4 + 1, 8 if n < 4 else 16, n) for n in range(8)]
# The pictures and settings of each frozen file: name, shards, block, size of the sample.
CORPORA = {
    "colours.vqs": ({(1, 2): ALL_TYPES[:4], (2, 2): ALL_TYPES[1:4]}, 1, 1, 1 << 20),
    "deep.vqs": ({(1, 1): ALL_TYPES[4:]}, 1, 1, 5),
    "blocks.vqs": ({(1, 1): ALL_TYPES}, 4, 2, 6),
    "whole_blocks.vqs": ({(3, 3): ALL_TYPES[:3]}, 2, 3, 100),
}


def main():
    for name, (shards, *settings) in CORPORA.items():
        pathlib.Path(sys.argv[1], name).write_bytes(statistics_file(shards, *settings))


if __name__ == "__main__":
    main()
