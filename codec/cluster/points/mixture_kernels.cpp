// One source of the kernels, which Highway compiles once for each SIMD target.
//
// Each lane holds a point; a component's numbers are broadcast to all lanes. A tile has eight lanes whatever the SIMD
// width, each lane has its own sums, and no product is contracted with a sum to an FMA: so all targets give the same
// bits.
#include "mixture_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "mixture_kernels.cpp"
#include <hwy/foreach_target.h>
// After foreach_target: headers with functions that are compiled for each target.
#include <hwy/highway.h>

#include "portable_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::cluster::detail {
namespace HWY_NAMESPACE {
namespace {

using D = hn::CappedTag<double, tile_lanes>;
using V = hn::Vec<D>;

/// Initial value of the least cost; its negative is the initial value of the largest log density.
constexpr double above_all = 1.7e308;
/// A responsibility below e^-40 times the point's largest counts as 0: added to the largest it would be less than half
/// a unit in the last place.
constexpr double negligible_log = -40;

HWY_INLINE V load(const double* at) { return hn::LoadU(D{}, at); }
HWY_INLINE V broadcast(double value) { return hn::Set(D{}, value); }
HWY_INLINE void add_to(double* at, V value) { hn::StoreU(hn::Add(load(at), value), D{}, at); }

/// |F (x - mu)|^2 of one component for the points in one SIMD register. The next coordinate is tile_lanes numbers after
/// `x`. `differences` is scratch memory for a full F.
template <MatrixForm form>
HWY_INLINE V squared_length(const double* x, const double* mean, const double* factor, std::size_t dimension,
                            double* differences) {
  V sum = hn::Zero(D{});
  for (std::size_t i = 0; i < dimension; ++i) {
    const V difference = hn::Sub(load(x + i * tile_lanes), broadcast(mean[i]));
    if constexpr (form == MatrixForm::full) {
      hn::StoreU(difference, D{}, differences + i * tile_lanes);
      V product = hn::Zero(D{});
      for (std::size_t j = 0; j <= i; ++j)
        product = hn::Add(product, hn::Mul(load(differences + j * tile_lanes), broadcast(*factor++)));
      sum = hn::Add(sum, hn::Mul(product, product));
    } else {
      V square = hn::Mul(difference, difference);
      if constexpr (form == MatrixForm::diagonal) square = hn::Mul(square, broadcast(factor[i]));
      sum = hn::Add(sum, square);
    }
  }
  if constexpr (form == MatrixForm::spherical) sum = hn::Mul(sum, broadcast(*factor));
  return sum;
}

/// Memory for the points in one SIMD register.
struct Scratch {
  std::vector<double> logits;         ///< (k, lanes): ln of weight and density, then its exponential
  std::vector<double> differences;    ///< (d, lanes): x - mu
  std::vector<std::uint32_t> active;  ///< components that are not negligible for every point

