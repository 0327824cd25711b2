// Colour metadata as sections of a stream (FORMAT.md, "colour metadata").
#pragma once

#include <cstdint>
#include <vector>

#include "sections.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

/// Throws Error{invalid_image} if a field cannot be stored, such as an ICC name of 80 characters.
void validate_metadata(const ColourMetadata& metadata);

/// Appends a section for each field that is set.
void append_metadata(std::vector<std::byte>& stream, const ColourMetadata& metadata);

/// Throws Error{corrupt_section} if `section` is one of metadata and broken; copies nothing.
void check_metadata(const Section& section);

/// If `section` is one of metadata, takes it into `metadata` and returns true. Throws
/// Error{corrupt_section} if it is broken or repeated.
bool read_metadata(const Section& section, ColourMetadata& metadata);

}  // namespace vqi::detail
