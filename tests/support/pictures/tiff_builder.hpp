// TiffBuilder: builds small TIFF files of one strip, field by field; several of them are the pages of one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "byte_tools.hpp"

namespace vqi::testing {

class TiffBuilder {
 public:
  /// An image of `samples`, interleaved, of 8, 12 (two in three bytes) or 16 bits.
  TiffBuilder(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels, std::uint32_t bits,
              const std::vector<std::uint32_t>& samples, bool is_big_endian = false)
      : is_big_endian_(is_big_endian) {
    set_long(256, width_px);
    set_long(257, height_px);
    set_short(258, std::vector<std::uint32_t>(channels, bits));
    set_short(259, {1});
    set_short(262, {channels >= 3 ? 2U : 1U});
    set_short(277, {channels});
    set_long(278, height_px);
    set_short(284, {1});
    if (bits == 12) {
      for (std::size_t i = 0; i + 1 < samples.size(); i += 2)
        append_be(data_, (std::uint64_t{samples[i]} << 12) | samples[i + 1], 3);
    } else {
      for (const std::uint32_t sample : samples) put(data_, sample, static_cast<int>(bits / 8));
    }
  }

  TiffBuilder& set_short(std::uint16_t tag, const std::vector<std::uint32_t>& values) {
    fields_[tag] = {3, values};
    return *this;
  }
  TiffBuilder& set_long(std::uint16_t tag, std::uint32_t value) {
    fields_[tag] = {4, {value}};
    return *this;
  }
  TiffBuilder& set_longs(std::uint16_t tag, const std::vector<std::uint32_t>& values) {
    fields_[tag] = {4, values};
    return *this;
  }
  TiffBuilder& set_byte(std::uint16_t tag, const std::vector<std::uint32_t>& values) {
    fields_[tag] = {1, values};
    return *this;
  }
  /// A fraction, of type RATIONAL.
  TiffBuilder& set_rational(std::uint16_t tag, std::uint32_t numerator, std::uint32_t denominator) {
    fields_[tag] = {5, {numerator, denominator}};
    return *this;
  }
  /// Bytes of type UNDEFINED.
  TiffBuilder& set_bytes(std::uint16_t tag, const Bytes& bytes) {
    fields_[tag] = {7, {}};
    for (const std::byte byte : bytes) fields_[tag].values.push_back(std::to_integer<std::uint32_t>(byte));
    return *this;
  }
  /// Other bytes in place of the samples; StripOffsets and StripByteCounts stay those of one strip unless they are set.
  TiffBuilder& set_data(Bytes data) {
    data_ = std::move(data);
    return *this;
  }
  TiffBuilder& remove(std::uint16_t tag) {
    fields_.erase(tag);
    return *this;
  }

  /// Where the first byte of the samples lies in the file of a single page.
  static constexpr std::uint32_t data_offset = 8;

  /// The file: header, pixels, fields of more than four bytes, directory.
  [[nodiscard]] Bytes build() const { return build_pages({this}); }

  /// A file of several pages, all in the byte order of the first.
  [[nodiscard]] static Bytes build_pages(const std::vector<const TiffBuilder*>& pages) {
    Bytes file = bytes_of(pages[0]->is_big_endian_ ? std::string_view("MM\0\x2A", 4) : std::string_view("II\x2A\0", 4));
    pages[0]->put(file, 0, 4);
    std::size_t link = 4;
    for (const TiffBuilder* page : pages) link = page->append_page(file, link);
    return file;
  }

 private:
  struct Field {
    std::uint16_t type = 3;
    std::vector<std::uint32_t> values;
  };

  static int value_bytes(std::uint16_t type) { return type == 3 ? 2 : type == 4 || type == 5 ? 4 : 1; }

  /// Appends pixels and directory, writes where the latter is to `link`, and returns where the next link is to go.
  std::size_t append_page(Bytes& file, std::size_t link) const {
    std::map<std::uint16_t, Field> fields = fields_;
    fields.try_emplace(273, Field{4, {static_cast<std::uint32_t>(file.size())}});
    fields.try_emplace(279, Field{4, {static_cast<std::uint32_t>(data_.size())}});
    append(file, data_);
    Bytes directory;
    put(directory, fields.size(), 2);
    for (const auto& [tag, field] : fields) {
      Bytes values;
      for (const std::uint32_t value : field.values) put(values, value, value_bytes(field.type));
      put(directory, tag, 2);
      put(directory, field.type, 2);
      put(directory, field.values.size() / (field.type == 5 ? 2 : 1), 4);
      if (values.size() > 4) {
        put(directory, file.size(), 4);
        append(file, values);
      } else {
        values.resize(4);
        append(directory, values);
      }
    }
    if (file.size() % 2 != 0) file.push_back(std::byte{0});
    Bytes offset;
    put(offset, file.size(), 4);
    std::copy(offset.begin(), offset.end(), file.begin() + static_cast<std::ptrdiff_t>(link));
    append(file, directory);
    put(file, 0, 4);
    return file.size() - 4;
  }

  void put(Bytes& to, std::uint64_t value, int size) const {
    is_big_endian_ ? append_be(to, value, size) : append_le(to, value, size);
  }

  bool is_big_endian_;
  Bytes data_;
  std::map<std::uint16_t, Field> fields_;
};

}  // namespace vqi::testing
