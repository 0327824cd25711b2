#!/usr/bin/env python3
"""Times vqi.cluster beside scikit-learn on the colours of pictures, and prints a table for BENCHMARKS.md.

  kmeans_beside_sklearn.py [-k K ...] [--runs N] PICTURE...

Runs of all contenders take turns, and the fastest of each counts, in CPU seconds of all threads. Inertia is the sum of
squared distances of all pixels from their nearest means, by the means that a contender returns; the table has it
relative to scikit-learn's.
"""
import argparse
import os
import pathlib
import warnings

import numpy as np
import sklearn.cluster
import sklearn.mixture
import vqi
import vqi.cluster


def inertia(pixels, means):
    """The sum of squared distances from the nearest of the means."""
    total = 0.0
    norms = (means ** 2).sum(axis=1)
    for first in range(0, len(pixels), 65536):
        part = pixels[first:first + 65536]
        distances = norms - 2 * part @ means.T
        total += float((distances.min(axis=1) + (part ** 2).sum(axis=1)).sum())
    return total


def contenders(k):
    """Each contender's name with what it does to pixels: fit, and return the means."""
    def fitted(model):
        return lambda pixels: model.fit(pixels).cluster_centers_

    return {"scikit-learn KMeans, n_init 1": fitted(sklearn.cluster.KMeans(k, n_init=1, random_state=1)),
            "scikit-learn MiniBatchKMeans, n_init 1": fitted(
                sklearn.cluster.MiniBatchKMeans(k, n_init=1, random_state=1)),
            "vqi.cluster KMeans, k-means++, n_init 1": fitted(
                vqi.cluster.KMeans(k, init="k-means++", n_init=1, random_state=1)),
            "vqi.cluster KMeans (default: from a codebook)": fitted(vqi.cluster.KMeans(k, random_state=1))}


def mixtures(k):
    """Each mixture's name with what it does to pixels: fit, and return the mean log likelihood of a pixel."""
    def fitted(model):
        return lambda pixels: model.fit(pixels).score(pixels)

    return {"scikit-learn GaussianMixture": fitted(
                sklearn.mixture.GaussianMixture(k, covariance_type="diag", random_state=1)),
            "vqi.cluster GaussianMixture": fitted(
                vqi.cluster.GaussianMixture(k, covariance_type="diag", random_state=1))}


def cpu_seconds():
    """What this process took so far, in all threads."""
    times = os.times()
    return times.user + times.system


def timed(made, pixels, runs):
    """{name: (fastest seconds, result of the last run)}"""
    found = {}
    for _ in range(runs):
        for name, work in made.items():
            start = cpu_seconds()
            result = work(pixels)
            seconds = cpu_seconds() - start
            found[name] = (min(seconds, found.get(name, (seconds,))[0]), result)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-k", type=int, nargs="+", default=[16, 64, 256])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--mixtures", action="store_true", help="mixtures of 8 Gaussians instead")
    parser.add_argument("pictures", type=pathlib.Path, nargs="+")
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # of steps that ran out before convergence
    print(f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}, vqi {vqi.__version__}\n")
    if given.mixtures:
        print("| picture | | CPU seconds | mean log likelihood of a pixel |\n|---|---|---|---|")
    else:
        print("| picture | K | | CPU seconds | inertia |\n|---|---|---|---|---|")
    for path in given.pictures:
        image = vqi.read_image(path)
        pixels = image.reshape(-1, image.shape[-1]).astype(np.float64)
        if given.mixtures:
            for name, (seconds, likelihood) in timed(mixtures(8), pixels, given.runs).items():
                print(f"| {path.stem} | {name} | {seconds:.2f} | {likelihood:.3f} |", flush=True)
            continue
        for k in given.k:
            found = timed(contenders(k), pixels, given.runs)
            figures = {name: (seconds, inertia(pixels, means)) for name, (seconds, means) in found.items()}
            reference = next(iter(figures.values()))[1]
            for name, (seconds, own) in figures.items():
                print(f"| {path.stem} | {k} | {name} | {seconds:.2f} | {own / reference:.4f} |", flush=True)


if __name__ == "__main__":
    main()
