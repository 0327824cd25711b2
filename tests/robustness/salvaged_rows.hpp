// Salvaged images beside the whole ones: which rows are whole, unverified or lost, and whether they are right.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "stream_reader.hpp"
#include "test_images.hpp"
#include "vqi/vqi.hpp"

namespace vqi::test {

using Stream = std::vector<std::byte>;

/// The offset of the first section of this type.
inline std::size_t find_section(const Stream& stream, const std::string& type) {
  for (const SectionInfo& section : inspect(stream).sections)
    if (section.type == type) return section.offset;
  FAIL("no section " << type);
  return 0;
}

inline Stream flipped(Stream stream, std::size_t offset) {
  stream[offset] ^= std::byte{0x10};
  return stream;
}

/// The mean of all codewords of a grey stream, halves rounded up.
inline std::uint32_t mean_of_codebook(const Stream& whole) {
  const Image codebook = decode_indexed(whole).codebook;
  std::uint32_t sum = 0;
  for (std::uint32_t k = 0; k < codebook.width_px(); ++k) sum += sample_at(codebook, k, 0, 0);
  return (2 * sum + codebook.width_px()) / (2 * codebook.width_px());
}

inline std::vector<bool> flags_of(const std::vector<RowRange>& ranges, std::uint32_t height) {
  std::vector<bool> flags(height);
  std::uint32_t free_from = 0;
  for (const RowRange& rows : ranges) {
    CHECK(rows.begin >= free_from);
    CHECK(rows.begin < rows.end);
    for (std::uint32_t y = rows.begin; y < rows.end; ++y) flags[y] = true;
    free_from = rows.end + 1;
  }
  return flags;
}

/// Whether a row has the same samples in both images, or the sample `wanted` alone.
inline bool same_row(const Image& image, const Image& other, std::uint32_t y) {
  return std::equal(image.row(y), image.row(y) + image.row_bytes(), other.row(y));
}
inline bool row_is(const Image& image, std::uint32_t y, std::uint32_t wanted) {
  for (std::uint32_t x = 0; x < image.width_px(); ++x)
    if (sample_at(image, x, y, 0) != wanted) return false;
  return true;
}

/// What check_rows counts.
struct Rows {
  std::uint32_t unverified = 0;
  std::uint32_t wrong_unverified = 0;  ///< unverified rows that differ from the whole image
  std::uint32_t lost = 0;
};

/// Checks that each row is whole, unverified or lost, that whole rows equal those of the whole image, and that lost
/// ones hold the mean alone.
inline Rows check_rows(const Salvaged& salvaged, const Stream& whole) {
  const Image image = decode(whole);
  const std::uint32_t mean = mean_of_codebook(whole);
  REQUIRE(salvaged.image.width_px() == image.width_px());
  REQUIRE(salvaged.image.height_px() == image.height_px());
  const std::vector<bool> unverified = flags_of(salvaged.unverified_rows, image.height_px());
  const std::vector<bool> lost = flags_of(salvaged.lost_rows, image.height_px());
  Rows rows;
  std::size_t wrong = 0;
  for (std::uint32_t y = 0; y < image.height_px(); ++y) {
    rows.unverified += unverified[y] ? 1U : 0U;
    rows.lost += lost[y] ? 1U : 0U;
    const bool same = same_row(salvaged.image, image, y);
    if (unverified[y])
      rows.wrong_unverified += same ? 0U : 1U;
    else
      wrong += (lost[y] ? row_is(salvaged.image, y, mean) : same) ? 0U : 1U;
    wrong += unverified[y] && lost[y] ? 1U : 0U;
  }
  CHECK(wrong == 0);
  return rows;
}

/// Checks that nothing is left to salvage.
inline void check_nothing_left(const Stream& damaged) {
  try {
    static_cast<void>(salvage(damaged));
    FAIL("was salvaged");
  } catch (const Error& error) {
    CHECK(error.error_class() == ErrorClass::data);
    CHECK(std::string(error.what()).find("nothing can be salvaged, no pixel row is left") != std::string::npos);
  }
}

inline std::vector<detail::StripEntry> entries_of(const Stream& stream) {
  return detail::StreamReader(stream, {}).strips();
}

}  // namespace vqi::test
