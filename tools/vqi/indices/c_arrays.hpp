// write_c_arrays: colours and packed indices as a C header.
#pragma once

#include <cstdint>
#include <string>

#include "block_image.hpp"
#include "packed_indices.hpp"
#include "pixel_form.hpp"

namespace vqi::tool {

/// A C identifier for what a file is called, without folder and extension: letters, digits and single underscores,
/// which begins with a letter. "image" goes before a name that does not, and stands for one without any of these.
[[nodiscard]] std::string c_identifier(const std::string& file_name);

/// The text of a header of C99: constants, colours and indices, whose names begin with `name`. `bits` are 1, 2, 4, 8,
/// or 16 for an array of uint16_t. The codewords have 8 bits; alpha that `form` does not hold is left out.
[[nodiscard]] std::string write_c_arrays(const BlockImage& image, const std::string& name, PixelForm form,
                                         std::uint32_t bits, BitOrder order);

}  // namespace vqi::tool
