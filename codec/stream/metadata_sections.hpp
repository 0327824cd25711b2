// Colour metadata as sections of a stream (FORMAT.md, "colour metadata").
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "sections.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

/// Throws Error{invalid_image} if a field cannot be stored, such as an ICC name of 80 characters.
void validate_metadata(const ColourMetadata& metadata);

/// Appends a section for each field that is set.
void append_metadata(std::vector<std::byte>& stream, const ColourMetadata& metadata);

/// True for the section types of colour metadata.
[[nodiscard]] bool is_metadata_type(std::string_view type) noexcept;

/// Throws Error{corrupt_section} if `section` is one of metadata and broken. Copies no profile.
void check_metadata(const Section& section);

/// Reads `section` into `metadata` and returns true if it is one of metadata. Throws Error{corrupt_section} if it is
/// broken or repeated.
bool read_metadata(const Section& section, ColourMetadata& metadata);

}  // namespace vqi::detail
