// salvage keeps the strips that damage does not touch, and the rows of others apart as far as they can be decoded.
#include <catch2/catch.hpp>
#include <functional>
#include <set>
#include <vector>

#include "crc32c.hpp"
#include "salvaged_rows.hpp"
#include "test_images.hpp"
#include "vqi/vqi.hpp"

using namespace vqi::test;

namespace {

constexpr std::uint32_t width_px = 512;
constexpr std::uint32_t strip_px = 128;  // 65536 / 512 rows of the map
constexpr std::uint32_t height_px = 5 * strip_px + 40;
constexpr std::uint32_t strips = 5;

/// Five strips, the last one the longest; K = 4 gives fixed width, K = 5 uniform range.
Stream five_strips(std::uint32_t k) {
  vqi::Image image = vqi::test::make_image(width_px, height_px, 1, 8, Content::noise);
  image.metadata().gamma = 45455;
  vqi::EncodeOptions options;
  options.k = k;
  options.effort = 1;
  options.coding = vqi::Coding::packed;
  return vqi::encode(image, options).bytes;
}

std::vector<vqi::RowRange> rows_of_strips(const std::set<std::uint32_t>& lost) {
  std::vector<vqi::RowRange> rows;
  for (const std::uint32_t strip : lost) {
    const std::uint32_t end = strip + 1 == strips ? height_px : (strip + 1) * strip_px;
    if (!rows.empty() && rows.back().end == strip * strip_px)
      rows.back().end = end;
    else
      rows.push_back({strip * strip_px, end});
  }
  return rows;
}

/// Checks that decode refuses `damaged`, and that all strips but `broken` are salvaged whole.
Rows check_salvage(const Stream& damaged, const Stream& whole, const std::set<std::uint32_t>& broken) {
  REQUIRE_THROWS_AS(vqi::decode(damaged), vqi::Error);
  const vqi::Salvaged salvaged = vqi::salvage(damaged);
  CHECK_FALSE(salvaged.faults.empty());
  const std::vector<bool> unverified = flags_of(salvaged.unverified_rows, height_px);
  const std::vector<bool> lost = flags_of(salvaged.lost_rows, height_px);
  const std::vector<bool> wanted = flags_of(rows_of_strips(broken), height_px);
  for (std::uint32_t y = 0; y < height_px; ++y)
    if ((unverified[y] || lost[y]) != wanted[y]) FAIL_CHECK("row " << y);
  return check_rows(salvaged, whole);
}

}  // namespace

TEST_CASE("a whole stream is salvaged as it is decoded, without a fault") {
  const Stream whole = five_strips(5);
  const vqi::Salvaged salvaged = vqi::salvage(whole);
  CHECK(salvaged.faults.empty());
  CHECK(salvaged.lost_rows.empty());
  CHECK(salvaged.unverified_rows.empty());
  CHECK(salvaged.image.metadata() == vqi::decode(whole).metadata());
  check_rows(salvaged, whole);
}

TEST_CASE("damaged strips are unverified and no others, on one thread and in parallel") {
  for (const std::uint32_t k : {4U, 5U}) {
    const Stream whole = five_strips(k);
    const std::vector<vqi::detail::StripEntry> entries = entries_of(whole);
    for (const std::set<std::uint32_t>& lost :
         std::vector<std::set<std::uint32_t>>{{0}, {2}, {4}, {1, 2}, {0, 4}, {0, 1, 2, 3, 4}}) {
      Stream damaged = whole;
      for (const std::uint32_t strip : lost) damaged[entries[strip].offset + 100] ^= std::byte{1};
      const Rows rows = check_salvage(damaged, whole, lost);
      if (k == 4) {  // a wrong bit is one wrong index
        CHECK(rows.lost == 0);
        CHECK(rows.wrong_unverified == lost.size());
      }
      vqi::RunOptions one_thread;
      one_thread.threads = 1;
      CHECK(vqi::test::same_samples(vqi::salvage(damaged, {}, one_thread).image, vqi::salvage(damaged).image));
      CHECK(vqi::salvage(damaged).faults.size() == lost.size());
    }
  }
}

TEST_CASE("a strip whose checksum fits but whose coding is broken from the start is lost") {
  const Stream whole = five_strips(5);
  Stream damaged = whole;
  const vqi::detail::StripEntry strip = entries_of(whole)[1];
  for (std::size_t i = 0; i < 8; ++i) damaged[strip.offset + i] = std::byte{0};  // the first state
  const std::uint32_t crc = vqi::detail::crc32c(std::span(damaged).subspan(strip.offset, strip.bytes.size()));
  const std::size_t table = find_section(whole, "STRP");
  for (std::size_t i = 0; i < 4; ++i) damaged[table + 12 + 8 + 4 + i] = static_cast<std::byte>(crc >> (8 * i) & 0xFFU);
  const std::uint32_t table_crc = vqi::detail::crc32c(std::span(damaged).subspan(table, 12 + 8 * strips));
  for (std::size_t i = 0; i < 4; ++i)
    damaged[table + 12 + 8 * strips + i] = static_cast<std::byte>(table_crc >> (8 * i) & 0xFFU);
  CHECK(check_salvage(damaged, whole, {1}).unverified == 0);
}

