// Kernels of histories and of the logistic regression (FORMAT.md, "Histories" and "Sums").
//
// For sources that Highway compiles once per SIMD target. All is int32 arithmetic without overflow, so every target
// gives the same.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_HISTORY_KERNELS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_HISTORY_KERNELS_INL_HPP
#undef VQI_HISTORY_KERNELS_INL_HPP
#else
#define VQI_HISTORY_KERNELS_INL_HPP
#endif

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#include "context_hash.hpp"
#include "history_tables.hpp"
#include "logistic.hpp"
#include "logistic_regression.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Vectors of 16 or 8 lanes, which `Count` values fill.
template <std::size_t Count>
using IntLanes = hn::CappedTag<std::int32_t, Count % 16 == 0 ? 16 : 8>;

/// LogitTable::operator() of each lane.
template <class D>
HWY_INLINE hn::Vec<D> logits_of(D d, hn::Vec<D> probabilities, const LogitTable& table) {
  const auto middle = hn::Add(hn::ShiftRight<4>(probabilities), hn::Set(d, LogitTable::middle_at));
  const auto upper = hn::Add(probabilities, hn::Set(d, LogitTable::upper_at - LogitTable::upper_from));
  const auto above_low = hn::IfThenElse(hn::Lt(probabilities, hn::Set(d, LogitTable::upper_from)), middle, upper);
  const auto place = hn::IfThenElse(hn::Lt(probabilities, hn::Set(d, LogitTable::lower_end)), probabilities, above_low);
  return hn::GatherIndex(d, table.data(), place);
}

/// Hashes context numbers with the node that begins a group of levels.
template <std::size_t Contexts>
HWY_INLINE void hash_lanes(const std::uint32_t* HWY_RESTRICT numbers, std::uint32_t node,
                           std::uint32_t* HWY_RESTRICT hashes) {
  const hn::RebindToUnsigned<IntLanes<Contexts>> d;
  const auto added = hn::Set(d, node * lane_node_factor);
  const auto factor = hn::Set(d, lane_factor);
  for (std::size_t i = 0; i < Contexts; i += hn::Lanes(d))
    hn::StoreU(hn::Mul(hn::Add(hn::LoadU(d, numbers + i), added), factor), d, hashes + i);
}

/// Prefetches the cache lines of the histories of hashes.
template <std::size_t Contexts, unsigned PlaceBits>
HWY_INLINE void prefetch_histories(const HistoryTables<Contexts, PlaceBits>& tables,
                                   const std::uint32_t* HWY_RESTRICT hashes) {
  for (std::size_t i = 0; i < Contexts; ++i)
    hwy::Prefetch(tables.histories.get() + (i << PlaceBits) + (hashes[i] >> (32 - PlaceBits)));
}

/// Chooses the histories of hashes for the next bit, and writes the inputs that they give, the log odds of their
/// outcomes. `local` is the number of the node in its group, 1 .. 15.
template <std::size_t Contexts, unsigned PlaceBits>
HWY_INLINE void select_histories(HistoryTables<Contexts, PlaceBits>& tables, const std::uint32_t* HWY_RESTRICT hashes,
                                 std::uint32_t local, const LogitTable& logits, std::int32_t* HWY_RESTRICT inputs) {
  const IntLanes<Contexts> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  for (std::size_t i = 0; i < Contexts; i += hn::Lanes(d)) {
    const auto lane = hn::Iota(d, static_cast<std::int32_t>(i));
    const auto hash = hn::LoadU(du, hashes + i);
    const auto place = hn::Add(hn::BitCast(d, hn::Xor(hn::ShiftRight<32 - PlaceBits>(hash), hn::Set(du, local))),
                               hn::ShiftLeft<PlaceBits>(lane));
    const auto check = hn::And(hn::ShiftRight<5>(hash), hn::Set(du, 255));
    const auto found = hn::BitCast(du, hn::GatherIndex(d, tables.histories.get(), place));
    const auto fresh = hn::Or(check, hn::Set(du, tables.first_probability << 16));
    const auto word = hn::IfThenElse(hn::Eq(hn::And(found, hn::Set(du, 255)), check), found, fresh);
    const auto probability = hn::BitCast(d, hn::ShiftRight<16>(word));
    const auto seen = hn::BitCast(d, hn::And(hn::ShiftRight<8>(word), hn::Set(du, 255)));
    const auto facts = hn::BitCast(du, hn::GatherIndex(d, history::facts.data(), seen));

    const auto step = hn::Clamp(hn::Add(hn::ShiftRight<7>(logits_of(d, probability, logits)), hn::Set(d, 17)),
                                hn::Zero(d), hn::Set(d, 32));
    const auto in_class = hn::BitCast(d, hn::ShiftRight<16>(facts));
    const auto outcome_place =
        hn::Add(hn::Add(in_class, step), hn::Mul(lane, hn::Set(d, static_cast<std::int32_t>(history::outcome_count))));
    const auto outcome = hn::GatherIndex(d, tables.outcomes.get(), outcome_place);
    const auto logit = hn::IfThenZeroElse(hn::Eq(seen, hn::Zero(d)), logits_of(d, outcome, logits));

    hn::StoreU(logit, d, inputs + i);
    hn::StoreU(hn::BitCast(d, word), d, tables.words.data() + i);
    hn::StoreU(hn::BitCast(d, hn::And(facts, hn::Set(du, 65535))), d, tables.rates.data() + i);
    hn::StoreU(place, d, tables.places.data() + i);
    hn::StoreU(outcome, d, tables.outcome_values.data() + i);
    hn::StoreU(outcome_place, d, tables.outcome_places.data() + i);
  }
}

