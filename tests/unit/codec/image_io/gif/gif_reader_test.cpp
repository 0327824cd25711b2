// GIF files: palettes, places, interlacing, transparency, frames as a player shows them, damage.
#include "gif_reader.hpp"

#include <catch2/catch.hpp>

#include "gif_builder.hpp"
#include "image_tools.hpp"

namespace {

using vqi::Damage;
using vqi::ErrorCode;
using vqi::testing::Bytes;
using vqi::testing::gif_data;
using vqi::testing::GifBuilder;
using vqi::testing::GifIndices;

const std::vector<std::uint32_t> colours{0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF};

/// The pixels as letters: r, g, b, w, "." for transparent black, "?" for others.
std::string letters(const vqi::Image& image) {
  std::string text;
  const std::vector<std::uint32_t> samples = vqi::testing::samples_of(image);
  const std::uint32_t channels = image.channels();
  for (std::size_t i = 0; i < samples.size(); i += channels) {
    const std::uint32_t colour = samples[i] << 16 | samples[i + 1] << 8 | samples[i + 2];
    const bool is_opaque = channels == 3 || samples[i + 3] == 255;
    char letter = '?';
    for (std::size_t k = 0; k < colours.size(); ++k)
      if (is_opaque && colour == colours[k]) letter = "rgbw"[k];
    if (!is_opaque && samples[i + 3] == 0 && colour == 0) letter = '.';
    text += letter;
  }
  return text;
}
vqi::ReadImage read(const Bytes& file, std::uint32_t page = 1, Damage damage = Damage::refuse_lost_pixels) {
  return vqi::read_image(file, {{}, damage, page});
}
std::string shown(const Bytes& file, std::uint32_t page = 1) { return letters(read(file, page).image); }
auto error_of_reading(const Bytes& file, std::uint32_t page = 1) {
  return vqi::testing::error_of([&] { return read(file, page); });
}

}  // namespace

TEST_CASE("an opaque GIF is RGB, in both versions, with either palette") {
  for (const std::string_view version : {"GIF87a", "GIF89a"}) {
    const Bytes file = GifBuilder(2, 2, colours, version).image(0, 0, 2, 2, gif_data({0, 1, 2, 3}, 2)).build();
    const vqi::ReadImage image = read(file);
    CHECK(letters(image.image) == "rgbw");
    CHECK(image.image.channels() == 3);
    CHECK(image.is_palette);
    CHECK(image.sample_bits == 2);
    CHECK(image.format == "GIF");
    CHECK(image.warnings.empty());
  }
  CHECK(shown(GifBuilder(2, 1, {0, 0}).image(0, 0, 2, 1, gif_data({2, 3}, 2), false, colours).build()) == "bw");
}

TEST_CASE("a transparent index and what no frame covers are transparent") {
  CHECK(shown(GifBuilder(3, 1, colours).control(0, 1).image(0, 0, 3, 1, gif_data({0, 1, 2}, 2)).build()) == "r.b");
  CHECK(shown(GifBuilder(3, 2, colours).image(1, 1, 1, 1, gif_data({3}, 2)).build()) == "....w.");
  // An index that is transparent need not be in the palette.
  CHECK(shown(GifBuilder(2, 1, {0xFF0000, 0}).control(0, 3).image(0, 0, 2, 1, gif_data({0, 3}, 2)).build()) == "r.");
}

TEST_CASE("interlaced rows come in four passes") {
  const Bytes file =
      GifBuilder(1, 9, colours).image(0, 0, 1, 9, gif_data({0, 0, 1, 2, 2, 3, 3, 3, 3}, 2), true).build();
  CHECK(shown(file) == "rwbwgwbwr");
}

TEST_CASE("a first frame that is larger than the screen is shown whole, later ones are cut") {
  CHECK(read(GifBuilder(0, 0, colours).image(0, 0, 2, 1, gif_data({0, 1}, 2)).build()).image.width_px() == 2);
  CHECK(shown(GifBuilder(1, 1, colours).image(1, 0, 1, 1, gif_data({2}, 2)).build()) == ".b");
  const Bytes later = GifBuilder(2, 1, colours)
                          .image(0, 0, 2, 1, gif_data({0, 0}, 2))
                          .image(1, 0, 2, 2, gif_data({1, 2, 3, 3}, 2))
                          .image(7, 9, 1, 1, gif_data({1}, 2))
                          .build();
  CHECK(shown(later, 2) == "rg");
  CHECK(shown(later, 3) == "rg");
}

TEST_CASE("a frame is what a player shows, by the disposal of those before") {
  const Bytes file = GifBuilder(3, 1, colours)
                         .control(1, -1)
                         .image(0, 0, 3, 1, gif_data({0, 0, 0}, 2))
                         .control(3, -1)
                         .image(0, 0, 1, 1, gif_data({1}, 2))
                         .control(2, -1)
                         .image(1, 0, 1, 1, gif_data({2}, 2))
                         .control(0, 0)
                         .image(2, 0, 1, 1, gif_data({0}, 2))
                         .build();
  CHECK(shown(file, 1) == "rrr");
  CHECK(shown(file, 2) == "grr");
  CHECK(shown(file, 3) == "rbr");
  CHECK(shown(file, 4) == "r.r");
  CHECK(read(file).warnings == std::vector<std::string>{"the GIF has 4 pictures; only the first is read"});
  CHECK(read(file, 2).warnings.empty());
  CHECK(error_of_reading(file, 5) == ErrorCode::invalid_option);
  CHECK(error_of_reading(file, 0) == ErrorCode::invalid_option);
}

