// A table with a reader and a writer for each type: gAMA, cHRM, sRGB, iCCP, cICP and pHYs.
#include "metadata_sections.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "bytes.hpp"
#include "stream_error.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t icc_name_max = 79;
constexpr std::uint8_t srgb_intent_max = 3;
constexpr std::uint8_t full_range_max = 1;
constexpr std::uint8_t density_unit_max = 1;

std::uint32_t load32(const Section& section, std::size_t offset) {
  return static_cast<std::uint32_t>(load_le(section.payload.data() + offset, 4));
}

template <typename Field, typename Value>
void set_once(const Section& section, Field& field, Value&& value) {
  if (field.has_value())
    throw stream_error(ErrorCode::corrupt_section, section.offset, "section \"" + section.type + "\" is repeated");
  field = std::forward<Value>(value);
}

/// Bytes of the profile's name, which a NUL ends.
std::size_t icc_name_bytes(const Section& section) {
  const auto nul = std::find(section.payload.begin(), section.payload.end(), std::byte{0});
  const auto length = static_cast<std::size_t>(nul - section.payload.begin());
  if (nul == section.payload.end() || length == 0 || length > icc_name_max)
    throw stream_error(ErrorCode::corrupt_section, section.payload_offset(),
                       "profile name of section \"iCCP\" is broken");
  return length;
}

IccProfile load_icc(const Section& section) {
  const std::size_t name_bytes = icc_name_bytes(section);
  IccProfile profile;
  for (std::size_t i = 0; i < name_bytes; ++i) profile.name.push_back(static_cast<char>(section.payload[i]));
  const std::span<const std::byte> bytes = section.payload.subspan(name_bytes + 1);
  profile.bytes.assign(bytes.begin(), bytes.end());
  return profile;
}

std::uint8_t load8(const Section& section, std::size_t offset, std::uint8_t most, const char* what) {
  const auto value = static_cast<std::uint8_t>(section.payload[offset]);
  if (value > most)
    throw stream_error(ErrorCode::corrupt_section, section.payload_offset() + offset,
                       std::string(what) + " is " + std::to_string(value) + ", not 0 to " + std::to_string(most));
  return value;
}

void read_gamma(const Section& section, ColourMetadata& metadata) {
  check_payload_size(section, 4);
  set_once(section, metadata.gamma, load32(section, 0));
}

bool write_gamma(const ColourMetadata& metadata, ByteWriter& payload) {
  if (!metadata.gamma) return false;
  payload.integer(*metadata.gamma, 4);
  return true;
}

void read_chromaticities(const Section& section, ColourMetadata& metadata) {
  check_payload_size(section, 32);
  std::array<std::uint32_t, 8> values{};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = load32(section, 4 * i);
  set_once(section, metadata.chromaticities, values);
}

bool write_chromaticities(const ColourMetadata& metadata, ByteWriter& payload) {
  if (!metadata.chromaticities) return false;
  for (const std::uint32_t value : *metadata.chromaticities) payload.integer(value, 4);
  return true;
}

void read_srgb_intent(const Section& section, ColourMetadata& metadata) {
  check_payload_size(section, 1);
  set_once(section, metadata.srgb_intent, load8(section, 0, srgb_intent_max, "rendering intent"));
}

bool write_srgb_intent(const ColourMetadata& metadata, ByteWriter& payload) {
  if (!metadata.srgb_intent) return false;
  payload.integer(*metadata.srgb_intent, 1);
  return true;
}

void read_icc_profile(const Section& section, ColourMetadata& metadata) {
  set_once(section, metadata.icc_profile, load_icc(section));
}

bool write_icc_profile(const ColourMetadata& metadata, ByteWriter& payload) {
  if (!metadata.icc_profile) return false;
  payload.text(metadata.icc_profile->name);
  payload.integer(0, 1);
  payload.append(metadata.icc_profile->bytes);
  return true;
}