/// Lets the chosen histories and outcomes learn a bit.
template <std::size_t Contexts, unsigned PlaceBits>
HWY_INLINE void update_histories(HistoryTables<Contexts, PlaceBits>& tables, bool bit) {
  const IntLanes<Contexts> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const auto target = hn::Set(d, bit ? 65535 : 0);
  for (std::size_t i = 0; i < Contexts; i += hn::Lanes(d)) {
    const auto word = hn::LoadU(du, reinterpret_cast<const std::uint32_t*>(tables.words.data() + i));
    const auto probability = hn::BitCast(d, hn::ShiftRight<16>(word));
    const auto seen = hn::BitCast(d, hn::And(hn::ShiftRight<8>(word), hn::Set(du, 255)));
    const auto rate = hn::LoadU(d, tables.rates.data() + i);
    const auto moved = hn::Add(probability, hn::ShiftRight<15>(hn::Mul(hn::Sub(target, probability), rate)));
    const auto more = hn::Min(hn::Add(seen, hn::Set(d, 1)), hn::Set(d, static_cast<std::int32_t>(history::seen_max)));
    const auto learned = hn::Or(hn::Or(hn::ShiftLeft<16>(moved), hn::ShiftLeft<8>(more)),
                                hn::BitCast(d, hn::And(word, hn::Set(du, 255))));
    hn::StoreU(learned, d, tables.words.data() + i);
    const auto outcome = hn::LoadU(d, tables.outcome_values.data() + i);
    hn::StoreU(hn::Add(outcome, hn::ShiftRight<6>(hn::Sub(target, outcome))), d, tables.outcome_values.data() + i);
  }
  for (std::size_t i = 0; i < Contexts; ++i) {
    tables.histories[static_cast<std::size_t>(tables.places[i])] = tables.words[i];
    tables.outcomes[static_cast<std::size_t>(tables.outcome_places[i])] = tables.outcome_values[i];
  }
}

/// The log odds of the next bit: `base` plus the features' weights at the node.
HWY_INLINE std::int32_t predict_regression(LogisticRegression& regression, const std::uint32_t* HWY_RESTRICT numbers,
                                           std::uint32_t node, std::int32_t base) {
  constexpr std::size_t count = LogisticRegression::features;
  alignas(64) std::array<std::uint32_t, count> hashes;
  hash_lanes<count>(numbers, node, hashes.data());
  const IntLanes<count> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  auto sum = hn::Zero(d);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto place =
        hn::Add(hn::BitCast(d, hn::ShiftRight<32 - LogisticRegression::place_bits>(hn::LoadU(du, hashes.data() + i))),
                hn::ShiftLeft<LogisticRegression::place_bits>(hn::Iota(d, static_cast<std::int32_t>(i))));
    const auto value = hn::GatherIndex(d, regression.weights.get(), place);
    sum = hn::Add(sum, hn::ShiftRight<8>(value));
    hn::StoreU(place, d, regression.places.data() + i);
    hn::StoreU(value, d, regression.values.data() + i);
  }
  regression.logit = clamp_logit(base + hn::GetLane(hn::SumOfLanes(d, sum)));
  return regression.logit;
}

HWY_INLINE void update_regression(LogisticRegression& regression, bool bit) {
  const IntLanes<LogisticRegression::features> d;
  const auto limit = hn::Set(d, LogisticRegression::weight_limit);
  const auto least = hn::Set(d, -LogisticRegression::weight_limit);
  const auto error = hn::Set(d, (bit ? 65536 : 0) - squash(regression.logit));
  for (std::size_t i = 0; i < LogisticRegression::features; i += hn::Lanes(d)) {
    const auto moved = hn::ShiftRight<6>(hn::Mul(error, hn::LoadU(d, LogisticRegression::rates.data() + i)));
    const auto value = hn::Add(hn::LoadU(d, regression.values.data() + i), moved);
    hn::StoreU(hn::Clamp(value, least, limit), d, regression.values.data() + i);
  }
  for (std::size_t i = 0; i < LogisticRegression::features; ++i)
    regression.weights[static_cast<std::size_t>(regression.places[i])] = regression.values[i];
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
