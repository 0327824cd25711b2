// Command lines of the peers, run on files of a folder.
#include "lossy_peers.hpp"

#include <algorithm>
#include <iostream>

#include "child_process.hpp"
#include "vqi/image_io.hpp"

namespace vqi::bench {
namespace fs = std::filesystem;

namespace {

const std::vector<LossyPeer>& known_peers() {
  static const std::vector<LossyPeer> peers{
      {"cjxl",
       {"cjxl", "{in}", "{out}", "-e", "7", "-d", "{quality}"},
       ".jxl",
       {"djxl", "{in}", "{out}"},
       {"8", "5", "3.5", "2.5", "1.8", "1.3", "0.9", "0.6", "0.4", "0.25"}},
      {"cwebp",
       {"cwebp", "-quiet", "-m", "6", "-q", "{quality}", "{in}", "-o", "{out}"},
       ".webp",
       {},
       {"5", "20", "40", "60", "75", "85", "91", "95", "98", "100"}},
  };
  return peers;
}

/// Runs a command with its files and quality in place.
bool run_filled(std::vector<std::string> command, const fs::path& in, const fs::path& out, const std::string& quality) {
  for (std::string& argument : command) {
    if (argument == "{in}") argument = in.string();
    if (argument == "{out}") argument = out.string();
    if (argument == "{quality}") argument = quality;
  }
  return run_program(command).has_value();
}

}  // namespace

std::vector<std::string> lossy_peer_names() {
  std::vector<std::string> names;
  for (const LossyPeer& peer : known_peers()) names.push_back(peer.name);
  return names;
}

std::vector<LossyPeer> installed_lossy_peers(const std::vector<std::string>& names) {
  std::vector<LossyPeer> peers;
  for (const LossyPeer& peer : known_peers()) {
    if (!names.empty() && std::find(names.begin(), names.end(), peer.name) == names.end()) continue;
    const bool has_decoder = peer.decoder.empty() || is_installed(peer.decoder.front());
    if (is_installed(peer.name) && has_decoder)
      peers.push_back(peer);
    else
      std::cerr << "vqi_bench: " << peer.name << " is not installed, left out\n";
  }
  return peers;
}

std::optional<LossyFile> compress_lossy(const LossyPeer& peer, const std::string& quality, const fs::path& input,
                                        const fs::path& folder) {
  const fs::path coded = folder / (peer.name + peer.extension);
  const fs::path decoded = peer.decoder.empty() ? coded : folder / (peer.name + ".png");
  if (!run_filled(peer.arguments, input, coded, quality) ||
      (!peer.decoder.empty() && !run_filled(peer.decoder, coded, decoded, quality))) {
    std::cerr << "vqi_bench: " << peer.name << " failed at quality " << quality << '\n';
    return std::nullopt;
  }
  return LossyFile{fs::file_size(coded), read_image(decoded).image};
}

}  // namespace vqi::bench
