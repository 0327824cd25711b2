// TiffBuilder: builds small uncompressed TIFF files of one strip, field by field.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "byte_tools.hpp"

namespace vqi::testing {
using namespace detail;

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
  TiffBuilder& remove(std::uint16_t tag) {
    fields_.erase(tag);
    return *this;
  }

  /// The file: header, pixels, fields of more than four bytes, directory.
  [[nodiscard]] Bytes build() const {
    std::map<std::uint16_t, Field> fields = fields_;
    constexpr std::uint32_t data_offset = 8;
    fields[273] = {4, {data_offset}};
    fields[279] = {4, {static_cast<std::uint32_t>(data_.size())}};
    Bytes body = data_;
    Bytes directory;
    put(directory, fields.size(), 2);
    for (const auto& [tag, field] : fields) {
      const int size = field.type == 3 ? 2 : 4;
      Bytes values;
      for (const std::uint32_t value : field.values) put(values, value, size);
      put(directory, tag, 2);
      put(directory, field.type, 2);
      put(directory, field.values.size(), 4);
      if (values.size() > 4) {
        put(directory, data_offset + body.size(), 4);
        append(body, values);
      } else {
        values.resize(4);
        append(directory, values);
      }
    }
    put(directory, 0, 4);
    if (body.size() % 2 != 0) body.push_back(std::byte{0});
    Bytes file = bytes_of(is_big_endian_ ? std::string_view("MM\0\x2A", 4) : std::string_view("II\x2A\0", 4));
    put(file, data_offset + body.size(), 4);
    append(file, body);
    append(file, directory);
    return file;
  }

 private:
  struct Field {
    std::uint16_t type = 3;
    std::vector<std::uint32_t> values;
  };

  void put(Bytes& to, std::uint64_t value, int size) const {
    is_big_endian_ ? append_be(to, value, size) : append_le(to, value, size);
  }

  bool is_big_endian_;
  Bytes data_;
  std::map<std::uint16_t, Field> fields_;
};

}  // namespace vqi::testing
