// Reads an image input of a command, and turns what could not be kept into warnings.
#pragma once

#include <span>
#include <string>

#include "batch.hpp"
#include "command_results.hpp"
#include "common_options.hpp"
#include "vqi/image_io.hpp"

namespace vqi::tool {

/// Reads the image `name` ("-": standard input) within the limits of `options`. Throws Error.
[[nodiscard]] ReadImage read_image_input(const std::string& name, const CommonOptions& options,
                                         const JobContext& context);

/// The same from the bytes of its file.
[[nodiscard]] ReadImage decode_image_input(const std::vector<std::byte>& file, const CommonOptions& options,
                                           const JobContext& context);

/// What compressing the image in `file` takes at the most, as measured; 0 if its size cannot be told.
[[nodiscard]] std::uint64_t memory_of_image(const std::vector<std::byte>& file);

/// What decompressing `stream` takes at the most; 0 if its size cannot be told.
[[nodiscard]] std::uint64_t memory_of_stream(const std::vector<std::byte>& stream, const DecodeLimits& limits);

/// For `read_input`: throw what cannot be an image, or a .vqi file, before all of it is read.
void check_image_start(std::span<const std::byte> start);
void check_stream_start(std::span<const std::byte> start);

/// One line for each of the warnings of an image; none under --quiet.
[[nodiscard]] std::string warning_lines(const std::string& name, const ReadImage& image, const CommonOptions& options);

[[nodiscard]] ImageKind kind_of(const ReadImage& image);

/// Throws Error{invalid_image}, telling both, unless the images can be compared sample by sample.
void check_comparable(const ImageKind& reference, const ImageKind& other);

}  // namespace vqi::tool
