// The codebook's section: native samples to the bytes of the file and back, and the lengths that it may have.
#include "codebook_section.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "codebook_coding.hpp"
#include "thrown_error.hpp"
#include "written_stream.hpp"

using vqi::detail::IndexCoding;
using vqi::detail::SampleArray;
using vqi::detail::StreamHeader;

namespace {

StreamHeader header_of(std::uint32_t k, std::uint32_t depth) {
  StreamHeader header;
  header.grid = {8, 8, 3, depth, 2, 1};
  header.k = k;
  header.strip_rows = 8;
  return header;
}

SampleArray codebook_of(const StreamHeader& header) {
  SampleArray codebook(header.k, header.grid.dimension(), header.grid.bit_depth);
  vqi::detail::Random random(header.k);
  for (std::byte& byte : codebook.bytes()) byte = static_cast<std::byte>(random.below(256));
  return codebook;
}

vqi::detail::Section section_of(const std::vector<std::byte>& payload) {
  vqi::detail::Section section;
  section.type = "CBOK";
  section.offset = 64;
  section.payload = payload;
  return section;
}

bool same_bytes(const SampleArray& first, const SampleArray& second) {
  return std::equal(first.bytes().begin(), first.bytes().end(), second.bytes().begin(), second.bytes().end());
}

}  // namespace

TEST_CASE("a plain codebook has its samples low byte first") {
  SampleArray codebook(1, 2, 16);
  vqi::detail::store_sample(codebook.row(0), 0, 16, 0x1234);
  vqi::detail::store_sample(codebook.row(0), 1, 16, 0xFF00);
  CHECK(vqi::detail::plain_codebook(codebook) ==
        std::vector<std::byte>{std::byte{0x34}, std::byte{0x12}, std::byte{0x00}, std::byte{0xFF}});
}

TEST_CASE("plain and coded codebooks are read back sample by sample") {
  for (const std::uint32_t depth : {8U, 16U})
    for (const std::uint32_t k : {1U, 2U, 100U}) {
      StreamHeader header = header_of(k, depth);
      const SampleArray codebook = codebook_of(header);
      CHECK(same_bytes(vqi::detail::read_codebook(header, section_of(vqi::detail::plain_codebook(codebook)), {}),
                       codebook));
      header.coded_codebook = true;
      CHECK(same_bytes(vqi::detail::read_codebook(header, section_of(vqi::detail::encode_codebook(codebook)), {}),
                       codebook));
    }
}

TEST_CASE("a coded codebook that is cut is refused at the section's payload") {
  StreamHeader header = header_of(20, 8);
  header.coded_codebook = true;
  std::vector<std::byte> payload = vqi::detail::encode_codebook(codebook_of(header));
  payload.resize(payload.size() / 2);
  const auto error =
      vqi::test::thrown_by([&] { static_cast<void>(vqi::detail::read_codebook(header, section_of(payload), {})); });
  CHECK(error.code == vqi::ErrorCode::corrupt_codebook);
  CHECK(error.offset == 76U);
}

TEST_CASE("a plain codebook has one length, a coded one any that is shorter") {
  StreamHeader header;
  header.grid = {6, 4, 1, 8};
  header.k = 5;
  CHECK(vqi::detail::codebook_length_fits(header, 5));
  CHECK_FALSE(vqi::detail::codebook_length_fits(header, 4));
  header.coded_codebook = true;
  CHECK(vqi::detail::codebook_length_fits(header, 4));
  CHECK_FALSE(vqi::detail::codebook_length_fits(header, 5));
  CHECK_FALSE(vqi::detail::codebook_length_fits(header, 0));
}
