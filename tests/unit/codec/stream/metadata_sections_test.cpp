// Colour metadata as sections: round trips, and each field that cannot be.
#include "metadata_sections.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "thrown_error.hpp"

using vqi::ColourMetadata;
using vqi::ErrorCode;
using vqi::test::thrown_by;

namespace {

ColourMetadata all_fields() {
  ColourMetadata metadata;
  metadata.gamma = 45455;
  metadata.chromaticities = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 4294967295U};
  metadata.srgb_intent = std::uint8_t{3};
  metadata.icc_profile = vqi::IccProfile{std::string(79, 'n'), {std::byte{0}, std::byte{255}, std::byte{0}}};
  metadata.cicp = {9, 16, 255, 1};
  metadata.density = vqi::PixelDensity{2835, 4294967295U, 1};
  return metadata;
}

std::vector<vqi::detail::Section> sections_of(const std::vector<std::byte>& stream) {
  std::vector<vqi::detail::Section> sections;
  for (std::uint64_t offset = 0; offset < stream.size(); offset += sections.back().size_bytes())
    sections.push_back(vqi::detail::read_section(stream, offset));
  return sections;
}

ColourMetadata read_back(const std::vector<std::byte>& stream) {
  ColourMetadata back;
  for (const vqi::detail::Section& section : sections_of(stream)) {
    CHECK(section.skippable());
    CHECK(section.crc_ok());
    CHECK_NOTHROW(vqi::detail::check_metadata(section));
    CHECK(vqi::detail::read_metadata(section, back));
  }
  return back;
}

std::vector<std::byte> section_of(std::string_view type, std::string_view payload) {
  std::vector<std::byte> stream;
  vqi::detail::append_section(stream, type, vqi::detail::skippable_flag, std::as_bytes(std::span(payload)));
  return stream;
}

}  // namespace

TEST_CASE("metadata comes back as it was, all fields together, each alone, and none") {
  const ColourMetadata all = all_fields();
  std::vector<std::byte> stream;
  vqi::detail::append_metadata(stream, all);
  CHECK(sections_of(stream).size() == 6);
  CHECK(read_back(stream) == all);
  std::vector<ColourMetadata> singles(7);
  singles[0].gamma = all.gamma;
  singles[1].chromaticities = all.chromaticities;
  singles[2].srgb_intent = all.srgb_intent;
  singles[3].icc_profile = vqi::IccProfile{"x", {}};
  singles[4].density = all.density;
  singles[5].cicp = all.cicp;
  for (const ColourMetadata& metadata : singles) {
    stream.clear();
    vqi::detail::append_metadata(stream, metadata);
    CHECK(sections_of(stream).size() == (metadata.empty() ? 0 : 1));
    CHECK(read_back(stream) == metadata);
  }
}

TEST_CASE("metadata that no section can hold is refused before it is written") {
  CHECK_NOTHROW(vqi::detail::validate_metadata(all_fields()));
  CHECK_NOTHROW(vqi::detail::validate_metadata({}));
  const auto refused = [](const auto& change) {
    ColourMetadata metadata = all_fields();
    change(metadata);
    return thrown_by([&] { vqi::detail::validate_metadata(metadata); }).code == ErrorCode::invalid_image;
  };
  CHECK(refused([](ColourMetadata& metadata) { metadata.icc_profile->name = std::string(80, 'n'); }));
  CHECK(refused([](ColourMetadata& metadata) { metadata.icc_profile->name.clear(); }));
  CHECK(refused([](ColourMetadata& metadata) { metadata.icc_profile->name = std::string("a\0b", 3); }));
  CHECK(refused([](ColourMetadata& metadata) { metadata.srgb_intent = std::uint8_t{4}; }));
  CHECK(refused([](ColourMetadata& metadata) { (*metadata.cicp)[3] = 2; }));
  CHECK(refused([](ColourMetadata& metadata) { metadata.density->unit = 2; }));
}

TEST_CASE("a metadata section of a wrong length or value is refused at its byte by check and read alike") {
  struct Case {
    std::string_view type;
    std::string payload;
    std::uint64_t offset;
  };
  const std::vector<Case> cases{{"gAMA", "123", 6},
                                {"gAMA", "12345", 6},
                                {"cHRM", std::string(31, 'x'), 6},
                                {"cHRM", std::string(33, 'x'), 6},
                                {"sRGB", "", 6},
                                {"sRGB", "\4", 12},
                                {"cICP", "xyz", 6},
                                {"cICP", "xyz\2", 15},
                                {"pHYs", std::string(8, 'x'), 6},
                                {"pHYs", std::string(8, 'x') + "\2", 20},
                                {"iCCP", "", 12},
                                {"iCCP", "no nul", 12},
                                {"iCCP", std::string("\0data", 5), 12},
                                {"iCCP", std::string(80, 'n') + std::string(1, '\0'), 12}};
  for (const Case& broken : cases) {
    INFO(broken.type << " of " << broken.payload.size() << " bytes");
    const std::vector<std::byte> stream = section_of(broken.type, broken.payload);
    const vqi::detail::Section section = vqi::detail::read_section(stream, 0);
    ColourMetadata metadata;
    for (const auto& error : {thrown_by([&] { vqi::detail::check_metadata(section); }),
                              thrown_by([&] { vqi::detail::read_metadata(section, metadata); })}) {
      CHECK(error.code == ErrorCode::corrupt_section);
      CHECK(error.offset == broken.offset);
    }
    CHECK(metadata.empty());
  }
}

TEST_CASE("a repeated metadata section is refused, and one of another type is left alone") {
  std::vector<std::byte> stream;
  vqi::detail::append_metadata(stream, all_fields());
  ColourMetadata metadata;
  for (const vqi::detail::Section& section : sections_of(stream)) vqi::detail::read_metadata(section, metadata);
  for (const vqi::detail::Section& section : sections_of(stream)) {
    const auto error = thrown_by([&] { vqi::detail::read_metadata(section, metadata); });
    CHECK(error.code == ErrorCode::corrupt_section);
    CHECK(error.offset == section.offset);
  }
  const std::vector<std::byte> other = section_of("tEXt", "anything");
  ColourMetadata untouched;
  CHECK_FALSE(vqi::detail::read_metadata(vqi::detail::read_section(other, 0), untouched));
  CHECK_NOTHROW(vqi::detail::check_metadata(vqi::detail::read_section(other, 0)));
  CHECK(untouched.empty());
}
