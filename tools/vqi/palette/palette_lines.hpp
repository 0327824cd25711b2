// PaletteLines: the lines of a text file with their places, and errors that name them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vqi::tool {

/// A line without its end.
struct PaletteLine {
  std::string_view text;
  std::size_t number = 0;    ///< from 1
  std::uint64_t offset = 0;  ///< of its first byte in the file
};

/// Walks over a text whose lines end with LF, CR LF or CR. A byte order mark of UTF-8 at its start is skipped. Borrows
/// the text.
class PaletteLines {
 public:
  explicit PaletteLines(std::string_view text);

  /// The next line; none after the last. An empty text has no lines.
  [[nodiscard]] std::optional<PaletteLine> next();

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t number_ = 0;
};

/// `text` without blanks at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// The parts of `text` between blanks, at most `most`; the last of them has all that is left.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text, std::size_t most);

/// The decimal number that `text` is, if it is one of at most nine digits.
[[nodiscard]] std::optional<std::uint32_t> number_of(std::string_view text) noexcept;

/// `text` in quotes for a message, cut where it is long.
[[nodiscard]] std::string quoted_part(std::string_view text);

/// Throws Error{corrupt_palette} that names the line.
[[noreturn]] void refuse_line(const PaletteLine& line, const std::string& what);

}  // namespace vqi::tool
