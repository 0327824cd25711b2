// Reports as JSON texts, under the names of the command line's --json: for programs in other languages.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "vqi/codebook.hpp"
#include "vqi/export.hpp"
#include "vqi/gap.hpp"
#include "vqi/metrics.hpp"
#include "vqi/report.hpp"
#include "vqi/streaming.hpp"
#include "vqi/sweep.hpp"

namespace vqi {

// Each returns one object on one line, UTF-8, as the tool's command prints it ("schema": 1, "command"), but without
// what only a program knows: names of files, what the input's file was like, and the seconds of reading and writing.
// Doubles have as many digits as bring the same number back.

/// Of an encode. `gap` are the options with which the gap statistic chose K, where it did.
[[nodiscard]] VQI_API std::string compress_json(const EncodeReport& report, const cluster::GapOptions* gap = nullptr);
/// Of a palette PNG.
[[nodiscard]] VQI_API std::string quantize_json(const EncodeReport& report);
/// Of a stream that was decoded: what `inspect` says of it.
[[nodiscard]] VQI_API std::string decompress_json(const StreamInfo& info);
/// The same of a stream that was read in pieces, with "bytes_read" and "reads".
[[nodiscard]] VQI_API std::string decompress_json(const SourceReport& report);
/// Of a stream: what `inspect` says of it.
[[nodiscard]] VQI_API std::string info_json(const StreamInfo& info);
/// Of a comparison.
[[nodiscard]] VQI_API std::string compare_json(const Distortion& distortion,
                                               const std::optional<ColourDifference>& ciede2000);
/// The figures of a comparison alone, without "schema" and "command".
[[nodiscard]] VQI_API std::string distortion_json(const Distortion& distortion);
/// The gap statistic, without "schema" and "command": how it was computed, and its rows.
[[nodiscard]] VQI_API std::string gap_json(const cluster::GapResult& result, const cluster::GapOptions& options);
/// Of a codebook that was learned.
[[nodiscard]] VQI_API std::string train_json(const CodebookTraining& training);
/// Of a sweep, with all its rows.
[[nodiscard]] VQI_API std::string sweep_json(std::span<const SweepRow> rows);

}  // namespace vqi
