// Colour metadata of vqi.h, in the form of PNG's chunks.
#include <algorithm>
#include <cstring>
#include <string_view>

#include "handles.hpp"

using vqi::binding::guarded;
using vqi::binding::need;

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t number_bytes = 4;

std::uint32_t number_at(const Bytes& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < number_bytes; ++i) value = value << 8 | bytes[at + i];
  return value;
}

void append_number(Bytes& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

void need_size(const Bytes& bytes, std::size_t size) { need(bytes.size() == size, "the chunk has another size"); }

/// Sets the field of a chunk. Throws InvalidArgument for what is no such chunk.
void set_chunk(vqi::ColourMetadata& metadata, std::string_view name, const Bytes& bytes) {
  if (name == "gAMA") {
    need_size(bytes, number_bytes);
    metadata.gamma = number_at(bytes, 0);
  } else if (name == "cHRM") {
    auto& values = metadata.chromaticities.emplace();
    need_size(bytes, values.size() * number_bytes);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = number_at(bytes, i * number_bytes);
  } else if (name == "sRGB") {
    need_size(bytes, 1);
    need(bytes[0] <= 3, "a rendering intent is 0 to 3");
    metadata.srgb_intent = bytes[0];
  } else if (name == "cICP") {
    auto& values = metadata.cicp.emplace();
    need_size(bytes, values.size());
    std::copy(bytes.begin(), bytes.end(), values.begin());
  } else if (name == "pHYs") {
    need_size(bytes, 2 * number_bytes + 1);
    need(bytes.back() <= 1, "a unit of density is 0 or 1");
    metadata.density = {number_at(bytes, 0), number_at(bytes, number_bytes), bytes.back()};
  } else if (name == "iCCP") {
    need(!bytes.empty(), "the profile is empty");
    vqi::IccProfile& profile = metadata.icc_profile.emplace();
    profile.name = "ICC profile";
    profile.bytes.resize(bytes.size());
    std::memcpy(profile.bytes.data(), bytes.data(), bytes.size());
  } else {
    throw vqi::binding::InvalidArgument{"metadata are gAMA, cHRM, sRGB, cICP, pHYs and iCCP"};
  }
}

/// The data of a chunk, empty where there is none.
Bytes chunk_of(const vqi::ColourMetadata& metadata, std::string_view name) {
  Bytes bytes;
  if (name == "gAMA" && metadata.gamma) append_number(bytes, *metadata.gamma);
  if (name == "cHRM" && metadata.chromaticities)
    for (const std::uint32_t value : *metadata.chromaticities) append_number(bytes, value);
  if (name == "sRGB" && metadata.srgb_intent) bytes.push_back(*metadata.srgb_intent);
  if (name == "cICP" && metadata.cicp) bytes.assign(metadata.cicp->begin(), metadata.cicp->end());
  if (name == "pHYs" && metadata.density) {
    append_number(bytes, metadata.density->x);
    append_number(bytes, metadata.density->y);
    bytes.push_back(metadata.density->unit);
  }
  if (name == "iCCP" && metadata.icc_profile)
    for (const std::byte byte : metadata.icc_profile->bytes) bytes.push_back(std::to_integer<std::uint8_t>(byte));
  return bytes;
}

}  // namespace

vqi_status vqi_metadata_new(vqi_metadata** metadata) {
  return guarded([&] {
    need(metadata != nullptr, "the place for the metadata is null");
    *metadata = nullptr;
    *metadata = new vqi_metadata;
  });
}

void vqi_metadata_free(vqi_metadata* metadata) { delete metadata; }

vqi_status vqi_metadata_set(vqi_metadata* metadata, const char* name, const void* bytes, size_t size) {
  return guarded([&] {
    need(metadata != nullptr && name != nullptr && (bytes != nullptr || size == 0), "a pointer is null");
    const auto* first = static_cast<const std::uint8_t*>(bytes);
    vqi::ColourMetadata changed = *metadata;
    set_chunk(changed, name, Bytes(first, first + size));
    static_cast<vqi::ColourMetadata&>(*metadata) = std::move(changed);
  });
}

vqi_status vqi_metadata_get(const vqi_metadata* metadata, const char* name, void* buffer, size_t capacity,
                            size_t* size) {
  if (size != nullptr) *size = 0;
  return guarded([&] {
    need(metadata != nullptr && name != nullptr, "the metadata or the name is null");
    const Bytes bytes = chunk_of(*metadata, name);
    need(!bytes.empty(), "there is no metadata of that name");
    if (size != nullptr) *size = bytes.size();
    if (bytes.size() > capacity || buffer == nullptr) vqi::binding::refuse_buffer(bytes.size(), capacity);
    std::memcpy(buffer, bytes.data(), bytes.size());
  });
}
