// Words and keys for what statistics hold.
#include "statistics_report.hpp"

#include "json_parts.hpp"
#include "plain_text.hpp"

namespace vqi::tool {

void describe(const Statistics& statistics, StatisticsResult& result) {
  result.block_width_px = statistics.block_width_px();
  result.block_height_px = statistics.block_height_px();
  result.images = statistics.images();
  result.pixels = statistics.pixels();
  result.vectors = statistics.vectors();
  result.distinct_vectors = statistics.distinct_vectors();
  result.sample_size = statistics.sample_size();
  result.sampled = statistics.is_sampled();
  result.variance = statistics.variance();
  result.shards = statistics.shards().size();
}

std::string json_line(const StatisticsResult& result) {
  nlohmann::ordered_json object = new_object(result.command.c_str());
  object["inputs"] = texts(result.inputs);
  add_name(object, "output", result.output);
  object["images"] = result.images;
  object["pixels"] = result.pixels;
  object["vectors"] = result.vectors;
  object["distinct_vectors"] = result.distinct_vectors;
  object["block"] = {result.block_width_px, result.block_height_px};
  object["sample"] = result.sample_size;
  object["sampled"] = result.sampled;
  object["variance"] = or_null(result.variance);
  object["shards"] = result.shards;
  if (result.command == "merge") object["repeated"] = result.repeated;
  object["output_bytes"] = result.output_bytes;
  object["threads"] = result.threads;
  object["seconds"] = {{"read", result.read_seconds}, {"write", result.write_seconds}, {"total", result.total_seconds}};
  object["warnings"] = nlohmann::ordered_json::array();
  return json_text(object);
}

std::string text_report(const StatisticsResult& result) {
  const auto row = [](const std::string& label, const std::string& value) {
    constexpr std::size_t label_width = 12;
    return "  " + left_aligned(label, label_width) + value + "\n";
  };
  const auto counted = [](std::uint64_t count, const std::string& thing) {
    return grouped(count) + " " + thing + (count == 1 ? "" : "s");
  };
  const bool is_merge = result.command == "merge";
  std::string text = counted(is_merge ? result.inputs.size() : result.images, is_merge ? "part" : "image") + " -> " +
                     one_line(result.output) + "\n";
  text += row("images", grouped(result.images) + " in " + counted(result.shards, "shard") +
                            (result.repeated > 0 ? ", " + counted(result.repeated, "part") + " repeated" : ""));
  text += row("pixels", grouped(result.pixels));
  text += row("vectors", grouped(result.vectors) + " of " + std::to_string(result.block_width_px) + "x" +
                             std::to_string(result.block_height_px) + " pixels, " + grouped(result.distinct_vectors) +
                             (result.sampled ? " distinct in a sample of " + grouped(result.sample_size)
                                             : " distinct, all counted"));
  if (result.variance) text += row("variance", fixed(*result.variance, 3));
  text += row("size", grouped(result.output_bytes) + " bytes");
  return text + row("seconds", fixed(result.total_seconds, 2) + " (read " + fixed(result.read_seconds, 2) + ", write " +
                                   fixed(result.write_seconds, 2) + ")");
}

}  // namespace vqi::tool
