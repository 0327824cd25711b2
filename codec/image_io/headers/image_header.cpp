// Formats are recognised by their first bytes, which also choose the function that reads the header.
#include "image_header.hpp"

#include <array>

#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

using namespace std::string_view_literals;

/// A format's first bytes, and what reads its header.
struct Signature {
  std::string_view magic;
  std::uint32_t offset;
  ImageHeader (*read_header)(std::span<const std::byte>);
};

constexpr std::array signatures{
    Signature{"\x59\xA6\x6A\x95"sv, 0, read_sun_raster_header},
};

/// The signature that the bytes begin with, or null.
const Signature* find_signature(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, "image");
  for (const Signature& signature : signatures)
    if (window.has(signature.offset, signature.magic)) return &signature;
  return nullptr;
}

}  // namespace

void throw_unsupported(std::string_view format, const std::string& reason) {
  throw Error(ErrorCode::not_an_image,
              std::string(format) + " file has " + reason + "; convert it to PNG with another program first");
}

void throw_damaged(std::string_view format, const std::string& what, std::uint64_t offset) {
  throw Error(ErrorCode::corrupt_image,
              std::string(format) + " is damaged near byte " + std::to_string(offset) + " (" + what + ")", offset);
}

std::string profile_warning(std::string_view format) {
  return "the " + std::string(format) +
         "'s ICC colour profile is not kept; convert the file to PNG first if its colours depend on it";
}

bool has_image_signature(std::span<const std::byte> bytes) { return find_signature(bytes) != nullptr; }

ImageHeader read_image_header(std::span<const std::byte> bytes) { return find_signature(bytes)->read_header(bytes); }

}  // namespace vqi::detail
