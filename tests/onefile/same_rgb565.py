"""Fails unless bytes of RGB565, the upper byte first, are the colours of a PPM picture, rounded.

  same_rgb565.py PICTURE.ppm BYTES
"""
import pathlib
import re
import sys


def main():
    picture, shown = (pathlib.Path(argument).read_bytes() for argument in sys.argv[1:])
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", picture)
    samples = picture[head.end():]
    assert len(samples) == 3 * int(head[1]) * int(head[2]) > 0
    wanted = bytearray()
    for i in range(0, len(samples), 3):
        red, green, blue = (round(sample * most / 255) for sample, most in zip(samples[i:i + 3], (31, 63, 31)))
        wanted += (red << 11 | green << 5 | blue).to_bytes(2, "big")
    if wanted != shown:
        sys.exit("the display shows another picture")
    print(f"{head[1].decode()}x{head[2].decode()} pixels are the decoder's")


if __name__ == "__main__":
    main()
