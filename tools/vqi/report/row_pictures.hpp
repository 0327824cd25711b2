// What a report shows of one image and its rows, collected while a sweep makes them.
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
  /// Takes a picture of `image`, of no more than `max_pixels`, for `row_count` rows to come.
  RowPictures(const std::string& name, const ImageView& image, std::size_t row_count, std::uint64_t max_pixels);

  /// Takes the pictures of a row from its stream: what a sweep calls for each row.
  void add(std::size_t number, const SweepRow& row, std::span<const std::byte> bytes);

  [[nodiscard]] const ReportImage& image() const noexcept { return image_; }
  /// Of a row that `add` was called for.
  [[nodiscard]] const RowPicture& row(std::size_t number) const { return rows_.at(number); }

 private:
  ReportImage image_;
  std::vector<RowPicture> rows_;
};

}  // namespace vqi::tool
