"""SSIM of vqi compare against scikit-image, an independent implementation, to 1e-4.

Both take the mean over the windows that lie wholly inside the image: scikit-image filters the whole image, mirrored at
its borders, and then crops half a window on each side. Without scikit-image this test is skipped; figures of it are
kept in tests/unit/codec/measure/ssim_test.cpp.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77
DISTRIBUTION_PYTHON = "/usr/bin/python3"  # finds the modules of Debian packages, whichever Python is first in PATH

try:
    import numpy as np
    import skimage.io
    from skimage.metrics import structural_similarity
except ImportError:
    if os.environ.get("VQI_TRIED_PYTHON") is None and os.access(DISTRIBUTION_PYTHON, os.X_OK):
        os.environ["VQI_TRIED_PYTHON"] = "1"
        os.execv(DISTRIBUTION_PYTHON, [DISTRIBUTION_PYTHON, *sys.argv])
    print("skipped: no Python here has scikit-image (python3-skimage)")
    sys.exit(SKIPPED)

TOOL = os.environ.get("VQI_TOOL", "vqi")
SAMPLES = pathlib.Path(__file__).parents[2] / "samples" / "images"


def reference(first, second):
    return structural_similarity(first, second, gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
                                 data_range=np.iinfo(first.dtype).max, channel_axis=-1 if first.ndim == 3 else None)


def measured(folder, first, second):
    for name, samples in (("first.png", first), ("second.png", second)):
        skimage.io.imsave(folder / name, samples, check_contrast=False)
    result = subprocess.run([TOOL, "compare", "--json", folder / "first.png", folder / "second.png"],
                            capture_output=True, check=False)
    return json.loads(result.stdout)["ssim"]


def pairs():
    """Pairs of images: noise on noise, noise on gradients, and images before and after K codewords."""
    random = np.random.default_rng(3)
    for dtype in (np.uint8, np.uint16):
        top = np.iinfo(dtype).max
        for shape in ((11, 11), (64, 47), (40, 90, 3)) if dtype == np.uint8 else ((64, 47),):
            first = random.integers(0, top, shape, dtype=dtype, endpoint=True)
            yield f"noise {dtype.__name__} {shape}", first, random.integers(0, top, shape, dtype=dtype, endpoint=True)
            smooth = np.add.outer(np.linspace(0, 0.5, shape[0]), np.linspace(0, 0.4, shape[1]))
            if len(shape) == 3:
                smooth = np.stack([smooth, smooth[::-1], smooth[:, ::-1]], axis=-1)
            noisy = np.clip(smooth + random.normal(0, 0.02, shape), 0, 1)
            yield f"gradient {dtype.__name__} {shape}", (smooth * top).astype(dtype), (noisy * top).astype(dtype)


def decoded(folder, name, k):
    stream, image = folder / "picture.vqi", folder / "picture.png"
    subprocess.run([TOOL, "compress", "-q", "-f", "-k", str(k), SAMPLES / name, "-o", stream], check=True)
    subprocess.run([TOOL, "decompress", "-q", "-f", stream, "-o", image], check=True)
    return skimage.io.imread(image)


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pictures = [(f"landscape at K = {k}", skimage.io.imread(SAMPLES / "landscape.png"),
                     decoded(folder, "landscape.png", k)) for k in (2, 16, 256)]
        for what, first, second in [*pairs(), *pictures]:
            expected, found = reference(first, second), measured(folder, first, second)
            good = abs(expected - found) <= 1e-4
            failures += not good
            print(f"{'' if good else 'WRONG: '}{what}: {found:.8f}, scikit-image {expected:.8f}")
    return failures != 0


if __name__ == "__main__":
    sys.exit(main())
