// The programs whose files are compared in size: which of them are installed, and what they make of an index map.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "vqi/codec.hpp"

namespace vqi::bench {

/// A program that makes a file of another.
struct PeerProgram {
  std::string name;
  std::vector<std::string> arguments;  ///< "IN" and "OUT" stand for the files
  std::string extension;               ///< of OUT
  bool takes_raw = false;              ///< IN is the indices alone, not a PNG; the codebook counts 3 bytes a colour
  std::uint32_t k_max = 65536;         ///< above it the program is left out
};

/// Those with the names, all where there are none; prints on stderr which are not installed.
[[nodiscard]] std::vector<PeerProgram> installed_peers(const std::vector<std::string>& names);

/// An index map as the files that peers read, in a folder of its own that goes when this does.
class MapFiles {
 public:
  /// Up to 256 colours a palette PNG, above an RGB one; and the indices of one or two bytes.
  MapFiles(const IndexedImage& indexed, const Image& decoded);
  ~MapFiles();
  MapFiles(const MapFiles&) = delete;
  MapFiles& operator=(const MapFiles&) = delete;

  /// The size of the peer's file in bytes; none if the program failed.
  [[nodiscard]] std::optional<std::uint64_t> size_bytes(const PeerProgram& peer) const;

 private:
  std::filesystem::path folder_;
  std::uint64_t codebook_bytes_;
};

}  // namespace vqi::bench
