// gAMA, cHRM, sRGB, iCCP and pHYs sections.
#include "metadata_sections.hpp"

#include <algorithm>

#include "bytes.hpp"
#include "stream_error.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t icc_name_max = 79;

void check_length(const Section& section, std::size_t length) {
  if (section.payload.size() != length)
    throw stream_error(ErrorCode::corrupt_section, section.offset + 6,
                       "section \"" + section.type + "\" has " + std::to_string(section.payload.size()) +
                           " bytes, not " + std::to_string(length));
}

std::uint32_t load32(const Section& section, std::size_t offset) {
  return static_cast<std::uint32_t>(load_le(section.payload.data() + offset, 4));
}

template <typename Field, typename Value>
void set_once(const Section& section, Field& field, Value&& value) {
  if (field.has_value())
    throw stream_error(ErrorCode::corrupt_section, section.offset, "section \"" + section.type + "\" is repeated");
  field = std::forward<Value>(value);
}

/// Bytes of the profile's name, behind which is a NUL.
std::size_t icc_name_bytes(const Section& section) {
  const auto nul = std::find(section.payload.begin(), section.payload.end(), std::byte{0});
  const auto length = static_cast<std::size_t>(nul - section.payload.begin());
  if (nul == section.payload.end() || length == 0 || length > icc_name_max)
    throw stream_error(ErrorCode::corrupt_section, section.payload_offset(),
                       "profile name of section \"iCCP\" is broken");
  return length;
}

IccProfile read_icc(const Section& section) {
  const std::size_t name_bytes = icc_name_bytes(section);
  IccProfile profile;
  for (std::size_t i = 0; i < name_bytes; ++i) profile.name.push_back(static_cast<char>(section.payload[i]));
  const std::span<const std::byte> bytes = section.payload.subspan(name_bytes + 1);
  profile.bytes.assign(bytes.begin(), bytes.end());
  return profile;
}

std::uint8_t read_u8(const Section& section, std::size_t offset, std::uint8_t most, const char* what) {
  const auto value = static_cast<std::uint8_t>(section.payload[offset]);
  if (value > most)
    throw stream_error(ErrorCode::corrupt_section, section.payload_offset() + offset,
                       std::string(what) + " is " + std::to_string(value) + ", not 0 to " + std::to_string(most));
  return value;
}

}  // namespace

void validate_metadata(const ColourMetadata& metadata) {
  if (metadata.icc_profile) {
    const std::string& name = metadata.icc_profile->name;
    if (name.empty() || name.size() > icc_name_max || name.find('\0') != std::string::npos)
      throw Error(ErrorCode::invalid_image, "name of the ICC profile must have 1 to 79 characters, none of them NUL");
  }
  if (metadata.srgb_intent && *metadata.srgb_intent > 3)
    throw Error(ErrorCode::invalid_image, "sRGB rendering intent must be 0 to 3");
  if (metadata.density && metadata.density->unit > 1)
    throw Error(ErrorCode::invalid_image, "unit of the pixel density must be 0 or 1");
}

void append_metadata(std::vector<std::byte>& stream, const ColourMetadata& metadata) {
  std::vector<std::byte> payload;
  ByteWriter writer(payload);
  const auto finish = [&](std::string_view type) {
    append_section(stream, type, skippable_flag, payload);
    payload.clear();
  };
  if (metadata.gamma) {
    writer.integer(*metadata.gamma, 4);
    finish("gAMA");
  }
  if (metadata.chromaticities) {
    for (const std::uint32_t value : *metadata.chromaticities) writer.integer(value, 4);
    finish("cHRM");
  }
  if (metadata.srgb_intent) {
    writer.integer(*metadata.srgb_intent, 1);
    finish("sRGB");
  }
  if (metadata.icc_profile) {
    writer.text(metadata.icc_profile->name);
    writer.integer(0, 1);
    writer.append(metadata.icc_profile->bytes);
    finish("iCCP");
  }
  if (metadata.density) {
    writer.integer(metadata.density->x, 4);
    writer.integer(metadata.density->y, 4);
    writer.integer(metadata.density->unit, 1);
    finish("pHYs");
  }
}

void check_metadata(const Section& section) {
  if (section.type == "iCCP") {
    static_cast<void>(icc_name_bytes(section));
  } else {
    ColourMetadata scratch;
    static_cast<void>(read_metadata(section, scratch));
  }
}

bool read_metadata(const Section& section, ColourMetadata& metadata) {
  if (section.type == "gAMA") {
    check_length(section, 4);
    set_once(section, metadata.gamma, load32(section, 0));
  } else if (section.type == "cHRM") {
    check_length(section, 32);
    std::array<std::uint32_t, 8> values{};
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = load32(section, 4 * i);
    set_once(section, metadata.chromaticities, values);
  } else if (section.type == "sRGB") {
    check_length(section, 1);
    set_once(section, metadata.srgb_intent, read_u8(section, 0, 3, "rendering intent"));
  } else if (section.type == "iCCP") {
    set_once(section, metadata.icc_profile, read_icc(section));
  } else if (section.type == "pHYs") {
    check_length(section, 9);
    set_once(section, metadata.density,
             PixelDensity{load32(section, 0), load32(section, 4), read_u8(section, 8, 1, "unit of the pixel density")});
  } else {
    return false;
  }
  return true;
}

}  // namespace vqi::detail
