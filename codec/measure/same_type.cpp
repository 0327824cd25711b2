// require_same_type: names the first property in which two images differ.
#include "same_type.hpp"

#include <string>

#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

std::string size_of(const ImageView& view) {
  return std::to_string(view.width_px) + "x" + std::to_string(view.height_px);
}

[[noreturn]] void reject(const std::string& property, const std::string& reference, const std::string& other) {
  throw Error(ErrorCode::invalid_image, "the images to compare differ in " + property + " (" + reference + " and " +
                                            other + "); give two of the same size, channels and depth");
}

}  // namespace

void require_same_type(const ImageView& reference, const ImageView& other) {
  validate(reference);
  validate(other);
  if (reference.width_px != other.width_px || reference.height_px != other.height_px)
    reject("size", size_of(reference), size_of(other));
  if (reference.channels != other.channels)
    reject("channels", std::to_string(reference.channels), std::to_string(other.channels));
  if (reference.bit_depth != other.bit_depth)
    reject("bits per sample", std::to_string(reference.bit_depth), std::to_string(other.bit_depth));
}

}  // namespace vqi::detail
