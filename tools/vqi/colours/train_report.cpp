// Words and keys for each field.
#include "train_report.hpp"

#include "json_parts.hpp"
#include "plain_text.hpp"
#include "text_report.hpp"
#include "vqi/names.hpp"
#include "vqi/report_json.hpp"

namespace vqi::tool {
namespace {

constexpr std::size_t label_width = 12;

std::string row(const std::string& label, const std::string& value) {
  return "  " + left_aligned(label, label_width) + value + "\n";
}

}  // namespace

std::string json_line(const TrainResult& result) {
  nlohmann::ordered_json object = new_object("train");
  object["inputs"] = texts(result.inputs);
  add_name(object, "output", result.output);
  add_report(object, train_json(result.training));
  object["output_bytes"] = result.output_bytes;
  object["space"] = space_name(result.space);
  if (!result.costs.empty()) {
    nlohmann::ordered_json& images = object["images"] = nlohmann::ordered_json::array();
    for (const ImageCost& cost : result.costs) {
      nlohmann::ordered_json entry;
      add_name(entry, "input", cost.input);
      entry["mse"] = cost.mse;
      entry["psnr_db"] = or_null(cost.psnr_db);
      images.push_back(std::move(entry));
    }
  }
  object["threads"] = result.threads;
  object["seconds"] = {{"read", result.read_seconds},
                       {"train", result.training.train_seconds},
                       {"write", result.write_seconds},
                       {"total", result.total_seconds}};
  object["warnings"] = texts(result.warnings);
  return json_text(object);
}

std::string text_report(const TrainResult& result) {
  const CodebookTraining& training = result.training;
  const Codebook& codebook = training.codebook;
  std::string text =
      grouped(result.images) + (result.images == 1 ? " image -> " : " images -> ") + one_line(result.output) + "\n";
  text += row("codebook", grouped(codebook.size()) + " codewords of " + std::to_string(codebook.block_width_px) + "x" +
                              std::to_string(codebook.block_height_px) + " pixels, " +
                              std::string(channels_name(codebook.codewords.channels())) + ", " +
                              std::to_string(codebook.codewords.bit_depth()) + " bits");
  text += row("vectors", grouped(training.vectors) + ", " + grouped(training.distinct_vectors) + " distinct" +
                             (training.sampled ? " in a sample of " + grouped(training.sample_size) : ""));
  text +=
      row("distortion", "MSE " + fixed(training.mse, 3) + " over all images" + (training.sampled ? ", estimated" : "") +
                            (training.variance ? "; their variance is " + fixed(*training.variance, 3) : ""));
  if (training.mse_oklab) text += row("oklab", oklab_text(*training.mse_oklab));
  for (const ImageCost& cost : result.costs)
    text += row("", one_line(cost.input) + ": MSE " + fixed(cost.mse, 3) +
                        (cost.psnr_db ? ", PSNR " + fixed(*cost.psnr_db, 2) + " dB" : ", lossless"));
  text += row("size", grouped(result.output_bytes) + " bytes");
  return text +
         row("seconds", fixed(result.total_seconds, 2) + " (read " + fixed(result.read_seconds, 2) + ", train " +
                            fixed(training.train_seconds, 2) + ", write " + fixed(result.write_seconds, 2) + ")");
}

}  // namespace vqi::tool
