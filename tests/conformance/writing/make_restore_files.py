"""Wrote the files with a decode filter in files/ and their lines in the lists, once; kept to show what they hold.

As with make_files.py, the files are NEVER written again. Their pixels follow from the second decoder's filter, which
shares no code with the first.

  make_restore_files.py VQI   writes them, with the tool VQI for info.jsonl
"""
import hashlib
import math
import pathlib
import random
import struct
import sys

from make_cicp_files import add_line, write_once
from make_files import Stream, crc32c, pack_fixed
import make_cicp_files

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import second_decoder  # noqa: E402

# name: width, height, channels, bit depth, K, strength, deviation, scale
GOOD = {"rgb8": (40, 24, 3, 8, 16, 8, 2200, 300), "rgb8_strong": (23, 19, 3, 8, 64, 15, 700, 250),
        "grey8": (37, 20, 1, 8, 8, 6, 1800, 280), "grey_alpha16": (21, 16, 2, 16, 16, 9, 1500, 260),
        "rgb16": (24, 18, 3, 16, 32, 8, 1100, 270), "rgba8": (26, 17, 4, 8, 32, 10, 1400, 255),
        "rgb8_noise": (25, 15, 3, 8, 32, 15, 130, 256), "rgb8_fine": (17, 15, 3, 8, 64, 8, 60, 65535),
        "k2": (19, 11, 3, 8, 2, 8, 9000, 330),
        "one_pixel": (1, 1, 3, 8, 2, 8, 5000, 300), "one_column": (1, 33, 1, 8, 4, 7, 3000, 300)}


def smooth(name, made):
    """Gives a stream codewords along a slope of colours, and indices of a soft picture of a disc and stripes."""
    source = random.Random(name)
    top = 2**made.depth - 1
    made.codewords = []
    for i in range(made.k):
        light = (i + 0.5) / made.k
        made.codewords.append(tuple(min(top, max(0, int(top * (light * (0.6 + 0.2 * c) + source.uniform(-0.06, 0.06)))))
                                    for c in range(made.channels)))
    assert len(set(made.codewords)) == made.k
    made.indices = []
    for y in range(made.height):
        for x in range(made.width):
            light = 0.5 + 0.3 * math.sin(x / 5) * math.cos(y / 7) + source.uniform(-0.05, 0.05)
            if math.hypot(x - made.width / 3, y - made.height / 2) < made.height / 4:
                light = 0.9 - light / 3
            made.indices.append(min(made.k - 1, max(0, int(light * made.k))))
    made.strips = [pack_fixed(made.indices, made.k)]
    row = f"<{made.channels}{'B' if made.depth == 8 else 'H'}"
    made.codebook = b"".join(struct.pack(row, *word) for word in made.codewords)


def stream(name, width, height, channels, depth, k, strength, deviation, scale, **more):
    made = Stream(width, height, channels, depth, k, **more)
    if made.block == (1, 1) and name != "rgb8_noise":  # noise drives the network to its limits
        smooth(name, made)
    made.fields.update(minor=3, reserved29=bytes((0, 0, strength)), reserved36=scale << 16 | deviation)
    return made


def main():
    for name, shape in GOOD.items():
        data = stream(name, *shape, mse=12.5).bytes()
        name = f"restore_{name}.vqi"
        write_once(name, data)
        samples = b"".join(second_decoder.decode(data)[1])
        add_line("manifest.txt", f"{name} {shape[0]} {shape[1]} {shape[2]} {shape[3]} {crc32c(samples):08x} "
                                 f"{hashlib.sha256(samples).hexdigest()}")
        make_cicp_files.add_info(sys.argv[1], name)
    bad = {"strength_16": ((9, 7, 3, 8, 4, 16, 900, 256), {}, "unsupported_version 31"),
           "deviation_0": ((9, 7, 3, 8, 4, 8, 0, 256), {}, "corrupt_header 36"),
           "scale_0": ((9, 7, 3, 8, 4, 8, 900, 0), {}, "corrupt_header 38"),
           "blocks": ((9, 7, 3, 8, 4, 8, 900, 256), {"block": (2, 2)}, "corrupt_header 31"),
           "k1": ((9, 7, 3, 8, 1, 8, 900, 256), {"coding": 1}, "corrupt_header 31"),
           "off_with_deviation": ((9, 7, 3, 8, 4, 0, 900, 0), {}, "reserved_set 36"),
           "off_with_scale": ((9, 7, 3, 8, 4, 0, 0, 300), {}, "reserved_set 38")}
    for name, (shape, more, outcome) in bad.items():
        data = stream(name, *shape, **more).bytes()
        write_once(f"rejected_restore_{name}.vqi", data)
        add_line("rejected.txt", f"rejected_restore_{name}.vqi {outcome}")
    older = stream("older", 9, 7, 3, 8, 4, 8, 900, 256)
    older.fields.update(minor=2)
    write_once("rejected_restore_minor_2.vqi", older.bytes())
    add_line("rejected.txt", "rejected_restore_minor_2.vqi reserved_set 31")


if __name__ == "__main__":
    main()
