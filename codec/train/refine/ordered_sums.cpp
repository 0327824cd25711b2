// Keeps one candidate for each row of sums that was begun; a row begins when the first sum of the row before it leaves.
#include "ordered_sums.hpp"

#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace vqi::detail {

OrderedSums::OrderedSums(std::vector<double> first, std::vector<double> second)
    : first_(std::move(first)), second_(std::move(second)) {
  push(0, 0);
}

std::optional<OrderedSums::Places> OrderedSums::next() {
  if (queue_.empty()) return {};
  const Places places = queue_.top();
  queue_.pop();
  push(places.first, places.second + 1);
  if (places.second == 0) push(places.first + 1, 0);
  return places;
}

bool OrderedSums::IsLater::operator()(const Places& a, const Places& b) const noexcept {
  if (a.sum != b.sum) return a.sum < b.sum;
  return std::tie(a.first, a.second) > std::tie(b.first, b.second);
}

void OrderedSums::push(std::size_t first, std::size_t second) {
  if (first < first_.size() && second < second_.size()) queue_.push({first, second, first_[first] + second_[second]});
}

}  // namespace vqi::detail
