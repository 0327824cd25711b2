"""vqi.cluster: results, conventions, and what they do not depend on."""
import sys
import unittest
import warnings

import numpy as np
import vqi
from python_case import PythonCase, main, picture
from vqi.cluster import GaussianMixture, KMeans, gap_statistic

try:
    import sklearn
except ImportError:
    sklearn = None


def blobs(seed=1, count=300):
    random = np.random.default_rng(seed)
    centres = np.array([[0, 0, 0], [20, 0, 0], [0, 20, 5]])
    return np.concatenate([random.normal(centre, 1 + k, (count, 3)) for k, centre in enumerate(centres)])


def inertia(points, means, weights=1.0):
    distances = ((points[:, None, :] - means[None]) ** 2).sum(axis=2)
    return float((weights * distances.min(axis=1)).sum())


class Means(PythonCase):
    def test_what_is_reported_is_what_the_means_give(self):
        points = blobs()
        weights = np.random.default_rng(2).uniform(0, 3, len(points))
        model = KMeans(5, tol=0).fit(points, sample_weight=weights)
        self.assertAlmostEqual(model.inertia_, inertia(points, model.cluster_centers_, weights), delta=1e-6)
        self.assertAlmostEqual(model.score(points, sample_weight=weights), -model.inertia_, delta=1e-6)
        self.assertTrue(model.converged_)
        for k, mean in enumerate(model.cluster_centers_):
            own = model.labels_ == k
            self.assertTrue(np.allclose(np.average(points[own], axis=0, weights=weights[own]), mean))
            self.assertAlmostEqual(model.cluster_weights_[k], weights[own].sum() / weights.sum())
        self.assertTrue(np.array_equal(model.predict(points), model.labels_))
        self.assertTrue(np.array_equal(model.transform(points).argmin(axis=1), model.labels_))
        self.assertTrue((np.diff(model.history_) <= 1e-9).all())
        self.assertEqual(len(model.history_), model.n_iter_)

    def test_order_repetition_and_threads_do_not_matter(self):
        colours = picture(60, 80).reshape(-1, 3)
        shuffled = np.random.default_rng(1).permutation(colours)
        distinct, counts = np.unique(colours, axis=0, return_counts=True)

        def drawn(**options):
            return KMeans(12, init="k-means++", n_init=2, **options)

        for model, others in (
                (drawn().fit(colours), [drawn().fit(shuffled), drawn(n_threads=1).fit(colours),
                                        drawn().fit(distinct, sample_weight=counts)]),
                (KMeans(12).fit(colours), [KMeans(12).fit(shuffled), KMeans(12, n_threads=1).fit(colours)])):
            for other in others:
                self.assertTrue(np.array_equal(model.cluster_centers_, other.cluster_centers_))
                self.assertEqual(model.inertia_, other.inertia_)
        self.assertFalse(np.array_equal(drawn().fit(colours).cluster_centers_,
                                        drawn(random_state=7).fit(colours).cluster_centers_))

    def test_colours_start_from_a_codebook_unless_they_cannot(self):
        colours = picture(60, 80).reshape(-1, 3)
        codebook = vqi.train([colours[None]], k=12).codewords[:, 0, 0]
        auto = KMeans(12).fit(colours)
        self.assertEqual(auto.inertia_, KMeans(12, init=codebook).fit(colours).inertia_)
        self.assertEqual(auto.inertia_, KMeans(12, init="codebook").fit(colours).inertia_)
        self.assertLessEqual(auto.inertia_, inertia(colours.astype(float), codebook.astype(float)))
        for wrong in (colours + 0.5, colours[:, :2], colours.astype(float) - 1, colours * 1000.0):
            with self.assertRaises(ValueError):
                KMeans(12, init="codebook").fit(wrong)
            self.assertEqual(KMeans(12).fit(wrong).inertia_, KMeans(12, init="k-means++").fit(wrong).inertia_)
        few = np.repeat(colours[:5], 10, axis=0)
        self.assertEqual(KMeans(8).fit(few).inertia_, 0)

    def test_points_without_weight_are_labelled_and_change_nothing(self):
        points = blobs()
        weights = np.ones(len(points))
        weights[::3] = 0
        model = KMeans(3).fit(points, sample_weight=weights)
        alone = KMeans(3).fit(points[weights > 0])
        self.assertTrue(np.array_equal(model.cluster_centers_, alone.cluster_centers_))
        self.assertTrue(np.array_equal(model.labels_, alone.predict(points)))

    def test_means_to_start_from_are_kept_in_their_order(self):
        points = blobs()
        start = np.array([[0, 20, 5], [0, 0, 0], [20, 0, 0]], float)
        model = KMeans(3, init=start).fit(points)
        self.assertLess(np.abs(model.cluster_centers_ - start).max(), 1)
        with self.assertRaises(ValueError):
            KMeans(4, init=start).fit(points)

    def test_of_several_starts_the_best_counts(self):
        points = np.random.default_rng(5).uniform(size=(400, 2))
        for init in ("k-means++", "random", lambda X, k, random_state: X[random_state.permutation(len(X))[:k]]):
            found = {n: KMeans(12, init=init, n_init=n, max_iter=3).fit(points) for n in (1, "auto", 4, 16)}
            self.assertEqual(found[1].inertia_, found["auto"].inertia_)
            self.assertGreater(found[1].inertia_, found[16].inertia_)
            self.assertGreaterEqual(found[4].inertia_, found[16].inertia_)
            self.assertAlmostEqual(found[16].inertia_, inertia(points, found[16].cluster_centers_))
            again = KMeans(12, init=init, n_init=16, max_iter=3).fit(points)
            self.assertTrue(np.array_equal(again.cluster_centers_, found[16].cluster_centers_))

    def test_a_rate_leaves_clusters_empty_and_shortens_the_code(self):
        points = blobs()

        def bits(model):
            shares = model.cluster_weights_[model.cluster_weights_ > 0]
            return -(shares * np.log2(shares)).sum()

        free, bound = KMeans(16).fit(points), KMeans(16, entropy_lambda=10).fit(points)
        self.assertLess(bits(bound), bits(free))
        self.assertGreaterEqual(bound.inertia_, free.inertia_)

    def test_wrong_arguments_are_value_errors(self):
        points = blobs()
        for model in (KMeans(0), KMeans(len(points) + 1), KMeans(2.5), KMeans(2, n_init=0), KMeans(2, init="kmeans"),
                      KMeans(2, n_init="many"), KMeans(2, tol=-1), KMeans(2, init=lambda *_, **__: points[:3]),
                      GaussianMixture(2, n_init=0), GaussianMixture(2, init_params="random"),
                      GaussianMixture(2, tol=-1), GaussianMixture(2, means_init=points[:3]),
                      GaussianMixture(2, weights_init=[0.5, 0.6]),
                      GaussianMixture(2, precisions_init=-np.eye(3)[None].repeat(2, 0)), GaussianMixture(0),
                      GaussianMixture(2, covariance_type="round"), GaussianMixture(2, max_iter=0)):
            with self.assertRaises(ValueError):
                model.fit(points)
        for weights in (np.zeros(len(points)), -np.ones(len(points)), np.ones(3), np.full(len(points), np.nan)):
            with self.assertRaises(ValueError):
                KMeans(2).fit(points, sample_weight=weights)
        for wrong in (np.full((4, 2), np.nan), np.zeros((0, 2)), np.zeros(4), np.zeros((4, 2), complex)):
            with self.assertRaises(ValueError):
                KMeans(2).fit(wrong)
        with self.assertRaises(ValueError):
            KMeans(2).fit(points).predict(points[:, :2])
        with self.assertRaises(AttributeError):
            KMeans(2).predict(points)

    def test_progress_false_stops(self):
        points = np.random.default_rng(1).normal(size=(20000, 8))
        for model in (KMeans(200, progress=lambda *_: False), GaussianMixture(50, progress=lambda *_: False)):
            with self.assertRaises(vqi.Error) as caught:
                model.fit(points)
            self.assertEqual(caught.exception.code, "cancelled")


