// RowPictures: collects the pictures of an image and its rows for a report, while a sweep encodes the rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "report_page.hpp"
#include "vqi/sweep.hpp"

namespace vqi::tool {

class RowPictures {
 public:
  /// Stores a picture of `image` with at most `max_pixels` pixels, and makes room for `row_count` rows.
  RowPictures(const std::string& name, const ImageView& image, std::size_t row_count, std::uint64_t max_pixels);

  /// Stores the pictures of row `number`, decoded from its stream `bytes`. For `on_row` of vqi::sweep.
  void add(std::size_t number, const SweepRow& row, std::span<const std::byte> bytes);

  [[nodiscard]] const ReportImage& image() const noexcept { return image_; }
  /// The pictures of a row that was added.
  [[nodiscard]] const RowPicture& row(std::size_t number) const { return rows_.at(number); }

 private:
  ReportImage image_;
  std::vector<RowPicture> rows_;
};

}  // namespace vqi::tool
