// Looks at the shards of all parts first, then reads and merges those that are needed, several at once.
#include "gather_parts.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <numeric>
#include <optional>
#include <span>

#include "output_names.hpp"
#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

/// The bytes of parts. Standard input can be read once, so its bytes are kept.
class PartFiles {
 public:
  PartFiles(const std::vector<InputFile>& inputs, const CommonOptions& common) : inputs_(inputs), common_(common) {}

  [[nodiscard]] std::vector<std::byte> read(std::size_t index) {
    const InputFile& input = inputs_[index];
    if (input.fault) throw Error(*input.fault);
    if (input.name == standard_stream && standard_input_) return *standard_input_;
    check_input(input.name);
    std::vector<std::byte> bytes = read_input(input.name, common_.max_memory_bytes);
    if (input.name == standard_stream) standard_input_ = bytes;
    return bytes;
  }

 private:
  const std::vector<InputFile>& inputs_;
  const CommonOptions& common_;
  std::optional<std::vector<std::byte>> standard_input_;
};

}  // namespace

bool is_part_name(const std::string& name) { return lower_extension(name) == ".vqs"; }

std::vector<std::size_t> parts_to_merge(const std::vector<StatisticsInfo>& parts,
                                        const std::vector<std::string>& names) {
  for (std::size_t i = 1; i < parts.size(); ++i) try {
      check_alike(parts.front(), parts[i]);
    } catch (const Error& error) {
      throw Error(error.error_code(), names.front() + " and " + names[i] + ": " + error.what());
    }
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto& [left, right] = std::tie(parts[a].shards, parts[b].shards);
    return left.size() != right.size() ? left.size() > right.size() : left < right;
  });
  std::map<ShardId, std::size_t> part_of;  // by shard
  std::vector<std::size_t> chosen;
  for (const std::size_t part : order) {
    const std::vector<ShardId>& shards = parts[part].shards;
    std::vector<ShardId> common;
    std::copy_if(shards.begin(), shards.end(), std::back_inserter(common),
                 [&](const ShardId& id) { return part_of.contains(id); });
    if (common.size() == shards.size()) continue;
    if (!common.empty())
      throw Error(ErrorCode::invalid_option,
                  names[part] + ": " + std::to_string(common.size()) + " of its " + std::to_string(shards.size()) +
                      " shards are in " + names[part_of.at(common.front())] +
                      " as well and would count twice; merge parts that share no shard or all");
    for (const ShardId& id : shards) part_of.emplace(id, part);
    chosen.push_back(part);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

int gather_parts(const std::vector<InputFile>& inputs, const CommonOptions& common, Console& console,
                 MergedParts& merged) {
  const std::vector<std::string> names = names_of(inputs);
  check_one_standard_input(names);
  PartFiles files(inputs, common);
  std::vector<StatisticsInfo> infos(inputs.size());
  const int look_code = run_batch(names, common.batch(), console, [&](std::size_t index, const JobContext& context) {
    infos[index] = inspect_statistics(files.read(index), common.run(context));
    return Outcome{};
  });
  if (look_code != exit_done) return look_code;
  const std::vector<std::size_t> chosen = parts_to_merge(infos, names);
  merged.repeated = inputs.size() - chosen.size();
  const StatisticsInfo& first = infos.front();
  merged.statistics = Statistics(first.block_width_px, first.block_height_px, first.sample_size);
  std::vector<std::string> chosen_names;
  chosen_names.reserve(chosen.size());
  for (const std::size_t part : chosen) chosen_names.push_back(names[part]);
  std::mutex mutex;
  return run_batch(chosen_names, common.batch(), console, [&](std::size_t index, const JobContext& context) {
    const std::vector<std::byte> bytes = files.read(chosen[index]);
    Statistics part = read_statistics(bytes, common.run(context));
    const std::lock_guard lock(mutex);
    merged.statistics.merge(std::move(part), common.run(context));
    return Outcome{};
  });
}

}  // namespace vqi::tool
