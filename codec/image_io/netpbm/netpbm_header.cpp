// Headers by the manual pages pbm(5), pgm(5), ppm(5) and pam(5).
#include "netpbm_header.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "byte_window.hpp"
#include "image_errors.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t max_number = 0x7FFFFFFF;
constexpr std::uint32_t max_netpbm_value = 65535;
constexpr std::size_t max_line_bytes = 4096;

std::uint32_t nonzero(const ByteWindow& window, std::uint32_t value, std::uint64_t offset) {
  if (value == 0) throw_damaged(window.format(), "a number in its header is 0", offset);
  return value;
}

void check_max_value(const NetpbmHeader& header, std::uint64_t offset) {
  if (header.max_value > max_netpbm_value) throw_damaged(header.format, "its maximum value is over 65535", offset);
}

/// The one character after the last number of a header is white space. Text that went through Windows may have two, CR
/// and LF, which shows if the rest of the file is one byte longer than one raster.
std::uint64_t skip_second_line_end(const ByteWindow& window, const NetpbmHeader& header, std::uint64_t offset) {
  if (!window.has(offset - 1, "\r\n") || header.is_plain) return offset;
  const std::uint64_t rest = window.size() - offset;
  return rest % header.height_px == 1 % header.height_px && (rest - 1) / header.height_px == header.row_bytes()
             ? offset + 1
             : offset;
}

struct TupleType {
  std::string_view name;
  std::uint32_t channels;
};

constexpr std::array tuple_types{
    TupleType{"BLACKANDWHITE", 1},       TupleType{"GRAYSCALE", 1},       TupleType{"RGB", 3},
    TupleType{"BLACKANDWHITE_ALPHA", 2}, TupleType{"GRAYSCALE_ALPHA", 2}, TupleType{"RGB_ALPHA", 4},
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_netpbm_space(static_cast<std::uint8_t>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && is_netpbm_space(static_cast<std::uint8_t>(text.back()))) text.remove_suffix(1);
  return text;
}

/// The lines of a PAM header, and the fields in them.
class PamHeaderReader {
 public:
  PamHeaderReader(const ByteWindow& window, std::uint64_t offset) : window_(window), offset_(offset) {}

  NetpbmHeader read() {
    header_.format = window_.format();
    header_.max_value = 0;
    while (true) {
      const std::string_view text = trimmed(line());
      if (text.empty() || text.front() == '#') continue;
      const std::size_t space = std::min(text.find_first_of(" \t"), text.size());
      const std::string_view key = text.substr(0, space);
      if (key == "ENDHDR") break;
      read_field(key, trimmed(text.substr(space)));
    }
    finish();
    return header_;
  }

 private:
  std::string_view line() {
    const std::uint64_t begin = offset_;
    while (window_.u8(offset_++) != '\n')
      if (offset_ - begin > max_line_bytes) throw_damaged(window_.format(), "a header line is too long", begin);
    const auto bytes = window_.at(begin, offset_ - begin);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  void read_field(std::string_view key, std::string_view value) {
    if (key == "WIDTH") {
      header_.width_px = number(value);
    } else if (key == "HEIGHT") {
      header_.height_px = number(value);
    } else if (key == "DEPTH") {
      depth_ = number(value);
    } else if (key == "MAXVAL") {
      header_.max_value = number(value);
    } else if (key == "TUPLTYPE") {
      if (!tuple_type_.empty()) tuple_type_ += ' ';
      if (tuple_type_.size() + value.size() > max_line_bytes)
        throw_damaged(window_.format(), "its tuple type is too long", offset_);
      tuple_type_ += value;
    } else {
      throw_damaged(window_.format(), "a keyword in its header is unknown", offset_);
    }
  }

  [[nodiscard]] std::uint32_t number(std::string_view text) const {
    std::uint32_t value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc{} || end != text.data() + text.size() || value == 0 || value > max_number)
      throw_damaged(window_.format(), "a number in its header is not valid", offset_);
    return value;
  }

