// Files of a form: raw bytes, what is refused, and warnings.
#include "index_files.hpp"

#include <catch2/catch.hpp>

#include "made_block_image.hpp"
#include "thrown_error.hpp"

using namespace vqi::tool;
using vqi::ErrorCode;
using vqi::test::holds;
using vqi::test::made_block_image;
using vqi::test::thrown_by;

namespace {

std::vector<int> raw(const BlockImage& image, const IndexChoice& choice) {
  std::vector<int> values;
  for (const std::byte byte : write_index_files(image, choice, "a.bin", {}).bytes)
    values.push_back(std::to_integer<int>(byte));
  return values;
}

}  // namespace

TEST_CASE("raw bytes are as many colours as the bits can name, then the indices") {
  const BlockImage image = made_block_image(3, {0, 1, 2}, 3);
  CHECK(raw(image, {IndexForm::raw, {}, {}, {}}) == std::vector<int>{0, 1, 2, 10, 11, 12, 20, 21, 22, 0, 0, 0, 0x18});
  CHECK(raw(image, {IndexForm::raw, PixelForm::bgra8888, BitOrder::lsb_first, {}}) ==
        std::vector<int>{2, 1, 0, 255, 12, 11, 10, 255, 22, 21, 20, 255, 0, 0, 0, 0, 0x24});
  const std::vector<int> bytes = raw(image, {IndexForm::raw, PixelForm::rgb565, {}, 8});
  CHECK(bytes.size() == 512 + 3);
  CHECK(std::vector<int>(bytes.end() - 3, bytes.end()) == std::vector<int>{0, 1, 2});
}

TEST_CASE("colours that do not hold alpha are refused only where there is some") {
  const IndexChoice choice{IndexForm::raw, PixelForm::rgb565, {}, {}};
  CHECK(raw(made_block_image(1, {0}, 1, 4), choice).size() == 5);
  const auto thrown = thrown_by([&] { raw(made_block_image(1, {0}, 1, 4, 1, 1, 254), choice); });
  CHECK(thrown.code == ErrorCode::invalid_option);
  CHECK(holds(thrown.message, "rgb565"));
  CHECK(raw(made_block_image(1, {0}, 1, 4, 1, 1, 254), {IndexForm::raw, {}, {}, {}}) ==
        std::vector<int>{0, 1, 2, 254, 0, 0, 0, 0, 0});
}

TEST_CASE("only a map of Tiled has a second file, and maps that reach beyond the image are warned of") {
  BlockImage image = made_block_image(2, {0, 1}, 2, 3, 8, 8);
  image.indexed.height_px = 5;
  for (const IndexForm form : {IndexForm::c, IndexForm::raw, IndexForm::npy, IndexForm::pgm, IndexForm::csv,
                               IndexForm::sheet, IndexForm::tmx}) {
    const IndexFiles files = write_index_files(image, {form, {}, {}, {}}, "d/a.x", {});
    INFO(index_form_name(form));
    CHECK_FALSE(files.bytes.empty());
    CHECK_FALSE(files.description.empty());
    CHECK(files.sheet.has_value() == (form == IndexForm::tmx));
    CHECK(files.warnings.empty() == (form == IndexForm::c || form == IndexForm::sheet));
  }
}

TEST_CASE("colours without their profile or gamma are warned of, unless they are of sRGB") {
  BlockImage image = made_block_image(1, {0}, 1);
  const auto warnings = [&](IndexForm form) { return write_index_files(image, {form, {}, {}, {}}, "a", {}).warnings; };
  image.indexed.metadata.gamma = 100000;
  CHECK(warnings(IndexForm::c).size() == 1);
  CHECK(warnings(IndexForm::raw).size() == 1);
  CHECK(warnings(IndexForm::sheet).empty());
  CHECK(warnings(IndexForm::csv).empty());
  image.indexed.metadata.srgb_intent = 0;
  CHECK(warnings(IndexForm::c).empty());
}

TEST_CASE("files that take more memory than is allowed are refused") {
  vqi::RunOptions run;
  run.max_memory_bytes = 100;
  const BlockImage image = made_block_image(20, std::vector<std::uint16_t>(20), 1);
  CHECK(thrown_by([&] {
          static_cast<void>(write_index_files(image, {IndexForm::csv, {}, {}, {}}, "a", run));
        }).limit == vqi::Limit::memory);
}
