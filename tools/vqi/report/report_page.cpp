// Writes the data of a report as JSON into the page.
#include "report_page.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base64.hpp"
#include "command_line.hpp"
#include "plain_text.hpp"
#include "report_template.hpp"
#include "valid_utf8.hpp"

namespace vqi::tool {
namespace {

using Json = nlohmann::ordered_json;

/// A name that a page can show: valid UTF-8 on one line.
std::string shown(const std::string& text) { return one_line(valid_utf8(text)); }

template <typename Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json image_json(const ReportImage& image) {
  constexpr std::array<const char*, 5> kinds{"", "grey", "grey and alpha", "RGB", "RGBA"};
  Json object;
  object["name"] = shown(image.name);
  object["width"] = image.width_px;
  object["height"] = image.height_px;
  object["channels"] = image.channels;
  object["kind"] = kinds.at(image.channels);
  object["bit_depth"] = image.bit_depth;
  object["window"] = {{"x", image.window.x_px},
                      {"y", image.window.y_px},
                      {"width", image.window.width_px},
                      {"height", image.window.height_px}};
  object["picture"] = image.picture.empty() ? Json(nullptr) : Json(base64(image.picture));
  return object;
}

Json codebook_json(const CodebookTiles& tiles) {
  Json object;
  object["sheet"] = base64(tiles.sheet);
  object["columns"] = tiles.columns;
  object["tile"] = {tiles.tile_width_px, tiles.tile_height_px};
  object["codewords"] = tiles.codeword_count;
  object["vectors"] = tiles.vector_count;
  object["counts"] = tiles.counts;
  return object;
}

Json row_json(const ReportRow& row) {
  Json object;
  object["image"] = row.image;
  object["curve"] = row.curve;
  object["k"] = row.k;
  object["block"] = {row.block_width_px, row.block_height_px};
  object["method"] = row.method;
  object["coding"] = row.coding;
  object["file_bytes"] = row.file_bytes;
  object["ratio"] = row.ratio;
  object["bpp"] = row.bpp;
  object["psnr_db"] = or_null(row.distortion.psnr_db);
  object["ssim"] = or_null(row.distortion.ssim);
  object["max_error"] = row.distortion.max_error;
  object["on_hull"] = row.on_hull;
  object["knee"] = row.knee;
  object["command"] = row.command;
  object["picture"] = row.picture ? Json(base64(row.picture->decoded)) : Json(nullptr);
  object["codebook"] = row.picture ? codebook_json(row.picture->codebook) : Json(nullptr);
  return object;
}

/// JSON that is safe inside a script element: without "<" it can hold neither the element's end nor a comment's start.
std::string script_safe(const std::string& json) {
  std::string text;
  text.reserve(json.size());
  for (const char letter : json) {
    if (letter == '<')
      text += "\\u003c";
    else
      text += letter;
  }
  return text;
}

}  // namespace

std::string report_page(const Report& report) {
  Json data;
  data["program"] = version_text();
  data["images"] = Json::array();
  data["curves"] = Json::array();
  data["rows"] = Json::array();
  for (const ReportImage& image : report.images) data["images"].push_back(image_json(image));
  for (const std::string& curve : report.curves) data["curves"].push_back(shown(curve));
  for (const ReportRow& row : report.rows) data["rows"].push_back(row_json(row));
  std::string page(report_head);
  page += script_safe(data.dump(-1, ' ', false, Json::error_handler_t::replace));
  page += report_tail;
  return page;
}

std::uint64_t picture_pixels(std::size_t row_count) {
  constexpr std::uint64_t most = std::uint64_t{1} << 20;    // pixels per picture
  constexpr std::uint64_t fewest = std::uint64_t{1} << 16;  // pixels per picture
  // Pixels of all pictures together. A palette PNG takes at most about a byte per pixel, so pictures fit PictureBudget.
  constexpr std::uint64_t all = std::uint64_t{16} << 20;
  return std::clamp(all / std::max<std::size_t>(row_count, 1), fewest, most);
}

std::size_t RowPicture::size_bytes() const noexcept {
  constexpr std::size_t count_bytes = 6;  // a typical number and its comma, which base64 does not enlarge
  return decoded.size() + codebook.sheet.size() + codebook.counts.size() * count_bytes;
}

bool PictureBudget::take(std::size_t size_bytes) noexcept {
  const bool fits = size_bytes <= left_bytes_;
  left_bytes_ = fits ? left_bytes_ - size_bytes : 0;
  return fits;
}

}  // namespace vqi::tool
