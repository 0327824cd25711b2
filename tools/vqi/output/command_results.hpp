// The results of each command for one input, from which its text and JSON reports are made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "index_forms.hpp"
#include "pixel_region.hpp"
#include "thumbnail.hpp"
#include "vqi/cluster.hpp"
#include "vqi/codec.hpp"
#include "vqi/error.hpp"
#include "vqi/metrics.hpp"
#include "vqi/option_values.hpp"
#include "vqi/report.hpp"
#include "vqi/streaming.hpp"

namespace vqi::tool {

struct CompressResult {
  std::string input;
  std::string output;
  std::optional<std::uint64_t> input_bytes;  ///< size of the input's own file; none for standard input
  bool skipped = false;                      ///< nothing was written, as the output would be larger than the input
  bool verified = false;                     ///< --verify was given; what differs is an error
  bool lossless = false;                     ///< --lossless was given
  bool iterations_given = false;             ///< --max-iterations was given
  EncodeReport report;
  std::optional<bool> lost_pixels;   ///< of --salvage: whether damage took pixels of the input
  std::vector<std::string> dropped;  ///< metadata of the input that the output does not hold
  std::vector<std::string> warnings;
  std::optional<cluster::GapOptions> gap;  ///< the options with which the gap statistic chose K
  double read_seconds = 0;
  double write_seconds = 0;
  double total_seconds = 0;
};

/// That of a palette PNG; `report.bytes` are of the PNG.
struct QuantizeResult : CompressResult {};

/// The damage of a stream that --salvage found.
struct StreamDamage {
  Error fault;  ///< the first fault
  std::vector<RowRange> unverified_rows;
  std::vector<RowRange> lost_rows;
};

/// An input that was left out because its output exists.
struct SkippedResult {
  const char* command = "";
  std::string input;
  std::string existing;  ///< the output
};

struct DecompressResult {
  std::string input;
  std::string output;
  std::optional<IndexForm> form;           ///< of an index map, where that was written
  std::string form_text;                   ///< what the form is like
  std::optional<ThumbnailSize> thumbnail;  ///< of the image that was written in place of the whole one
  std::optional<PixelRegion> region;       ///< that was written in place of the whole image
  SourceReads reads;                       ///< of the file, with a region
  std::optional<std::string> tile_sheet;   ///< the second output, of a map of Tiled
  std::vector<std::string> warnings;
  StreamInfo info;
  bool restored = true;                 ///< as the decode filter, if there is one, asks for
  bool salvage = false;                 ///< --salvage was given
  std::optional<StreamDamage> damage;   ///< set if --salvage found a fault
  std::optional<Distortion> reference;  ///< distortion against the image of --reference
  std::uint64_t output_bytes = 0;       ///< size of the image file
  std::uint32_t threads = 0;
  double read_seconds = 0;
  double decode_seconds = 0;
  double write_seconds = 0;
  double total_seconds = 0;

  /// Whether the stored distortion is that of what was written.
  [[nodiscard]] bool has_stored_distortion() const noexcept { return restored || !info.restore; }
};

struct InfoResult {
  std::string input;
  StreamInfo info;
  std::vector<std::string> warnings;
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
  std::vector<std::string> warnings;          ///< of the reference, then of the other image
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
  std::vector<std::string> warnings;
};

}  // namespace vqi::tool
