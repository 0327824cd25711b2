// Reads four numbers with commas between them.
#include "pixel_region.hpp"

#include <array>
#include <charconv>

#include "vqi/error.hpp"

namespace vqi::tool {

PixelRegion parse_region(const std::string& text) {
  std::array<std::uint32_t, 4> numbers{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto [next, fault] = std::from_chars(at, end, numbers[i]);
    const bool is_last = i + 1 == numbers.size();
    const bool ends_well = is_last ? next == end : next != end && *next == ',';
    if (fault != std::errc{} || !ends_well || (i >= 2 && numbers[i] == 0))
      throw Error(ErrorCode::invalid_option,
                  "--region \"" + text +
                      "\" is no rectangle, give X,Y,W,H: the pixel at its upper left, counted from "
                      "0,0, and its width and height, such as 100,50,640,480");
    at = is_last ? next : next + 1;
  }
  return {numbers[0], numbers[1], numbers[2], numbers[3]};
}

}  // namespace vqi::tool
