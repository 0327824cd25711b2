// Builds JSON objects with nlohmann::json, in the order of the schema.
#include "vqi/report_json.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "vqi/names.hpp"

namespace vqi {
namespace {

using Json = nlohmann::ordered_json;

Json new_object(const char* command) {
  constexpr int schema = 1;
  Json object;
  object["schema"] = schema;
  object["command"] = command;
  return object;
}

/// Null for no value.
template <typename Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// On one line; what is not UTF-8 in names of sections is replaced.
std::string text_of(const Json& object) { return object.dump(-1, ' ', false, Json::error_handler_t::replace); }

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

/// Adds what the decode filter does, where there is one.
template <typename Facts>
void add_restore(Json& object, const Facts& facts) {
  if (facts.restore) object["restore"] = {{"strength", facts.restore->strength}, {"gain_db", facts.restore->gain_db}};
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

/// Adds the options of the gap statistic, then the gaps.
void add_gap(Json& object, const cluster::GapResult& result, const cluster::GapOptions& options) {
  object["gap_rule"] = gap_rule_name(options.rule);
  object["gap_box"] = gap_box_name(options.box);
  object["gap_references"] = options.references;
  object["gap_points"] = result.points;
  Json& rows = object["gap"] = Json::array();
  for (const cluster::GapRow& row : result.rows)
    rows.push_back({{"k", row.k},
                    {"log_w", row.log_w},
                    {"expected_log_w", row.expected_log_w},
                    {"gap", row.gap},
                    {"error", row.error}});
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

/// Adds all that an encode reports up to the distortion.
void add_encode(Json& object, const EncodeReport& report) {
  add_image(object, report);
  add_parts(object, report.bytes);
  object["ratio"] = report.ratio;
  object["bpp"] = report.bpp;
  object["index_bpp"] = report.index_bpp;
  add_codeword_counts(object, report);
  object["block"] = block_of(report);
  object["coding"] = coding_name(report.coding);
  object["model"] = model_of(report.model);
  add_method(object, report);
  if (report.method == Method::em) add_mixture(object, report.mixture);
  if (report.method == Method::anneal) add_annealing(object, report.annealing);
  add_distortion(object, report.distortion);
  add_restore(object, report);
}

void add_seconds(Json& object, const EncodeSeconds& stages) {
  object["seconds"] = {{"train", stages.train},
                       {"assign", stages.assign},
                       {"encode", stages.encode},
                       {"measure", stages.measure},
                       {"total", stages.train + stages.assign + stages.encode + stages.measure}};
}

/// Adds what comes last in every report of an encode.
void add_run(Json& object, const EncodeReport& report) {
  object["threads"] = report.threads;
  add_seconds(object, report.seconds);
  object["warnings"] = report.warnings;
}

/// Adds the distortion that a stream says it has; a damaged one says nothing of it.
void add_stored_distortion(Json& object, const StreamInfo& info) {
  object["mse"] = info.damage ? Json(nullptr) : Json(info.mse);
  object["psnr_db"] = info.damage ? Json(nullptr) : or_null(info.psnr_db);
  if (!info.damage) add_restore(object, info);
}

/// The report of a stream that was decoded.
Json decompress_object(const StreamInfo& info) {
  Json object = new_object("decompress");
  add_image(object, info);
  object["ratio"] = info.ratio;
  object["bpp"] = info.bpp;
  object["k"] = info.k;
  object["block"] = block_of(info);
  object["coding"] = coding_name(info.coding);
  add_stored_distortion(object, info);
  return object;
}

}  // namespace

std::string compress_json(const EncodeReport& report, const cluster::GapOptions* gap) {
  Json object = new_object("compress");
  add_encode(object, report);
  if (report.gap && gap != nullptr) add_gap(object, *report.gap, *gap);
  add_run(object, report);
  return text_of(object);
}

std::string quantize_json(const EncodeReport& report) {
  Json object = new_object("quantize");
  add_image(object, report);
  object["palette_bytes"] = report.bytes.codebook;
  object["index_bytes"] = report.bytes.index;
  object["metadata_bytes"] = report.bytes.metadata;
  object["ratio"] = report.ratio;
  object["bpp"] = report.bpp;
  add_codeword_counts(object, report);
  add_method(object, report);
  add_distortion(object, report.distortion);
  add_run(object, report);
  return text_of(object);
}

std::string decompress_json(const StreamInfo& info) { return text_of(decompress_object(info)); }

std::string decompress_json(const SourceReport& report) {
  Json object = decompress_object(report.stream);
  object["bytes_read"] = report.reads.bytes;
  object["reads"] = report.reads.calls;
  return text_of(object);
}

std::string info_json(const StreamInfo& info) {
  Json object = new_object("info");
  add_image(object, info);
  add_parts(object, info.bytes);
  object["ratio"] = info.ratio;
  object["bpp"] = info.bpp;
  object["index_bpp"] = info.index_bpp;
  object["k"] = info.k;
  object["block"] = block_of(info);
  object["coding"] = coding_name(info.coding);
  object["model"] = model_of(info.model);
  add_stored_distortion(object, info);
  if (info.codebook_hash) object["codebook_hash"] = hash_text(*info.codebook_hash);
  object["format_version"] = std::to_string(info.format_major) + "." + std::to_string(info.format_minor);
  Json& sections = object["sections"] = Json::array();
  for (const SectionInfo& section : info.sections)
    sections.push_back(
        {{"type", section.type}, {"offset", section.offset}, {"bytes", section.bytes}, {"crc_ok", section.crc_ok}});
  if (info.damage)
    object["error"] = {{"code", error_code_name(info.damage->error_code())},
                       {"message", info.damage->what()},
                       {"offset", or_null(info.damage->offset())}};
  return text_of(object);
}

std::string compare_json(const Distortion& distortion, const std::optional<ColourDifference>& ciede2000) {
  Json object = new_object("compare");
  add_distortion(object, distortion);
  object["ciede2000"] = nullptr;
  if (ciede2000) object["ciede2000"] = {{"mean", ciede2000->mean}, {"p95", ciede2000->p95}};
  object["identical"] = distortion.max_error == 0;
  object["hidden_colours_differ"] = distortion.max_error != 0 && distortion.mse == 0;
  return text_of(object);
}

std::string distortion_json(const Distortion& distortion) {
  Json object;
  add_distortion(object, distortion);
  return text_of(object);
}

std::string gap_json(const cluster::GapResult& result, const cluster::GapOptions& options) {
  Json object;
  add_gap(object, result, options);
  return text_of(object);
}

std::string train_json(const CodebookTraining& training) {
  const Codebook& codebook = training.codebook;
  Json object = new_object("train");
  object["k"] = codebook.size();
  object["k_requested"] = training.k_requested;
  object["block"] = Json::array({codebook.block_width_px, codebook.block_height_px});
  object["bit_depth"] = codebook.codewords.bit_depth();
  object["channels"] = codebook.codewords.channels();
  object["vectors"] = training.vectors;
  object["distinct_vectors"] = training.distinct_vectors;
  object["mse"] = training.mse;
  if (training.mse_oklab) object["mse_oklab"] = *training.mse_oklab;
  object["iterations"] = training.iterations;
  object["converged"] = training.converged;
  object["variance"] = or_null(training.variance);
  object["sample"] = training.sample_size;
  object["sampled"] = training.sampled;
  object["seconds"] = {{"train", training.train_seconds}, {"total", training.train_seconds}};
  return text_of(object);
}

std::string sweep_json(std::span<const SweepRow> rows) {
  Json object = new_object("sweep");
  Json& entries = object["rows"] = Json::array();
  for (const SweepRow& row : rows) {
    Json entry;
    entry["command"] = "compress";
    add_encode(entry, row.report);
    add_seconds(entry, row.report.seconds);
    entry["warnings"] = row.report.warnings;
    entry["on_hull"] = row.on_hull;
    entry["knee"] = row.knee;
    entries.push_back(std::move(entry));
  }
  return text_of(object);
}

}  // namespace vqi
