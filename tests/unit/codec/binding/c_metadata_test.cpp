// Colour metadata of vqi.h: as PNG's chunks in and out, and through a stream.
#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "vqi.h"

namespace {

using Chunk = std::vector<std::uint8_t>;

Chunk chunk_of(const vqi_metadata* metadata, const char* name) {
  std::size_t size = 0;
  if (vqi_metadata_get(metadata, name, nullptr, 0, &size) == VQI_INVALID_ARGUMENT) return {};
  Chunk chunk(size);
  REQUIRE(vqi_metadata_get(metadata, name, chunk.data(), chunk.size(), &size) == VQI_OK);
  return chunk;
}

}  // namespace

TEST_CASE("every kind of metadata comes back as it was set, from a stream as well") {
  const std::array<std::pair<const char*, Chunk>, 6> chunks{{
      {"gAMA", {0, 0, 0xB1, 0x8F}},
      {"cHRM", {0, 0, 0x7A, 0x26, 0, 0, 0x80, 0x84, 0, 0, 0xFA, 0,    0, 0, 0x80, 0xE8,
                0, 0, 0x75, 0x30, 0, 0, 0xEA, 0x60, 0, 0, 0x3A, 0x98, 0, 0, 0x17, 0x70}},
      {"sRGB", {2}},
      {"cICP", {9, 16, 0, 1}},
      {"pHYs", {0, 0, 0x0B, 0x13, 0, 0, 0x0B, 0x12, 1}},
      {"iCCP", {1, 2, 3, 4, 5}},
  }};
  vqi_metadata* metadata = nullptr;
  REQUIRE(vqi_metadata_new(&metadata) == VQI_OK);
  for (const auto& [name, chunk] : chunks) {
    CHECK(chunk_of(metadata, name).empty());
    REQUIRE(vqi_metadata_set(metadata, name, chunk.data(), chunk.size()) == VQI_OK);
    CHECK(chunk_of(metadata, name) == chunk);
  }
  const Chunk samples(48, 100);
  const vqi_image image = {samples.data(), metadata, 0, 4, 4, 3, 8};
  vqi_result* encoded = nullptr;
  REQUIRE(vqi_encode(nullptr, &image, &encoded) == VQI_OK);
  std::size_t size = 0;
  const void* bytes = vqi_result_bytes(encoded, &size);
  vqi_result* decoded = nullptr;
  REQUIRE(vqi_decode(nullptr, bytes, size, &decoded) == VQI_OK);
  vqi_image back;
  REQUIRE(vqi_result_image(decoded, &back) == VQI_OK);
  REQUIRE(back.metadata != nullptr);
  for (const auto& [name, chunk] : chunks) CHECK(chunk_of(back.metadata, name) == chunk);
  vqi_metadata* read = nullptr;
  REQUIRE(vqi_stream_metadata(nullptr, bytes, size, &read) == VQI_OK);
  for (const auto& [name, chunk] : chunks) CHECK(chunk_of(read, name) == chunk);
  vqi_metadata_free(read);
  CHECK(vqi_stream_metadata(nullptr, bytes, size - 1, &read) == VQI_TRUNCATED);
  CHECK(read == nullptr);
  vqi_result_free(encoded);
  vqi_result_free(decoded);
  vqi_metadata_free(metadata);
}

TEST_CASE("what is no metadata is refused, and changes nothing") {
  vqi_metadata* metadata = nullptr;
  REQUIRE(vqi_metadata_new(&metadata) == VQI_OK);
  const std::uint8_t bytes[40] = {9};
  for (const char* name : {"gAMA", "cHRM", "sRGB", "cICP", "pHYs", "tEXt", ""}) {
    CHECK(vqi_metadata_set(metadata, name, bytes, 3) == VQI_INVALID_ARGUMENT);
    CHECK(std::string(vqi_error_message()).size() > 5);
    CHECK(chunk_of(metadata, name).empty());
  }
  CHECK(vqi_metadata_set(metadata, "sRGB", bytes, 1) == VQI_INVALID_ARGUMENT);  // there is no intent 9
  CHECK(vqi_metadata_set(metadata, "iCCP", bytes, 0) == VQI_INVALID_ARGUMENT);
  CHECK(vqi_metadata_set(nullptr, "gAMA", bytes, 4) == VQI_INVALID_ARGUMENT);
  REQUIRE(vqi_metadata_set(metadata, "gAMA", bytes, 4) == VQI_OK);
  std::uint8_t small[3];
  std::size_t size = 0;
  CHECK(vqi_metadata_get(metadata, "gAMA", small, sizeof(small), &size) == VQI_BUFFER_TOO_SMALL);
  CHECK(size == 4);
  vqi_metadata_free(metadata);
  vqi_metadata_free(nullptr);
}
