"""The gap statistic: how many clusters there are."""
from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .. import _core
from ._estimators import checked_count, checked_weights, seed_of


class GapStatistic(NamedTuple):
    """What gap_statistic found."""

    n_clusters: int  # that the rule chooses
    rows: list[dict[str, float]]  # k, log_w, expected_log_w, gap and error for each k


def gap_statistic(X: Any, k_max: int = 32, *, n_references: int = 20, box: str = "principal",
                  rule: str = "Tibs2001SEmax", n_init: int = 4, sample_weight: Any = None, random_state: Any = None,
                  n_threads: int = 0, progress: Any = None) -> GapStatistic:
    """The number of clusters by the gap statistic of Tibshirani, Walther and Hastie (2001).

    X -- (n_samples, n_features)
    k_max -- numbers of clusters are 1 to this
    n_references -- sets of random points to compare with, in a `box`: "principal" (along the principal axes), "uniform"
    rule -- Tibs2001SEmax, firstSEmax, globalSEmax, firstmax or globalmax, as maxSE in R's package cluster
    n_init -- starts of k-means for each number and set

    >>> import numpy
    >>> from vqi.cluster import gap_statistic
    >>> random = numpy.random.default_rng(1)
    >>> points = numpy.concatenate([random.normal(centre, 1, (50, 2)) for centre in (0, 10, 20)])
    >>> gap_statistic(points, 6).n_clusters
    3
    """
    points = np.ascontiguousarray(X, np.float64)
    if points.ndim != 2:
        raise ValueError(f"Expected 2D array, got {points.ndim}D array instead")
    chosen, table = _core.gap(progress, n_threads, points, points.shape[1], checked_weights(sample_weight, points),
                              checked_count("k_max", k_max, 1), checked_count("n_references", n_references, 1), box,
                              rule, checked_count("n_init", n_init, 1), seed_of(random_state))
    names = ("k", "log_w", "expected_log_w", "gap", "error")
    rows = [dict(zip(names, row)) for row in np.asarray(table).tolist()]
    for row in rows:
        row["k"] = int(row["k"])
    return GapStatistic(chosen, rows)
