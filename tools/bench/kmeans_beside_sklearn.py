#!/usr/bin/env python3
"""Times vqi.cluster beside scikit-learn on the colours of pictures, and prints a table for BENCHMARKS.md.

  kmeans_beside_sklearn.py [-k K ...] [--seeds N] [--step N] PICTURE...

Contenders take turns, once with each of the seeds 1, 2 ... N. CPU seconds of all threads are those of the fastest run.
Inertia is the sum of squared distances of all pixels from their nearest means, by the means that a contender returns:
the mean over the seeds, relative to scikit-learn's, and the standard error of that mean. One seed says little: a start
of k-means++ is lucky or not, by a percent or more.
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


def contenders(k, seed):
    """Each contender's name with what it does to pixels: fit, and return the means and the number of steps."""
    def fitted(model):
        return lambda pixels: (model.fit(pixels).cluster_centers_, model.n_iter_)

    theirs, ours = sklearn.cluster, vqi.cluster
    return {"scikit-learn KMeans, n_init 1": fitted(theirs.KMeans(k, n_init=1, random_state=seed)),
            "scikit-learn MiniBatchKMeans, n_init 1": fitted(theirs.MiniBatchKMeans(k, n_init=1, random_state=seed)),
            "vqi.cluster KMeans, k-means++, n_init 1": fitted(
                ours.KMeans(k, init="k-means++", n_init=1, random_state=seed)),
            "the same, tol 0": fitted(ours.KMeans(k, init="k-means++", n_init=1, tol=0, random_state=seed)),
            "vqi.cluster KMeans (default: from a codebook)": fitted(ours.KMeans(k, random_state=seed)),
            "that, tol 0": fitted(ours.KMeans(k, tol=0, random_state=seed))}


def mixtures(k, seed):
    """Each mixture's name with what it does to pixels: fit, and return the mean log likelihood of a pixel."""
    def fitted(model):
        return lambda pixels: model.fit(pixels).score(pixels)

    return {"scikit-learn GaussianMixture": fitted(
                sklearn.mixture.GaussianMixture(k, covariance_type="diag", random_state=seed)),
            "vqi.cluster GaussianMixture": fitted(
                vqi.cluster.GaussianMixture(k, covariance_type="diag", random_state=seed))}


def cpu_seconds():
    """What this process took so far, in all threads."""
    times = os.times()
    return times.user + times.system


def timed(make, pixels, seeds):
    """{name: (fastest seconds, results of each seed)}"""
    found = {}
    for seed in range(1, seeds + 1):
        for name, work in make(seed).items():
            start = cpu_seconds()
            result = work(pixels)
            seconds = cpu_seconds() - start
            fastest, results = found.get(name, (seconds, []))
            found[name] = (min(seconds, fastest), [*results, result])
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-k", type=int, nargs="+", default=[16, 64, 256])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--step", type=int, default=1, help="take every N-th pixel of every N-th row")
    parser.add_argument("--mixtures", action="store_true", help="mixtures of 8 Gaussians instead")
    parser.add_argument("pictures", type=pathlib.Path, nargs="+")
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # of steps that ran out before convergence
    print(f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}, vqi {vqi.__version__}\n")
    if given.mixtures:
        print("| picture | | CPU seconds | mean log likelihood of a pixel |\n|---|---|---|---|")
    else:
        print("| picture | K | | CPU seconds | steps | inertia |\n|---|---|---|---|---|---|")
    for path in given.pictures:
        image = vqi.read_image(path)[::given.step, ::given.step]
        pixels = image.reshape(-1, image.shape[-1]).astype(np.float64)
        if given.mixtures:
            for name, (seconds, likelihoods) in timed(lambda seed: mixtures(8, seed), pixels, given.seeds).items():
                print(f"| {path.stem} | {name} | {seconds:.2f} | {np.mean(likelihoods):.3f} |", flush=True)
            continue
        for k in given.k:
            reference = None
            for name, (seconds, results) in timed(lambda seed: contenders(k, seed), pixels, given.seeds).items():
                inertias = [inertia(pixels, means) for means, _ in results]
                reference = reference or np.mean(inertias)
                error = np.std(inertias) / max(1, len(inertias) - 1) ** 0.5
                steps = np.mean([count for _, count in results])
                print(f"| {path.stem} | {k} | {name} | {seconds:.2f} | {steps:.0f} | "
                      f"{np.mean(inertias) / reference:.4f} +- {error / reference:.4f} |", flush=True)


if __name__ == "__main__":
    main()
