"""Clustering with scikit-learn's conventions: k-means, mixtures of Gaussians, the gap statistic.

>>> import numpy
>>> from vqi.cluster import KMeans
>>> points = numpy.array([[0.0, 0], [0, 1], [1, 0], [9, 9], [9, 8]])
>>> model = KMeans(n_clusters=2).fit(points)
>>> model.labels_.tolist(), round(model.inertia_, 6)
([1, 1, 1, 0, 0], 1.833333)

With scikit-learn installed the estimators are scikit-learn's own kind (clone, pipelines, searches); they work without
it too. The same data and the same random_state give the same result on every machine and at any number of threads.
"""
from ._gap import GapStatistic, gap_statistic
from ._kmeans import KMeans
from ._mixture import GaussianMixture

__all__ = ["GapStatistic", "GaussianMixture", "KMeans", "gap_statistic"]
