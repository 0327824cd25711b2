// Pads the cells of the sweep table to their columns.
#include "sweep_table.hpp"

#include <algorithm>

#include "enum_names.hpp"
#include "plain_text.hpp"
#include "read_input.hpp"
#include "text_report.hpp"

namespace vqi::tool {
namespace {

// Widths of columns, in characters.
constexpr std::size_t k_width = 7;
constexpr std::size_t name_width = 9;
constexpr std::size_t bytes_width = 14;
constexpr std::size_t number_width = 9;

std::string cell(const std::string& text, std::size_t width) { return right_aligned(text, width); }

std::string block_text(const EncodeOptions& options) {
  return std::to_string(options.block_width_px) + "x" + std::to_string(options.block_height_px);
}

/// `Figures` is Distortion or SweepMean. "as seen" stands for "lossless as seen", which is wider than the column.
template <typename Figures>
std::string psnr_text(const Figures& figures) {
  if (figures.psnr_db) return fixed(*figures.psnr_db, 2);
  if (figures.mse > 0) return "-";
  return figures.mse_straight.value_or(0) > 0 ? "as seen" : "lossless";
}

std::string ssim_text(const std::optional<double>& ssim) { return ssim ? fixed(*ssim, 4) : "-"; }

/// The last column and the newline, with no trailing space.
std::string marks(bool on_hull, bool knee) {
  if (knee) return "  hull, knee\n";
  return on_hull ? "  hull\n" : "\n";
}

}  // namespace

SweepTable::SweepTable(const std::vector<EncodeOptions>& rows, bool verbose) : first_(rows.front()), verbose_(verbose) {
  for (const EncodeOptions& row : rows) {
    several_blocks_ = several_blocks_ || block_text(row) != block_text(first_);
    several_codings_ = several_codings_ || row.coding != first_.coding;
    several_methods_ = several_methods_ || row.method != first_.method;
  }
}

std::string SweepTable::common() const {
  std::string text;
  if (!several_blocks_) text += ", blocks " + block_text(first_);
  if (!several_codings_) text += ", " + std::string(coding_name(first_.coding));
  if (!several_methods_ && first_.method != EncodeOptions{}.method)
    text += ", " + std::string(method_name(first_.method));
  return text + ", effort " + std::to_string(first_.effort) + "\n";
}

std::string SweepTable::title(const SweptImage& image) const {
  const std::string name = image.input == standard_stream ? "standard input" : one_line(image.input);
  const ImageKind& kind = image.kind;
  return name + ": " + kind_text(kind.width_px, kind.height_px, kind.channels, kind.bit_depth) + common();
}

std::string SweepTable::mean_title(std::size_t count) const {
  return "mean of " + std::to_string(count) + " images" + common();
}

std::string SweepTable::options_head() const {
  std::string text = cell("K", k_width);
  if (several_blocks_) text += cell("block", name_width);
  if (several_codings_) text += cell("coding", name_width);
  if (several_methods_) text += cell("method", name_width);
  return text;
}

std::string SweepTable::options_cells(const EncodeOptions& options) const {
  std::string text = cell(grouped(k_of(options)), k_width);
  if (several_blocks_) text += cell(block_text(options), name_width);
  if (several_codings_) text += cell(std::string(coding_name(options.coding)), name_width);
  if (several_methods_) text += cell(std::string(method_name(options.method)), name_width);
  return text;
}

std::string SweepTable::head() const {
  std::string text = options_head() + cell("bytes", bytes_width) + cell("ratio", number_width) +
                     cell("bpp", number_width) + cell("PSNR dB", number_width) + cell("SSIM", number_width);
  if (verbose_) text += cell("max err", number_width) + cell("seconds", number_width);
  return text + "\n";
}

std::string SweepTable::row(const SweepRow& row) const {
  const EncodeReport& report = row.report;
  const Distortion& distortion = report.distortion;
  std::string text = options_cells(row.options) + cell(grouped(report.bytes.file), bytes_width) +
                     cell(fixed(report.ratio, 2), number_width) + cell(fixed(report.bpp, 3), number_width) +
                     cell(psnr_text(distortion), number_width) + cell(ssim_text(distortion.ssim), number_width);
  if (verbose_) {
    const EncodeSeconds& seconds = report.seconds;
    text += cell(std::to_string(distortion.max_error), number_width) +
            cell(fixed(seconds.train + seconds.assign + seconds.encode + seconds.measure, 3), number_width);
  }
  return text + marks(row.on_hull, row.knee);
}

std::string SweepTable::mean_head() const {
  return options_head() + cell("ratio", number_width) + cell("bpp", number_width) + cell("PSNR dB", number_width) +
         cell("SSIM", number_width) + "\n";
}

std::string SweepTable::mean_row(const SweepMean& mean) const {
  return options_cells(mean.options) + cell(fixed(mean.ratio, 2), number_width) +
         cell(fixed(mean.bpp, 3), number_width) + cell(psnr_text(mean), number_width) +
         cell(ssim_text(mean.ssim), number_width) + marks(mean.on_hull, mean.knee);
}

}  // namespace vqi::tool
