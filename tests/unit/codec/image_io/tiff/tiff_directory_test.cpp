// TiffDirectory and find_tiff_pages: fields of every unsigned type, pages, and chains that lead nowhere.
#include "tiff_directory.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "streams/counting_source.hpp"
#include "tiff_builder.hpp"

namespace {

using vqi::detail::FileBytes;
using vqi::detail::TiffDirectory;
using vqi::detail::TiffTag;
using vqi::testing::Bytes;
using vqi::testing::TiffBuilder;

TiffBuilder pixel() { return TiffBuilder(1, 1, 1, 8, {5}); }

/// A file of empty directories: each has no entry and leads to the next of `links`.
Bytes chain(const std::vector<std::uint32_t>& links) {
  Bytes file = vqi::testing::bytes_of({"II\x2A\0", 4});
  vqi::testing::append_le(file, 8, 4);
  for (const std::uint32_t link : links) {
    vqi::testing::append_le(file, 0, 2);
    vqi::testing::append_le(file, link, 4);
  }
  return file;
}

/// Of a file in memory, and the same elsewhere.
vqi::detail::TiffPages find_tiff_pages(const Bytes& file) {
  vqi::test::CountingSource counting(file);
  const FileBytes elsewhere(counting.source(), "TIFF");
  vqi::detail::TiffPages pages = vqi::detail::find_tiff_pages(FileBytes(file, "TIFF"));
  CHECK(vqi::detail::find_tiff_pages(elsewhere).pages.size() == pages.pages.size());
  CHECK(counting.wrong == 0);
  return pages;
}

}  // namespace

TEST_CASE("numbers of each unsigned type are found in both byte orders") {
  for (const bool is_big_endian : {false, true}) {
    const Bytes file = TiffBuilder(1, 1, 1, 8, {5}, is_big_endian)
                           .set_byte(338, {2})
                           .set_short(278, {300})
                           .set_longs(324, {7, 70000})
                           .set_rational(325, 1, 2)
                           .build();
    const FileBytes window(file, "TIFF");
    const TiffDirectory directory(window, TiffDirectory::first_offset(window));
    CHECK(directory.is_big_endian() == is_big_endian);
    CHECK(directory.number(TiffTag::extra_samples, 0) == 2);
    CHECK(directory.number(TiffTag::rows_per_strip, 0) == 300);
    const auto offsets = directory.find(TiffTag::tile_offsets);
    REQUIRE(offsets);
    CHECK(offsets->count == 2);
    CHECK(directory.value(*offsets, 1) == 70000);
    CHECK_FALSE(directory.find(TiffTag::tile_byte_counts));  // no integers
    CHECK(directory.number(TiffTag::new_subfile_type, 9) == 9);
    CHECK(directory.has(262));
    CHECK_FALSE(directory.has(263));
    CHECK(directory.next_offset() == 0);
  }
}

TEST_CASE("pages are found in the order of the file, with those that belong to others") {
  const TiffBuilder first = pixel();
  TiffBuilder second = pixel();
  second.set_long(254, 1);
  const TiffBuilder third = pixel();
  const auto pages = find_tiff_pages(TiffBuilder::build_pages({&first, &second, &third}));
  REQUIRE(pages.pages.size() == 3);
  CHECK_FALSE(pages.is_chain_damaged);
  CHECK_FALSE(pages.pages[0].is_secondary);
  CHECK(pages.pages[1].is_secondary);
  CHECK(pages.pages[0].offset < pages.pages[1].offset);
}

TEST_CASE("a chain that turns back, or leads out of the file, ends there") {
  CHECK(find_tiff_pages(chain({14, 0})).pages.size() == 2);
  CHECK_FALSE(find_tiff_pages(chain({14, 0})).is_chain_damaged);
  for (const std::uint32_t link : {8U, 14U, 5000U, 0xFFFFFFFFU}) {
    const auto pages = find_tiff_pages(chain({14, link}));
    INFO("to " << link);
    CHECK(pages.is_chain_damaged);
    CHECK(pages.pages.size() == 2);
  }
}

TEST_CASE("directories that share their entries end the chain before reading them takes long") {
  // 400 directories, each of which claims all bytes from its place to the end of the file as entries.
  Bytes file = vqi::testing::bytes_of({"II\x2A\0", 4});
  vqi::testing::append_le(file, 8, 4);
  constexpr std::uint32_t size = 60000;
  file.resize(size);
  for (std::uint32_t i = 0; i < 400; ++i) {
    const std::uint32_t at = 8 + 6 * i;
    const std::uint32_t count = (size - at - 6) / 12 - 400;
    file[at] = static_cast<std::byte>(count & 0xFF);
    file[at + 1] = static_cast<std::byte>(count >> 8);
  }
  const auto pages = find_tiff_pages(file);
  CHECK(pages.pages.size() == 1);
}

TEST_CASE("a first directory that is not there is an error") {
  CHECK(vqi::testing::error_of([] { return find_tiff_pages(chain({})); }) == vqi::ErrorCode::corrupt_image);
  CHECK(vqi::testing::error_of([] {
          return find_tiff_pages(vqi::testing::bytes_of({"MM\0\x2A", 4}));
        }) == vqi::ErrorCode::corrupt_image);
}
