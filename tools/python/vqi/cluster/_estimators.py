"""What both estimators share: scikit-learn's base classes, or a stand-in; checks of data; seeds."""
from __future__ import annotations

import inspect
import numbers
from typing import Any

import numpy as np

try:
    from sklearn.base import BaseEstimator, ClusterMixin, TransformerMixin
    from sklearn.exceptions import NotFittedError
    from sklearn.utils import validation as _validation
except ImportError:
    _validation = None

    class NotFittedError(ValueError, AttributeError):  # type: ignore[no-redef]
        """An estimator was used before it was fitted."""

    class BaseEstimator:  # type: ignore[no-redef]
        """Parameters by name, as scikit-learn's class of this name has them."""

        def get_params(self, deep: bool = True) -> dict[str, Any]:
            """The parameters of the constructor, by name."""
            return {name: getattr(self, name) for name in inspect.signature(type(self).__init__).parameters
                    if name != "self"}

        def set_params(self, **params: Any) -> Any:
            """Sets parameters of the constructor. Raises ValueError for another name."""
            known = self.get_params()
            for name, value in params.items():
                if name not in known:
                    raise ValueError(f"Invalid parameter {name!r} for estimator {self!r}.")
                setattr(self, name, value)
            return self

        def __repr__(self) -> str:
            return f"{type(self).__name__}({', '.join(f'{key}={value!r}' for key, value in self.get_params().items())})"

    class ClusterMixin:  # type: ignore[no-redef]
        """Nothing without scikit-learn."""

    class TransformerMixin:  # type: ignore[no-redef]
        """transform after fit."""

        def fit_transform(self, X: Any, y: Any = None, **arguments: Any) -> Any:
            """Distances to the means that were fitted to X."""
            return self.fit(X, y, **arguments).transform(X)  # type: ignore[attr-defined]


def checked_points(estimator: Any, X: Any, *, fitting: bool) -> np.ndarray[Any, Any]:
    """X as (n, d) float64, without gaps. Raises ValueError for anything else, in scikit-learn's words where it is
    installed."""
    points: np.ndarray[Any, Any]
    if _validation is not None:
        checks = {"dtype": np.float64, "order": "C", "reset": fitting}
        if hasattr(_validation, "validate_data"):
            points = _validation.validate_data(estimator, X, **checks)
        else:
            points = estimator._validate_data(X, **checks)
        points = np.ascontiguousarray(points)
        return points
    if np.iscomplexobj(X):
        raise ValueError("Complex data not supported")
    points = np.ascontiguousarray(X, np.float64)
    if points.ndim != 2:
        raise ValueError(f"Expected 2D array, got {points.ndim}D array instead")
    if points.shape[0] < 1 or points.shape[1] < 1:
        raise ValueError(f"Found array with shape {points.shape}: a sample and a feature are needed")
    if not np.isfinite(points).all():
        raise ValueError("Input X contains NaN or infinity")
    if fitting:
        estimator.n_features_in_ = points.shape[1]
    elif points.shape[1] != estimator.n_features_in_:
        raise ValueError(f"X has {points.shape[1]} features, but {type(estimator).__name__} is expecting "
                         f"{estimator.n_features_in_} features as input")
    return points


def checked_weights(sample_weight: Any, points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | None:
    """None, or a weight for each point. Raises ValueError for weights that are not finite and 0 or more."""
    if sample_weight is None:
        return None
    weights = np.asarray(sample_weight, np.float64)
    if weights.ndim == 0:
        weights = np.full(points.shape[:1], weights)
    weights = np.ascontiguousarray(weights)
    if weights.shape != points.shape[:1]:
        raise ValueError(f"sample_weight.shape == {weights.shape}, expected {points.shape[:1]}!")
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise ValueError("sample_weight must be finite and 0 or more")
    if not (weights > 0).any():
        raise ValueError("sample_weight is zero everywhere: one weight must be above 0")
    return weights


def checked_count(name: str, value: Any, least: int) -> int:
    """A whole number. Raises ValueError if it is below `least` or none."""
    if not isinstance(value, numbers.Integral) or isinstance(value, bool) or value < least:
        raise ValueError(f"{name} == {value!r}, must be an integer of at least {least}")
    return min(int(value), 2**32 - 1)


def checked_components(name: str, value: Any, points: np.ndarray[Any, Any]) -> int:
    """How many clusters, at most one for each sample."""
    count = checked_count(name, value, 1)
    if count > points.shape[0]:
        raise ValueError(f"n_samples={points.shape[0]} should be >= {name}={count}.")
    return count


def counted_points(points: np.ndarray[Any, Any], weights: np.ndarray[Any, Any] | None, count: int) -> Any:
    """(points, weights, mask) of what has a weight above 0, where that is all or enough for `count` clusters."""
    if weights is None or (mask := weights > 0).all() or mask.sum() < count:
        return points, weights, None
    return points[mask], weights[mask], mask


def checked_tolerance(name: str, value: Any) -> float:
    """A finite number of 0 or more. Raises ValueError for anything else."""
    if not isinstance(value, numbers.Real) or not 0 <= float(value) < float("inf"):
        raise ValueError(f"{name} == {value!r}, must be 0 or more")
    return float(value)


def checked_array(name: str, value: Any, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """An array of this shape, float64 and without gaps. Raises ValueError for another shape or what is not finite."""
    array = np.ascontiguousarray(value, np.float64)
    if array.shape != shape or not np.isfinite(array).all():
        raise ValueError(f"{name} has the shape {array.shape}, must be finite and of {shape}")
    return array


def drawn_samples(points: np.ndarray[Any, Any], weights: np.ndarray[Any, Any] | None, count: int,
                  random: np.random.RandomState) -> np.ndarray[Any, Any]:
    """`count` different samples, drawn by their weights."""
    if weights is not None and np.count_nonzero(weights) < count:
        weights = None
    shares = None if weights is None else weights / weights.sum()
    return np.ascontiguousarray(points[random.choice(len(points), count, replace=False, p=shares)])


def seed_of(random_state: Any) -> int:
    """A seed: of a number that number, of a generator its next one. None is 1, so that results can be repeated."""
    if random_state is None:
        return 1
    if isinstance(random_state, numbers.Integral):
        return int(random_state)
    if isinstance(random_state, np.random.Generator):
        return int(random_state.integers(2**32))
    return int(random_state.randint(2**31))


def need_fit(estimator: Any, attribute: str) -> None:
    """Raises NotFittedError unless the estimator was fitted."""
    if not hasattr(estimator, attribute):
        raise NotFittedError(f"This {type(estimator).__name__} instance is not fitted yet. Call 'fit' with appropriate "
                             "arguments before using this estimator.")


__all__ = ["BaseEstimator", "ClusterMixin", "NotFittedError", "TransformerMixin", "checked_array", "checked_components",
           "checked_count", "checked_points", "checked_tolerance", "checked_weights", "counted_points", "drawn_samples",
           "need_fit", "seed_of"]
