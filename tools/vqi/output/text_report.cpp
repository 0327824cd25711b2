// Formats each line of a report as a label and a text.
#include "text_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "gap_table.hpp"
#include "plain_text.hpp"
#include "read_input.hpp"
#include "vqi/names.hpp"

namespace vqi::tool {
namespace {

constexpr std::size_t label_width = 12;  // characters

/// One line: a label in the first column, then the text.
std::string row(std::string_view label, const std::string& text) {
  return "  " + left_aligned(label, label_width) + text + "\n";
}

std::string title(const std::string& input, const std::string& output) {
  return input_text(input) + " -> " + (output == standard_stream ? "standard output" : one_line(output)) + "\n";
}

std::string size_text(std::uint64_t raw_bytes, std::uint64_t file_bytes, double ratio, double bpp) {
  return grouped(raw_bytes) + " -> " + grouped(file_bytes) + " bytes, ratio " + fixed(ratio, 2) + ", " + fixed(bpp, 3) +
         " bits per pixel";
}

/// "-1.2 %": how much larger `bytes` are than `own_bytes`, which are not 0.
std::string change_text(std::uint64_t own_bytes, std::uint64_t bytes) {
  const double change = 100 * (static_cast<double>(bytes) / static_cast<double>(own_bytes) - 1);
  return (change > 0 ? "+" : "") + fixed(change, 1) + " %";
}

/// The size of the output beside that of the input's own file, where that is known.
std::string own_size_text(const std::optional<std::uint64_t>& own_bytes, const EncodeReport& report) {
  if (own_bytes.value_or(0) == 0) return size_text(report.raw_bytes, report.bytes.file, report.ratio, report.bpp);
  return grouped(*own_bytes) + " -> " + grouped(report.bytes.file) + " bytes, " +
         change_text(*own_bytes, report.bytes.file) + "; raw " + grouped(report.raw_bytes) + ", ratio " +
         fixed(report.ratio, 2) + ", " + fixed(report.bpp, 3) + " bits per pixel";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + one_line(text);
  return list;
}

/// `lossless` is what it is called where there is no PSNR.
std::string mse_text(double mse, const std::optional<double>& psnr_db, const std::string& lossless) {
  if (!psnr_db) return lossless + ", MSE 0";
  return "MSE " + fixed(mse, 3) + ", PSNR " + fixed(*psnr_db, 2) + " dB";
}

std::string distortion_text(const Distortion& distortion) {
  std::string text = mse_text(distortion.mse, distortion.psnr_db, lossless_text(distortion.mse_straight));
  if (distortion.max_error == 0) return text;
  if (distortion.psnr_db && distortion.ssim) text += ", SSIM " + fixed(*distortion.ssim, 4);
  const std::optional<double>& straight = distortion.mse_straight;
  if (straight && *straight != distortion.mse) text += ", straight MSE " + fixed(*straight, 3);
  return text + ", largest error " + std::to_string(distortion.max_error);
}

/// The distortion that a stream tells. With alpha it does not tell whether hidden colours were kept as well.
std::string stored_distortion_text(const StreamInfo& info) {
  const bool has_alpha = info.channels == 2 || info.channels == 4;
  return mse_text(info.mse, info.psnr_db, has_alpha ? "lossless as seen" : "lossless") +
         " (measured when it was compressed)";
}

// `Facts` is EncodeReport or StreamInfo.

template <typename Facts>
std::string image_text(const Facts& facts) {
  return kind_text(facts.width_px, facts.height_px, facts.channels, facts.bit_depth);
}

template <typename Facts>
std::string codewords_text(const Facts& facts) {
  std::string text = grouped(facts.k) + (facts.k == 1 ? " codeword" : " codewords");
  if (facts.block_width_px * facts.block_height_px == 1) return text + " of one pixel";
  return text + " of " + dimensions_text(facts.block_width_px, facts.block_height_px) + " pixels";
}

/// Four lines with aligned numbers.
std::string bytes_rows(const ByteCounts& bytes, std::string_view codebook) {
  const std::array<std::pair<std::string_view, std::uint64_t>, 4> parts{
      {{"indices", bytes.index}, {codebook, bytes.codebook}, {"metadata", bytes.metadata}, {"header", bytes.header}}};
  std::size_t width = 0;
  for (const auto& [name, count] : parts) width = std::max(width, grouped(count).size());
  std::string rows;
  for (const auto& [name, count] : parts) {
    const double percent =
        100.0 * static_cast<double>(count) / static_cast<double>(std::max<std::uint64_t>(1, bytes.file));
    rows += row(rows.empty() ? "bytes" : "", left_aligned(name, 10) + right_aligned(grouped(count), width) + " " +
                                                 right_aligned(fixed(percent, 1), 6) + " %");
  }
  return rows;
}

using NamedSeconds = std::pair<std::string_view, double>;

std::string seconds_text(std::initializer_list<NamedSeconds> stages, double total) {
  std::string text;
  for (const auto& [name, seconds] : stages)
    text += (text.empty() ? "" : ", ") + std::string(name) + " " + fixed(seconds, 2);
  return fixed(total, 2) + " (" + text + ")";
}

std::string history_rows(const std::vector<IterationStats>& history) {
  constexpr std::size_t width = 12;
  std::string rows = "\n  " + left_aligned("iteration", label_width) + right_aligned("MSE", width) +
                     right_aligned("moved", width) + right_aligned("repaired", width) + "\n";
  for (std::size_t step = 0; step < history.size(); ++step)
    rows += row(right_aligned(std::to_string(step + 1), 9),
                right_aligned(fixed(history[step].distortion, 4), width) +
                    right_aligned(grouped(history[step].changed_vectors), width) +
                    right_aligned(grouped(history[step].repaired_cells), width));
  return rows;
}

std::string mixture_text(const MixtureReport& mixture) {
  return std::string(covariance_name(mixture.covariance)) + " covariances, log likelihood " +
         fixed(mixture.log_likelihood, 1) + ", BIC " + fixed(mixture.bic, 1) + ", " + grouped(mixture.restarts) +
         (mixture.restarts == 1 ? " restart" : " restarts");
}

/// `samples` of a vector: distortions are summed over these.
std::string likelihood_rows(const MixtureReport& mixture, std::uint32_t samples) {
  constexpr std::size_t width = 18;
  std::string rows = "\n  " + left_aligned("EM step", label_width) + right_aligned("MSE", width) +
                     right_aligned("log likelihood", width) + right_aligned("restarted", width) + "\n";
  for (std::size_t step = 0; step < mixture.history.size(); ++step)
    rows += row(right_aligned(std::to_string(step + 1), 7),
                right_aligned(fixed(mixture.history[step].distortion / samples, 4), width) +
                    right_aligned(fixed(mixture.history[step].log_likelihood, 2), width) +
                    right_aligned(grouped(mixture.history[step].restarted), width));
  return rows;
}

std::string annealing_rows(const std::vector<cluster::AnnealStep>& annealing, std::uint32_t samples) {
  constexpr std::size_t width = 14;
  std::string rows = "\n  " + left_aligned("annealing", label_width) + right_aligned("eps", width) +
                     right_aligned("MSE", width) + right_aligned("EM steps", width) + "\n";
  for (std::size_t step = 0; step < annealing.size(); ++step)
    rows += row(right_aligned(std::to_string(step + 1), 9),
                right_aligned(fixed(annealing[step].eps, 4), width) +
                    right_aligned(fixed(annealing[step].distortion / samples, 4), width) +
                    right_aligned(grouped(annealing[step].steps), width));
  return rows;
}

std::uint32_t samples_of_vector(const StreamFigures& figures) {
  return figures.block_width_px * figures.block_height_px * figures.channels;
}

std::string section_rows(const std::vector<SectionInfo>& sections) {
  constexpr std::size_t width = 14;
  std::string rows = "\n  " + left_aligned("section", label_width) + right_aligned("offset", width) +
                     right_aligned("bytes", width) + "  checksum\n";
  for (const SectionInfo& section : sections)
    rows += row(one_line(section.type), right_aligned(grouped(section.offset), width) +
                                            right_aligned(grouped(section.bytes), width) +
                                            (section.crc_ok ? "  good" : "  BAD"));
  return rows;
}

std::string indices_text(Coding coding, const std::optional<Model>& model) {
  return std::string(coding_name(coding)) + (model ? " (" + std::string(model_name(*model)) + ")" : "");
}

/// The row about the decode filter, where there is one.
template <typename Facts>
std::string restore_row(const Facts& facts) {
  if (!facts.restore) return {};
  return row("restored", "by the decode filter at strength " + std::to_string(facts.restore->strength) + "/8, " +
                             fixed(facts.restore->gain_db, 2) + " dB better than codewords");
}

/// Which codebook a detached stream needs.
std::string detached_text(const StreamInfo& info) {
  return info.codebook_hash ? ", not in the file but in the codebook " + hash_text(*info.codebook_hash) : "";
}

/// The lines that decompress and info share.
std::string stream_rows(const StreamInfo& info, bool with_distortion) {
  return row("image", image_text(info)) +
         row("size", size_text(info.raw_bytes, info.bytes.file, info.ratio, info.bpp)) +
         row("codebook", codewords_text(info) + detached_text(info)) +
         (with_distortion ? row("distortion", stored_distortion_text(info)) + restore_row(info)
                          : row("not restored", "so the file does not tell the distortion"));
}

/// The lines about a damaged stream, as far as its header tells.
std::string damaged_rows(const StreamInfo& info) {
  return row("image", image_text(info)) + row("codebook", codewords_text(info)) +
         row("file", grouped(info.bytes.file) + " bytes, DAMAGED");
}

std::string training_text(const CompressResult& result) {
  const EncodeReport& report = result.report;
  if (report.algorithm == TrainingAlgorithm::given) return "none: the codewords are given";
  if (report.algorithm == TrainingAlgorithm::exact) return "none needed: every vector has its own codeword";
  if (report.algorithm == TrainingAlgorithm::dynamic_program)
    return "dynamic program: the least distortion that is possible";
  std::string before;
  if (report.algorithm == TrainingAlgorithm::dynamic_program_lloyd) before = "dynamic program on a coarser grid, ";
  if (report.algorithm == TrainingAlgorithm::em) before = "EM, ";
  if (report.algorithm == TrainingAlgorithm::anneal && !report.annealing.empty())
    before = "annealed over " + grouped(report.annealing.size()) + " temperatures, eps " +
             fixed(report.annealing.front().eps, 1) + " to " + fixed(report.annealing.back().eps, 3) + ", then ";
  const std::string limit =
      result.iterations_given ? "--max-iterations allows" : "effort " + std::to_string(report.effort) + " takes";
  return before + grouped(report.iterations) + (report.iterations == 1 ? " iteration, " : " iterations, ") +
         (report.converged ? "converged" : "as many as " + limit);
}

/// Why there are as many codewords as there are.
std::string choice_text(const EncodeReport& report, bool lossless) {
  if (lossless) return "one for each distinct vector";
  if (report.algorithm == TrainingAlgorithm::given)
    return "given, " + grouped(report.distinct_vectors) + " distinct vectors";
  const std::string chosen = report.gap ? "chosen by the gap statistic" : "to meet the target";
  return (report.k_requested ? grouped(*report.k_requested) + " asked for" : chosen) + ", " +
         grouped(report.distinct_vectors) + " distinct " + (report.distinct_vectors == 1 ? "vector" : "vectors");
}

std::string ecvq_text(const EncodeReport& report) {
  const std::string chosen = report.k_chosen ? ", K = " + grouped(*report.k_chosen) + " at the start" : "";
  return "ecvq, a bit is worth " + fixed(*report.lambda, 3) + " squared code values" + chosen;
}

/// Such as "3 to 8, 12".
std::string rows_text(const std::vector<RowRange>& ranges) {
  std::string text;
  for (const RowRange& range : ranges) {
    text += (text.empty() ? "" : ", ") + std::to_string(range.begin);
    if (range.end - range.begin > 1) text += " to " + std::to_string(range.end - 1);
  }
  return text;
}

}  // namespace

std::string oklab_text(double mse_oklab) {
  return "mean squared distance " + fixed(mse_oklab, 6) + ", its root " + fixed(std::sqrt(mse_oklab), 4);
}

std::string input_text(const std::string& name) { return name == standard_stream ? "standard input" : one_line(name); }

std::string kind_text(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels,
                      std::uint32_t bit_depth) {
  return dimensions_text(width_px, height_px) + " " + std::string(channels_name(channels)) + ", " +
         std::to_string(bit_depth) + " bits";
}

bool is_larger(const CompressResult& result) {
  return result.input_bytes.value_or(0) != 0 && result.report.bytes.file > *result.input_bytes;
}

namespace {

/// The report on an encoded image, whose colours are called `codebook`, of `codewords`.
std::string encoded_rows(const CompressResult& result, std::string_view codebook, const std::string& codewords,
                         bool verbose) {
  const EncodeReport& report = result.report;
  std::string text = title(result.input, result.output);
  if (result.skipped)
    text += row("skipped", "nothing is written: " + grouped(report.bytes.file) +
                               " bytes would be more than the input's " + grouped(result.input_bytes.value_or(0)));
  text += row("image", image_text(report));
  text += row("size", own_size_text(result.input_bytes, report));
  if (is_larger(result) && !result.skipped)
    text += row("larger", "than the input's own file; --skip-larger writes no such file");
  if (!result.dropped.empty()) text += row("not kept", joined(result.dropped));
  text += row(codebook, codewords + " (" + choice_text(report, result.lossless) + ")");
  if (report.gap && result.gap) text += row("gap", gap_summary(*report.gap, *result.gap));
  text += row("training", training_text(result));
  if (report.lambda) text += row("method", ecvq_text(report));
  if (report.mixture) text += row("mixture", mixture_text(*report.mixture));
  if (report.dither != Dither::none)
    text += row("dither", std::string(dither_name(report.dither)) + ", strength " + shortest(report.dither_strength));
  text += row("distortion", distortion_text(report.distortion));
  text += restore_row(report);
  if (report.distortion.mse_blurred)
    text += row("blurred", "MSE " + fixed(*report.distortion.mse_blurred, 3) + " after a blur of sigma 1.5");
  if (report.distortion.mse_oklab) text += row("oklab", oklab_text(*report.distortion.mse_oklab));
  if (result.verified) text += row("verified", "decoded again, and every sample is as it was encoded");
  text += bytes_rows(report.bytes, codebook);
  text += row("seconds", seconds_text({{"read", result.read_seconds},
                                       {"train", report.seconds.train},
                                       {"assign", report.seconds.assign},
                                       {"encode", report.seconds.encode},
                                       {"measure", report.seconds.measure},
                                       {"write", result.write_seconds}},
                                      result.total_seconds));
  if (verbose) text += row("threads", std::to_string(report.threads));
  if (verbose && report.gap) text += "\n" + gap_rows(*report.gap);
  if (verbose && report.mixture) text += likelihood_rows(*report.mixture, samples_of_vector(report));
  if (verbose && !report.annealing.empty()) text += annealing_rows(report.annealing, samples_of_vector(report));
  if (verbose && !report.history.empty()) text += history_rows(report.history);
  return text;
}

}  // namespace

std::string text_report(const CompressResult& result, bool verbose) {
  return encoded_rows(result, "codebook", codewords_text(result.report), verbose);
}

std::string text_report(const QuantizeResult& result, bool verbose) {
  const std::uint32_t k = result.report.k;
  return encoded_rows(result, "palette", grouped(k) + (k == 1 ? " colour" : " colours"), verbose);
}

std::string text_report(const SkippedResult& result) {
  return title(result.input, result.existing) + row("skipped", "the output exists");
}

std::string salvaged_text(const DecompressResult& result) {
  const StreamDamage& damage = *result.damage;
  const std::string of_all = " of " + std::to_string(result.info.height_px);
  std::string text;
  if (!damage.unverified_rows.empty())
    text = "unverified are the pixel rows " + rows_text(damage.unverified_rows) + of_all + ", which may be wrong";
  if (!damage.lost_rows.empty())
    text += (text.empty() ? "" : "; ") + ("lost are the pixel rows " + rows_text(damage.lost_rows)) + of_all +
            ", which hold the codebook's mean";
  return text.empty() ? "all pixel rows were salvaged" : text;
}

std::string text_report(const DecompressResult& result, bool verbose) {
  std::string text = title(result.input, result.output);
  if (result.damage)
    text += damaged_rows(result.info) + row("salvaged", salvaged_text(result));
  else
    text += stream_rows(result.info, result.has_stored_distortion());
  if (result.form) text += row("written", one_line(result.form_text));
  if (result.thumbnail)
    text += row("written", "a thumbnail of " + std::to_string(result.thumbnail->width_px) + "x" +
                               std::to_string(result.thumbnail->height_px));
  if (const auto& region = result.region)
    text += row("written", "the region " + std::to_string(region->width_px) + "x" + std::to_string(region->height_px) +
                               " at " + std::to_string(region->x) + "," + std::to_string(region->y) + ", for which " +
                               grouped(result.reads.bytes) + " bytes were read");
  if (result.reference) text += row("reference", distortion_text(*result.reference) + " (measured now)");
  text += row(
      "seconds",
      seconds_text({{"read", result.read_seconds}, {"decode", result.decode_seconds}, {"write", result.write_seconds}},
                   result.total_seconds));
  if (verbose) text += row("threads", std::to_string(result.threads)) + section_rows(result.info.sections);
  return text;
}

std::string text_report(const InfoResult& result) {
  const StreamInfo& info = result.info;
  const std::string head =
      input_text(result.input) + "\n" +
      row("format", "vqi " + std::to_string(info.format_major) + "." + std::to_string(info.format_minor));
  if (info.damage) {  // sizes and shares would be wrong, as bytes are missing
    return head + damaged_rows(info) + section_rows(info.sections);
  }
  const std::string strips = grouped(info.strip_count) + (info.strip_count == 1 ? " strip" : " strips");
  return head + stream_rows(info, true) +
         row("indices", indices_text(info.coding, info.model) + ", " + fixed(info.index_bpp, 3) +
                            " bits per pixel, in " + strips) +
         bytes_rows(info.bytes, "codebook") + section_rows(info.sections);
}

std::string text_report(const CompareResult& result, bool verbose) {
  std::string text = input_text(result.other) + " against " + input_text(result.reference) + "\n";
  const auto kind_row = [](std::string_view label, const ImageKind& kind) {
    return row(label, kind_text(kind.width_px, kind.height_px, kind.channels, kind.bit_depth) + ", " + kind.format);
  };
  if (verbose) text += kind_row("reference", result.reference_kind) + kind_row("other", result.other_kind);
  if (result.identical()) return text + row("identical", "yes");
  const Distortion& distortion = result.distortion;
  text += row("identical", "no");
  if (result.hidden_colours_differ()) text += row("", "only colours under transparent pixels differ");
  text += row("MSE", fixed(distortion.mse, 4));
  if (distortion.mse_straight) text += row("straight", fixed(*distortion.mse_straight, 4));
  text += row("PSNR", distortion.psnr_db ? fixed(*distortion.psnr_db, 2) + " dB" : "lossless as seen");
  text += row("SSIM", distortion.ssim ? fixed(*distortion.ssim, 4) : "none: a side is under 11 pixels");
  text += row("max error", std::to_string(distortion.max_error));
  if (result.ciede2000)
    text += row("CIEDE2000",
                "mean " + fixed(result.ciede2000->mean, 3) + ", 95th percentile " + fixed(result.ciede2000->p95, 3));
  return text;
}

}  // namespace vqi::tool