class Mixtures(PythonCase):
    def test_a_mixture_is_found_and_its_figures_fit_together(self):
        points = blobs(count=2000)
        for kind in ("full", "tied", "diag", "spherical"):
            with self.subTest(kind):
                model = GaussianMixture(3, covariance_type=kind, tol=1e-9, max_iter=500).fit(points)
                self.assertTrue(model.converged_)
                self.assertAlmostEqual(model.weights_.sum(), 1)
                self.assertAlmostEqual(model.lower_bound_, model.score(points), delta=1e-7)
                self.assertTrue(np.allclose(model.predict_proba(points).sum(axis=1), 1))
                self.assertTrue(np.array_equal(model.predict(points), model.predict_proba(points).argmax(axis=1)))
                self.assertGreater(model.bic(points), model.aic(points))
                sizes = np.sort(np.bincount(model.fit_predict(points)))
                self.assertTrue((np.abs(sizes - 2000) < 60).all(), sizes)
                drawn, components = model.sample(5000)
                self.assertEqual((drawn.shape, components.shape), ((5000, 3), (5000,)))
                self.assertLess(np.abs(drawn.mean(axis=0) - points.mean(axis=0)).max(), 1)
        full = GaussianMixture(3).fit(points)
        spreads = np.sort(np.sqrt([np.trace(each) / 3 for each in full.covariances_]))
        self.assertTrue(np.allclose(spreads, [1, 2, 3], rtol=0.05))

    def test_of_several_mixtures_the_likeliest_counts_and_starts_can_be_given(self):
        points = np.random.default_rng(5).uniform(size=(300, 2))
        for init in ("kmeans", "k-means++", "random_from_data"):
            likelihoods = [GaussianMixture(6, n_init=n, init_params=init, max_iter=5).fit(points).lower_bound_
                           for n in (1, 3, 9)]
            self.assertEqual(likelihoods, sorted(likelihoods))
            self.assertLess(likelihoods[0], likelihoods[-1])
        centres = np.array([[0, 20, 5], [0, 0, 0], [20, 0, 0]], float)
        model = GaussianMixture(3, means_init=centres).fit(blobs())
        self.assertLess(np.abs(model.means_ - centres).max(), 1)
        identity = model.precisions_ @ model.covariances_
        self.assertTrue(np.allclose(identity, np.eye(3), atol=1e-9))

    def test_repeated_points_count_as_weights_do(self):
        points = blobs(count=100)
        weights = np.random.default_rng(1).integers(0, 4, len(points))
        one = GaussianMixture(2).fit(points, sample_weight=weights)
        other = GaussianMixture(2).fit(np.repeat(points, weights, axis=0))
        self.assertTrue(np.allclose(one.means_, other.means_, rtol=0, atol=1e-12))
        self.assertAlmostEqual(one.lower_bound_, other.lower_bound_)

    def test_the_gap_statistic_counts_clusters(self):
        found = gap_statistic(blobs(count=100), 6)
        self.assertEqual(found.n_clusters, 3)
        self.assertEqual([row["k"] for row in found.rows], [1, 2, 3, 4, 5, 6])
        for row in found.rows:
            self.assertAlmostEqual(row["gap"], row["expected_log_w"] - row["log_w"])
        with self.assertRaises(vqi.Error):
            gap_statistic(blobs(count=10), 3, rule="none")


