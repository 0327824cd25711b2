// Aligns names by the characters that a terminal shows, and figures to the right of fixed columns.
#include "batch_line.hpp"

#include <algorithm>

#include "plain_text.hpp"
#include "text_report.hpp"

namespace vqi::tool {
namespace {

// Columns.
constexpr std::size_t most_name_width = 48;
constexpr std::size_t bytes_width = 11;
constexpr std::size_t percent_width = 9;
constexpr std::size_t psnr_width = 10;

/// Characters of UTF-8, of which each is taken to fill a column.
std::size_t columns_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

std::string name_cell(const std::string& name, const BatchLayout& layout) {
  const std::string shown = input_text(name);
  const std::size_t columns = columns_of(shown);
  return shown + std::string(columns < layout.name_width ? layout.name_width - columns : 0, ' ') + "  ";
}

/// `as_seen`: without a PSNR colours under transparent pixels may differ all the same.
std::string psnr_cell(const std::optional<double>& psnr_db, bool as_seen) {
  return right_aligned(psnr_db ? fixed(*psnr_db, 2) + " dB" : as_seen ? "as seen" : "lossless", psnr_width);
}

/// "  256 colours", "  1 block of 4x4".
std::string codewords_text(const StreamFigures& figures) {
  const std::string block = dimensions_text(figures.block_width_px, figures.block_height_px);
  const std::string end = figures.k == 1 ? "" : "s";
  const bool pixels = figures.block_width_px * figures.block_height_px == 1;
  return "  " + grouped(figures.k) + (pixels ? " colour" + end : " block" + end + " of " + block);
}

bool has_alpha(const StreamFigures& figures) { return figures.channels == 2 || figures.channels == 4; }

std::string bytes_cell(const std::optional<std::uint64_t>& bytes) {
  return right_aligned(bytes ? grouped(*bytes) : "-", bytes_width);
}

}  // namespace

BatchLayout::BatchLayout(const std::vector<std::string>& inputs, bool verbose)
    : one_line(inputs.size() > 1 && !verbose) {
  for (const std::string& name : inputs) name_width = std::max(name_width, columns_of(input_text(name)));
  name_width = std::min(name_width, most_name_width);
}

std::string batch_line(const CompressResult& result, const BatchLayout& layout) {
  const EncodeReport& report = result.report;
  const std::uint64_t own_bytes = result.input_bytes.value_or(0);
  const double percent =
      100 * static_cast<double>(report.bytes.file) / static_cast<double>(std::max<std::uint64_t>(1, own_bytes));
  std::string text = name_cell(result.input, layout) + bytes_cell(result.input_bytes) + " -> " +
                     right_aligned(grouped(report.bytes.file), bytes_width) +
                     right_aligned(own_bytes != 0 ? fixed(percent, 1) + " %" : "", percent_width) +
                     psnr_cell(report.distortion.psnr_db, report.distortion.mse_straight.value_or(0) > 0) +
                     codewords_text(report);
  if (result.skipped) {
    text += ", skipped as larger";
  } else if (is_larger(result)) {
    text += ", LARGER";
  }
  return text + "\n";
}

namespace {

/// The PSNR that the stream has, if it is that of what was written.
std::string distortion_cell(const DecompressResult& result) {
  if (!result.has_stored_distortion()) return right_aligned("plain", psnr_width);
  return psnr_cell(result.info.psnr_db, has_alpha(result.info));
}

}  // namespace

std::string batch_line(const DecompressResult& result, const BatchLayout& layout) {
  return name_cell(result.input, layout) + right_aligned(grouped(result.info.bytes.file), bytes_width) + " -> " +
         right_aligned(grouped(result.output_bytes), bytes_width) +
         (result.damage ? "  DAMAGED, salvaged" : distortion_cell(result) + codewords_text(result.info)) + "\n";
}

std::string batch_line(const InfoResult& result, const BatchLayout& layout) {
  const StreamInfo& info = result.info;
  std::string text = name_cell(result.input, layout) + right_aligned(grouped(info.bytes.file), bytes_width) + " bytes";
  if (info.damage) return text + "  DAMAGED\n";
  return text + psnr_cell(info.psnr_db, has_alpha(info)) + codewords_text(info) + ", " +
         kind_text(info.width_px, info.height_px, info.channels, info.bit_depth) + "\n";
}

std::string batch_line(const SkippedResult& result, const BatchLayout& layout) {
  return name_cell(result.input, layout) + "skipped, " + one_line(result.existing) + " exists\n";
}

}  // namespace vqi::tool
