// The rules that choose K from the gaps and their standard errors.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "argument_checks.hpp"
#include "vqi/gap.hpp"

namespace vqi::cluster {
namespace {

/// The first row whose gap is at least that of the next row; the last row if the gaps rise to the end.
std::size_t first_maximum(std::span<const GapRow> rows) {
  std::size_t i = 0;
  while (i + 1 < rows.size() && rows[i + 1].gap > rows[i].gap) ++i;
  return i;
}

std::size_t global_maximum(std::span<const GapRow> rows) {
  return static_cast<std::size_t>(
      std::max_element(rows.begin(), rows.end(), [](const GapRow& a, const GapRow& b) { return a.gap < b.gap; }) -
      rows.begin());
}

/// The first row whose gap reaches that of row `maximum` less the error of row `maximum`.
std::size_t within_error(std::span<const GapRow> rows, std::size_t maximum) {
  std::size_t i = 0;
  while (i < maximum && rows[i].gap < rows[maximum].gap - rows[maximum].error) ++i;
  return i;
}

/// The first row whose gap reaches that of the next row less the next row's error; the last row if none does.
std::size_t one_standard_error(std::span<const GapRow> rows) {
  std::size_t i = 0;
  while (i + 1 < rows.size() && rows[i].gap < rows[i + 1].gap - rows[i + 1].error) ++i;
  return i;
}

std::size_t chosen_row(std::span<const GapRow> rows, GapRule rule) {
  switch (rule) {
    case GapRule::tibs2001_se_max:
      return one_standard_error(rows);
    case GapRule::first_se_max:
      return within_error(rows, first_maximum(rows));
    case GapRule::global_se_max:
      return within_error(rows, global_maximum(rows));
    case GapRule::first_max:
      return first_maximum(rows);
    case GapRule::global_max:
      return global_maximum(rows);
  }
  return 0;
}

}  // namespace

std::uint32_t choose_by_gap(std::span<const GapRow> rows, GapRule rule) {
  vqi::detail::check_enumerator(rule, GapRule::global_max, "rule");
  if (rows.empty()) throw Error(ErrorCode::invalid_option, "there is no row to choose K from");
  return rows[chosen_row(rows, rule)].k;
}

}  // namespace vqi::cluster
