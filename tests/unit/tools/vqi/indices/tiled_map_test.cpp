// Maps of Tiled: the whole text, and names in XML.
#include "tiled_map.hpp"

#include <catch2/catch.hpp>

#include "made_block_image.hpp"
#include "thrown_error.hpp"

using namespace vqi::tool;
using vqi::test::holds;
using vqi::test::made_block_image;
using vqi::test::thrown_by;

TEST_CASE("a map has its tiles, the size of the image and a layer of numbers from 1 on") {
  BlockImage image = made_block_image(2, {0, 4, 2, 1}, 5, 3, 8, 4);
  image.indexed.width_px = 13;
  CHECK(write_tmx(image, "a", "a.tiles.png") ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<map version=\"1.2\" orientation=\"orthogonal\" renderorder=\"right-down\" width=\"2\" height=\"2\""
        " tilewidth=\"8\" tileheight=\"4\" infinite=\"0\" nextlayerid=\"2\" nextobjectid=\"1\">\n"
        " <properties>\n"
        "  <property name=\"image_height\" type=\"int\" value=\"8\"/>\n"
        "  <property name=\"image_width\" type=\"int\" value=\"13\"/>\n"
        " </properties>\n"
        " <tileset firstgid=\"1\" name=\"a\" tilewidth=\"8\" tileheight=\"4\" tilecount=\"5\" columns=\"4\">\n"
        "  <image source=\"a.tiles.png\" width=\"32\" height=\"8\"/>\n"
        " </tileset>\n"
        " <layer id=\"1\" name=\"a\" width=\"2\" height=\"2\">\n"
        "  <data encoding=\"csv\">\n1,5,\n3,2\n</data>\n </layer>\n</map>\n");
}

TEST_CASE("names are escaped, and refused where XML cannot hold them") {
  CHECK(holds(write_tmx(made_block_image(1, {0}, 1), "<a>", "\"b&c\".png"), "source=\"&quot;b&amp;c&quot;.png\""));
  CHECK(holds(write_tmx(made_block_image(1, {0}, 1), "<a>", "b"), "name=\"&lt;a&gt;\""));
  CHECK(holds(write_tmx(made_block_image(1, {0}, 1), "a", ":b.png"), "source=\"./:b.png\""));
  check_xml_name("a b'\"<>&\xC3\xA4.tmx");
  for (const char* name : {"\xFF.tmx", "a\nb", "\x1F", "\xEF\xBF\xBF"})
    CHECK(thrown_by([&] { check_xml_name(name); }).code == vqi::ErrorCode::invalid_option);
}
