// SearchCosts: distances and prices in one unit, for the searches that weigh them.
#pragma once

#include <array>
#include <cstdint>

#include "deflate_steps.hpp"

namespace vqi::detail {

/// Costs are in 1/64 squared code value.
inline constexpr std::int32_t cost_unit = 64;

/// Prices times lambda.
struct SearchCosts {
  std::array<std::int32_t, literal_symbols> literals{};
  std::array<std::int32_t, longest_match + 1> lengths{};
  std::array<std::int32_t, distance_symbols> distances{};
  std::int32_t bit = 0;  ///< of one bit

  /// `lambda_64`: 1/64 squared code values for a bit, at most 2^22.
  SearchCosts(const SymbolPrices& prices, std::uint32_t lambda_64) : bit(static_cast<std::int32_t>(lambda_64)) {
    const auto cost = [&](std::uint16_t price) {
      return static_cast<std::int32_t>((std::uint64_t{price} * lambda_64) >> price_bits);
    };
    for (std::size_t i = 0; i < literals.size(); ++i) literals[i] = cost(prices.literals[i]);
    for (std::size_t i = shortest_match; i < lengths.size(); ++i) lengths[i] = cost(prices.lengths[i]);
    for (std::size_t i = 0; i < distances.size(); ++i) distances[i] = cost(prices.distances[i]);
  }
};

}  // namespace vqi::detail
