// Runs programs as child processes on files in a temporary folder.
#include "peer_programs.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

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

bool is_installed(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::string folders = path == nullptr ? "" : path;
  folders += ':';
  for (std::size_t at = 0, end; (end = folders.find(':', at)) != std::string::npos; at = end + 1)
    if (access((folders.substr(at, end - at) + '/' + program).c_str(), X_OK) == 0) return true;
  return false;
}

/// True if the program ran and its exit code is 0. Its output is dropped.
bool run(const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  return failed == 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void write_bytes(const fs::path& path, const std::vector<std::byte>& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw Error(ErrorCode::io_failed, path.string() + " cannot be written");
}

fs::path make_folder() {
  std::string name = (fs::temp_directory_path() / "vqi_bench.XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw Error(ErrorCode::io_failed, name + " cannot be made");
  return name;
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
    : folder_(make_folder()), codebook_bytes_(std::uint64_t{3} * indexed.codebook.width_px()) {
  const bool palette = indexed.codebook.width_px() <= 256;
  write_bytes(folder_ / "map.png",
              palette ? write_indexed_png(indexed) : write_image_bytes(ImageView(decoded), ".png"));
  std::vector<std::byte> raw;
  for (const std::uint16_t index : indexed.indices) {
    raw.push_back(static_cast<std::byte>(index & 0xFF));
    if (!palette) raw.push_back(static_cast<std::byte>(index >> 8));
  }
  write_bytes(folder_ / "map.raw", raw);
}

MapFiles::~MapFiles() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::optional<std::uint64_t> MapFiles::size_bytes(const PeerProgram& peer) const {
  const fs::path out = folder_ / (peer.name + peer.extension);
  std::vector<std::string> arguments = peer.arguments;
  for (std::string& argument : arguments) {
    if (argument == "IN") argument = (folder_ / (peer.takes_raw ? "map.raw" : "map.png")).string();
    if (argument == "OUT") argument = out.string();
  }
  if (!run(arguments)) {
    std::cerr << "vqi_bench: " << peer.name << " failed\n";
    return std::nullopt;
  }
  return fs::file_size(out) + (peer.takes_raw ? codebook_bytes_ : 0);
}

}  // namespace vqi::bench
