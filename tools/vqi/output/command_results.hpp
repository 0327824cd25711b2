// The results of each command for one input, from which its text and JSON reports are made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parse_number.hpp"
#include "vqi/cluster.hpp"
#include "vqi/codec.hpp"
#include "vqi/error.hpp"
#include "vqi/metrics.hpp"
#include "vqi/report.hpp"

namespace vqi::tool {

struct CompressResult {
  std::string input;
  std::string output;
  std::uint64_t input_bytes = 0;  ///< size of the image file
  bool skipped = false;           ///< nothing was written, as the output would be larger than the input
  bool verified = false;          ///< --verify was given; what differs is an error
  EncodeReport report;
  std::optional<cluster::GapOptions> gap;  ///< the options with which the gap statistic chose K
  double read_seconds = 0;
  double write_seconds = 0;
  double total_seconds = 0;
};

/// The damage of a stream that --salvage found.
struct StreamDamage {
  Error fault;  ///< the first fault
  std::vector<RowRange> lost_rows;
};

struct DecompressResult {
  std::string input;
  std::string output;
  StreamInfo info;
  bool salvage = false;                 ///< --salvage was given
  std::optional<StreamDamage> damage;   ///< set if --salvage found a fault
  std::optional<Distortion> reference;  ///< distortion against the image of --reference
  std::uint32_t threads = 0;
  double read_seconds = 0;
  double decode_seconds = 0;
  double write_seconds = 0;
  double total_seconds = 0;
};

struct InfoResult {
  std::string input;
  StreamInfo info;
};

/// File format, size and type of an image.
struct ImageKind {
  std::string format;  ///< file format, such as "PNG"
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t channels = 0;
  std::uint32_t bit_depth = 0;
};

struct CompareResult {
  std::string reference;
  std::string other;
  ImageKind reference_kind;
  ImageKind other_kind;
  Distortion distortion;
  std::optional<ColourDifference> ciede2000;  ///< none for grey images
  [[nodiscard]] bool identical() const noexcept { return distortion.max_error == 0; }
  /// Samples differ, but none once colours are multiplied by alpha.
  [[nodiscard]] bool hidden_colours_differ() const noexcept { return !identical() && distortion.mse == 0; }
};

/// The gap statistic of one image and block size.
struct GapOfImage {
  std::string input;
  BlockSize block;
  cluster::GapOptions options;
  std::uint64_t seed = 1;
  cluster::GapResult result;
};

}  // namespace vqi::tool