void read_cicp(const Section& section, ColourMetadata& metadata) {
  check_payload_size(section, 4);
  constexpr std::uint8_t any = 255;
  set_once(section, metadata.cicp,
           std::array{load8(section, 0, any, "primaries"), load8(section, 1, any, "transfer"),
                      load8(section, 2, any, "matrix"), load8(section, 3, full_range_max, "full range flag")});
}

bool write_cicp(const ColourMetadata& metadata, ByteWriter& payload) {
  if (!metadata.cicp) return false;
  for (const std::uint8_t value : *metadata.cicp) payload.integer(value, 1);
  return true;
}

void read_density(const Section& section, ColourMetadata& metadata) {
  check_payload_size(section, 9);
  set_once(section, metadata.density,
           PixelDensity{load32(section, 0), load32(section, 4),
                        load8(section, 8, density_unit_max, "unit of the pixel density")});
}

bool write_density(const ColourMetadata& metadata, ByteWriter& payload) {
  if (!metadata.density) return false;
  payload.integer(metadata.density->x, 4);
  payload.integer(metadata.density->y, 4);
  payload.integer(metadata.density->unit, 1);
  return true;
}

struct MetadataType {
  std::string_view type;
  void (*read)(const Section& section, ColourMetadata& metadata);
  bool (*write)(const ColourMetadata& metadata, ByteWriter& payload);  ///< false where the field is not set
};

/// The types in the order in which they are written.
constexpr std::array<MetadataType, 6> metadata_types{{{"gAMA", read_gamma, write_gamma},
                                                      {"cHRM", read_chromaticities, write_chromaticities},
                                                      {"sRGB", read_srgb_intent, write_srgb_intent},
                                                      {"iCCP", read_icc_profile, write_icc_profile},
                                                      {"cICP", read_cicp, write_cicp},
                                                      {"pHYs", read_density, write_density}}};

/// The entry of a section type, or the end of metadata_types.
auto find_type(std::string_view type) noexcept {
  return std::find_if(metadata_types.begin(), metadata_types.end(),
                      [&](const MetadataType& known) { return known.type == type; });
}

}  // namespace

void validate_metadata(const ColourMetadata& metadata) {
  if (metadata.icc_profile) {
    const std::string& name = metadata.icc_profile->name;
    if (name.empty() || name.size() > icc_name_max || name.find('\0') != std::string::npos)
      throw Error(ErrorCode::invalid_image, "name of the ICC profile must have 1 to 79 characters, none of them NUL");
  }
  if (metadata.srgb_intent && *metadata.srgb_intent > srgb_intent_max)
    throw Error(ErrorCode::invalid_image, "sRGB rendering intent must be 0 to 3");
  if (metadata.cicp && (*metadata.cicp)[3] > full_range_max)
    throw Error(ErrorCode::invalid_image, "full range flag of cICP must be 0 or 1");
  if (metadata.density && metadata.density->unit > density_unit_max)
    throw Error(ErrorCode::invalid_image, "unit of the pixel density must be 0 or 1");
}

void append_metadata(std::vector<std::byte>& stream, const ColourMetadata& metadata) {
  for (const MetadataType& known : metadata_types) {
    std::vector<std::byte> payload;
    ByteWriter writer(payload);
    if (known.write(metadata, writer)) append_section(stream, known.type, skippable_flag, payload);
  }
}

bool is_metadata_type(std::string_view type) noexcept { return find_type(type) != metadata_types.end(); }

void check_metadata(const Section& section) {
  const auto known = find_type(section.type);
  if (known == metadata_types.end()) return;
  if (known->read == read_icc_profile) {
    static_cast<void>(icc_name_bytes(section));
    return;
  }
  ColourMetadata scratch;
  known->read(section, scratch);
}

bool read_metadata(const Section& section, ColourMetadata& metadata) {
  const auto known = find_type(section.type);
  if (known == metadata_types.end()) return false;
  known->read(section, metadata);
  return true;
}

}  // namespace vqi::detail
