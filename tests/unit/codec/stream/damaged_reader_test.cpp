// DamagedReader: the strips that it finds in a stream of three, and what it never believes.
#include "damaged_reader.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "bytes.hpp"
#include "thrown_error.hpp"
#include "written_stream.hpp"

using vqi::detail::DamagedReader;
using vqi::detail::FoundStrip;
using vqi::detail::StreamReader;
using vqi::test::thrown_by;

namespace {

using Stream = std::vector<std::byte>;
using Found = std::vector<bool>;

/// Three strips of 65,536 vectors and more, of fixed width (K = 4) or uniform range (K = 5), with metadata.
Stream three_strips(std::uint32_t k) {
  vqi::ColourMetadata metadata;
  metadata.gamma = 45455;
  return vqi::test::make_stream({1024, 200, 1, 8}, k, {}, metadata).written.bytes;
}

/// Where the frame of the last section of this type lies.
std::size_t place_of(const Stream& whole, std::string_view type) {
  std::size_t found = 0;
  for (std::uint64_t offset = 64; offset < whole.size();) {
    const vqi::detail::Section section = vqi::detail::read_section(whole, offset);
    if (section.type == type) found = offset;
    offset += section.size_bytes();
  }
  return found;
}

/// Which strips are found whole; those have the bytes of the whole stream.
Found found_in(const Stream& damaged, const Stream& whole) {
  const DamagedReader reader(damaged, {});
  const std::vector<FoundStrip> strips = reader.strips();
  const std::vector<vqi::detail::StripEntry> wanted = StreamReader(whole, {}).strips();
  REQUIRE(strips.size() == wanted.size());
  Found found;
  for (std::size_t i = 0; i < strips.size(); ++i) {
    const std::span<const std::byte> bytes = strips[i].entry.bytes;
    found.push_back(strips[i].state == FoundStrip::State::whole);
    if (found.back()) CHECK(std::equal(bytes.begin(), bytes.end(), wanted[i].bytes.begin(), wanted[i].bytes.end()));
  }
  return found;
}

/// What remains of each strip, as text: its first byte counted from the strip's place in the whole stream, its bytes,
/// and "cut" where bytes are known to be missing; "whole" and "lost" else.
std::vector<std::string> remains_in(const Stream& damaged, const Stream& whole) {
  const std::vector<FoundStrip> strips = DamagedReader(damaged, {}).strips();
  const std::vector<vqi::detail::StripEntry> wanted = StreamReader(whole, {}).strips();
  std::vector<std::string> remains;
  for (std::size_t i = 0; i < strips.size(); ++i) {
    const FoundStrip& strip = strips[i];
    if (strip.state != FoundStrip::State::remains) {
      remains.emplace_back(strip.state == FoundStrip::State::whole ? "whole" : "lost");
      continue;
    }
    remains.push_back(std::to_string(strip.entry.offset - wanted[i].offset) + ":" +
                      std::to_string(strip.entry.bytes.size()));
    if (strip.known == vqi::detail::StripBytes::cut) remains.back() += " cut";
  }
  return remains;
}

Stream flipped(Stream stream, std::size_t at) {
  stream[at] ^= std::byte{0x40};
  return stream;
}

}  // namespace

TEST_CASE("a whole stream has all its strips, its codebook and its metadata") {
  for (const std::uint32_t k : {4U, 5U}) {
    const Stream whole = three_strips(k);
    CHECK(found_in(whole, whole) == Found{true, true, true});
    const DamagedReader reader(whole, {});
    CHECK(reader.header().k == k);
    CHECK(reader.metadata().gamma == 45455U);
    CHECK(reader.codebook_section().payload.size() == k);
  }
}

TEST_CASE("a damaged strip costs itself, and a damaged frame, table or end costs none") {
  for (const std::uint32_t k : {4U, 5U}) {
    const Stream whole = three_strips(k);
    for (std::size_t strip = 0; strip < 3; ++strip) {
      Found all_others(3, true);
      all_others[strip] = false;
      CHECK(found_in(flipped(whole, StreamReader(whole, {}).strips()[strip].offset + 50), whole) == all_others);
    }
    const std::size_t index = place_of(whole, "INDX");
    const std::size_t table = place_of(whole, "STRP");
    const std::size_t end = place_of(whole, "END ");
    for (const std::size_t at : {index, index + 4, index + 7, index + 11, table, table + 5, table + 9, table + 12 + 24,
                                 end, end + 6, end + 12, end + 20, end - 1}) {
      INFO("k " << k << ", byte " << at);
      CHECK(found_in(flipped(whole, at), whole) == Found{true, true, true});
    }
  }
}

TEST_CASE("bytes that are cut off or missing cost the strips that they touch") {
  for (const std::uint32_t k : {4U, 5U}) {
    const Stream whole = three_strips(k);
    const std::vector<vqi::detail::StripEntry> strips = StreamReader(whole, {}).strips();
    const auto last = static_cast<std::ptrdiff_t>(strips[2].offset);
    CHECK(found_in(Stream(whole.begin(), whole.begin() + last), whole) == Found{true, true, false});
    CHECK(found_in(Stream(whole.begin(), whole.begin() + last - 1), whole) == Found{true, false, false});
    Stream missing = whole;
    const auto middle = missing.begin() + static_cast<std::ptrdiff_t>(strips[1].offset + 10);
    missing.erase(middle, middle + 7);
    CHECK(found_in(missing, whole) == Found{true, false, true});
  }
}

