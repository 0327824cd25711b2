// Section frames: what is written is read back, and every broken frame is told with its offset.
#include "sections.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "bytes.hpp"
#include "crc32c.hpp"
#include "metadata_sections.hpp"
#include "thrown_error.hpp"

using vqi::ErrorCode;
using vqi::detail::Section;
using vqi::test::holds;
using vqi::test::thrown_by;

namespace {

using Bytes = std::vector<std::byte>;

Bytes payload_of(std::size_t size) {
  Bytes payload(size);
  for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<std::byte>(i * 37 + 11);
  return payload;
}

/// Three bytes of something else, then a section.
Bytes stream_with(std::uint16_t flags, std::size_t payload_bytes) {
  Bytes stream(3, std::byte{0xEE});
  vqi::detail::append_section(stream, "abcd", flags, payload_of(payload_bytes));
  return stream;
}

vqi::test::ThrownError error_of_reading(const Bytes& stream, std::uint64_t offset = 3) {
  return thrown_by([&] { static_cast<void>(vqi::detail::read_section(stream, offset)); });
}

}  // namespace

TEST_CASE("a section that was appended is read back with its place, flags, payload and checksum") {
  for (const std::uint16_t flags : {std::uint16_t{0}, vqi::detail::skippable_flag})
    for (const std::size_t size : {0U, 1U, 300U}) {
      const Bytes stream = stream_with(flags, size);
      CHECK(stream.size() == 3 + 16 + size);
      const Section section = vqi::detail::read_section(stream, 3);
      CHECK(section.type == "abcd");
      CHECK(section.flags == flags);
      CHECK(section.skippable() == (flags == 1));
      CHECK(section.offset == 3);
      CHECK(section.payload_offset() == 15);
      CHECK(section.size_bytes() == 16 + size);
      const Bytes payload = payload_of(size);
      CHECK(std::equal(section.payload.begin(), section.payload.end(), payload.begin(), payload.end()));
      CHECK(section.crc_ok());
      CHECK(section.actual_crc(vqi::detail::crc32c(section.payload)) == section.stored_crc);
      CHECK_NOTHROW(vqi::detail::check_crc(section));
    }
}

TEST_CASE("a section whose payload is written apart has the bytes of one made from the whole") {
  for (const std::size_t size : {0U, 100U}) {
    const Bytes payload = payload_of(size);
    Bytes whole;
    vqi::detail::append_section(whole, "INDX", 0, payload);
    Bytes joined;
    const std::uint32_t frame_crc = vqi::detail::append_frame(joined, "INDX", 0, size);
    CHECK(frame_crc == vqi::detail::crc32c(joined));
    joined.insert(joined.end(), payload.begin(), payload.end());
    const std::uint32_t crc = vqi::detail::crc32c_joined(frame_crc, vqi::detail::crc32c(payload), size);
    for (std::size_t i = 0; i < 4; ++i) joined.push_back(static_cast<std::byte>(crc >> (8 * i) & 0xFFU));
    CHECK(joined == whole);
  }
}

TEST_CASE("a flipped bit in frame, payload or checksum is noticed, and the section is named") {
  const Bytes good = stream_with(0, 5);
  const std::size_t length_at = 3 + 6;
  for (std::size_t bit = 8 * 3; bit < 8 * good.size(); ++bit) {
    if (bit / 8 >= length_at && bit / 8 < length_at + 6) continue;  // the length is told of below
    Bytes damaged = good;
    damaged[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
    const auto error = thrown_by([&] { vqi::detail::check_crc(vqi::detail::read_section(damaged, 3)); });
    INFO("bit " << bit);
    CHECK(error.code.has_value());
    if (error.code != ErrorCode::checksum_mismatch) continue;
    CHECK(error.offset == 3U);
    CHECK(holds(error.message, "checksum of section \""));
  }
}

TEST_CASE("a stream cut anywhere in a section is truncated, at the byte where that shows") {
  const Bytes good = stream_with(0, 5);
  for (std::size_t size = 3; size < good.size(); ++size) {
    const Bytes cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
    const auto error = error_of_reading(cut);
    INFO("size " << size);
    CHECK(error.code == ErrorCode::truncated);
    CHECK(error.offset == (size == 3 ? 3U : size < 3 + 16 ? size : 9U));
  }
}

TEST_CASE("a length beyond the stream is truncated, up to the greatest that can be written") {
  for (const std::uint64_t length : {std::uint64_t{6}, std::uint64_t{1} << 32, (std::uint64_t{1} << 48) - 1}) {
    Bytes stream = stream_with(0, 5);
    vqi::detail::store_le(stream.data() + 9, length, 6);
    const auto error = error_of_reading(stream);
    CHECK(error.code == ErrorCode::truncated);
    CHECK(error.offset == 9U);
    CHECK(holds(error.message, std::to_string(length)));
  }
}

TEST_CASE("reserved flags and types that are not printable are refused at their byte") {
  for (const std::uint32_t bit : {1U, 7U, 8U, 15U}) {
    Bytes stream = stream_with(0, 5);
    vqi::detail::store_le(stream.data() + 7, 1U << bit, 2);
    const auto error = error_of_reading(stream);
    CHECK(error.code == ErrorCode::reserved_set);
    CHECK(error.offset == 7U);
  }
  for (const unsigned character : {0x00U, 0x1FU, 0x7FU, 0xE4U})
    for (std::size_t i = 0; i < 4; ++i) {
      Bytes stream = stream_with(0, 5);
      stream[3 + i] = static_cast<std::byte>(character);
      const auto error = error_of_reading(stream);
      CHECK(error.code == ErrorCode::corrupt_section);
      CHECK(error.offset == 3 + i);
    }
  Bytes printable = stream_with(0, 5);
  printable[3] = std::byte{0x20};
  printable[4] = std::byte{0x7E};
  CHECK_FALSE(error_of_reading(printable).code);
}

TEST_CASE("types of critical sections and of metadata are known by name") {
  for (const char* const type : {"CBOK", "STRP", "INDX", "END "}) {
    CHECK(vqi::detail::is_critical_type(type));
    CHECK_FALSE(vqi::detail::is_metadata_type(type));
  }
  for (const char* const type : {"gAMA", "cHRM", "sRGB", "iCCP", "pHYs"}) {
    CHECK(vqi::detail::is_metadata_type(type));
    CHECK_FALSE(vqi::detail::is_critical_type(type));
  }
  CHECK_FALSE(vqi::detail::is_critical_type("END"));
  CHECK_FALSE(vqi::detail::is_metadata_type("gama"));
}
