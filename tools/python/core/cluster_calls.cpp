// vqi/cluster.hpp for Python. Equal points are merged and all are sorted, so that work is saved where many are equal,
// and the result depends neither on their order nor on whether a point has a weight or is repeated.
#include "cluster_calls.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "array_object.hpp"
#include "blocking_call.hpp"
#include "merged_points.hpp"
#include "vqi/cluster.hpp"
#include "vqi/names.hpp"

namespace vqi::python {
namespace {

using Indices = std::vector<std::uint32_t>;

RunOptions run_options(BlockingCall& call, unsigned threads) {
  RunOptions run;
  run.threads = threads;
  run.progress = [&call](const Progress& progress) {
    return call.tell(stage_name(progress.stage).data(), progress.fraction);
  };
  return run;
}

/// By scikit-learn's names.
Covariance covariance_of(std::string_view name) {
  if (name == "full") return Covariance::full;
  if (name == "tied") return Covariance::tied;
  if (name == "diag") return Covariance::diagonal;
  if (name == "spherical") return Covariance::spherical;
  throw Error(ErrorCode::invalid_option, "covariance \"" + std::string(name) + "\" is unknown");
}

/// Points as clustering sees them, and the way back to the caller's.
class Data {
 public:
  Data(std::span<const double> values, std::uint32_t dimension, std::span<const double> weights, std::size_t k) {
    MergedPoints merged = merge_points(values, dimension, weights);
    if (merged.weights.size() >= k) {  // which clustering asks for
      points_.emplace(std::move(merged.values), dimension, std::move(merged.weights));
      source_ = std::move(merged.source);
    } else {
      points_.emplace(values, dimension, weights);
    }
  }

  [[nodiscard]] const cluster::Points& points() const noexcept { return *points_; }
  /// What was assigned to each of the caller's points.
  [[nodiscard]] Indices spread(Indices assignment) const {
    if (source_.empty()) return assignment;
    Indices all(source_.size());
    for (std::size_t n = 0; n < all.size(); ++n) all[n] = assignment[source_[n]];
    return all;
  }

 private:
  std::optional<cluster::Points> points_;
  Indices source_;
};

Py_ssize_t rows_of(std::size_t values, std::size_t columns) { return static_cast<Py_ssize_t>(values / columns); }

Ref index_array(Indices indices) {
  const auto count = static_cast<Py_ssize_t>(indices.size());
  return make_array(std::move(indices), {count}, 'I');
}

Ref double_array(std::vector<double> values) {
  const auto count = static_cast<Py_ssize_t>(values.size());
  return make_array(std::move(values), {count}, 'd');
}

/// (progress, threads, points, d, weights or None, k, max iterations, tolerance, starts, means or None, lambda, seed)
/// -> (means, assignment, weights, objective, iterations, converged, objective of each step)
PyObject* kmeans(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *progress, *values, *weights, *means;
    unsigned threads = 0, dimension = 0, k = 0, iterations = 0, starts = 0;
    double tolerance = 0, lambda = 0;
    unsigned long long seed = 0;
    need_success(PyArg_ParseTuple(arguments, "OIOIOIIdIOdK", &progress, &threads, &values, &dimension, &weights, &k,
                                  &iterations, &tolerance, &starts, &means, &lambda, &seed) != 0);
    BlockingCall call(progress);
    const HeldDoubles held(values);
    const HeldDoubles held_weights(weights);
    const HeldDoubles held_means(means);
    cluster::KmeansResult result;
    call.run([&] {
      cluster::KmeansOptions options{k, iterations, starts, {}, lambda, seed, tolerance};
      options.means.assign(held_means.values().begin(), held_means.values().end());
      const Data data(held.values(), dimension, held_weights.values(), k);
      result = cluster::kmeans(data.points(), options, run_options(call, threads));
      result.assignment = data.spread(std::move(result.assignment));
    });
    std::vector<double> history;
    for (const cluster::KmeansStep& step : result.history) history.push_back(step.objective);
    const Ref mean_array =
        make_array(std::move(result.means), {static_cast<Py_ssize_t>(k), static_cast<Py_ssize_t>(dimension)}, 'd');
    const Ref assignment = index_array(std::move(result.assignment));
    const Ref shares = double_array(std::move(result.weights));
    const Ref steps = double_array(std::move(history));
    return owned(Py_BuildValue("(OOOdIiO)", mean_array.get(), assignment.get(), shares.get(), result.objective,
                               result.iterations, result.converged ? 1 : 0, steps.get()));
  });
}

/// (progress, threads, points, d, means) -> index of the nearest mean for each point
PyObject* nearest(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *progress, *values, *means;
    unsigned threads = 0, dimension = 0;
    need_success(PyArg_ParseTuple(arguments, "OIOIO", &progress, &threads, &values, &dimension, &means) != 0);
    BlockingCall call(progress);
    const HeldDoubles held(values);
    const HeldDoubles held_means(means);
    Indices indices;
    call.run([&] {
      cluster::KmeansOptions options;
      options.means.assign(held_means.values().begin(), held_means.values().end());
      options.max_iterations = 0;  // only assigns
      options.k = static_cast<std::uint32_t>(options.means.size() / dimension);
      const std::size_t count = held.values().size() / dimension;
      std::vector<double> points(held.values().begin(), held.values().end());
      // Clustering asks for k points at least: repeat the first one.
      const std::vector<double> first(points.begin(), points.begin() + dimension);
      while (points.size() < options.means.size()) points.insert(points.end(), first.begin(), first.end());
      indices = cluster::kmeans(cluster::Points(std::move(points), dimension), options, run_options(call, threads))
                    .assignment;
      indices.resize(count);
    });
    return index_array(std::move(indices));
  });
}

