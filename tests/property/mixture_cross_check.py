"""Checks that EM's log likelihood and BIC agree with scikit-learn's GaussianMixture from the same start, to 1e-6.

  mixture_cross_check.py PROBE FAITHFUL_CSV

Without scikit-learn the test is skipped; tests/unit/codec/cluster/em/expectation_maximisation_test.cpp keeps some of
its figures.
"""
import os
import subprocess
import sys
import warnings

SKIPPED = 77
DISTRIBUTION_PYTHON = "/usr/bin/python3"  # finds the distribution's packages, even if another Python is first on PATH

try:
    import numpy as np
    from sklearn.mixture import GaussianMixture
except ImportError:
    if os.environ.get("VQI_TRIED_PYTHON") is None and os.access(DISTRIBUTION_PYTHON, os.X_OK):
        os.environ["VQI_TRIED_PYTHON"] = "1"
        os.execv(DISTRIBUTION_PYTHON, [DISTRIBUTION_PYTHON, *sys.argv])
    print("skipped: no Python here has scikit-learn (python3-sklearn)")
    sys.exit(SKIPPED)

KINDS = {"spherical": 1, "diag": 2, "tied": 3, "full": 4}
TOLERANCE = 1e-6


def clouds(random, n, d, k):
    centres = random.normal(0, 3, (k, d))
    return centres[random.integers(0, k, n)] + random.normal(0, 1, (n, d)) * random.uniform(0.3, 1.5, d)


def data_sets(faithful):
    """The cases: (name, points, components, steps)."""
    random = np.random.default_rng(7)
    yield "Old Faithful", np.loadtxt(faithful, delimiter=",", skiprows=1), 3, 25
    yield "one dimension", clouds(random, 500, 1, 3), 3, 40
    yield "three dimensions", clouds(random, 3000, 3, 6), 5, 30
    yield "nine dimensions", clouds(random, 2000, 9, 4), 4, 20


def start_of(points, k, kind, random):
    weights = random.uniform(0.5, 1.5, k)
    variances = points.var(axis=0) * random.uniform(0.3, 1, (k, points.shape[1]))
    covariances = {"spherical": variances.mean(axis=1), "diag": variances, "tied": np.diag(variances[0]),
                   "full": np.stack([np.diag(v) for v in variances])}[kind]
    return weights / weights.sum(), points[random.choice(len(points), k, replace=False)], covariances


def reference(points, k, kind, steps, start):
    weights, means, covariances = start
    precisions = np.linalg.inv(covariances) if kind in ("tied", "full") else 1 / covariances
    mixture = GaussianMixture(k, covariance_type=kind, reg_covar=0, tol=0, max_iter=steps, weights_init=weights,
                              means_init=means, precisions_init=precisions)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a warning that it did not converge is expected
        mixture.fit(points)
    return mixture.score(points) * len(points), mixture.bic(points), mixture.n_iter_


def measured(probe, points, k, kind, steps, start):
    numbers = np.concatenate([np.ravel(part) for part in (*start, points)])
    text = " ".join(map(str, [KINDS[kind], len(points), points.shape[1], k, steps])) + "\n"
    text += "\n".join(repr(float(number)) for number in numbers)
    result = subprocess.run([probe], input=text, capture_output=True, text=True, check=True)
    likelihood, bic, restarts = result.stdout.split()
    return float(likelihood), float(bic), int(restarts)


def main():
    probe, faithful = sys.argv[1:3]
    random = np.random.default_rng(11)
    failures = 0
    for name, points, k, steps in data_sets(faithful):
        for kind in KINDS:
            start = start_of(points, k, kind, random)
            likelihood, bic, restarts = measured(probe, points, k, kind, steps, start)
            expected, expected_bic, taken = reference(points, k, kind, steps, start)
            good = (taken == steps and restarts == 0 and abs(likelihood / expected - 1) < TOLERANCE
                    and abs(bic / expected_bic - 1) < TOLERANCE)
            failures += not good
            print(f"{'' if good else 'WRONG: '}{name}, {kind}: {likelihood:.9f}, scikit-learn {expected:.9f}; "
                  f"BIC {bic:.6f}, {expected_bic:.6f}; {restarts} restarts, {taken} steps")
    return failures != 0


if __name__ == "__main__":
    sys.exit(main())
