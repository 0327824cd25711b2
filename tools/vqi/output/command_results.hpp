// What each command found out about one input: the material of its text and JSON reports.
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
  std::uint64_t input_bytes = 0;  ///< size of the image's file
  bool skipped = false;           ///< nothing was written: the file would have been larger than the input's
  EncodeReport report;
  std::optional<cluster::GapOptions> gap;  ///< with which the gap statistic chose K
  double read_seconds = 0;
  double write_seconds = 0;
  double total_seconds = 0;
};

/// What --salvage found wrong with a stream.
struct StreamDamage {
  Error fault;  ///< the first one
  std::vector<RowRange> lost_rows;
};

struct DecompressResult {
  std::string input;
  std::string output;
  StreamInfo info;
  bool salvage = false;                 ///< --salvage was given
  std::optional<StreamDamage> damage;   ///< of a stream that was salvaged
  std::optional<Distortion> reference;  ///< measured again, where --reference asked for it
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

/// What an image is, for a line about it.
struct ImageKind {
  std::string format;  ///< of the file, such as "PNG"
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
