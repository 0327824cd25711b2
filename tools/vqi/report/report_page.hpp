// The report of a sweep: one HTML file with its data, pictures, style and scripts inside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "codebook_tiles.hpp"
#include "picture_window.hpp"
#include "vqi/metrics.hpp"

namespace vqi::tool {

/// An image that was swept over.
struct ReportImage {
  std::string name;  ///< as on the command line, any bytes
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t channels = 0;
  std::uint32_t bit_depth = 0;
  PictureWindow window;            ///< what is shown of it
  std::vector<std::byte> picture;  ///< a PNG of that; none: empty
};

/// What a row looks like.
struct RowPicture {
  std::vector<std::byte> decoded;  ///< a PNG of the window of the decoded image
  CodebookTiles codebook;
  /// About what it adds to a page, before base64.
  [[nodiscard]] std::size_t size_bytes() const noexcept;
};

/// One row of the sweep with what there is to see of it.
struct ReportRow {
  std::size_t image = 0;  ///< of the report's images
  std::size_t curve = 0;  ///< of the report's curves
  std::uint32_t k = 0;
  std::uint32_t block_width_px = 1;
  std::uint32_t block_height_px = 1;
  std::string method;
  std::string coding;
  std::uint64_t file_bytes = 0;
  double ratio = 0;
  double bpp = 0;
  Distortion distortion;
  bool on_hull = false;
  bool knee = false;
  std::string command;  ///< that makes the row's file
  /// What there is to see; none where the page has no room for it.
  std::optional<RowPicture> picture;
};

struct Report {
  std::vector<ReportImage> images;
  std::vector<std::string> curves;  ///< labels
  std::vector<ReportRow> rows;      ///< at least one
};

/// The whole file, UTF-8. It needs no network and lets the browser use none.
[[nodiscard]] std::string report_page(const Report& report);

/// How many pixels of each picture a page with so many rows has room for: up to 2^20, at least 2^16.
[[nodiscard]] std::uint64_t picture_pixels(std::size_t row_count);

/// Counts what pictures add to a page.
class PictureBudget {
 public:
  /// True if the page has room for so many bytes still; once it has not, later ones have none either.
  [[nodiscard]] bool take(std::size_t size_bytes) noexcept;

 private:
  std::size_t left_bytes_ = 18'000'000;  // 24 MB in base64, which a browser opens at once
};

}  // namespace vqi::tool