TEST_CASE("what is known of a GIF's colours and pixels is kept") {
  const Bytes profile = vqi::testing::icc_profile("RGB ", 700);
  GifBuilder gif(1, 1, colours, "GIF89a", 113);  // pixels twice as wide as high
  gif.application("ICCRGBG1012", profile).application("XMP DataXMP", vqi::testing::bytes_of("<x/>"));
  gif.image(0, 0, 1, 1, gif_data({1}, 2));
  const vqi::ReadImage image = read(gif.build());
  REQUIRE(image.image.metadata().icc_profile);
  CHECK(image.image.metadata().icc_profile->bytes == profile);
  CHECK(image.image.metadata().density == vqi::PixelDensity{64, 128, 0});
  CHECK(image.dropped == std::vector<std::string>{"XMP"});
  GifBuilder broken(1, 1, colours);
  broken.application("ICCRGBG1012", vqi::testing::bytes_of("none")).image(0, 0, 1, 1, gif_data({1}, 2));
  CHECK_THAT(read(broken.build()).warnings.at(0), Catch::Contains("ICC profile is left out"));
}

TEST_CASE("indices outside of the palette, frames without palette and files without frames are damage") {
  CHECK(error_of_reading(GifBuilder(1, 1, {1, 2}).image(0, 0, 1, 1, gif_data({2}, 2)).build()) ==
        ErrorCode::corrupt_image);
  CHECK(error_of_reading(GifBuilder(1, 1, {}).image(0, 0, 1, 1, gif_data({0}, 2)).build()) == ErrorCode::corrupt_image);
  CHECK(error_of_reading(GifBuilder(1, 1, colours).build()) == ErrorCode::corrupt_image);
  CHECK(error_of_reading(GifBuilder(1, 1, colours).image(0, 0, 1, 1, gif_data({}, 2)).build()) ==
        ErrorCode::corrupt_image);
}

TEST_CASE("a GIF cut off before its last pixel is an error, behind it a warning") {
  const Bytes whole = GifBuilder(2, 2, colours).image(0, 0, 2, 2, gif_data({0, 1, 2, 3}, 2)).build();
  std::size_t warned = 0;
  for (std::size_t length = 6; length < whole.size(); ++length) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    INFO(length << " of " << whole.size());
    if (error_of_reading(cut)) {
      CHECK(error_of_reading(cut) == ErrorCode::corrupt_image);
      CHECK(warned == 0);
      continue;
    }
    ++warned;
    CHECK_THAT(read(cut).warnings.at(0), Catch::Contains("which changed no pixel"));
    CHECK(shown(cut) == "rgbw");
    CHECK(vqi::testing::error_of([&] { return read(cut, 1, Damage::refuse_any); }) == ErrorCode::corrupt_image);
  }
  CHECK(warned >= 2);
  Bytes junk = whole;
  junk.back() = std::byte{0x77};
  CHECK_THAT(read(junk).warnings.at(0), Catch::Contains("unknown kind"));
}

TEST_CASE("bytes after a GIF's end and pixels after its last one change no pixel, and are told of") {
  const Bytes whole = GifBuilder(2, 2, colours).image(0, 0, 2, 2, gif_data({0, 1, 2, 3}, 2)).build();
  Bytes longer = whole;
  vqi::testing::append(longer, "xyz");
  const Bytes more = GifBuilder(2, 2, colours).image(0, 0, 2, 2, gif_data({0, 1, 2, 3, 0}, 2)).build();
  for (const auto& [file, words] :
       {std::pair{longer, "3 bytes follow its end"}, {more, "more pixels follow its last one"}}) {
    CHECK(shown(file) == "rgbw");
    REQUIRE(read(file).warnings.size() == 1);
    CHECK_THAT(read(file).warnings[0], Catch::Contains(words));
    CHECK(vqi::testing::error_of([&, &bytes = file] { return read(bytes, 1, Damage::refuse_any); }) ==
          ErrorCode::corrupt_image);
  }
}

TEST_CASE("whole rows of a damaged GIF are kept where pixels are salvaged") {
  GifIndices indices(40, 1);
  for (std::size_t i = 20; i < 40; ++i) indices[i] = static_cast<std::uint8_t>(i % 4);
  Bytes file = GifBuilder(10, 4, colours).image(0, 0, 10, 4, gif_data(indices, 2)).build();
  file.erase(file.end() - 8, file.end());
  CHECK(error_of_reading(file) == ErrorCode::corrupt_image);
  const vqi::ReadImage salvaged = read(file, 1, Damage::salvage);
  CHECK(salvaged.lost_pixels);
  CHECK(letters(salvaged.image).starts_with("gggggggggggggggggggg"));
  CHECK(letters(salvaged.image).ends_with(".........."));
}

TEST_CASE("limits hold for the screen and for frames, and reading can be stopped") {
  const Bytes screen = GifBuilder(65535, 65535, colours).image(0, 0, 1, 1, gif_data({0}, 2)).build();
  CHECK(error_of_reading(screen) == ErrorCode::limit_exceeded);
  const Bytes frame =
      GifBuilder(1, 1, colours).image(0, 0, 1, 1, gif_data({0}, 2)).image(0, 0, 65535, 65535, gif_data({0}, 2)).build();
  CHECK(error_of_reading(frame, 2) == ErrorCode::limit_exceeded);
  CHECK_FALSE(error_of_reading(frame, 1));
  vqi::RunOptions run;
  run.progress = [](const vqi::Progress&) { return false; };
  const Bytes small = GifBuilder(1, 1, colours).image(0, 0, 1, 1, gif_data({0}, 2)).build();
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(small, {}, run); }) == ErrorCode::cancelled);
  run = {};
  run.max_memory_bytes = 6;
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(small, {}, run); }) == ErrorCode::limit_exceeded);
}
