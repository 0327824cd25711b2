"""Wrote the files that drive the decode filter to its limits, and one of several strips, once; kept to show what they
hold.

As with make_files.py, the files are NEVER written again. In the pixel in the middle of each of the five small pictures
the network's result passes 1023 or -1023, at which it is cut. Photographs do not come near: the colours were found by
following the gradient of the network in floating point. Green was not brought below -1023.

  make_restore_limit_files.py VQI   writes them, with the tool VQI for info.jsonl
"""
import base64
import hashlib
import math
import pathlib
import struct
import sys

from make_cicp_files import add_line, write_once
from make_files import Stream, crc32c, pack_fixed
import make_cicp_files

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import second_decoder  # noqa: E402

SIDE = 9
# name: deviation, scale, and the samples of 9x9 RGB pixels
LIMITS = {
    "most_red": (2056, 1500, """
SAAASEgBAUhHAABISAAAR0gAPUgZR0gASEgASAAAAUhIDAABHwFIC0hIHwApSAA6N0hISAAASBIoQQBIQAEyJQE+CQBIKhRIJkgXSCU5SABI
SAFISAAsSAtIAUgCHgo/AzAhIwxCDUcbSD8SNBhIPkgHMzcARhIUAAEPAxkABCAoLgZHL0gFSB5ISEMjRhQMSA0AKQELFQ4AABEVGQw0Mj0w
HEcASEY7RkgNHgNIEABGACkWGTIHKwBIGEhIPAAAEwAACEhINUhIFEgCAEBILhk/SAFIOB1HAAAAAABISBcASEdIMwBBAQA6AgAAAEhIAEhI"""),
    "least_red": (1028, 600, """
MAAAMAAAMAEAETAwACAwFwACKDAwMDAAMAIfMDAAMC8mAAYMAR8hJwAtLQAVMAAYMAAAMBEAMAEvADAwCwQwAAEvKB0AGQwVAAAwFQArMAEA
AAAAEQAAACIAAAAuHjALAy4DEwAvAAAcMAAWAAAABAQAAQAAAQAdMDAwIwwvDgotAAAALQYvLAAAAAAwJgwnAC8wGh0uEi8IEjABARkfBwAA
AAAAACsBFAYTESUjHhUuFC8THxwAGhsAJQAACwAADgAiEwYCDwAACwEICwAFAAAEAAAGAAAAADAAMAAAMDABMCQwMAAwACkwACkwAAAwAAAS"""),
    "most_green": (2056, 4000, """
SAAABQABSAACSABISAAAMUhIFUdIASsjSAAAR0hIBzhICkgNLgFGNyAAGgABR0hISABISABIMABISEhIC0hIRgA9RQA7SAtDADNISAAAEAEW
SEhIQwpBAEcGACkEGwQQKgEMF0gISAEdCkgJHQA6PgASDw0CEBYMBgAAASUCBikSDUMBSEhISAwgSEg4H0glGEVIBUYeAUgYKB9HSCE3HAFI
QAAASAAxBkIAIARIBgE8AAYnABhIKQAAAkhINwAANAADDQBIARIsAEhIDkgGRwI1AEhIRzQyAUhIATEDSEhIRAAASEgJGS9ISEgDR0hGAABH"""),
    "most_blue": (2056, 4000, """
SAAASD8AACgAAAAuSAAASEgAM0hIR0gASEgASDtIEUhILkAAJwBIQkg+OwAASEYCSEhISEhILQBIODtIKEdIOSYyJRFISC9INw4BSAANSEdI
LUhIPUgmJB0kAD0GC0gQPwEpSEgASEgVSEccE0BISD4WHicAGQEQAAAAFAFFJQ4hNgFISEhISB9ISEhHSEgaG0gVC0IpAT87IgAUSAAADwBI
SAAORwU9JQ8iAkgMAEUSAEgZAEdIAQACSEhIEwAASAAEKQBGSCJIKjwrBEhISEgqAAAASEcASEhIAEgAAABHSAAAIwAgAAFIAEhIAEgAAEhH"""),
    "least_blue": (2056, 400, """
SEgASABESAABRQNICQxISCciAAAASAAASAAASEgARjVEN0c9AEYXOAA7RwAAB0ghQhxIAEgASEUPCzkABEUMLgA9LAEoRQAPIgBIFz4gKQAs
ADdHOgAAHg0NFwArK0gmLCAADA0tAAA5FAAlRABEGgEqAEYARQAsSEhIKCwPCgJAAQA/AAANAA02AABHNwBDQgk5RjcxMEcACkgjAEcqK0cg
AAAAAEJIR0g5I0gASDVDPUYPM0UFQB8USA8ASAIBDDRIMxhINC4AGwAsCAILAAADAQADAQAASAAADgFISAAbFyI+SABAEARIAAhIAAJIAAAT"""),
}


def with_filter(made, strength, deviation, scale):
    made.fields.update(minor=3, reserved29=bytes((0, 0, strength)), reserved36=scale << 16 | deviation)
    return made


def with_codewords(made, codewords):
    made.codewords = codewords
    made.codebook = b"".join(struct.pack("<3B", *word) for word in codewords)


def limit(strength, lighter, deviation, scale, samples):
    """A picture at a strength that leaves samples inside 0 .. 255; all made lighter, which changes no result."""
    samples = [sample + lighter for sample in base64.b64decode(samples)]
    pixels = [tuple(samples[i:i + 3]) for i in range(0, len(samples), 3)]
    codewords = sorted(set(pixels))
    made = Stream(SIDE, SIDE, 3, 8, len(codewords), mse=12.5)
    with_codewords(made, codewords)
    made.indices = [codewords.index(pixel) for pixel in pixels]
    made.strips = [pack_fixed(made.indices, made.k)]
    return with_filter(made, strength, deviation, scale)


def strips():
    """Two strips, of 128 and 133 rows; the picture is a wave that goes on beyond their edges."""
    width, height, rows, k = 512, 128 + 133, 128, 4
    made = Stream(width, height, 3, 8, k, strip_rows=rows, mse=12.5)
    with_codewords(made, [(40, 60, 90), (90, 100, 120), (150, 140, 130), (210, 190, 150)])
    made.indices = [int(2 + 1.99 * math.sin(2 * math.pi * x / 32) * math.cos(2 * math.pi * y / 24))
                    for y in range(height) for x in range(width)]
    made.strips = [pack_fixed(made.indices[begin:end], k)
                   for begin, end in ((0, rows * width), (rows * width, height * width))]
    return with_filter(made, 8, 5000, 280)


def main():
    files = {f"restore_{name}.vqi": limit(*((1, 0) if name.startswith("most") else (8, 180)), *shape)
             for name, shape in LIMITS.items()}
    for name, made in {**files, "restore_strips.vqi": strips()}.items():
        data = made.bytes()
        write_once(name, data)
        samples = b"".join(second_decoder.decode(data)[1])
        add_line("manifest.txt", f"{name} {made.width} {made.height} 3 8 {crc32c(samples):08x} "
                                 f"{hashlib.sha256(samples).hexdigest()}")
        make_cicp_files.add_info(sys.argv[1], name)


if __name__ == "__main__":
    main()
