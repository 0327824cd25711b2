// salvage of a picture of one strip: its rows before a cut, and all that decodes where a bit has changed.
#include <catch2/catch.hpp>
#include <optional>

#include "salvaged_rows.hpp"
#include "test_images.hpp"
#include "vqi/vqi.hpp"

using namespace vqi::test;

TEST_CASE("a picture of one strip that is cut off gives its first rows, in every coding") {
  struct Case {
    std::uint32_t k;
    vqi::Coding coding;
    std::optional<vqi::Model> model;
  };
  for (const Case& made : {Case{4, vqi::Coding::packed, {}},
                           {5, vqi::Coding::packed, {}},
                           {5, vqi::Coding::entropy, vqi::Model::fast},
                           {5, vqi::Coding::entropy, vqi::Model::balanced},
                           {5, vqi::Coding::entropy, vqi::Model::max}}) {
    vqi::EncodeOptions options;
    options.k = made.k;
    options.effort = 1;
    options.coding = made.coding;
    options.model = made.model;
    const Stream whole = vqi::encode(vqi::test::make_image(200, 300, 1, 8, Content::noise), options).bytes;
    REQUIRE(entries_of(whole).size() == 1);
    const vqi::detail::StripEntry strip = entries_of(whole)[0];
    for (const double part : {0.1, 0.5, 0.667, 0.99}) {
      const auto bytes = static_cast<std::size_t>(part * static_cast<double>(strip.bytes.size()));
      const Stream cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(strip.offset + bytes));
      const vqi::Salvaged salvaged = vqi::salvage(cut);
      const Rows rows = check_rows(salvaged, whole);
      INFO("K " << made.k << ", " << part << " of the strip: " << rows.unverified << " rows");
      CHECK(rows.wrong_unverified == 0);
      CHECK(rows.unverified + rows.lost == 300);
      CHECK(rows.unverified > 300 * part - 25);  // a model codes its first rows in more bytes than the later ones
      CHECK(rows.unverified < 300 * part + 25);
      CHECK(salvaged.faults.size() == 2);
    }
    check_nothing_left(Stream(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(strip.offset)));
    check_nothing_left(Stream(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(strip.offset + 5)));
  }
}

TEST_CASE("a flipped bit in a picture of one strip leaves the rows before it right, and all apart as unverified") {
  for (const vqi::Model model : {vqi::Model::fast, vqi::Model::balanced, vqi::Model::max}) {
    vqi::EncodeOptions options;
    options.k = 5;
    options.effort = 1;
    options.coding = vqi::Coding::entropy;
    options.model = model;
    const Stream whole = vqi::encode(vqi::test::make_image(200, 300, 1, 8, Content::noise), options).bytes;
    const vqi::detail::StripEntry strip = entries_of(whole)[0];
    const Stream damaged = flipped(whole, strip.offset + strip.bytes.size() * 2 / 3);
    const vqi::Salvaged salvaged = vqi::salvage(damaged);
    const Rows rows = check_rows(salvaged, whole);
    CHECK(rows.unverified >= 180);
    CHECK(rows.unverified + rows.lost == 300);
    const vqi::Image image = vqi::decode(whole);
    for (std::uint32_t y = 0; y < 180; ++y) CHECK(same_row(salvaged.image, image, y));
    CHECK(salvaged.faults.size() == 1);
  }
}

TEST_CASE("at K = 1 header and codebook tell every row") {
  const vqi::Image image(200, 700, 1, 8);
  vqi::EncodeOptions options;
  options.k = 1;
  const Stream whole = vqi::encode(image, options).bytes;
  for (std::size_t size = find_section(whole, "STRP"); size < whole.size(); ++size) {
    const vqi::Salvaged salvaged = vqi::salvage(std::span(whole).first(size));
    CHECK(salvaged.lost_rows.empty());
    CHECK(salvaged.unverified_rows.empty());
    CHECK(salvaged.faults.size() == 1);
  }
}
