// Above the first row and left of each are zeros.
#include "filtered_bytes.hpp"

#include <algorithm>

#include "deflate_alphabet.hpp"

namespace vqi::detail {

void FilteredBytes::reset(std::span<const std::uint8_t> residuals, std::span<const std::uint8_t> packed,
                          std::span<const RowFilter> filters, std::size_t before, std::size_t stride) {
  before_ = before;
  size_ = residuals.size() - before;
  residuals_.assign(residuals.begin(), residuals.end());
  residuals_.resize(residuals.size() + longest_match);
  kinds_.clear();
  packed_.clear();
  if (std::all_of(filters.begin(), filters.end(), [](RowFilter filter) { return filter == RowFilter::none; })) return;
  above_ = stride + 1;
  packed_.assign(above_, 0);
  packed_.insert(packed_.end(), packed.begin(), packed.end());
  packed_.resize(above_ + packed.size() + longest_match);
  for (const RowFilter filter : filters) {
    const auto number = static_cast<std::uint8_t>(filter);
    kinds_.push_back(number == 0 ? number : static_cast<std::uint8_t>(filter_byte + number));
    kinds_.insert(kinds_.end(), stride - 1, number);
  }
}

std::vector<std::uint8_t> FilteredBytes::bytes() const {
  const std::uint8_t* const first = has_filters() ? packed_.data() + above_ + before_ : residuals_.data() + before_;
  return {first, first + size_};
}

}  // namespace vqi::detail