  void finish() {
    if (header_.width_px == 0 || header_.height_px == 0 || depth_ == 0 || header_.max_value == 0)
      throw_damaged(window_.format(), "its header is not complete", offset_);
    check_max_value(header_, offset_);
    header_.raster_offset = offset_;
    if (tuple_type_.empty()) {  // the header may leave it out
      if (depth_ > 4) throw_unsupported(window_.format(), std::to_string(depth_) + " channels");
    } else {
      const auto* type = std::find_if(tuple_types.begin(), tuple_types.end(),
                                      [&](const TupleType& known) { return known.name == tuple_type_; });
      if (type == tuple_types.end()) {
        std::replace_if(
            tuple_type_.begin(), tuple_type_.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
        throw_unsupported(window_.format(), "tuples of the type " + tuple_type_.substr(0, 60));
      }
      if (type->channels != depth_) throw_damaged(window_.format(), "its depth does not fit its tuple type", offset_);
    }
    header_.channels = depth_;
  }

  const ByteWindow& window_;
  std::uint64_t offset_;
  NetpbmHeader header_;
  std::uint32_t depth_ = 0;
  std::string tuple_type_;
};

}  // namespace

void NetpbmScanner::skip_space() {
  while (offset_ < window_.size()) {
    const std::uint8_t letter = window_.u8(offset_);
    if (letter == '#') {
      while (offset_ < window_.size() && window_.u8(offset_) != '\n' && window_.u8(offset_) != '\r') ++offset_;
    } else if (is_netpbm_space(letter)) {
      ++offset_;
    } else {
      return;
    }
  }
}

std::uint32_t NetpbmScanner::number() {
  skip_space();
  std::uint64_t value = 0;
  const std::uint64_t begin = offset_;
  std::uint8_t letter = window_.u8(offset_);
  while (letter >= '0' && letter <= '9' && value <= max_number) {
    value = 10 * value + (letter - '0');
    if (++offset_ == window_.size()) break;
    letter = window_.u8(offset_);
  }
  const bool is_at_end = offset_ == window_.size();
  if (offset_ == begin || value > max_number || (!is_at_end && letter != '#' && !is_netpbm_space(letter)))
    throw_damaged(window_.format(), "a number is not valid", begin);
  // A comment counts as the line end behind it.
  while (!is_at_end && letter == '#' && offset_ + 1 < window_.size() && window_.u8(offset_) != '\n') ++offset_;
  if (!is_at_end) ++offset_;
  return static_cast<std::uint32_t>(value);
}

bool NetpbmScanner::bit() {
  skip_space();
  const std::uint8_t letter = window_.u8(offset_);
  if (letter != '0' && letter != '1') throw_damaged(window_.format(), "a pixel is neither 0 nor 1", offset_);
  ++offset_;
  return letter == '1';
}

bool is_netpbm_magic(const ByteWindow& window, std::uint64_t offset) noexcept {
  if (offset > window.size() || window.size() - offset < 3 || window.u8(offset) != 'P') return false;
  const std::uint8_t kind = window.u8(offset + 1);
  const std::uint8_t next = window.u8(offset + 2);
  if (kind == '7') return next == '\n' || window.has(offset + 2, "\r\n");
  return kind >= '1' && kind <= '6' && (is_netpbm_space(next) || next == '#');
}

std::string_view netpbm_format(std::span<const std::byte> bytes) noexcept {
  return bytes.size() > 1 && bytes[1] == std::byte{'7'} ? "PAM" : "PNM";
}

NetpbmHeader read_netpbm_header(const ByteWindow& window, std::uint64_t offset) {
  const std::uint8_t kind = window.u8(offset + 1);
  if (kind == '7') return PamHeaderReader(window, offset + 2).read();
  NetpbmHeader header;
  header.format = window.format();
  header.is_plain = kind <= '3';
  header.is_bitmap = kind == '1' || kind == '4';
  header.channels = kind == '3' || kind == '6' ? 3 : 1;
  NetpbmScanner scanner(window, offset + 2);
  header.width_px = nonzero(window, scanner.number(), scanner.offset());
  header.height_px = nonzero(window, scanner.number(), scanner.offset());
  if (!header.is_bitmap) header.max_value = nonzero(window, scanner.number(), scanner.offset());
  check_max_value(header, scanner.offset());
  header.raster_offset = skip_second_line_end(window, header, scanner.offset());
  return header;
}

}  // namespace vqi::detail
