// Formats that are not read are named, and text and readable formats are not taken for them.
#include "unread_formats.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "byte_tools.hpp"
#include "vqi/image_io.hpp"

namespace {

using namespace std::string_view_literals;
using vqi::testing::Bytes;
using vqi::testing::bytes_of;

std::string name(const Bytes& bytes) { return std::string(vqi::detail::unread_format(bytes)); }
std::string name(std::string_view text) { return name(bytes_of(text)); }

Bytes iso_media(std::string_view brands) {
  Bytes file;
  vqi::testing::append_be(file, 8 + brands.size(), 4);
  vqi::testing::append(file, "ftyp");
  vqi::testing::append(file, brands);
  file.resize(file.size() + 100);
  return file;
}

/// A header of TGA with a palette, if `map` is 1, of 24 bits.
Bytes tga(std::uint32_t map, std::uint32_t kind, std::uint32_t bits) {
  Bytes file(60);
  file[1] = static_cast<std::byte>(map);
  file[2] = static_cast<std::byte>(kind);
  if (map == 1) file[6] = std::byte{1};
  if (map == 1) file[7] = std::byte{24};
  file[12] = file[14] = std::byte{5};
  file[16] = static_cast<std::byte>(bits);
  return file;
}

}  // namespace

TEST_CASE("signatures name their formats") {
  for (const auto& [bytes, expected] : std::map<std::string_view, std::string>{
           {"\xFF\x0A\x00\x00"sv, "JPEG XL image"},
           {"\0\0\0\x0CJXL \r\n\x87\n"sv, "JPEG XL image"},
           {"II\xBC\x01\x08\0\0\0"sv, "JPEG XR image"},
           {"qoif\0\0\0\x01"sv, "QOI image"},
           {"8BPS\0\x01"sv, "PSD image"},
           {"gimp xcf v011"sv, "XCF image"},
           {"%PDF-1.7"sv, "PDF document"},
           {"%!PS-Adobe-3.0 EPSF-3.0"sv, "PostScript document"},
           {"\xC5\xD0\xD3\xC6"sv, "EPS image"},
           {"icns\0\0"sv, "ICNS icon"},
           {"DDS |"sv, "DDS texture"},
           {"\x76\x2F\x31\x01"sv, "OpenEXR image"},
           {"#?RADIANCE\n"sv, "Radiance HDR image"},
           {"#?RGBE\n"sv, "Radiance HDR image"},
           {"PF\n1 1\n-1.0\n"sv, "PFM image"},
           {"Pf\n1 1\n-1.0\n"sv, "PFM image"},
           {"AT&TFORM\0\0"sv, "DjVu document"},
           {"farbfeld\0\0\0\1"sv, "farbfeld image"},
           {"\x93NUMPY\1\0v\0"sv, "NumPy array"},
           {"IIRO\x08\0\0\0"sv, "Olympus raw image"},
           {"IIU\0\x08\0\0\0"sv, "Panasonic raw image"},
           {"FUJIFILMCCD-RAW 0201"sv, "Fujifilm raw image"},
           {"FOVb\0\0"sv, "Sigma raw image"},
           {"\0MRM\0\0"sv, "Minolta raw image"},
           {"II\x1A\0\0\0HEAPCCDR\0"sv, "Canon raw image"},
           {"#define a_width 8\n#define a_height 1\nstatic char a_bits[] = {0};"sv, "XBM image"},
           {"/* made by hand */\n#define a_width 8\n#define a_height 1\n"sv, "XBM image"},
           {"\xD7\xCD\xC6\x9A\0\0"sv, "WMF image"},
           {"<svg xmlns='http://www.w3.org/2000/svg'/>"sv, "SVG drawing"},
           {"\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- a --><svg>"sv, "SVG drawing"},
       })
    CHECK(name(bytes) == expected);
}

TEST_CASE("brands tell pictures and films of the same container apart") {
  CHECK(name(iso_media("avif\0\0\0\0mif1avif")) == "AVIF image");
  CHECK(name(iso_media({"mif1\0\0\0\0mif1avif", 16})) == "AVIF image");
  CHECK(name(iso_media({"mif1\0\0\0\0mif1heic", 16})) == "HEIC image");
  CHECK(name(iso_media({"heic\0\0\0\0mif1heic", 16})) == "HEIC image");
  CHECK(name(iso_media({"mif1\0\0\0\0miaf", 12})) == "HEIF image");
  CHECK(name(iso_media({"isom\0\0\2\0isomavc1", 16})) == "MP4 video");
  CHECK(name(iso_media({"qt  \0\0\0\0", 8})) == "QuickTime movie");
  CHECK(name("\0\0\0\x08wide\0\0\0\0mdat"sv) == "QuickTime movie");
}

TEST_CASE("icons are told from TGA, which is told by its header or its footer") {
  Bytes icon(40);
  icon[2] = icon[4] = std::byte{1};
  CHECK(name(icon) == "ICO icon");
  icon[2] = std::byte{2};
  CHECK(name(icon) == "CUR cursor");
  for (const Bytes& file : {tga(0, 2, 24), tga(0, 10, 32), tga(0, 3, 8), tga(0, 11, 8), tga(1, 1, 8), tga(1, 9, 8)})
    CHECK(name(file) == "TGA image");
  for (const Bytes& file : {tga(0, 2, 7), tga(0, 4, 24), tga(2, 2, 24), tga(0, 1, 8), Bytes(60)})
    CHECK(name(file).empty());
  CHECK(name("anything at all....TRUEVISION-XFILE.\0"sv) == "TGA image");
}

TEST_CASE("text and nothing are no image") {
  for (const std::string_view text :
       {""sv, "x"sv, "just some text, and more of it to pass 18 bytes"sv, "<html><body>svg</body></html>"sv,
        "<p>see <svgs></p>"sv, "PFennig"sv, "#define WIDTH 8"sv, "int a; // #define a_width 8\n#define a_height 2"sv,
        "{\"a\": 1}"sv, "\0\0\0\0"sv})
    CHECK(name(text).empty());
}

TEST_CASE("the error says what was given and what to do") {
  CHECK(vqi::testing::message_of([] { return vqi::read_image(iso_media("avif\0\0\0\0")); }) ==
        "AVIF image, which vqi does not read; convert it to PNG first with another program");
  for (const auto& [magic, words] : std::map<std::string_view, std::string>{
           {"\x76\x2F\x31\x01", "OpenEXR"}, {"#?RADIANCE\n", "Radiance HDR"}, {"PF\n", "PFM"}})
    CHECK(vqi::testing::message_of([&, &begins = magic] { return vqi::inspect_image(bytes_of(begins)); }) ==
          words + " image, which vqi does not read; convert it to PNG first with another program");
  CHECK(vqi::testing::error_of([] { return vqi::inspect_image(bytes_of("qoif")); }) == vqi::ErrorCode::not_an_image);
  CHECK_THAT(vqi::testing::message_of([] { return vqi::read_image(bytes_of("no image")); }),
             Catch::Contains("GIF, BMP, PNM, PAM, JPEG 2000 or Sun raster"));
}

TEST_CASE("Apple's own form of PNG is told what it is") {
  const std::string_view apple = "\x89PNG\r\n\x1A\n\0\0\0\4CgBI\x50\0\x20\2\x2B\xD5\xB3\x7F"sv;
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(bytes_of(apple)); }), Catch::Contains("CgBI"));
}
