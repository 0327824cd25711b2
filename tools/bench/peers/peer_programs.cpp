// Runs programs as child processes on files in a temporary folder.
#include "peer_programs.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>

#include "child_process.hpp"
#include "vqi/error.hpp"
#include "vqi/image_io.hpp"

namespace vqi::bench {
namespace fs = std::filesystem;

namespace {

const std::vector<PeerProgram>& known_peers() {
  static const std::vector<PeerProgram> peers{
      {"cjxl", {"cjxl", "-d", "0", "-e", "9", "IN", "OUT"}, ".jxl"},
      {"cwebp", {"cwebp", "-quiet", "-lossless", "-z", "9", "IN", "-o", "OUT"}, ".webp"},
      {"zopflipng", {"zopflipng", "-y", "IN", "OUT"}, ".png", false, 256},
      {"optipng", {"optipng", "-quiet", "-o5", "-force", "-out", "OUT", "IN"}, ".png", false, 256},
      {"xz", {"sh", "-c", "xz -9e -k -c \"$0\" > \"$1\"", "IN", "OUT"}, ".xz", true},
  };
  return peers;
}

void write_bytes(const fs::path& path, const std::vector<std::byte>& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw Error(ErrorCode::io_failed, path.string() + " cannot be written");
}

}  // namespace

std::vector<PeerProgram> installed_peers(const std::vector<std::string>& names) {
  std::vector<PeerProgram> peers;
  for (const PeerProgram& peer : known_peers()) {
    if (!names.empty() && std::find(names.begin(), names.end(), peer.name) == names.end()) continue;
    if (is_installed(peer.name))
      peers.push_back(peer);
    else
      std::cerr << "vqi_bench: " << peer.name << " is not installed, left out\n";
  }
  return peers;
}

MapFiles::MapFiles(const IndexedImage& indexed, const Image& decoded)
    : codebook_bytes_(std::uint64_t{3} * indexed.codebook.width_px()) {
  const bool palette = indexed.codebook.width_px() <= 256;
  write_bytes(folder_.path() / "map.png",
              palette ? write_indexed_png(indexed) : write_image_bytes(ImageView(decoded), ".png"));
  std::vector<std::byte> raw;
  for (const std::uint16_t index : indexed.indices) {
    raw.push_back(static_cast<std::byte>(index & 0xFF));
    if (!palette) raw.push_back(static_cast<std::byte>(index >> 8));
  }
  write_bytes(folder_.path() / "map.raw", raw);
}

std::optional<std::uint64_t> MapFiles::size_bytes(const PeerProgram& peer) const {
  const fs::path out = folder_.path() / (peer.name + peer.extension);
  std::vector<std::string> arguments = peer.arguments;
  for (std::string& argument : arguments) {
    if (argument == "IN") argument = (folder_.path() / (peer.takes_raw ? "map.raw" : "map.png")).string();
    if (argument == "OUT") argument = out.string();
  }
  if (!run_program(arguments)) {
    std::cerr << "vqi_bench: " << peer.name << " failed\n";
    return std::nullopt;
  }
  return fs::file_size(out) + (peer.takes_raw ? codebook_bytes_ : 0);
}

}  // namespace vqi::bench
