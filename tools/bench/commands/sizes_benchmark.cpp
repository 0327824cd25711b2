// vqi_bench sizes: sizes of files by every context model, and of the peers' files for the same index map.
#include <algorithm>
#include <array>
#include <iostream>
#include <map>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "peer_programs.hpp"
#include "result_table.hpp"
#include "vqi_contender.hpp"

namespace vqi::bench {
namespace {

constexpr std::array all_models{Model::fast, Model::balanced, Model::max};

/// For each context model, the sum over maps of its size relative to the smallest peer's.
struct Ratios {
  std::array<double, all_models.size()> sums{};
  std::size_t maps = 0;
};

/// The sizes of one map in bytes, by peer and by context model.
struct MapSizes {
  std::vector<std::optional<std::uint64_t>> peers;
  std::array<std::uint64_t, all_models.size()> models{};
};

MapSizes measure(const Image& image, std::uint32_t k, const std::vector<PeerProgram>& peers) {
  MapSizes sizes;
  EncodeOptions options = effort_options(k, default_effort);
  for (std::size_t i = 0; i < all_models.size(); ++i) {
    options.coding = Coding::entropy;
    options.model = all_models[i];
    const std::vector<std::byte> bytes = encode(image, options).bytes;
    sizes.models[i] = bytes.size();
    if (i != 0) continue;
    const MapFiles files(decode_indexed(bytes), decode(bytes));
    for (const PeerProgram& peer : peers)
      sizes.peers.push_back(k <= peer.k_max ? files.size_bytes(peer) : std::nullopt);
  }
  return sizes;
}

std::vector<std::string> cells(const std::string& name, std::uint32_t k, const MapSizes& sizes, Ratios& ratios) {
  std::vector<std::string> cells{name, std::to_string(k)};
  std::uint64_t best = 0;
  for (const std::optional<std::uint64_t>& size : sizes.peers) {
    cells.push_back(size ? std::to_string(*size) : "-");
    if (size && (best == 0 || *size < best)) best = *size;
  }
  for (std::size_t i = 0; i < all_models.size(); ++i) {
    cells.push_back(std::to_string(sizes.models[i]));
    if (best == 0) continue;
    const double ratio = static_cast<double>(sizes.models[i]) / static_cast<double>(best);
    cells.push_back(fixed(ratio, 3));
    ratios.sums[i] += ratio;
  }
  if (best != 0) ++ratios.maps;
  cells.resize(2 + sizes.peers.size() + 2 * all_models.size(), "-");
  return cells;
}

}  // namespace

void run_sizes(const SizesSettings& settings) {
  const std::vector<PeerProgram> peers = installed_peers(settings.peers);
  std::cout << "Whole files in bytes, and their ratio to the smallest file of a peer.\n\n";
  std::vector<ResultTable::Column> columns{{"image", 20}, {"K", 5}};
  for (const PeerProgram& peer : peers) columns.push_back({peer.name, 9});
  for (const char* model : {"fast", "balanced", "max"}) {
    columns.push_back({model, 8});
    columns.push_back({"ratio", 5});
  }
  ResultTable table(columns, settings.csv);
  std::map<std::uint32_t, Ratios> by_k;
  for (const std::filesystem::path& path : settings.images) {
    const std::optional<BenchImage> image = read_rgb(path);
    if (!image) continue;
    for (const std::uint32_t k : settings.k) table.add(cells(image->name, k, measure(image->image, k, peers), by_k[k]));
  }
  for (const auto& [k, ratios] : by_k) {
    if (ratios.maps == 0) continue;
    std::vector<std::string> means{"mean of " + std::to_string(ratios.maps), std::to_string(k)};
    means.resize(2 + peers.size(), "");
    for (const double sum : ratios.sums) {
      means.emplace_back("");
      means.push_back(fixed(sum / static_cast<double>(ratios.maps), 3));
    }
    table.add(means);
  }
  std::cout << '\n';
}

}  // namespace vqi::bench