TEST_CASE("a stream cut off at any place keeps the rows in front of the cut") {
  for (const std::uint32_t k : {4U, 5U}) {
    const Stream whole = five_strips(k);
    const std::vector<vqi::detail::StripEntry> entries = entries_of(whole);
    const std::size_t index_begin = find_section(whole, "INDX");
    for (std::size_t size = index_begin; size < whole.size(); size += size < index_begin + 40 ? 1 : 1501) {
      INFO("cut to " << size);
      std::set<std::uint32_t> lost;
      for (std::uint32_t strip = 0; strip < strips; ++strip)
        if (entries[strip].offset + entries[strip].bytes.size() > size) lost.insert(strip);
      const Stream cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      const bool has_row = k == 4 ? size >= entries[0].offset + width_px / 4 : !lost.contains(0);
      if (!has_row && (k == 4 || size < entries[0].offset + 400)) {
        check_nothing_left(cut);
        continue;
      }
      const Rows rows = check_salvage(cut, whole, lost);
      CHECK(rows.wrong_unverified == 0);
      const std::size_t bytes = size - entries[0].offset;
      const auto rows_there = static_cast<std::uint32_t>(bytes * 4 / width_px);  // of two bits an index
      if (k == 4) CHECK(height_px - rows.lost == std::min(rows_there, height_px));
    }
  }
}

TEST_CASE("any damaged byte of frames, table, metadata and end costs no strip, or the one it describes") {
  for (const std::uint32_t k : {4U, 5U}) {
    const Stream whole = five_strips(k);
    const std::size_t metadata = find_section(whole, "gAMA");
    const std::size_t table = find_section(whole, "STRP");
    const std::size_t index = find_section(whole, "INDX");
    const std::size_t end = find_section(whole, "END ");
    // Damage in a frame that hides the section loses nothing: the sections beside it tell where it lies.
    for (std::size_t offset = metadata; offset < index + 12; ++offset) {
      INFO("K " << k << ", byte " << offset - metadata << " of the sections before the indices");
      check_salvage(flipped(whole, offset), whole, {});
    }
    for (std::size_t offset = end - 4; offset < whole.size(); ++offset) {
      INFO("K " << k << ", byte " << offset << " of the end");
      check_salvage(flipped(whole, offset), whole, {});
    }
    // The whole table is lost: with fixed width the sizes of strips are known, and the section has a checksum.
    Stream no_table = whole;
    std::fill(no_table.begin() + static_cast<std::ptrdiff_t>(table + 12),
              no_table.begin() + static_cast<std::ptrdiff_t>(table + 12 + 8 * strips), std::byte{0});
    // Else strips follow each other without a mark, and only the first is tried.
    check_salvage(no_table, whole, k == 4 ? std::set<std::uint32_t>{} : std::set<std::uint32_t>{0, 1, 2, 3, 4});
  }
}

TEST_CASE("a damaged table and a damaged strip together cost that strip") {
  for (const std::uint32_t k : {4U, 5U}) {
    const Stream whole = five_strips(k);
    const std::vector<vqi::detail::StripEntry> entries = entries_of(whole);
    const std::size_t table = find_section(whole, "STRP");
    Stream damaged = flipped(whole, entries[3].offset + 7);
    check_salvage(flipped(damaged, table + 12 + 8 * 3), whole, {3});       // that strip's length
    check_salvage(flipped(damaged, table + 12 + 8 * strips), whole, {3});  // the table's checksum
    check_salvage(flipped(damaged, table), whole, {3});                    // its type
  }
}

TEST_CASE("bytes lost from or put into the indices cost the strips they touch") {
  for (const std::uint32_t k : {4U, 5U}) {
    const Stream whole = five_strips(k);
    const auto middle = static_cast<std::ptrdiff_t>(entries_of(whole)[2].offset + 1000);
    Stream shorter = whole;
    shorter.erase(shorter.begin() + middle, shorter.begin() + middle + 512);
    const Rows rows = check_salvage(shorter, whole, {2});
    Stream longer = whole;
    longer.insert(longer.begin() + middle, 777, std::byte{0x55});
    const Rows more_rows = check_salvage(longer, whole, {2});
    const std::uint32_t right = k == 4 ? 1000 * 4 / width_px : 1000 * 3 / width_px;  // rows before the place
    CHECK(strip_px - rows.wrong_unverified - rows.lost >= right);
    CHECK(strip_px - more_rows.wrong_unverified - more_rows.lost >= right);
  }
}

