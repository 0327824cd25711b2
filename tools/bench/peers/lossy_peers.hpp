// The peer programs whose lossy files are compared at equal quality.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "vqi/image.hpp"

namespace vqi::bench {

/// A program that compresses a PNG with a loss.
struct LossyPeer {
  std::string name;
  /// In these, `{in}`, `{out}` and `{quality}` are replaced.
  std::vector<std::string> arguments;
  std::string extension;               ///< of the file that it writes
  std::vector<std::string> decoder{};  ///< a command from `{in}` to the PNG `{out}`; empty: read_image reads the file
  std::vector<std::string> qualities;  ///< over the range that is compared, from low to high
};

/// The names of all peers.
[[nodiscard]] std::vector<std::string> lossy_peer_names();

/// The peers among `names`, or all if it is empty, as far as they are installed. Prints on stderr which are not.
[[nodiscard]] std::vector<LossyPeer> installed_lossy_peers(const std::vector<std::string>& names);

struct LossyFile {
  std::uint64_t size_bytes = 0;
  Image decoded;
};

/// Compresses `input`, a PNG, with a quality of the peer's, and decodes the result; files are left in `folder`. Returns
/// none, and prints a line on stderr, if a program failed.
[[nodiscard]] std::optional<LossyFile> compress_lossy(const LossyPeer& peer, const std::string& quality,
                                                      const std::filesystem::path& input,
                                                      const std::filesystem::path& folder);

}  // namespace vqi::bench
