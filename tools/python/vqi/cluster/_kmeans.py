"""KMeans: Lloyd's k-means from k-means++, with several starts."""
from __future__ import annotations

from typing import Any

import numpy as np

from .. import _core
from .._codec import train
from ._estimators import (BaseEstimator, ClusterMixin, TransformerMixin, checked_array, checked_components,
                          checked_count, checked_points, checked_tolerance, checked_weights, counted_points,
                          drawn_samples, need_fit, seed_of)


def _entropy(shares: Any) -> float:
    """Bits of the ideal code of a label."""
    shares = shares[shares > 0]
    return float(-(shares * np.log2(shares)).sum())


class KMeans(TransformerMixin, ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """k-means clustering.

    n_clusters -- how many
    init -- "k-means++"; "random", which is n_clusters of the samples; an array (n_clusters, n_features) of means to
        start from; a function init(X, n_clusters, random_state=RandomState) that returns one; or "auto", which is
        "codebook" where that can be and else "k-means++". "codebook" starts from the palette that vqi.train learns, for
        samples that are colours: whole numbers of 0 to 65535, one or three features, no sample_weight. BENCHMARKS.md
        has times and errors of both.
    n_init -- starts, of which the one with the least inertia counts (with entropy_lambda the least sum of distance and
        rate); "auto" is 1. An array and a codebook are the only start
    max_iter -- Lloyd's steps of each start at most; a start ends before where no point changes its cluster
    tol -- a start ends too when the squared movements of all means in a step add up to at most tol times the mean
        variance of a feature, as in scikit-learn; 0: not tested
    random_state -- a seed, a NumPy generator, or None, which is the seed 1
    entropy_lambda -- above 0: entropy-constrained, squared distance per bit of the ideal code of the labels; clusters
        may then be left empty
    n_threads -- 0: as many as the machine has; the result does not depend on it
    progress -- None, or called as progress(stage, fraction), as in vqi.encode

    After fit: cluster_centers_ (n_clusters, n_features); labels_ (n_samples,); inertia_, the sum of the weighted
    squared distances; n_iter_ of the best start; n_features_in_; converged_; cluster_weights_, the part of the total
    weight in each cluster; history_, the objective before each step.

    >>> import numpy
    >>> from vqi.cluster import KMeans
    >>> colours = numpy.array([[0, 0, 0], [0, 0, 2], [250, 250, 250]])
    >>> model = KMeans(2).fit(colours, sample_weight=[3, 1, 1])
    >>> model.cluster_centers_.round(2).tolist()
    [[0.0, 0.0, 0.5], [250.0, 250.0, 250.0]]
    >>> model.predict([[9, 9, 9]]).tolist()
    [0]
    """

    def __init__(self, n_clusters: int = 8, *, init: Any = "auto", n_init: Any = 8, max_iter: int = 300,
                 tol: float = 1e-4, random_state: Any = None, entropy_lambda: float = 0.0, n_threads: int = 0,
                 progress: Any = None) -> None:
        self.n_clusters = n_clusters
        self.init = init
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.random_state = random_state
        self.entropy_lambda = entropy_lambda
        self.n_threads = n_threads
        self.progress = progress

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> KMeans:
        """Clusters X, (n_samples, n_features); sample_weight is (n_samples,), 0 or more. Returns self."""
        points = checked_points(self, X, fitting=True)
        weights = checked_weights(sample_weight, points)
        count = checked_components("n_clusters", self.n_clusters, points)
        steps = checked_count("max_iter", self.max_iter, 1)
        tolerance = checked_tolerance("tol", self.tol)
        seed = seed_of(self.random_state)
        starts = self._starts(points, weights, count, seed)
        counted, weights, mask = counted_points(points, weights, count)
        drawn = 1 if starts else self._n_init()
        found = [_core.kmeans(self.progress, self.n_threads, counted, points.shape[1], weights, count, steps, tolerance,
                              drawn, start, float(self.entropy_lambda), seed) for start in starts or [None]]
        total = len(counted) if weights is None else float(weights.sum())
        means, labels, shares, inertia, iterations, converged, history = min(
            found, key=lambda each: each[3] + self.entropy_lambda * total * _entropy(np.asarray(each[2])))
        self.cluster_centers_ = np.asarray(means)
        self.labels_ = np.asarray(labels).astype(np.int32)
        if mask is not None:
            own, self.labels_ = self.labels_, self._nearest(points)
            self.labels_[mask] = own
        self.cluster_weights_ = np.asarray(shares)
        self.inertia_ = inertia
        self.n_iter_ = max(iterations, 1)
        self.converged_ = bool(converged)
        self.history_ = np.asarray(history)
        return self

    def _n_init(self) -> int:
        return 1 if isinstance(self.n_init, str) and self.n_init == "auto" else checked_count("n_init", self.n_init, 1)

    def _starts(self, points: Any, weights: Any, count: int, seed: int) -> list[Any]:
        """The means of each start; none for k-means++, which draws them itself."""
        starts = self._n_init()
        if callable(self.init) or isinstance(self.init, str) and self.init == "random":
            random = np.random.RandomState(seed % 2**32)
            return [self._checked_means(self.init(points, count, random_state=random) if callable(self.init) else
                                        drawn_samples(points, weights, count, random)) for _ in range(starts)]
        if not isinstance(self.init, str):
            return [self._checked_means(self.init)]
        if self.init not in ("auto", "codebook", "k-means++"):
            raise ValueError(f"init == {self.init!r}, must be 'auto', 'codebook', 'k-means++', 'random', an array of "
                             "means or a function that returns one")
        codewords = None if self.init == "k-means++" else self._codewords(points, weights, count, seed)
        return [] if codewords is None else [codewords]

    def _checked_means(self, means: Any) -> Any:
        return checked_array("init", means, (self.n_clusters, self.n_features_in_))

    def _codewords(self, points: Any, weights: Any, count: int, seed: int) -> Any:
        """The colours that vqi.train finds, or None where it cannot."""
        codewords = None
        if weights is None and points.shape[1] in (1, 3) and points.min() >= 0 and points.max() <= 65535:
            samples = points.astype(np.uint8 if points.max() <= 255 else np.uint16)
            if np.array_equal(samples, points):
                book = train([samples[None]], k=count, seed=seed, threads=self.n_threads,
                             progress=self.progress)
                if book.k == count:  # fewer where there are not so many colours
                    codewords = book.codewords[:, 0, 0].astype(np.float64)
        if codewords is None and self.init == "codebook":
            raise ValueError("init == 'codebook' needs whole numbers of 0 to 65535, one or three features, no "
                             "sample_weight, and more distinct samples than clusters")
        return codewords

    @property
    def _n_features_out(self) -> int:
        return int(self.cluster_centers_.shape[0])

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """Names of the columns of transform: kmeans0, kmeans1 ..."""
        need_fit(self, "cluster_centers_")
        return np.asarray([f"kmeans{k}" for k in range(self._n_features_out)], dtype=object)

    def predict(self, X: Any) -> Any:
        """The nearest mean of each sample, of equal ones the first: (n_samples,) int32."""
        need_fit(self, "cluster_centers_")
        return self._nearest(checked_points(self, X, fitting=False))

    def _nearest(self, points: Any) -> Any:
        means = np.ascontiguousarray(self.cluster_centers_, np.float64)
        nearest = _core.nearest(self.progress, self.n_threads, points, points.shape[1], means)
        return np.asarray(nearest).astype(np.int32)

    def fit_predict(self, X: Any, y: Any = None, sample_weight: Any = None) -> Any:
        """labels_ after fit."""
        return self.fit(X, sample_weight=sample_weight).labels_

    def transform(self, X: Any) -> Any:
        """The distance of each sample from each mean: (n_samples, n_clusters)."""
        need_fit(self, "cluster_centers_")
        points = checked_points(self, X, fitting=False)
        return np.stack([np.sqrt(((points - mean) ** 2).sum(axis=1)) for mean in self.cluster_centers_], axis=1)

    def score(self, X: Any, y: Any = None, sample_weight: Any = None) -> float:
        """Minus the sum of the weighted squared distances of X from their nearest means."""
        labels = self.predict(X)
        points = checked_points(self, X, fitting=False)
        distances = ((points - self.cluster_centers_[labels]) ** 2).sum(axis=1)
        weights = checked_weights(sample_weight, points)
        return -float(distances.sum() if weights is None else (weights * distances).sum())