TEST_CASE("of a strip that is cut off the bytes before the cut remain, and of those after it nothing") {
  for (const std::uint32_t k : {4U, 5U}) {
    const Stream whole = three_strips(k);
    const std::vector<vqi::detail::StripEntry> strips = StreamReader(whole, {}).strips();
    const auto cut_to = [&](std::uint64_t size) {
      return remains_in(Stream(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)), whole);
    };
    CHECK(cut_to(strips[1].offset + 100) == std::vector<std::string>{"whole", "0:100 cut", "lost"});
    CHECK(cut_to(strips[2].offset + 1) == std::vector<std::string>{"whole", "whole", "0:1 cut"});
    CHECK(cut_to(strips[0].offset) == std::vector<std::string>{"lost", "lost", "lost"});
  }
}

TEST_CASE("damaged strips remain in full where the lengths fill their place, else the first alone up to the next") {
  for (const std::uint32_t k : {4U, 5U}) {
    const Stream whole = three_strips(k);
    const std::vector<vqi::detail::StripEntry> strips = StreamReader(whole, {}).strips();
    const auto length = [&](std::size_t i) { return std::to_string(strips[i].bytes.size()); };
    // The sections must be broken for this reader, so the end's checksum is, too.
    Stream damaged = flipped(flipped(whole, strips[0].offset + 50), strips[1].offset + 60);
    damaged = flipped(damaged, damaged.size() - 1);
    CHECK(remains_in(damaged, whole) == std::vector<std::string>{"0:" + length(0), "0:" + length(1), "whole"});
    Stream missing = whole;
    missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(strips[0].offset + 90),
                  missing.begin() + static_cast<std::ptrdiff_t>(strips[0].offset + 97));
    const std::string shorter = std::to_string(strips[0].bytes.size() - 7);
    CHECK(remains_in(missing, whole) == std::vector<std::string>{"0:" + shorter + " cut", "whole", "whole"});
    missing = flipped(missing, strips[1].offset + 60 - 7);
    CHECK(remains_in(missing, whole) == std::vector<std::string>{"0:" + length(0), "lost", "whole"});
  }
}

TEST_CASE("at K = 1 every strip is whole, whatever is lost after the codebook") {
  const Stream whole = vqi::test::make_stream({1024, 200, 1, 8}, 1, {}).written.bytes;
  for (std::size_t size = place_of(whole, "STRP"); size < whole.size(); ++size)
    CHECK(found_in(Stream(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)), whole) ==
          Found{true, true, true});
}

TEST_CASE("a strip with a wrong checksum in the table is believed only where its whole section's fits") {
  const Stream whole = three_strips(5);
  const std::size_t table = place_of(whole, "STRP");
  CHECK(found_in(flipped(whole, table + 12 + 8 + 5), whole) == Found{true, true, true});  // strip 1's checksum
  Stream both = flipped(whole, table + 12 + 8 + 5);
  both = flipped(both, StreamReader(whole, {}).strips()[2].offset + 50);
  CHECK(found_in(both, whole) == Found{true, false, false});
}

TEST_CASE("metadata is taken from whole sections only") {
  const Stream whole = three_strips(4);
  const Stream damaged = flipped(whole, place_of(whole, "gAMA") + 12);
  CHECK(DamagedReader(damaged, {}).metadata().empty());
  CHECK(found_in(damaged, whole) == Found{true, true, true});
}

TEST_CASE("without header or codebook nothing is salvaged, and newer streams are left to newer releases") {
  const Stream whole = three_strips(4);
  const auto error_of = [](const Stream& stream) { return thrown_by([&] { const DamagedReader reader(stream, {}); }); };
  const auto header = error_of(flipped(whole, 20));
  CHECK(header.code == vqi::ErrorCode::checksum_mismatch);
  CHECK(vqi::test::holds(header.message, "nothing can be salvaged without a header"));
  const auto codebook = error_of(flipped(whole, 64 + 12));
  CHECK(codebook.code == vqi::ErrorCode::corrupt_section);
  CHECK(codebook.offset == 64U);
  CHECK(vqi::test::holds(codebook.message, "the codebook, is damaged or missing"));
  Stream newer(whole.begin(), whole.begin() + 64);
  vqi::detail::append_section(newer, "news", 0, {});
  newer.insert(newer.end(), whole.begin() + 64, whole.end());
  CHECK(vqi::test::holds(error_of(newer).message, "use a newer release"));
  vqi::DecodeLimits limits;
  limits.max_pixels = 1;
  CHECK(thrown_by([&] { const DamagedReader reader(whole, limits); }).code == vqi::ErrorCode::limit_exceeded);
}
