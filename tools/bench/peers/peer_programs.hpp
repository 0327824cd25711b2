// The peer programs whose file sizes are compared: finds the installed ones, and runs them on index maps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "temporary_folder.hpp"
#include "vqi/codec.hpp"

namespace vqi::bench {

/// A program that compresses a file.
struct PeerProgram {
  std::string name;
  std::vector<std::string> arguments;  ///< "IN" and "OUT" stand for the files
  std::string extension;               ///< of OUT
  bool takes_raw = false;              ///< IN holds the indices alone, not a PNG; 3 bytes per colour are added
  std::uint32_t k_max = 65536;         ///< for a larger K the program is left out
};

/// The installed peers among `names`, or among all if it is empty. Prints on stderr which are not installed.
[[nodiscard]] std::vector<PeerProgram> installed_peers(const std::vector<std::string>& names);

/// An index map as files that peers read.
class MapFiles {
 public:
  /// Writes a PNG, with a palette up to 256 colours and RGB above, and the raw indices, one byte each up to 256 colours
  /// and two above.
  MapFiles(const IndexedImage& indexed, const Image& decoded);

  /// The size of the peer's output; none if the program failed.
  [[nodiscard]] std::optional<std::uint64_t> size_bytes(const PeerProgram& peer) const;

 private:
  TemporaryFolder folder_;
  std::uint64_t codebook_bytes_;
};

}  // namespace vqi::bench
