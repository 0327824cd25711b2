"""GaussianMixture: a mixture of Gaussians by expectation maximisation."""
from __future__ import annotations

from typing import Any

import numpy as np

from .. import _core
from ._estimators import (BaseEstimator, checked_array, checked_components, checked_count, checked_points,
                          checked_tolerance, checked_weights, counted_points, drawn_samples, need_fit, seed_of)

COVARIANCE_TYPES = ("full", "tied", "diag", "spherical")
INIT_PARAMS = ("kmeans", "k-means++", "random_from_data")


class GaussianMixture(BaseEstimator):  # type: ignore[misc]
    """A mixture of Gaussians: p(x) = sum over k of weights_[k] N(x | means_[k], covariances_[k]).

    n_components -- how many
    covariance_type -- "full", "tied", "diag" or "spherical"
    tol -- converged when a step raises the mean log likelihood of a sample by less; 0: not tested
    max_iter -- EM steps of each start at most
    n_init -- starts, of which the one with the largest likelihood counts
    init_params -- where EM starts: the clusters of "kmeans", those nearest to the means of "k-means++", or to samples
        that are drawn, "random_from_data"
    weights_init, means_init, precisions_init -- what a start has in place of that: (n_components,), (n_components,
        n_features), and inverse covariances in the shape of covariances_; of means_init the clusters of the nearest
        samples give what is not given
    variance_floor -- no component gets a variance below this part of the data's, in any direction; it stands in for
        scikit-learn's reg_covar, does not depend on the data's scale, and moves nothing that is above it
    random_state -- a seed, a NumPy generator, or None, which is the seed 1
    n_threads, progress -- as in KMeans

    Of scikit-learn's parameters there are none of warm_start and verbose, and no init_params "random", whose
    responsibilities put all means next to the mean of the data. After fit: weights_, means_, covariances_ and
    precisions_ (shapes as in scikit-learn), converged_, n_iter_, lower_bound_ (mean log likelihood of a sample),
    history_ (log likelihood before each step).

    >>> import numpy
    >>> from vqi.cluster import GaussianMixture
    >>> random = numpy.random.default_rng(1)
    >>> points = numpy.concatenate([random.normal(0, 1, (500, 2)), random.normal(8, 2, (500, 2))])
    >>> model = GaussianMixture(2, covariance_type="spherical").fit(points)
    >>> sorted(model.covariances_.round().tolist())
    [1.0, 4.0]
    >>> model.bic(points) < GaussianMixture(1, covariance_type="spherical").fit(points).bic(points)
    True
    """

    def __init__(self, n_components: int = 1, *, covariance_type: str = "full", tol: float = 1e-3, max_iter: int = 100,
                 n_init: int = 1, init_params: str = "kmeans", weights_init: Any = None, means_init: Any = None,
                 precisions_init: Any = None, variance_floor: float = 1e-6, random_state: Any = None,
                 n_threads: int = 0, progress: Any = None) -> None:
        self.n_components = n_components
        self.covariance_type = covariance_type
        self.tol = tol
        self.max_iter = max_iter
        self.n_init = n_init
        self.init_params = init_params
        self.weights_init = weights_init
        self.means_init = means_init
        self.precisions_init = precisions_init
        self.variance_floor = variance_floor
        self.random_state = random_state
        self.n_threads = n_threads
        self.progress = progress

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> GaussianMixture:
        """Fits the mixture to X, (n_samples, n_features); sample_weight is (n_samples,), 0 or more. Returns self."""
        points = checked_points(self, X, fitting=True)
        weights = checked_weights(sample_weight, points)
        count = checked_components("n_components", self.n_components, points)
        if self.covariance_type not in COVARIANCE_TYPES:
            raise ValueError(f"covariance_type == {self.covariance_type!r}, must be one of {COVARIANCE_TYPES}")
        if self.init_params not in INIT_PARAMS:
            raise ValueError(f"init_params == {self.init_params!r}, must be one of {INIT_PARAMS}")
        checked_count("max_iter", self.max_iter, 1)
        checked_tolerance("tol", self.tol)
        seed = seed_of(self.random_state)
        starts = checked_count("n_init", self.n_init, 1) if self.means_init is None else 1
        seeds = [seed, *np.random.default_rng(seed % 2**64).integers(2**32, size=starts - 1).tolist()]
        points, weights, _ = counted_points(points, weights, count)
        found = [self._fit_once(points, weights, count, each) for each in seeds]
        shares, means, covariances, likelihood, iterations, converged, history = max(found, key=lambda each: each[3])
        self.weights_ = np.asarray(shares)
        self.means_ = np.asarray(means)
        self.covariances_ = np.asarray(covariances).reshape(self._covariance_shape(count, points.shape[1]))
        self.converged_ = bool(converged)
        self.n_iter_ = max(iterations, 1)
        self.lower_bound_ = likelihood / (len(points) if weights is None else weights.sum())
        self.history_ = np.asarray(history)
        return self

    def _covariance_shape(self, count: int, d: int) -> tuple[int, ...]:
        return {"full": (count, d, d), "tied": (d, d), "diag": (count, d), "spherical": (count,)}[self.covariance_type]

    def _fit_once(self, points: Any, weights: Any, count: int, seed: int) -> Any:
        """EM from one start: what _core.em returns."""
        d = points.shape[1]

        def em(steps: int, means: Any, mixture: Any) -> Any:
            return _core.em(self.progress, self.n_threads, points, d, weights, count, self.covariance_type, steps,
                            float(self.tol), float(self.variance_floor), seed, means, mixture)

        means = None
        if self.means_init is not None:
            means = checked_array("means_init", self.means_init, (count, d))
        elif self.init_params == "random_from_data":
            means = drawn_samples(points, weights, count, np.random.RandomState(seed % 2**32))
        elif self.init_params == "k-means++":
            drawn = _core.kmeans(self.progress, self.n_threads, points, d, weights, count, 0, 0.0, 1, None, 0.0, seed)
            means = np.asarray(drawn[0])
        mixture = None
        if not (self.means_init is self.weights_init is self.precisions_init is None):
            mixture = self._start(*(np.asarray(part) for part in em(0, means, None)[:3]))
        return em(self.max_iter, means, mixture)

    def _start(self, shares: Any, means: Any, covariances: Any) -> Any:
        """A mixture with what the caller gave of it. Raises ValueError for what cannot be."""
        if self.weights_init is not None:
            shares = checked_array("weights_init", self.weights_init, shares.shape)
            if (shares < 0).any() or abs(shares.sum() - 1) > 1e-6:
                raise ValueError("weights_init must be 0 or more and add up to 1")
        if self.means_init is not None:
            means = checked_array("means_init", self.means_init, means.shape)
        if self.precisions_init is not None:
            precisions = checked_array("precisions_init", self.precisions_init, self._covariance_shape(*means.shape))
            covariances = self._inverses(precisions, "precisions_init")
        return shares, means, np.ascontiguousarray(covariances).ravel()

    def _inverses(self, matrices: Any, name: str) -> Any:
        """The inverse of each. Raises ValueError unless they are symmetric and positive definite."""
        if self.covariance_type in ("diag", "spherical"):
            if not (matrices > 0).all():
                raise ValueError(f"{name} must be above 0")
            return 1 / matrices
        symmetric = np.allclose(matrices, np.swapaxes(matrices, -1, -2))
        if not symmetric or not (np.linalg.eigvalsh(matrices) > 0).all():
            raise ValueError(f"{name} must be symmetric and positive definite")
        return np.linalg.inv(matrices)

    @property
    def precisions_(self) -> Any:
        """The inverse of covariances_, in its shape."""
        need_fit(self, "weights_")
        return self._inverses(self.covariances_, "covariances_")

    def fit_predict(self, X: Any, y: Any = None, sample_weight: Any = None) -> Any:
        """The most probable component of each sample of X, after fit: (n_samples,)."""
        return self.fit(X, sample_weight=sample_weight).predict(X)

    def _log_joint(self, X: Any) -> np.ndarray[Any, Any]:
        """ln(weight N(x)): (n_samples, n_components)."""
        need_fit(self, "weights_")
        points = checked_points(self, X, fitting=False)
        n, d = points.shape
        joint = np.empty((n, len(self.weights_)))
        for k, mean in enumerate(self.means_):
            offsets = points - mean
            if self.covariance_type in ("full", "tied"):
                factor = np.linalg.cholesky(self.covariances_[k] if self.covariance_type == "full" else
                                            self.covariances_)
                scaled = np.linalg.solve(factor, offsets.T)
                log_determinant = 2 * np.log(np.diag(factor)).sum()
            else:
                variances = np.broadcast_to(self.covariances_[k], d)
                scaled = (offsets / np.sqrt(variances)).T
                log_determinant = np.log(variances).sum()
            with np.errstate(divide="ignore"):  # a component of weight 0
                joint[:, k] = np.log(self.weights_[k]) - ((scaled ** 2).sum(axis=0) + log_determinant +
                                                          d * np.log(2 * np.pi)) / 2
        return joint

    def score_samples(self, X: Any) -> Any:
        """ln p(x) of each sample: (n_samples,)."""
        joint = self._log_joint(X)
        largest = joint.max(axis=1)
        return largest + np.log(np.exp(joint - largest[:, None]).sum(axis=1))

    def score(self, X: Any, y: Any = None) -> float:
        """The mean of ln p(x) over the samples."""
        return float(self.score_samples(X).mean())

    def predict(self, X: Any) -> Any:
        """The most probable component of each sample: (n_samples,)."""
        return self._log_joint(X).argmax(axis=1)

    def predict_proba(self, X: Any) -> Any:
        """The probability of each component for each sample: (n_samples, n_components)."""
        joint = self._log_joint(X)
        parts = np.exp(joint - joint.max(axis=1)[:, None])
        return parts / parts.sum(axis=1)[:, None]

    def _parameters(self) -> int:
        count, d = self.means_.shape
        shape = {"full": count * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": count * d, "spherical": count}
        return int(shape[self.covariance_type] + count * d + count - 1)

    def bic(self, X: Any) -> float:
        """Bayes' information criterion of the mixture on X: less is better."""
        likelihood = self.score_samples(X)
        return float(self._parameters() * np.log(len(likelihood)) - 2 * likelihood.sum())

    def aic(self, X: Any) -> float:
        """Akaike's information criterion of the mixture on X: less is better."""
        return float(2 * self._parameters() - 2 * self.score_samples(X).sum())

    def sample(self, n_samples: int = 1) -> tuple[Any, Any]:
        """Draws from the mixture: samples (n_samples, n_features), and the component of each, in order."""
        need_fit(self, "weights_")
        random = np.random.default_rng(seed_of(self.random_state))
        counts = random.multinomial(checked_count("n_samples", n_samples, 1), self.weights_ / self.weights_.sum())
        d = self.means_.shape[1]
        drawn = []
        for k, count in enumerate(counts):
            covariance = self.covariances_ if self.covariance_type == "tied" else self.covariances_[k]
            if np.ndim(covariance) < 2:
                covariance = np.diag(np.broadcast_to(covariance, d))
            drawn.append(random.multivariate_normal(self.means_[k], covariance, count))
        return np.concatenate(drawn), np.repeat(np.arange(len(counts)), counts)
