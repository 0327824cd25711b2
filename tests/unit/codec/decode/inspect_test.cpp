// inspect: sizes, figures and sections of a whole stream, and how much is told of a damaged one.
#include <catch2/catch.hpp>

#include "sections.hpp"
#include "thrown_error.hpp"
#include "vqi/codec.hpp"
#include "written_stream.hpp"

using vqi::ErrorCode;
using vqi::StreamInfo;
using vqi::test::MadeStream;

namespace {

MadeStream made_stream(const vqi::detail::IndexCodingChoice& choice = {}) {
  vqi::ColourMetadata metadata;
  metadata.gamma = 45455;
  return vqi::test::make_stream({20, 10, 3, 16, 2, 1}, 5, choice, metadata);
}

std::vector<std::string> types_of(const StreamInfo& info) {
  std::vector<std::string> types;
  for (const vqi::SectionInfo& section : info.sections) types.push_back(section.type);
  return types;
}

}  // namespace

TEST_CASE("a whole stream tells its header, its sections without a gap, and where its bytes went") {
  const MadeStream made = made_stream();
  const StreamInfo info = vqi::inspect(made.written.bytes);
  CHECK_FALSE(info.damage);
  CHECK(info.format_major == 1);
  CHECK(info.width_px == 20);
  CHECK(info.height_px == 10);
  CHECK(info.channels == 3);
  CHECK(info.bit_depth == 16);
  CHECK(info.k == 5);
  CHECK(info.block_width_px == 2);
  CHECK(info.block_height_px == 1);
  CHECK(info.coding == vqi::Coding::packed);
  CHECK_FALSE(info.model);
  CHECK(info.strip_count == 1);
  CHECK(info.mse == 2.5);
  CHECK(info.psnr_db == vqi::psnr_db(2.5, 65535));
  CHECK(info.bytes.codebook == made.written.counts.codebook);
  CHECK(info.bytes.index == made.written.counts.index);
  CHECK(info.bytes.metadata == made.written.counts.metadata);
  CHECK(info.bytes.header == made.written.counts.header);
  CHECK(info.bytes.file == made.written.bytes.size());
  CHECK(info.raw_bytes == 20 * 10 * 6);
  CHECK(info.ratio == Approx(1200.0 / static_cast<double>(info.bytes.file)));
  CHECK(info.bpp == Approx(8.0 * static_cast<double>(info.bytes.file) / 200));
  CHECK(info.index_bpp == Approx(8.0 * static_cast<double>(info.bytes.index) / 200));
  CHECK(types_of(info) == std::vector<std::string>{"HEAD", "CBOK", "gAMA", "STRP", "INDX", "END "});
  std::uint64_t next = 0;
  for (const vqi::SectionInfo& section : info.sections) {
    CHECK(section.offset == next);
    CHECK(section.crc_ok);
    next += section.bytes;
  }
  CHECK(next == info.bytes.file);
}

TEST_CASE("a stream of a context model tells the model and revision 1.1") {
  const StreamInfo info = vqi::inspect(made_stream({vqi::Coding::entropy, vqi::Model::balanced}).written.bytes);
  CHECK(info.coding == vqi::Coding::entropy);
  CHECK(info.model == vqi::Model::balanced);
  CHECK(info.format_minor == 1);
}

TEST_CASE("damage of a section or of a strip is returned with the sections, and the damaged one is marked") {
  const MadeStream made = made_stream();
  const StreamInfo whole = vqi::inspect(made.written.bytes);
  for (std::size_t s = 1; s < whole.sections.size(); ++s) {
    std::vector<std::byte> bytes = made.written.bytes;
    bytes[whole.sections[s].offset + vqi::detail::section_frame_bytes] ^= std::byte{1};
    const StreamInfo info = vqi::inspect(bytes);
    INFO(whole.sections[s].type);
    REQUIRE(info.damage);
    CHECK(info.damage->error_code() == ErrorCode::checksum_mismatch);
    CHECK(types_of(info) == types_of(whole));
    for (std::size_t other = 0; other < info.sections.size(); ++other)
      CHECK(info.sections[other].crc_ok == (other != s));
  }
}

TEST_CASE("of a stream that is cut off the sections before the cut are told") {
  const MadeStream made = made_stream();
  std::vector<std::byte> bytes = made.written.bytes;
  bytes.resize(bytes.size() - 25);  // one byte of INDX
  const StreamInfo info = vqi::inspect(bytes);
  REQUIRE(info.damage);
  CHECK(info.damage->error_code() == ErrorCode::truncated);
  CHECK(types_of(info) == std::vector<std::string>{"HEAD", "CBOK", "gAMA", "STRP"});
  CHECK(info.bytes.codebook == 0);
}

TEST_CASE("a damaged stream of nothing but sections lists a thousand of them") {
  std::vector<std::byte> bytes = made_stream().written.bytes;
  bytes.resize(64);
  for (int i = 0; i < 3000; ++i) vqi::detail::append_section(bytes, "many", vqi::detail::skippable_flag, {});
  CHECK(vqi::inspect(bytes).sections.size() == 1000);
}

TEST_CASE("a header that cannot be read, or passes a limit, is thrown") {
  std::vector<std::byte> bytes = made_stream().written.bytes;
  vqi::DecodeLimits limits;
  limits.max_pixels = 199;
  CHECK(vqi::test::thrown_by([&] { static_cast<void>(vqi::inspect(bytes, limits)); }).code ==
        ErrorCode::limit_exceeded);
  bytes[20] ^= std::byte{1};
  CHECK(vqi::test::thrown_by([&] { static_cast<void>(vqi::inspect(bytes)); }).code == ErrorCode::checksum_mismatch);
}
