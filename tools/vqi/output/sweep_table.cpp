// Pads the cells of the sweep table to their columns.
#include "sweep_table.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "plain_text.hpp"
#include "text_report.hpp"
#include "vqi/names.hpp"

namespace vqi::tool {
namespace {

// Widths of columns, in characters.
constexpr std::size_t k_width = 7;
constexpr std::size_t name_width = 9;
constexpr std::size_t bytes_width = 14;
constexpr std::size_t number_width = 9;

std::string cell(const std::string& text, std::size_t width) { return right_aligned(text, width); }

std::string block_text(const EncodeOptions& options) {
  return dimensions_text(options.block_width_px, options.block_height_px);
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

SweepTable::SweepTable(const std::vector<EncodeOptions>& rows, bool verbose)
    : first_(rows.front()), varying_(varying_options(rows)), columns_{{"K", k_width}}, verbose_(verbose) {
  constexpr std::size_t covariance_width = 16;
  if (varying_.block) columns_.push_back({"block", name_width});
  if (varying_.coding) columns_.push_back({"coding", name_width});
  if (varying_.method) columns_.push_back({"method", name_width});
  if (varying_.lambda) columns_.push_back({"lambda", name_width});
  if (varying_.covariance) columns_.push_back({"covariance", covariance_width});
  if (varying_.effort) columns_.push_back({"effort", name_width});
  if (varying_.seeding) columns_.push_back({"seeding", name_width + 1});
}

std::string SweepTable::common() const {
  std::string text;
  if (!varying_.block) text += ", blocks " + block_text(first_);
  if (!varying_.coding) text += ", " + std::string(coding_name(first_.coding));
  if (!varying_.method && first_.method != EncodeOptions{}.method)
    text += ", " + std::string(method_name(first_.method));
  if (!varying_.effort) text += ", effort " + std::to_string(first_.effort);
  return text + "\n";
}

std::string SweepTable::title(const SweptImage& image) const {
  const ImageKind& kind = image.kind;
  return input_text(image.input) + ": " + kind_text(kind.width_px, kind.height_px, kind.channels, kind.bit_depth) +
         common();
}

std::string SweepTable::mean_title(std::size_t count) const {
  return "mean of " + std::to_string(count) + (count == 1 ? " image" : " images") + common();
}

std::string SweepTable::options_head() const {
  std::string text;
  for (const Column& column : columns_) text += cell(column.head, column.width);
  return text;
}

std::vector<std::string> SweepTable::option_words(const EncodeOptions& options) const {
  std::vector<std::string> words{grouped(k_of(options))};
  if (varying_.block) words.push_back(block_text(options));
  if (varying_.coding) words.emplace_back(coding_name(options.coding));
  if (varying_.method) words.emplace_back(method_name(options.method));
  if (varying_.lambda) words.push_back(options.lambda ? shortest(*options.lambda) : "-");
  if (varying_.covariance) words.emplace_back(options.covariance ? covariance_name(*options.covariance) : "-");
  if (varying_.effort) words.push_back(std::to_string(options.effort));
  if (varying_.seeding) words.emplace_back(seeding_name(options.seeding));
  return words;
}

std::string SweepTable::options_cells(const EncodeOptions& options) const {
  const std::vector<std::string> words = option_words(options);
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += cell(words[i], columns_[i].width);
  return text;
}

std::string SweepTable::row_name(const EncodeOptions& options) const {
  std::string words;
  for (const std::string& word : option_words(options)) words += (words.empty() ? "" : " ") + word;
  return words;
}

std::vector<std::string> SweepTable::warnings(const std::vector<SweepRow>& rows) const {
  std::vector<std::pair<std::string, std::string>> found;  // a warning, and the names of its rows
  for (const SweepRow& row : rows)
    for (const std::string& warning : row.report.warnings) {
      const std::string name = row_name(row.options);
      const auto same =
          std::find_if(found.begin(), found.end(), [&](const auto& each) { return each.first == warning; });
      if (same == found.end())
        found.emplace_back(warning, name);
      else
        same->second += ", " + name;
    }
  std::vector<std::string> texts;
  for (const auto& [warning, names] : found) texts.push_back("row " + names + ": " + warning);
  return texts;
}

std::string SweepTable::marks_line(const std::vector<SweepRow>& rows) const {
  std::string hull;
  std::string knee;
  for (const SweepRow& row : rows) {
    if (!row.on_hull) continue;
    const std::string words = row_name(row.options);
    hull += (hull.empty() ? "" : ", ") + words;
    if (row.knee) knee = "; knee: " + words;
  }
  return hull.empty() ? "" : "   hull: " + hull + knee + "\n";
}

std::string SweepTable::head() const {
  std::string text = options_head() + cell("bytes", bytes_width) + cell("ratio", number_width) +
                     cell("bpp", number_width) + cell("PSNR dB", number_width) + cell("SSIM", number_width);
  if (first_.space == Space::oklab) text += cell("Oklab", number_width);
  if (verbose_) text += cell("max err", number_width) + cell("seconds", number_width);
  return text + "\n";
}

std::string SweepTable::row(const SweepRow& row) const {
  const EncodeReport& report = row.report;
  const Distortion& distortion = report.distortion;
  std::string text = options_cells(row.options) + cell(grouped(report.bytes.file), bytes_width) +
                     cell(fixed(report.ratio, 2), number_width) + cell(fixed(report.bpp, 3), number_width) +
                     cell(psnr_text(distortion), number_width) + cell(ssim_text(distortion.ssim), number_width);
  if (distortion.mse_oklab) text += cell(fixed(std::sqrt(*distortion.mse_oklab), 4), number_width);
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
