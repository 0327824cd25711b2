// What is not read can be converted; what is damaged is told with its place.
#include "image_errors.hpp"

#include "vqi/error.hpp"

namespace vqi::detail {

void throw_unsupported(std::string_view format, const std::string& reason) {
  throw Error(ErrorCode::not_an_image,
              std::string(format) + " file has " + reason + "; convert it to PNG with another program first");
}

void throw_damaged(std::string_view format, const std::string& what, std::uint64_t offset) {
  throw Error(ErrorCode::corrupt_image,
              std::string(format) + " is damaged near byte " + std::to_string(offset) + " (" + what + ")", offset);
}

}  // namespace vqi::detail
