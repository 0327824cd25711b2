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
LARGE_SHRUNK = 3  # times, of the large photographs, which are more than they show of detail,
LARGE_CROPS = 3   # and the crops of each
# K, and the multiple of the default lambda
ENCODINGS = ((64, 1), (16, 1), (256, 1))
GREY_ENCODINGS = ((16, 1), (32, 1), (64, 1))
# Deviations and distances are in 16-bit code values; FORMAT.md, "The decode filter".
WIDEN = 257
DEVIATION_LEAST = 129


def photographs(data):
    """The photographs of the data folder in their order: those to learn from, and every fourth, held out. Large ones
    are learned from."""
    files = sorted((data / "kodak").glob("*.png")) + sorted((data / "photo").glob("*.png"))
    held_out = files[3::4]
    return [file for file in files if file not in held_out] + sorted((data / "large").glob("*.jpg")), held_out


def encode(tool, crop, k, multiple):
    """Encodes a crop with indices chosen for the filter, and decodes it without, unless that was done before."""
    stem = crop.with_name(f"{crop.stem}_k{k}_l{multiple}")
    if stem.with_suffix(".json").exists():
        return
    command = [tool, "compress", str(crop), "--json", "-f", "--threads", "1", "--method", "ecvq", "--restore",
               "-k", str(k)]
    if multiple != 1:
        first = crop.with_name(f"{crop.stem}_k{k}_l1.json")
        encode(tool, crop, k, 1)
        command += ["--lambda", str(json.loads(first.read_text())["lambda"] * multiple)]
    stream = stem.with_suffix(".vqi")
    report = subprocess.run([*command, "-o", str(stream)], stdout=subprocess.PIPE, check=True).stdout
    subprocess.run([tool, "decompress", str(stream), "--no-restore", "-q", "-f", "--threads", "1", "-o",
                    str(stem.with_suffix(".png"))], check=True)
    stem.with_suffix(".json").write_bytes(report)


def crops_of(file, source, crop_px):
    """Crops of a photograph at places that follow from `source`: one, or several of a large one, which is shrunk."""
    image = Image.open(file).convert("RGB")
    if is_large := file.suffix == ".jpg":
        image = image.resize([side // LARGE_SHRUNK for side in image.size], Image.Resampling.LANCZOS)
    for number in range(LARGE_CROPS if is_large else 1):
        x, y = (source.randint(0, max(0, side - part)) for side, part in zip(image.size, crop_px))
        box = (x, y, min(image.width, x + crop_px[0]), min(image.height, y + crop_px[1]))
        yield f"{file.stem}{number or ''}", image.crop(box)


def make(tool, files, folder, seed, crop_px=CROP_PX, encodings=ENCODINGS, grey_encodings=GREY_ENCODINGS):
    """Fills `folder` from the photographs `files`; places of crops follow from `seed`."""
    folder.mkdir(parents=True, exist_ok=True)
    source = random.Random(seed)
    crops = [crop for file in files for crop in crops_of(file, source, crop_px)]
    for suffix, mode, wanted in (("", "RGB", encodings), ("_grey", "L", grey_encodings)):
        for k, multiple in wanted:
            for name, image in crops:
                crop = folder / f"{name}{suffix}.png"
                if not crop.exists():
                    image.convert(mode).save(crop)
                encode(tool, crop, k, multiple)


class Encoding:
    """A crop beside what vqi returned for it, with the filter's inputs."""

    def __init__(self, report):
        crop = report.with_name(report.stem.rsplit("_k", 1)[0] + ".png")
        self.is_grey = crop.stem.endswith("_grey")
        self.original = planes(crop)
        self.decoded = planes(report.with_suffix(".png"))
        mse = ((self.original.astype(numpy.float64) - self.decoded) ** 2).mean()
        self.deviation = max(DEVIATION_LEAST, WIDEN * mse ** 0.5)
        relative, index = radii(self.decoded)
        self.radius = relative[index]  # in units of the deviation


def planes(file):
    """An image as (h, w, 3) in 8-bit code values; grey three times."""
    return numpy.asarray(Image.open(file).convert("RGB"))


def radii(decoded):
    """What the decoder takes for the radius of each codeword's cell, in units of the deviation, and the index map."""
    wide = decoded.astype(numpy.uint32)
    words, index, counts = numpy.unique(wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2], return_inverse=True,
                                        return_counts=True)
    words = numpy.stack([words >> 16, words >> 8 & 255, words & 255], 1).astype(numpy.float64) * WIDEN
    distances = ((words[:, None] - words) ** 2).sum(2)
    numpy.fill_diagonal(distances, numpy.inf)
    nearest = min(4, len(words) - 1)
    spread = (4 * numpy.sqrt(numpy.partition(distances, nearest - 1, 1)[:, :nearest]).mean(1)) ** 0.75
    scale = 1 / numpy.sqrt((counts * spread ** 2).sum() / counts.sum())
    return (spread * scale).astype(numpy.float16), index.reshape(decoded.shape[:2])


def load(folder):
    """All encodings in a folder, in the order of their names."""
    return [Encoding(report) for report in sorted(pathlib.Path(folder).glob("*_k*_l*.json"))]
