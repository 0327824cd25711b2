// Reads the images that commands work on, words their warnings, and estimates the memory that jobs take.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "batch.hpp"
#include "command_results.hpp"
#include "common_options.hpp"
#include "vqi/image_io.hpp"

namespace vqi::tool {

/// Reads the image `name` ("-": standard input), which may be a .vqi file, within the limits of `options`. Throws
/// Error.
[[nodiscard]] ReadImage read_image_input(const std::string& name, const CommonOptions& options,
                                         const JobContext& context);

/// The bytes of the .vqi file `name`. Throws as read_input does, and Error{bad_magic}, which says what it is instead,
/// for an image file.
[[nodiscard]] std::vector<std::byte> read_stream_input(const std::string& name, const CommonOptions& options);

/// Decodes the image from the bytes of its file. The format of a .vqi file, known by its magic, is "vqi"; it has one
/// picture. Throws Error, that of a damaged file with what to do.
[[nodiscard]] ReadImage decode_image_input(const std::vector<std::byte>& file, const CommonOptions& options,
                                           const JobContext& context);

/// The error of the damaged `file`, with what to do about it: get a fresh copy, as errors of .vqi files say themselves;
/// or `rescue`, if it is not empty and the header is whole.
[[nodiscard]] Error advised_error(const Error& error, std::span<const std::byte> file, const DecodeLimits& limits,
                                  const std::string& rescue);

/// An upper estimate of the memory in bytes that compressing the image in `file` takes; 0 if its header cannot be read.
[[nodiscard]] std::uint64_t memory_of_image(const std::vector<std::byte>& file);

/// An upper estimate of the memory in bytes that decompressing a file of `file_bytes` on `threads` threads takes, the
/// file included; 0 if its header, in its first bytes `start`, cannot be read.
[[nodiscard]] std::uint64_t memory_of_stream(std::span<const std::byte> start, std::uint64_t file_bytes,
                                             const DecodeLimits& limits, std::uint32_t threads);

// Start checks for `read_input`. Each throws Error if the first bytes cannot belong to an image, or to a .vqi file.
void check_image_start(std::span<const std::byte> start);
void check_stream_start(std::span<const std::byte> start);

/// One line for each warning about the input `name`; no lines under --quiet.
[[nodiscard]] std::string warning_lines(const std::string& name, const std::vector<std::string>& warnings,
                                        const CommonOptions& options);

[[nodiscard]] ImageKind kind_of(const ReadImage& image);

[[nodiscard]] std::uint64_t pixels_of(const ImageView& image) noexcept;

/// Throws Error{invalid_image}, which names both kinds, unless the images have one size.
void check_comparable(const ImageKind& reference, const ImageKind& other);

}  // namespace vqi::tool
