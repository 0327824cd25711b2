"""The pictures that the decode filter learns from: crops of photographs, and what vqi returns for them.

A folder holds crops as NAME.png, and for each encoding NAME_kK_lL.png with the report of compress beside it, K
codewords at L times the default lambda. NAME ends in _grey where the crop was made grey.
"""
import json
import pathlib
import random
import subprocess

import numpy
from PIL import Image

CROP_PX = (512, 320)
# K, and the multiple of the default lambda
ENCODINGS = ((16, 1), (64, 1), (256, 1), (1024, 1), (16, 3), (64, 3), (256, 3))
GREY_ENCODINGS = ((8, 1), (32, 1), (16, 3))
# Deviations and distances are in 16-bit code values; FORMAT.md, "The decode filter".
WIDEN = 257


def photographs(data):
    """The photographs of the data folder in their order: those to learn from, and every fourth, held out."""
    files = sorted((data / "kodak").glob("*.png")) + sorted((data / "photo").glob("*.png"))
    held_out = files[3::4]
    return [file for file in files if file not in held_out], held_out


def encode(tool, crop, k, multiple):
    """Encodes and decodes a crop, unless that was done before."""
    stem = crop.with_name(f"{crop.stem}_k{k}_l{multiple}")
    if stem.with_suffix(".json").exists():
        return
    command = [tool, "compress", str(crop), "--json", "-f", "--threads", "1", "--method", "ecvq", "-k", str(k)]
    if multiple != 1:
        first = json.loads(crop.with_name(f"{crop.stem}_k{k}_l1.json").read_text()) if (
            crop.with_name(f"{crop.stem}_k{k}_l1.json").exists()) else None
        if first is None:
            encode(tool, crop, k, 1)
            first = json.loads(crop.with_name(f"{crop.stem}_k{k}_l1.json").read_text())
        command += ["--lambda", str(first["lambda"] * multiple)]
    stream = stem.with_suffix(".vqi")
    report = subprocess.run([*command, "-o", str(stream)], stdout=subprocess.PIPE, check=True).stdout
    subprocess.run([tool, "decompress", str(stream), "-q", "-f", "--threads", "1", "-o",
                    str(stem.with_suffix(".png"))], check=True)
    stem.with_suffix(".json").write_bytes(report)


def make(tool, files, folder, seed, crop_px=CROP_PX, encodings=ENCODINGS, grey_encodings=GREY_ENCODINGS):
    """Fills `folder` from the photographs `files`; places of crops follow from `seed`."""
    folder.mkdir(parents=True, exist_ok=True)
    source = random.Random(seed)
    for file in files:
        image = Image.open(file).convert("RGB")
        x, y = (source.randint(0, max(0, side - part)) for side, part in zip(image.size, crop_px))
        box = (x, y, min(image.width, x + crop_px[0]), min(image.height, y + crop_px[1]))
        for suffix, mode, wanted in (("", "RGB", encodings), ("_grey", "L", grey_encodings)):
            crop = folder / f"{file.stem}{suffix}.png"
            if wanted and not crop.exists():
                image.crop(box).convert(mode).save(crop)
            for k, multiple in wanted:
                encode(tool, crop, k, multiple)


class Encoding:
    """A crop beside what vqi returned for it, with the filter's inputs."""

    def __init__(self, report):
        name = report.stem
        crop = report.with_name(name.rsplit("_k", 1)[0] + ".png")
        self.original = planes(crop)
        self.decoded = planes(report.with_suffix(".png"))
        self.deviation = max(1.0, WIDEN * json.loads(report.read_text())["mse"] ** 0.5)
        radius, index = radii(self.decoded, self.deviation)
        self.radius = radius[index]


def planes(file):
    """An image as (h, w, 3) in 8-bit code values; grey three times."""
    return numpy.asarray(Image.open(file).convert("RGB"), dtype=numpy.float32)


def radii(decoded, deviation):
    """What the decoder takes for the radius of each codeword's cell, in 16-bit code values, and the index map."""
    words, index, counts = numpy.unique(decoded.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    wide = words * WIDEN
    spread = numpy.empty(len(words))
    for i, word in enumerate(wide):
        distances = numpy.sqrt(((wide - word) ** 2).sum(1))
        nearest = numpy.sort(distances)[1:5]
        spread[i] = (4 * nearest.mean()) ** 0.75
    scale = deviation / numpy.sqrt((counts * spread ** 2).sum() / counts.sum())
    return (spread * scale).astype(numpy.float32), index.reshape(decoded.shape[:2])


def load(folder):
    """All encodings in a folder, in the order of their names."""
    return [Encoding(report) for report in sorted(pathlib.Path(folder).glob("*_k*_l*.json"))]
