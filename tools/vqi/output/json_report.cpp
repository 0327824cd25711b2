// Builds JSON objects with nlohmann::json, in the order of the schema.
#include "json_report.hpp"

#include "json_parts.hpp"
#include "vqi/names.hpp"

namespace vqi::tool {
namespace {

using Json = nlohmann::ordered_json;

/// Adds the keys that EncodeReport and StreamInfo share, in the schema's order.
template <typename Facts>
void add_image(Json& object, const Facts& facts) {
  object["width"] = facts.width_px;
  object["height"] = facts.height_px;
  object["channels"] = facts.channels;
  object["bit_depth"] = facts.bit_depth;
  object["raw_bytes"] = facts.raw_bytes;
  object["file_bytes"] = facts.bytes.file;
}

void add_parts(Json& object, const ByteCounts& bytes) {
  object["header_bytes"] = bytes.header;
  object["codebook_bytes"] = bytes.codebook;
  object["index_bytes"] = bytes.index;
  object["metadata_bytes"] = bytes.metadata;
}

template <typename Facts>
Json block_of(const Facts& facts) {
  return Json::array({facts.block_width_px, facts.block_height_px});
}

/// The name of the context model; null for packed indices, which have none.
Json model_of(const std::optional<Model>& model) { return model ? Json(model_name(*model)) : Json(nullptr); }

void add_distortion(Json& object, const Distortion& distortion) {
  object["mse"] = distortion.mse;
  object["mse_straight"] = or_null(distortion.mse_straight);
  if (distortion.mse_blurred) object["mse_blurred"] = *distortion.mse_blurred;
  if (distortion.mse_oklab) object["mse_oklab"] = *distortion.mse_oklab;
  object["psnr_db"] = or_null(distortion.psnr_db);
  object["ssim"] = or_null(distortion.ssim);
  object["max_error"] = distortion.max_error;
}

/// All keys are null if the image is lossless, because no mixture was learned.
void add_mixture(Json& object, const std::optional<MixtureReport>& mixture) {
  object["covariance"] = mixture ? Json(covariance_name(mixture->covariance)) : Json(nullptr);
  object["log_likelihood"] = mixture ? Json(mixture->log_likelihood) : Json(nullptr);
  object["bic"] = mixture ? Json(mixture->bic) : Json(nullptr);
  object["restarts"] = mixture ? Json(mixture->restarts) : Json(nullptr);
}

void add_annealing(Json& object, const std::vector<cluster::AnnealStep>& annealing) {
  Json& steps = object["annealing"] = Json::array();
  for (const cluster::AnnealStep& step : annealing)
    steps.push_back({{"eps", step.eps}, {"distortion", step.distortion}, {"steps", step.steps}});
}

Json gap_array(const std::vector<cluster::GapRow>& rows) {
  Json array = Json::array();
  for (const cluster::GapRow& row : rows)
    array.push_back({{"k", row.k},
                     {"log_w", row.log_w},
                     {"expected_log_w", row.expected_log_w},
                     {"gap", row.gap},
                     {"error", row.error}});
  return array;
}

/// Adds the options of the gap statistic, then the gaps.
void add_gap(Json& object, const cluster::GapResult& result, const cluster::GapOptions& options) {
  object["gap_rule"] = gap_rule_name(options.rule);
  object["gap_box"] = gap_box_name(options.box);
  object["gap_references"] = options.references;
  object["gap_points"] = result.points;
  object["gap"] = gap_array(result.rows);
}

/// The steps on all vectors: of Lloyd's, or of EM.
Json iterations_of(const EncodeReport& report) {
  Json steps = Json::array();
  const std::uint32_t samples = report.block_width_px * report.block_height_px * report.channels;
  if (report.mixture)
    for (const cluster::EmStep& step : report.mixture->history)
      steps.push_back({{"mse", step.distortion / samples}, {"log_likelihood", step.log_likelihood}});
  else
    for (const IterationStats& step : report.history)
      steps.push_back({{"mse", step.distortion}, {"changed_vectors", step.changed_vectors}});
  return steps;
}

void add_codeword_counts(Json& object, const EncodeReport& report) {
  object["k"] = report.k;
  object["k_requested"] = or_null(report.k_requested);
  if (report.k_chosen) object["k_chosen"] = *report.k_chosen;
  object["distinct_vectors"] = report.distinct_vectors;
  object["trained_vectors"] = report.trained_vectors;
}

void add_method(Json& object, const EncodeReport& report) {
  object["method"] = method_name(report.method);
  object["space"] = space_name(report.space);
  if (report.lambda) object["lambda"] = *report.lambda;
  object["dither"] = dither_name(report.dither);
  if (report.dither != Dither::none) object["dither_strength"] = report.dither_strength;
  object["seeding"] = seeding_name(report.seeding);
  object["seed"] = report.seed;
  object["effort"] = report.effort;
  object["training"] = algorithm_name(report.algorithm);
  object["iterations"] = iterations_of(report);
  object["converged"] = report.converged;
}

void add_training(Json& object, const EncodeReport& report) {
  add_codeword_counts(object, report);
  object["block"] = block_of(report);
  object["coding"] = coding_name(report.coding);
  object["model"] = model_of(report.model);
  add_method(object, report);
  if (report.method == Method::em) add_mixture(object, report.mixture);
  if (report.method == Method::anneal) add_annealing(object, report.annealing);
}

/// Adds all that an encode reports except threads and seconds.
void add_encode(Json& object, const EncodeReport& report) {
  add_image(object, report);
  add_parts(object, report.bytes);
  object["ratio"] = report.ratio;
  object["bpp"] = report.bpp;
  object["index_bpp"] = report.index_bpp;
  add_training(object, report);
  add_distortion(object, report.distortion);
}

void add_seconds(Json& object, const EncodeSeconds& stages, double read, double write, double total) {
  Json& seconds = object["seconds"];
  seconds["read"] = read;
  seconds["train"] = stages.train;
  seconds["assign"] = stages.assign;
  seconds["encode"] = stages.encode;
  seconds["measure"] = stages.measure;
  seconds["write"] = write;
  seconds["total"] = total;
}

Json error_object(std::string_view code, const std::string& message, const std::optional<std::string>& input,
                  const std::optional<std::uint64_t>& offset) {
  Json object;
  object["code"] = code;
  object["message"] = message;
  object["input"] = nullptr;
  if (input) add_name(object, "input", *input);
  object["offset"] = or_null(offset);
  return object;
}

Json salvaged_object(const StreamDamage& damage, const std::string& input) {
  Json object;
  const auto add_rows = [&object](const char* name, const std::vector<RowRange>& ranges) {
    Json& rows = object[name] = Json::array();
    for (const RowRange& range : ranges) rows.push_back({{"first", range.begin}, {"last", range.end - 1}});
  };
  add_rows("unverified_rows", damage.unverified_rows);
  add_rows("lost_rows", damage.lost_rows);
  object["error"] =
      error_object(error_code_name(damage.fault.error_code()), damage.fault.what(), input, damage.fault.offset());
  return object;
}

void add_files(Json& object, const CompressResult& result) {
  add_name(object, "input", result.input);
  object["input_bytes"] = or_null(result.input_bytes);
  add_name(object, "output", result.output);
  if (result.skipped) object["output"] = nullptr;
}

}  // namespace

std::string json_line(const CompressResult& result) {
  const EncodeReport& report = result.report;
  Json object = new_object("compress");
  add_files(object, result);
  add_encode(object, report);
  if (report.gap && result.gap) add_gap(object, *report.gap, *result.gap);
  object["threads"] = report.threads;
  add_seconds(object, report.seconds, result.read_seconds, result.write_seconds, result.total_seconds);
  object["skipped"] = result.skipped;
  object["verified"] = result.verified;
  if (result.lost_pixels) object["lost_pixels"] = *result.lost_pixels;
  object["dropped"] = texts(result.dropped);
  object["warnings"] = texts(result.warnings);
  return json_text(object);
}

std::string json_line(const QuantizeResult& result) {
  const EncodeReport& report = result.report;
  Json object = new_object("quantize");
  add_files(object, result);
  add_image(object, report);
  object["palette_bytes"] = report.bytes.codebook;
  object["index_bytes"] = report.bytes.index;
  object["metadata_bytes"] = report.bytes.metadata;
  object["ratio"] = report.ratio;
  object["bpp"] = report.bpp;
  add_codeword_counts(object, report);
  add_method(object, report);
  add_distortion(object, report.distortion);
  object["threads"] = report.threads;
  add_seconds(object, report.seconds, result.read_seconds, result.write_seconds, result.total_seconds);
  object["skipped"] = result.skipped;
  object["dropped"] = texts(result.dropped);
  object["warnings"] = texts(result.warnings);
  return json_text(object);
}

std::string json_line(const SkippedResult& result) {
  Json object = new_object(result.command);
  add_name(object, "input", result.input);
  object["output"] = nullptr;
  object["skipped"] = true;
  add_name(object, "existing", result.existing);
  object["warnings"] = Json::array();
  return json_text(object);
}

std::string json_line(const DecompressResult& result) {
  const StreamInfo& info = result.info;
  Json object = new_object("decompress");
  add_name(object, "input", result.input);
  add_name(object, "output", result.output);
  if (result.form) object["form"] = index_form_name(*result.form);
  if (result.tile_sheet) add_name(object, "tile_sheet", *result.tile_sheet);
  add_image(object, info);
  object["ratio"] = info.ratio;
  object["bpp"] = info.bpp;
  object["k"] = info.k;
  object["block"] = block_of(info);
  object["coding"] = coding_name(info.coding);
  object["mse"] = info.damage ? Json(nullptr) : Json(info.mse);  // a damaged file says nothing of its distortion
  object["psnr_db"] = or_null(info.psnr_db);
  if (result.salvage) object["salvaged"] = nullptr;
  if (result.damage) object["salvaged"] = salvaged_object(*result.damage, result.input);
  object["reference"] = nullptr;
  if (result.reference) add_distortion(object["reference"] = Json::object(), *result.reference);
  object["threads"] = result.threads;
  object["seconds"] = {{"read", result.read_seconds},
                       {"decode", result.decode_seconds},
                       {"write", result.write_seconds},
                       {"total", result.total_seconds}};
  object["warnings"] = texts(result.warnings);
  return json_text(object);
}

std::string json_line(const InfoResult& result) {
  const StreamInfo& info = result.info;
  Json object = new_object("info");
  add_name(object, "input", result.input);
  add_image(object, info);
  add_parts(object, info.bytes);
  object["ratio"] = info.ratio;
  object["bpp"] = info.bpp;
  object["index_bpp"] = info.index_bpp;
  object["k"] = info.k;
  object["block"] = block_of(info);
  object["coding"] = coding_name(info.coding);
  object["model"] = model_of(info.model);
  object["mse"] = info.damage ? Json(nullptr) : Json(info.mse);  // a damaged file says nothing of its distortion
  object["psnr_db"] = or_null(info.psnr_db);
  if (info.codebook_hash) object["codebook_hash"] = hash_text(*info.codebook_hash);
  object["format_version"] = std::to_string(info.format_major) + "." + std::to_string(info.format_minor);
  Json& sections = object["sections"] = Json::array();
  for (const SectionInfo& section : info.sections)
    sections.push_back(
        {{"type", section.type}, {"offset", section.offset}, {"bytes", section.bytes}, {"crc_ok", section.crc_ok}});
  object["warnings"] = texts(result.warnings);
  if (info.damage)
    object["error"] = error_object(error_code_name(info.damage->error_code()), info.damage->what(), result.input,
                                   info.damage->offset());
  return json_text(object);
}

std::string json_line(const CompareResult& result) {
  Json object = new_object("compare");
  add_distortion(object, result.distortion);
  object["ciede2000"] = nullptr;
  if (result.ciede2000) object["ciede2000"] = {{"mean", result.ciede2000->mean}, {"p95", result.ciede2000->p95}};
  object["identical"] = result.identical();
  object["hidden_colours_differ"] = result.hidden_colours_differ();
  object["warnings"] = texts(result.warnings);
  return json_text(object);
}

Json sweep_row_object(const SweptImage& image, const SweepRow& row) {
  Json object;
  object["command"] = "compress";
  add_name(object, "input", image.input);
  add_encode(object, row.report);
  const EncodeSeconds& stages = row.report.seconds;
  add_seconds(object, stages, image.read_seconds, 0,
              image.read_seconds + stages.train + stages.assign + stages.encode + stages.measure);
  object["dropped"] = texts(image.dropped);
  std::vector<std::string> warnings = image.warnings;
  warnings.insert(warnings.end(), row.report.warnings.begin(), row.report.warnings.end());
  object["warnings"] = texts(warnings);
  object["on_hull"] = row.on_hull;
  object["knee"] = row.knee;
  return object;
}

std::string json_line(const SweepResult& result) {
  Json object = new_object("sweep");
  Json& rows = object["rows"] = Json::array();
  for (const SweptImage& image : result.images)
    for (const SweepRow& row : image.rows) rows.push_back(sweep_row_object(image, row));
  if (result.means.empty()) return json_text(object);
  Json& means = object["means"] = Json::array();
  for (const SweepMean& mean : result.means) {
    Json entry;
    entry["k_requested"] = k_of(mean.options);
    entry["block"] = block_of(mean.options);
    entry["coding"] = coding_name(mean.options.coding);
    entry["method"] = method_name(mean.options.method);
    if (mean.options.lambda) entry["lambda"] = *mean.options.lambda;
    if (mean.options.covariance) entry["covariance"] = covariance_name(*mean.options.covariance);
    entry["effort"] = mean.options.effort;
    entry["seeding"] = seeding_name(mean.options.seeding);
    entry["ratio"] = mean.ratio;
    entry["bpp"] = mean.bpp;
    entry["mse"] = mean.mse;
    entry["mse_straight"] = or_null(mean.mse_straight);
    entry["psnr_db"] = or_null(mean.psnr_db);
    entry["ssim"] = or_null(mean.ssim);
    entry["on_hull"] = mean.on_hull;
    entry["knee"] = mean.knee;
    means.push_back(std::move(entry));
  }
  return json_text(object);
}

Json gap_object(const GapOfImage& gap) {
  Json entry;
  add_name(entry, "input", gap.input);
  entry["block"] = Json::array({gap.block.width_px, gap.block.height_px});
  entry["seed"] = gap.seed;
  entry["k"] = gap.result.k;
  add_gap(entry, gap.result, gap.options);
  entry["warnings"] = texts(gap.warnings);
  return entry;
}

std::string json_line(const std::vector<GapOfImage>& gaps) {
  Json object = new_object("sweep");
  Json& entries = object["gaps"] = Json::array();
  for (const GapOfImage& gap : gaps) entries.push_back(gap_object(gap));
  return json_text(object);
}

std::string json_line(const Failure& failure) {
  Json object = new_object();
  object["error"] = error_object(error_code_name(failure.code), failure.message, failure.input, failure.offset);
  return json_text(object);
}

}  // namespace vqi::tool
