// Each file of tests/conformance decodes to the samples in its line of the manifest, or is refused as its line says.
#include <catch2/catch.hpp>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "conformance_files.hpp"
#include "crc32c.hpp"
#include "test_images.hpp"
#include "vqi/vqi.hpp"

namespace {

/// CRC-32C of the samples; 16-bit samples count low byte first on any machine.
std::uint32_t samples_crc(const vqi::Image& image) {
  std::vector<std::byte> bytes;
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::uint32_t x = 0; x < image.width_px(); ++x)
      for (std::uint32_t c = 0; c < image.channels(); ++c) {
        const std::uint32_t sample = vqi::test::sample_at(image, x, y, c);
        bytes.push_back(static_cast<std::byte>(sample & 0xFFU));
        if (image.bit_depth() == 16) bytes.push_back(static_cast<std::byte>(sample >> 8));
      }
  return vqi::detail::crc32c(bytes);
}

/// The image that has each index's codeword as its block.
vqi::Image image_of(const vqi::IndexedImage& indexed) {
  const vqi::Image& codebook = indexed.codebook;
  vqi::Image image(indexed.width_px, indexed.height_px, codebook.channels(), codebook.bit_depth());
  const std::size_t pixel_bytes = image.view().pixel_bytes();
  const std::uint32_t block_height = codebook.height_px();
  std::uint32_t block_width = 1;
  while ((indexed.width_px + block_width - 1) / block_width != indexed.map_width ||
         codebook.width_px() % block_width != 0)
    ++block_width;
  for (std::uint32_t y = 0; y < indexed.height_px; ++y)
    for (std::uint32_t x = 0; x < indexed.width_px; ++x) {
      const std::uint32_t index = indexed.indices[std::size_t{y / block_height} * indexed.map_width + x / block_width];
      const std::byte* source = codebook.row(y % block_height) + (index * block_width + x % block_width) * pixel_bytes;
      std::copy_n(source, pixel_bytes, image.row(y) + x * pixel_bytes);
    }
  return image;
}

}  // namespace

TEST_CASE("every conformance file decodes to the samples that were put into it") {
  for (std::istringstream& line : vqi::test::conformance_lines("manifest.txt")) {
    std::string name;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t channels = 0;
    std::uint32_t depth = 0;
    std::uint32_t crc = 0;
    line >> name >> width >> height >> channels >> depth >> std::hex >> crc;
    INFO(name);
    const std::vector<std::byte> stream = vqi::test::read_conformance_file(name);
    const vqi::Image image = vqi::decode(stream);
    CHECK(image.width_px() == width);
    CHECK(image.height_px() == height);
    CHECK(image.channels() == channels);
    CHECK(image.bit_depth() == depth);
    CHECK(samples_crc(image) == crc);
    CHECK(samples_crc(vqi::decode_region(stream, 0, 0, width, height)) == crc);
    CHECK(samples_crc(vqi::salvage(stream).image) == crc);
    CHECK_FALSE(vqi::inspect(stream).damage);
  }
}

TEST_CASE("the indices and codewords of every conformance file give the same samples") {
  for (std::istringstream& line : vqi::test::conformance_lines("manifest.txt")) {
    std::string name;
    line >> name;
    INFO(name);
    const std::vector<std::byte> stream = vqi::test::read_conformance_file(name);
    const vqi::IndexedImage indexed = vqi::decode_indexed(stream);
    const vqi::StreamInfo info = vqi::inspect(stream);
    if (info.block_width_px > info.width_px) continue;  // then the map does not say how wide a block is
    vqi::DecodeLimits without_filter;
    without_filter.restore = false;
    CHECK(vqi::test::same_samples(image_of(indexed), vqi::decode(stream, without_filter)));
  }
}

TEST_CASE("every file that breaks a rule is refused with its code and byte offset") {
  for (std::istringstream& line : vqi::test::conformance_lines("rejected.txt")) {
    std::string name;
    std::string code;
    std::uint64_t offset = 0;
    line >> name >> code >> offset;
    INFO(name);
    try {
      static_cast<void>(vqi::decode(vqi::test::read_conformance_file(name)));
      FAIL("was decoded");
    } catch (const vqi::Error& error) {
      CHECK(vqi::error_code_name(error.error_code()) == code);
      CHECK(error.offset() == offset);
      CHECK(error.error_class() == vqi::ErrorClass::data);
    }
  }
}
