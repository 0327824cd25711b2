#!/usr/bin/env python3
"""Compresses a picture by k-means, as every course on machine learning shows it, and counts the bytes honestly.

  kmeans_compression.py [PICTURE] [--every N] [--output FOLDER]

Prints each step; with matplotlib it also draws rate_distortion.png into FOLDER. The notebook of the same name runs the
same functions.
"""
import argparse
import io
import pathlib

import numpy as np
import vqi
from vqi.cluster import GaussianMixture, KMeans

FOLDER = pathlib.Path(__file__).resolve().parent
LANDSCAPE = FOLDER.parent / "images/landscape.png"


def psnr_db(image, other):
    """Peak signal-to-noise ratio of two uint8 images."""
    mse = np.mean((image.astype(float) - other) ** 2)
    return 10 * np.log10(255 ** 2 / mse)


# ---- k-means step by step (Lloyd's algorithm) ----

def lloyd_steps(pixels, means):
    """Yields (means, labels, objective) after each of Lloyd's two steps, until no label changes."""
    labels = None
    while True:
        distances = ((pixels[:, None, :] - means[None]) ** 2).sum(axis=2)
        nearest = distances.argmin(axis=1)                        # step 1: to the nearest mean
        objective = distances.min(axis=1).sum()
        yield means, nearest, objective
        if labels is not None and (nearest == labels).all():
            return
        labels = nearest
        means = np.array([pixels[labels == k].mean(axis=0) if (labels == k).any() else mean
                          for k, mean in enumerate(means)])       # step 2: to the middle


def show_steps(image, k):
    """Lloyd's algorithm by hand on a thinned picture, and the library's from the same start."""
    pixels = image[::8, ::8].reshape(-1, 3).astype(float)
    start = np.unique(pixels, axis=0)
    start = start[np.linspace(0, len(start) - 1, k).astype(int)]
    steps = list(lloyd_steps(pixels, start))
    for number, (_, _, objective) in enumerate(steps[:4]):
        print(f"  step {number}: J = {objective:,.0f}")
    model = KMeans(k, init=start, max_iter=1000, tol=0).fit(pixels)
    print(f"  step {len(steps) - 1}: J = {steps[-1][2]:,.0f}; vqi.cluster from there: J = {model.inertia_:,.0f}")
    best = KMeans(k).fit(pixels)
    print(f"  vqi.cluster from a start of its own: J = {best.inertia_:,.0f}")
    return [objective for _, _, objective in steps]


# ---- what the bytes are ----

def course_bytes(k, pixels):
    """What courses count: ceil(log2 K) bits for each index, three bytes for each colour."""
    return (pixels * max(1, int(np.ceil(np.log2(k)))) + 7) // 8 + 3 * k


def pillow_bytes(image, form, **options):
    """The bytes of an image file by Pillow, and what it shows; None without Pillow."""
    try:
        from PIL import Image
    except ImportError:
        return None
    file = io.BytesIO()
    Image.fromarray(image).save(file, form, **options)
    with Image.open(file) as opened:
        return len(file.getvalue()), np.asarray(opened.convert("RGB"))


def show_bytes(image, ks):
    """For each K: the course's count, the packed and the coded stream, the palette PNG."""
    height, width = image.shape[:2]
    print(f"  raw: {image.size:,} bytes; as PNG: {len(vqi.write_image(image, '.png')):,}")
    print("      K   course   packed    coded  ECVQ, as good   palette PNG    PSNR")
    rows = []
    for k in ks:
        packed = vqi.encode(image, k=k, coding="packed")
        coded = vqi.encode(image, k=k)
        constrained = vqi.encode(image, psnr=float(coded.report.psnr_db))
        png = vqi.quantize(image, k=min(k, 256), dither="none")
        rows.append({"k": k, "course": course_bytes(k, height * width), "packed": len(packed), "coded": len(coded),
                     "ecvq": len(constrained), "png": len(png), "psnr_db": coded.report.psnr_db})
        row = rows[-1]
        print(f"  {k:5} {row['course']:8,} {row['packed']:8,} {row['coded']:8,} {row['ecvq']:14,} {row['png']:13,} "
              f"{row['psnr_db']:7.2f}")
    indices, book = vqi.decode_indices(coded)
    shown = book.codewords[indices, 0, 0]                         # an index map and a palette are the picture
    assert (shown == coded.decode()).all()
    return rows


