// OrderedSums: the sums of one number from each of two lists, largest first, as many as are asked for.
#pragma once

#include <cstddef>
#include <optional>
#include <queue>
#include <vector>

namespace vqi::detail {

/// For two lists in falling order. Each sum is found in O(log n) where n sums were found before, without computing the
/// others: a sum can only be next when the one before it in its row was.
class OrderedSums {
 public:
  /// Where the parts of a sum stand in their lists.
  struct Places {
    std::size_t first = 0;
    std::size_t second = 0;
    double sum = 0;
  };

  OrderedSums() = default;
  /// `first` and `second` are in falling order, without NaN; either may be empty.
  OrderedSums(std::vector<double> first, std::vector<double> second);

  /// The largest sum that was not returned yet, of equal ones that with the earliest places; none after the last.
  [[nodiscard]] std::optional<Places> next();

 private:
  struct IsLater {
    bool operator()(const Places& a, const Places& b) const noexcept;
  };

  void push(std::size_t first, std::size_t second);

  std::vector<double> first_;
  std::vector<double> second_;
  std::priority_queue<Places, std::vector<Places>, IsLater> queue_;
};

}  // namespace vqi::detail