@unittest.skipIf(sklearn is None, "scikit-learn is not installed")
class BesideScikitLearn(PythonCase):
    def test_check_estimator_passes(self):
        from sklearn.utils.estimator_checks import check_estimator

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of skipped checks
            for model in (KMeans(3, n_init=2, max_iter=5), GaussianMixture(2, max_iter=5)):
                check_estimator(model)

    def test_from_the_same_start_both_find_the_same_means(self):
        from sklearn.cluster import KMeans as Theirs

        points = blobs()
        start = points[:6]
        steps = set()
        for tol in (0, 1e-4, 1e-2, 1):
            ours = KMeans(6, init=start, max_iter=1000, tol=tol).fit(points)
            theirs = Theirs(6, init=start, n_init=1, max_iter=1000, tol=tol).fit(points)
            self.assertAlmostEqual(ours.inertia_, theirs.inertia_, delta=1e-6 * theirs.inertia_)
            self.assertTrue(np.array_equal(ours.labels_, theirs.labels_))
            if tol:
                self.assertEqual(ours.n_iter_, theirs.n_iter_)
                steps.add(ours.n_iter_)
        self.assertGreater(len(steps), 1)

    def test_from_the_same_mixture_both_take_the_same_steps(self):
        from sklearn.mixture import GaussianMixture as Theirs

        points = blobs()
        precisions = {"full": np.eye(3)[None].repeat(3, 0) / 9, "tied": np.eye(3) / 9, "diag": np.full((3, 3), 1 / 9),
                      "spherical": np.full(3, 1 / 9)}
        for kind, start in precisions.items():
            given = {"covariance_type": kind, "weights_init": [0.2, 0.3, 0.5], "means_init": points[[1, 400, 700]],
                     "precisions_init": start, "max_iter": 7, "tol": 0}
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # seven steps do not converge
                ours = GaussianMixture(3, **given).fit(points)
                theirs = Theirs(3, reg_covar=0, **given).fit(points)
            for name in ("weights_", "means_", "covariances_", "precisions_"):
                self.assertTrue(np.allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-6), (kind, name))

    def test_likelihood_bic_and_aic_are_theirs_for_one_mixture(self):
        from sklearn.mixture import GaussianMixture as Theirs

        points = blobs()
        for kind in ("full", "tied", "diag", "spherical"):
            ours = GaussianMixture(3, covariance_type=kind).fit(points)
            theirs = Theirs(3, covariance_type=kind, max_iter=1, random_state=1)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # one step does not converge
                theirs.fit(points)
            for name in ("weights_", "means_", "covariances_"):
                setattr(theirs, name, getattr(ours, name))
            from sklearn.mixture._gaussian_mixture import _compute_precision_cholesky

            theirs.precisions_cholesky_ = _compute_precision_cholesky(theirs.covariances_, kind)
            for figure in ("score", "bic", "aic"):
                self.assertAlmostEqual(getattr(ours, figure)(points) / getattr(theirs, figure)(points), 1, places=9)

    def test_estimators_clone_and_work_in_a_pipeline(self):
        from sklearn.base import clone
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        model = clone(KMeans(3, random_state=5))
        self.assertEqual((model.n_clusters, model.random_state), (3, 5))
        labels = make_pipeline(StandardScaler(), model).fit_predict(blobs())
        self.assertEqual(len(set(labels)), 3)


if __name__ == "__main__":
    if sklearn is None:
        print("scikit-learn is not installed: what is beside it is skipped", file=sys.stderr)
    main()