def jpeg_curve(image, qualities=(5, 10, 20, 35, 50, 70, 85, 95)):
    """(bytes, PSNR) of JPEG files; empty without Pillow."""
    made = [pillow_bytes(image, "JPEG", quality=quality) for quality in qualities]
    return [(len_bytes, psnr_db(image, shown)) for len_bytes, shown in filter(None, made)]


# ---- EM: soft assignment ----

def show_mixtures(image, counts):
    """Mixtures of Gaussians on the colours: BIC for each number of components."""
    pixels = image[::4, ::4].reshape(-1, 3).astype(float)
    best = None
    for count in counts:
        model = GaussianMixture(count, covariance_type="full", max_iter=300).fit(pixels)
        bic = model.bic(pixels)
        print(f"  {count:2} components: mean log likelihood {model.lower_bound_:7.3f}, BIC {bic:,.0f}, "
              f"{model.n_iter_} steps")
        if best is None or bic < best[0]:
            best = (bic, count)
    print(f"  least BIC: {best[1]} components")
    return best[1]


# ---- rate and distortion ----

def rate_curves(image, ks):
    """{name: [(bytes, PSNR)]} of k-means, ECVQ, 2x2 blocks and JPEG."""
    sweeps = {"k-means, packed": {"coding": "packed"}, "k-means, coded": {}, "2x2 blocks, coded": {"block": "2x2"}}
    curves = {name: [(row.file_bytes, row.psnr_db) for row in vqi.sweep(image, k=list(ks), **options)]
              for name, options in sweeps.items()}
    curves["ECVQ at K = 256"] = [
        (row.file_bytes, row.psnr_db)
        for row in vqi.sweep(image, k=256, method="ecvq", lambda_=[2, 8, 32, 128, 512])]
    curves["JPEG (Pillow)"] = jpeg_curve(image)
    return {name: sorted(points) for name, points in curves.items() if points}


def draw(curves, path=None):
    """Draws the curves by matplotlib, into a file or the notebook; False without it."""
    try:
        import matplotlib

        if path is not None:
            matplotlib.use("Agg")
        from matplotlib import pyplot
    except ImportError:
        return False
    figure, axes = pyplot.subplots(figsize=(8, 5))
    for name, points in curves.items():
        axes.plot([size / 1000 for size, _ in points], [quality for _, quality in points], marker="o", label=name)
    axes.set_xscale("log")
    axes.set_xlabel("kilobytes")
    axes.set_ylabel("PSNR, dB")
    axes.grid(alpha=0.3)
    axes.legend()
    if path is not None:
        figure.savefig(path, dpi=120)
        pyplot.close(figure)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("picture", nargs="?", type=pathlib.Path, default=LANDSCAPE)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every N-th row and column")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("."))
    given = parser.parse_args()
    image = vqi.read_image(given.picture)[::given.every, ::given.every]
    print("k-means step by step, K = 8, every eighth pixel")
    show_steps(image, 8)
    print("What the bytes are")
    show_bytes(image, (2, 4, 16, 64, 256))
    print("EM: mixtures of Gaussians")
    show_mixtures(image, (1, 2, 4, 8, 16))
    print("Rate and distortion")
    curves = rate_curves(image, (2, 4, 8, 16, 32, 64, 128, 256))
    for name, points in curves.items():
        print(f"  {name}: " + ", ".join(f"{size:,} bytes {quality:.1f} dB" for size, quality in points[::3]))
    if draw(curves, given.output / "rate_distortion.png"):
        print(f"  drawn into {given.output / 'rate_distortion.png'}")


if __name__ == "__main__":
    main()
