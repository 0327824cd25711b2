// Adds to the reports of the library what only the tool knows, in the order of the schema.
#include "json_report.hpp"

#include "json_parts.hpp"
#include "vqi/names.hpp"
#include "vqi/report_json.hpp"

namespace vqi::tool {
namespace {

using Json = nlohmann::ordered_json;

template <typename Facts>
Json block_of(const Facts& facts) {
  return Json::array({facts.block_width_px, facts.block_height_px});
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
  add_report(object, compress_json(report, result.gap ? &*result.gap : nullptr));
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
  add_report(object, quantize_json(report));
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
  if (result.thumbnail) object["thumbnail"] = {result.thumbnail->width_px, result.thumbnail->height_px};
  if (const auto& region = result.region)
    object["region"] = {region->x, region->y, region->width_px, region->height_px};
  add_report(object, result.region ? decompress_json(SourceReport{info, result.reads}) : decompress_json(info));
  if (!result.has_stored_distortion()) object["mse"] = object["psnr_db"] = object["restore"] = nullptr;
  if (result.salvage) object["salvaged"] = nullptr;
  if (result.damage) object["salvaged"] = salvaged_object(*result.damage, result.input);
  object["reference"] = nullptr;
  if (result.reference) add_report(object["reference"] = Json::object(), distortion_json(*result.reference));
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
  add_report(object, info_json(info));
  object.erase("error");  // below, with the input's name
  object["warnings"] = texts(result.warnings);
  if (info.damage)
    object["error"] = error_object(error_code_name(info.damage->error_code()), info.damage->what(), result.input,
                                   info.damage->offset());
  return json_text(object);
}

std::string json_line(const CompareResult& result) {
  Json object = new_object("compare");
  add_report(object, compare_json(result.distortion, result.ciede2000));
  object["warnings"] = texts(result.warnings);
  return json_text(object);
}

Json sweep_row_object(const SweptImage& image, const SweepRow& row) {
  Json object;
  object["command"] = "compress";
  add_name(object, "input", image.input);
  add_report(object, compress_json(row.report));
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
  add_report(entry, gap_json(gap.result, gap.options));
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
