// Finds the boxes that the texts of a drawing take, without a drawing library.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "drawing.hpp"
#include "valid_utf8.hpp"

namespace vqi::test {

/// The width of a text whose letters are all equally wide, in the unit of `size`.
inline double plain_width(const std::string& text, double size, bool bold) {
  return static_cast<double>(tool::character_count(text)) * size * (bold ? 0.7 : 0.6);
}

struct TextBox {
  tool::Text text;
  tool::PageBox box;
};

/// All texts with the boxes that they take; digits and capitals are about 0.73 of the font size high.
inline std::vector<TextBox> text_boxes(const tool::Drawing& drawing) {
  std::vector<TextBox> boxes;
  for (const tool::Shape& shape : drawing.shapes) {
    const auto* const text = std::get_if<tool::Text>(&shape);
    if (text == nullptr) continue;
    const double width = plain_width(text->text, text->size, text->bold);
    const double height = text->size * 0.73;
    const double before = text->anchor == tool::TextAnchor::start ? 0
                          : text->anchor == tool::TextAnchor::end ? width
                                                                  : width / 2;
    const tool::PagePoint& at = text->position;
    const tool::PageBox box =
        text->upwards ? tool::PageBox{at.x - height / 2, at.y - (width - before), at.x + height / 2, at.y + before}
                      : tool::PageBox{at.x - before, at.y - height / 2, at.x - before + width, at.y + height / 2};
    boxes.push_back({*text, box});
  }
  return boxes;
}

}  // namespace vqi::test