TEST_CASE("metadata is kept where its section is whole") {
  const Stream whole = five_strips(4);
  CHECK(vqi::salvage(flipped(whole, entries_of(whole)[0].offset)).image.metadata().gamma == 45455U);
  CHECK(vqi::salvage(flipped(whole, whole.size() - 1)).image.metadata().gamma == 45455U);
  CHECK_FALSE(vqi::salvage(flipped(whole, find_section(whole, "gAMA") + 12)).image.metadata().gamma);
}

TEST_CASE("without header or codebook nothing is salvaged, and the error says so") {
  const Stream whole = five_strips(4);
  const std::size_t codebook_end = find_section(whole, "gAMA");
  for (std::size_t offset = 0; offset < codebook_end; ++offset) {
    INFO("byte " << offset);
    try {
      static_cast<void>(vqi::salvage(flipped(whole, offset)));
      FAIL("was salvaged");
    } catch (const vqi::Error& error) {
      CHECK(error.error_class() == vqi::ErrorClass::data);
      CHECK(error.offset().has_value());
    }
  }
  for (std::size_t size = 0; size < codebook_end; ++size)
    CHECK_THROWS_AS(vqi::salvage(std::span(whole).first(size)), vqi::Error);
}

TEST_CASE("a stream that needs a newer release is not salvaged") {
  Stream stream = five_strips(4);
  const std::size_t metadata = find_section(stream, "gAMA");
  stream[metadata + 4] = std::byte{0};  // critical now
  const std::uint32_t crc = vqi::detail::crc32c(std::span(stream).subspan(metadata, 16));
  for (std::size_t i = 0; i < 4; ++i) stream[metadata + 16 + i] = static_cast<std::byte>(crc >> (8 * i) & 0xFFU);
  CHECK_THROWS_WITH(vqi::salvage(stream), Catch::Contains("newer release"));
}

TEST_CASE("the mean of blocks is taken sample by sample, and 16-bit ones round halves up") {
  vqi::Image image(4, 16, 1, 16);
  for (std::uint32_t y = 0; y < 16; ++y)
    for (std::uint32_t x = 0; x < 4; ++x)
      image.row16(y)[x] = static_cast<std::uint16_t>(x < 2 ? 1000 + x : 3001 + 300 * x);
  vqi::EncodeOptions options;
  options.k = 2;
  options.block_width_px = 2;
  options.coding = vqi::Coding::packed;
  const Stream whole = vqi::encode(image, options).bytes;
  Stream damaged = whole;
  damaged.resize(find_section(whole, "INDX") + 12 + 1);
  const vqi::Salvaged salvaged = vqi::salvage(damaged);
  // A byte holds the indices of four rows.
  CHECK(salvaged.unverified_rows == std::vector<vqi::RowRange>{{0, 4}});
  CHECK(salvaged.lost_rows == std::vector<vqi::RowRange>{{4, 16}});
  // Codewords 1000 1001 and 3601 3901: means 2300.5 and 2451, twice.
  for (std::uint32_t x = 0; x < 4; ++x)
    CHECK(vqi::test::sample_at(salvaged.image, x, 4, 0) == (x % 2 == 0 ? 2301U : 2451U));
}

TEST_CASE("salvage looks for a lost frame 64 times and no more, so that a stream of frames costs little") {
  const Stream whole = five_strips(4);
  const auto frames_at = static_cast<std::ptrdiff_t>(find_section(whole, "STRP"));
  for (const std::uint32_t frames : {1U, 64U, 65U, 2000U}) {
    // Frames of index sections that would end after the file, one after the other to the end.
    Stream stream = whole;
    for (std::uint32_t i = 0; i < frames; ++i) {
      const Stream frame{std::byte{'I'}, std::byte{'N'}, std::byte{'D'}, std::byte{'X'}, std::byte{0}, std::byte{0},
                         std::byte{0},   std::byte{0},   std::byte{0},   std::byte{0},   std::byte{1}, std::byte{0}};
      stream.insert(stream.begin() + frames_at, frame.begin(), frame.end());
    }
    INFO(frames << " frames");
    check_salvage(stream, whole, frames <= 64 ? std::set<std::uint32_t>{} : std::set<std::uint32_t>{0, 1, 2, 3, 4});
  }
}

TEST_CASE("limits hold for what is salvaged") {
  Stream stream = five_strips(4);
  stream.pop_back();
  vqi::RunOptions run;
  run.max_memory_bytes = 100'000;
  CHECK_THROWS_WITH(vqi::salvage(stream, {}, run), Catch::Contains("bytes of memory and the limit is 100000"));
  vqi::DecodeLimits limits;
  limits.max_pixels = 1000;
  CHECK_THROWS_WITH(vqi::salvage(stream, limits), Catch::Contains("pixels and the limit is 1000"));
}