  explicit Scratch(const DensityTable& table)
      : logits(table.size() * tile_lanes), differences(table.dimension * tile_lanes), active(table.size()) {}
};

/// Fills the logits. Returns the largest in each lane and, unless `argument` is null, the number of its component.
template <MatrixForm form>
HWY_INLINE V fill_logits(const DensityTable& table, const double* x, Scratch& scratch, V* argument) {
  const std::size_t dimension = table.dimension;
  const std::size_t numbers = matrix_numbers(form, dimension);
  V largest = broadcast(-above_all);
  V best = hn::Zero(D{});
  for (std::size_t k = 0; k < table.size(); ++k) {
    const V length = squared_length<form>(x, table.means.data() + k * dimension, table.factors.data() + k * numbers,
                                          dimension, scratch.differences.data());
    const V logit = hn::Sub(broadcast(table.constants[k]), hn::Mul(length, broadcast(0.5)));
    hn::StoreU(logit, D{}, scratch.logits.data() + k * tile_lanes);
    if (argument != nullptr) best = hn::IfThenElse(hn::Gt(logit, largest), broadcast(static_cast<double>(k)), best);
    largest = hn::Max(largest, logit);
  }
  if (argument != nullptr) *argument = best;
  return largest;
}

/// Replaces logits by e^(logit - largest) for the components that count in some lane, and lists these. Returns the
/// sums.
HWY_INLINE V sum_exponentials(const DensityTable& table, V largest, Scratch& scratch, std::size_t& active_count) {
  const V limit = broadcast(negligible_log);
  V sum = hn::Zero(D{});
  active_count = 0;
  for (std::size_t k = 0; k < table.size(); ++k) {
    double* const at = scratch.logits.data() + k * tile_lanes;
    const V below = hn::Sub(load(at), largest);
    const auto counts = hn::Gt(below, limit);
    if (hn::AllFalse(D{}, counts)) continue;
    const V value = hn::IfThenElseZero(counts, exp_of(D{}, hn::Max(below, limit)));
    hn::StoreU(value, D{}, at);
    sum = hn::Add(sum, value);
    scratch.active[active_count++] = static_cast<std::uint32_t>(k);
  }
  return sum;
}

/// Adds the points of one register to the sums of a component; `r` is w times responsibility.
template <MatrixForm form>
HWY_INLINE void add_moments(const double* x, const double* mean, std::size_t dimension, V r, double* differences,
                            double* component, double* scatter) {
  add_to(component, r);
  V squares = hn::Zero(D{});
  for (std::size_t i = 0; i < dimension; ++i) {
    const V difference = hn::Sub(load(x + i * tile_lanes), broadcast(mean[i]));
    const V share = hn::Mul(r, difference);
    add_to(component + (i + 1) * tile_lanes, share);
    if constexpr (form == MatrixForm::spherical) squares = hn::Add(squares, hn::Mul(share, difference));
    if constexpr (form == MatrixForm::diagonal) add_to(scatter + i * tile_lanes, hn::Mul(share, difference));
    if constexpr (form == MatrixForm::full) {
      hn::StoreU(difference, D{}, differences + i * tile_lanes);
      for (std::size_t j = 0; j <= i; ++j) {
        add_to(scatter, hn::Mul(share, load(differences + j * tile_lanes)));
        scatter += tile_lanes;
      }
    }
  }
  if constexpr (form == MatrixForm::spherical) add_to(scatter, squares);
}

template <MatrixForm form>
void accumulate_form(const DensityTable& table, const PointTiles& points, TileRange tiles, LaneSums& sums) {
  const std::size_t dimension = table.dimension;
  const std::size_t scatter_numbers = matrix_numbers(form, dimension) * tile_lanes;
  Scratch scratch(table);
  for (std::size_t t = tiles.begin; t < tiles.end; ++t)
    for (std::size_t lane = 0; lane < tile_lanes; lane += hn::Lanes(D{})) {
      const double* const x = points.tile(t) + lane;
      const V weight = load(points.tile_weights(t) + lane);
      std::size_t active_count = 0;
      const V largest = fill_logits<form>(table, x, scratch, nullptr);
      const V sum = sum_exponentials(table, largest, scratch, active_count);
      add_to(sums.log_likelihood.data() + lane, hn::Mul(weight, hn::Add(largest, log_of(D{}, sum))));
      const V scale = hn::Div(weight, sum);
      for (std::size_t a = 0; a < active_count; ++a) {
        const std::size_t k = scratch.active[a];
        const V r = hn::Mul(load(scratch.logits.data() + k * tile_lanes), scale);
        add_moments<form>(x, table.means.data() + k * dimension, dimension, r, scratch.differences.data(),
                          sums.components.data() + k * (1 + dimension) * tile_lanes + lane,
                          sums.scatter.data() + (sums.tied ? 0 : k * scatter_numbers) + lane);
      }
    }
}

/// Writes the components and values of the points in one register, from point `at` of the range on.
HWY_INLINE void store_best(V component, V value, std::size_t at, const BestComponents& best) {
  double numbers[tile_lanes];
  hn::StoreU(component, D{}, numbers);
  for (std::size_t lane = 0; lane < hn::Lanes(D{}); ++lane)
    best.components[at + lane] = static_cast<std::uint32_t>(numbers[lane]);
  hn::StoreU(value, D{}, best.values + at);
}

template <MatrixForm form>
void evaluate_form(const DensityTable& table, const PointTiles& points, TileRange tiles, const BestComponents& best) {
  Scratch scratch(table);
  for (std::size_t t = tiles.begin; t < tiles.end; ++t)
    for (std::size_t lane = 0; lane < tile_lanes; lane += hn::Lanes(D{})) {
      V component;
      std::size_t active_count = 0;
      const V largest = fill_logits<form>(table, points.tile(t) + lane, scratch, &component);
      const V sum = sum_exponentials(table, largest, scratch, active_count);
      store_best(component, hn::Add(largest, log_of(D{}, sum)), (t - tiles.begin) * tile_lanes + lane, best);
    }
}

void accumulate(const DensityTable& table, const PointTiles& points, TileRange tiles, LaneSums& sums) {
  if (table.form == MatrixForm::spherical) return accumulate_form<MatrixForm::spherical>(table, points, tiles, sums);
  if (table.form == MatrixForm::diagonal) return accumulate_form<MatrixForm::diagonal>(table, points, tiles, sums);
  accumulate_form<MatrixForm::full>(table, points, tiles, sums);
}

void evaluate(const DensityTable& table, const PointTiles& points, TileRange tiles, const BestComponents& best) {
  if (table.form == MatrixForm::spherical) return evaluate_form<MatrixForm::spherical>(table, points, tiles, best);
  if (table.form == MatrixForm::diagonal) return evaluate_form<MatrixForm::diagonal>(table, points, tiles, best);
  evaluate_form<MatrixForm::full>(table, points, tiles, best);
}

void assign(const DensityTable& table, const PointTiles& points, TileRange tiles, const BestComponents& best) {
  const std::size_t dimension = table.dimension;
  for (std::size_t t = tiles.begin; t < tiles.end; ++t)
    for (std::size_t lane = 0; lane < tile_lanes; lane += hn::Lanes(D{})) {
      const double* const x = points.tile(t) + lane;
      V least = broadcast(above_all);
      V component = hn::Zero(D{});
      V distance = hn::Zero(D{});
      for (std::size_t k = 0; k < table.size(); ++k) {
        const double* const mean = table.means.data() + k * dimension;
        V square = hn::Zero(D{});
        for (std::size_t i = 0; i < dimension; ++i) {
          const V difference = hn::Sub(load(x + i * tile_lanes), broadcast(mean[i]));
          square = hn::Add(square, hn::Mul(difference, difference));
        }
        const V cost = hn::Add(square, broadcast(table.constants[k]));
        const auto better = hn::Lt(cost, least);
        component = hn::IfThenElse(better, broadcast(static_cast<double>(k)), component);
        distance = hn::IfThenElse(better, square, distance);
        least = hn::Min(least, cost);
      }
      store_best(component, distance, (t - tiles.begin) * tile_lanes + lane, best);
    }
}

}  // namespace

// Highway's dispatch needs a function outside the unnamed namespace.
MixtureKernels mixture_kernels_of_target() { return {accumulate, evaluate, assign}; }

}  // namespace HWY_NAMESPACE
}  // namespace vqi::cluster::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::cluster::detail {

HWY_EXPORT(mixture_kernels_of_target);

MixtureKernels mixture_kernels() { return HWY_DYNAMIC_DISPATCH(mixture_kernels_of_target)(); }

}  // namespace vqi::cluster::detail
#endif