/// A mixture of (weights, means, covariances); none for None.
std::optional<cluster::Mixture> mixture_of(PyObject* parts, cluster::Covariance covariance, std::uint32_t dimension) {
  if (parts == Py_None) return {};
  PyObject *weights, *means, *covariances;
  need_success(PyArg_ParseTuple(parts, "OOO", &weights, &means, &covariances) != 0);
  const auto numbers = [](PyObject* array) {
    const HeldDoubles held(array);
    return std::vector<double>(held.values().begin(), held.values().end());
  };
  return cluster::Mixture{covariance, dimension, numbers(weights), numbers(means), numbers(covariances)};
}

/// (progress, threads, points, d, weights or None, k, covariance, max iterations, tolerance, variance floor, seed,
/// means to start from or None, mixture to start from or None)
/// -> (weights, means, covariances, log likelihood, iterations, converged, log likelihood of each step)
PyObject* em(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *progress, *values, *weights, *means_before, *mixture;
    const char* covariance = nullptr;
    unsigned threads = 0, dimension = 0, k = 0, iterations = 0;
    double tolerance = 0, floor = 0;
    unsigned long long seed = 0;
    need_success(PyArg_ParseTuple(arguments, "OIOIOIsIddKOO", &progress, &threads, &values, &dimension, &weights, &k,
                                  &covariance, &iterations, &tolerance, &floor, &seed, &means_before, &mixture) != 0);
    BlockingCall call(progress);
    const HeldDoubles held(values);
    const HeldDoubles held_weights(weights);
    cluster::EmOptions options;
    options.k = k;
    options.max_iterations = iterations;
    options.likelihood_tolerance = tolerance;
    options.variance_floor = floor;
    options.seed = seed;
    options.covariance = covariance_of(covariance);
    options.start = mixture_of(mixture, options.covariance, dimension);
    const HeldDoubles held_means(means_before);
    options.start_means.assign(held_means.values().begin(), held_means.values().end());
    cluster::EmResult result;
    call.run([&] {
      const Data data(held.values(), dimension, held_weights.values(), k);
      result = cluster::em(data.points(), options, run_options(call, threads));
    });
    std::vector<double> history;
    for (const cluster::EmStep& step : result.history) history.push_back(step.log_likelihood);
    const Py_ssize_t rows = rows_of(result.mixture.means.size(), dimension);
    const Ref shares = double_array(std::move(result.mixture.weights));
    const Ref means = make_array(std::move(result.mixture.means), {rows, static_cast<Py_ssize_t>(dimension)}, 'd');
    const Ref covariances = double_array(std::move(result.mixture.covariances));
    const Ref steps = double_array(std::move(history));
    return owned(Py_BuildValue("(OOOdIiO)", shares.get(), means.get(), covariances.get(), result.log_likelihood,
                               result.iterations, result.converged ? 1 : 0, steps.get()));
  });
}

/// (progress, threads, points, d, weights or None, k max, references, box, rule, starts, seed)
/// -> (k, Array of rows (k, log W, expected log W, gap, error))
PyObject* gap(PyObject*, PyObject* arguments) {
  return guarded([&] {
    PyObject *progress, *values, *weights;
    unsigned threads = 0, dimension = 0, k_max = 0, references = 0, starts = 0;
    const char *box = nullptr, *rule = nullptr;
    unsigned long long seed = 0;
    need_success(PyArg_ParseTuple(arguments, "OIOIOIIssIK", &progress, &threads, &values, &dimension, &weights, &k_max,
                                  &references, &box, &rule, &starts, &seed) != 0);
    BlockingCall call(progress);
    const HeldDoubles held(values);
    const HeldDoubles held_weights(weights);
    cluster::GapOptions options;
    options.k_max = k_max;
    options.references = references;
    options.starts = starts;
    options.seed = seed;
    const auto known_box = gap_box_from_name(box);
    const auto known_rule = gap_rule_from_name(rule);
    if (!known_box || !known_rule)
      throw Error(ErrorCode::invalid_option,
                  std::string(known_box ? "rule" : "box") + " \"" + (known_box ? rule : box) + "\" is unknown");
    options.box = *known_box;
    options.rule = *known_rule;
    cluster::GapResult result;
    call.run([&] {
      // Not merged: reference sets have as many points as the data.
      const cluster::Points points(held.values(), dimension, held_weights.values());
      result = cluster::gap(points, options, run_options(call, threads));
    });
    std::vector<double> rows;
    for (const cluster::GapRow& row : result.rows)
      rows.insert(rows.end(), {static_cast<double>(row.k), row.log_w, row.expected_log_w, row.gap, row.error});
    constexpr Py_ssize_t columns = 5;
    const Py_ssize_t count = rows_of(rows.size(), columns);
    const Ref table = make_array(std::move(rows), {count, columns}, 'd');
    return owned(Py_BuildValue("(IO)", result.k, table.get()));
  });
}

PyMethodDef functions[] = {{"kmeans", kmeans, METH_VARARGS, nullptr},
                           {"nearest", nearest, METH_VARARGS, nullptr},
                           {"em", em, METH_VARARGS, nullptr},
                           {"gap", gap, METH_VARARGS, nullptr},
                           {nullptr, nullptr, 0, nullptr}};

}  // namespace

PyMethodDef* cluster_functions() noexcept { return functions; }

}  // namespace vqi::python
