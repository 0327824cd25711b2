// Calls cairo, and edits the SVG that it writes.
#include "picture_file.hpp"

#include <string>
#include <string_view>

#include "plain_text.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

[[noreturn]] void fail_drawing(const std::string& words) {
  throw Error(ErrorCode::io_failed,
              "the plot cannot be drawn (" + words + "), check the installation of cairo and its fonts");
}

/// Inserts title and description as the first children of the SVG's root element.
void add_title(const Drawing& drawing, std::vector<std::byte>& svg) {
  const std::string_view text(reinterpret_cast<const char*>(svg.data()), svg.size());
  const std::size_t root = text.find("<svg");
  const std::size_t end = root == std::string_view::npos ? root : text.find('>', root);
  if (end == std::string_view::npos) fail_drawing("cairo wrote no SVG");
  const std::string words =
      "\n<title>" + markup_text(drawing.title) + "</title>\n<desc>" + markup_text(drawing.description) + "</desc>";
  const auto* const first = reinterpret_cast<const std::byte*>(words.data());
  svg.insert(svg.begin() + static_cast<std::ptrdiff_t>(end + 1), first, first + words.size());
}

/// Removes the id of cairo's outermost group. Nothing refers to it, and its number counts the surfaces of the process,
/// so that a second drawing of the same plot would differ.
void drop_surface_name(std::vector<std::byte>& svg) {
  const std::string_view text(reinterpret_cast<const char*>(svg.data()), svg.size());
  constexpr std::string_view name = " id=\"surface";
  const std::size_t begin = text.find(name);
  const std::size_t end = begin == std::string_view::npos ? begin : text.find('"', begin + name.size());
  if (end == std::string_view::npos) return;
  svg.erase(svg.begin() + static_cast<std::ptrdiff_t>(begin), svg.begin() + static_cast<std::ptrdiff_t>(end + 1));
}

}  // namespace

TextMeasure picture_text_measure() { return cairo_painter().text_width; }

std::vector<std::byte> picture_bytes(const Drawing& drawing, PictureFormat format) {
  std::vector<std::byte> bytes;
  const std::string fault = cairo_painter().draw(drawing, format, bytes);
  if (!fault.empty()) fail_drawing(fault);
  if (format == PictureFormat::svg) {
    drop_surface_name(bytes);
    add_title(drawing, bytes);
  }
  return bytes;
}

}  // namespace vqi::tool
