// The report of a sweep: one HTML file that holds its data, pictures, style and scripts.
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

/// An image of the sweep.
struct ReportImage {
  std::string name;  ///< as on the command line; may hold any bytes
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t channels = 0;
  std::uint32_t bit_depth = 0;
  PictureWindow window;            ///< the part that is shown
  std::vector<std::byte> picture;  ///< a PNG of that part; empty if there is no room for it
};

/// The pictures of one row.
struct RowPicture {
  std::vector<std::byte> decoded;  ///< a PNG of the window of the decoded image
  CodebookTiles codebook;
  /// About how many bytes this adds to a page, before base64.
  [[nodiscard]] std::size_t size_bytes() const noexcept;
};

/// One row of the sweep with its figures and pictures.
struct ReportRow {
  std::size_t image = 0;  ///< index into Report::images
  std::size_t curve = 0;  ///< index into Report::curves
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
  std::string command;  ///< command line that makes the row's file
  /// None if the page has no room for it.
  std::optional<RowPicture> picture;
};

struct Report {
  std::vector<ReportImage> images;
  std::vector<std::string> curves;  ///< labels
  std::vector<ReportRow> rows;      ///< at least one
};

/// The whole HTML file in UTF-8. It needs no network, and forbids the browser to use one.
[[nodiscard]] std::string report_page(const Report& report);

/// Most pixels of each picture in a page with `row_count` rows, 2^16..2^20.
[[nodiscard]] std::uint64_t picture_pixels(std::size_t row_count);

/// Limits the bytes that pictures add to a page.
class PictureBudget {
 public:
  /// True if the page still has room for `size_bytes`. Once it has not, later pictures have no room either.
  [[nodiscard]] bool take(std::size_t size_bytes) noexcept;

 private:
  std::size_t left_bytes_ = 18'000'000;  // 24 MB in base64, which a browser opens without delay
};

}  // namespace vqi::tool
