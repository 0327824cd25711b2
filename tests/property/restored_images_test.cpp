// Streams with a decode filter: every way to decode gives the same pixels, their distortion is what is stored, and none
// is farther from the image than its codewords.
#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "row_decoder.hpp"
#include "simd_targets.hpp"
#include "streams/counting_source.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/vqi.hpp"

using vqi::Image;
using vqi::test::make_blobs;
using vqi::test::same_samples;
using vqi::test::thrown_by;

namespace {

vqi::EncodeOptions restoring(std::uint32_t k, vqi::Method method = vqi::Method::kmeans) {
  vqi::EncodeOptions options;
  options.k = k;
  options.method = method;
  options.effort = 1;
  options.restore = true;
  options.verify = true;
  return options;
}

/// Two strips of the picture of 310x450.
vqi::Encoded encoded_in_strips(const Image& image) {
  vqi::EncodeOptions options = restoring(16);
  options.coding = vqi::Coding::packed;
  return vqi::encode(image, options);
}

vqi::DecodeLimits plain() {
  vqi::DecodeLimits limits;
  limits.restore = false;
  return limits;
}

Image part_of(const Image& image, std::uint32_t x, std::uint32_t y, std::uint32_t width, std::uint32_t height) {
  Image part(width, height, image.channels(), image.bit_depth());
  const std::size_t pixel_bytes = image.row_bytes() / image.width_px();
  for (std::uint32_t row = 0; row < height; ++row)
    std::copy_n(image.row(y + row) + x * pixel_bytes, part.row_bytes(), part.row(row));
  return part;
}

/// The image with 16 bits: its samples times 257, and the sample's column added so that low bytes are in use.
Image deep(const Image& image) {
  Image wide(image.width_px(), image.height_px(), image.channels(), 16);
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::uint32_t i = 0; i < image.width_px() * image.channels(); ++i)
      wide.row16(y)[i] =
          static_cast<std::uint16_t>(std::min(65535U, static_cast<std::uint32_t>(image.row(y)[i]) * 257U + i % 97));
  return wide;
}

}  // namespace

TEST_CASE("a restored image is the same by whole, by rows, by rectangles and on every SIMD target and thread count") {
  const Image image = make_blobs(310, 450, 3);
  const vqi::Encoded encoded = encoded_in_strips(image);
  REQUIRE(encoded.report.restore);
  REQUIRE(vqi::inspect(encoded.bytes).strip_count == 2);
  const Image whole = vqi::decode(encoded.bytes);
  CHECK_FALSE(same_samples(whole, vqi::decode(encoded.bytes, plain())));
  for (const std::uint32_t threads : {1U, 2U, 8U}) {
    vqi::RunOptions run;
    run.threads = threads;
    CHECK(same_samples(vqi::decode(encoded.bytes, {}, run), whole));
  }
  vqi::test::on_every_target([&] { CHECK(same_samples(vqi::decode(encoded.bytes), whole)); });

  for (const auto& [x, y, width, height] : {std::tuple{0U, 0U, 310U, 450U},
                                            {0U, 0U, 1U, 1U},
                                            {309U, 449U, 1U, 1U},
                                            {100U, 205U, 50U, 14U},
                                            {7U, 211U, 1U, 1U},
                                            {3U, 207U, 300U, 5U},
                                            {20U, 440U, 60U, 10U}})
    CHECK(same_samples(vqi::decode_region(encoded.bytes, x, y, width, height), part_of(whole, x, y, width, height)));

  Image rows(310, 450, 3, 8);
  std::uint32_t next_row = 0;
  vqi::detail::decode_rows(encoded.bytes, {}, {}, [&](std::uint32_t first_row, const vqi::ImageView& part) {
    REQUIRE(first_row == next_row);
    for (std::uint32_t y = 0; y < part.height_px; ++y)
      std::copy_n(part.row(y), rows.row_bytes(), rows.row(first_row + y));
    next_row += part.height_px;
  });
  CHECK(next_row == 450);
  CHECK(same_samples(rows, whole));
}

TEST_CASE("a stream that is read in pieces is restored as in memory, by rows and by rectangles") {
  const vqi::Encoded encoded = encoded_in_strips(make_blobs(310, 450, 3));
  const Image whole = vqi::decode(encoded.bytes);
  vqi::test::CountingSource counting(encoded.bytes);
  const vqi::ByteSource source = counting.source();
  for (const auto& [x, y, width, height] :
       {std::tuple{0U, 0U, 310U, 450U}, {100U, 205U, 50U, 14U}, {7U, 211U, 1U, 1U}, {20U, 440U, 60U, 10U}}) {
    CHECK(same_samples(vqi::decode_region(source, x, y, width, height).image, part_of(whole, x, y, width, height)));
    CHECK(same_samples(vqi::decode_region(source, x, y, width, height, plain()).image,
                       part_of(vqi::decode(encoded.bytes, plain()), x, y, width, height)));
  }
  Image rows(310, 450, 3, 8);
  vqi::RowSink sink;
  sink.rows = [&](std::uint32_t first_row, const vqi::ImageView& part) {
    for (std::uint32_t y = 0; y < part.height_px; ++y)
      std::copy_n(part.row(y), rows.row_bytes(), rows.row(first_row + y));
  };
  for (const std::uint32_t threads : {1U, 4U}) {
    vqi::RunOptions run;
    run.threads = threads;
    static_cast<void>(vqi::decode_stream(source, sink, {}, run));
    CHECK(same_samples(rows, whole));
  }
}

TEST_CASE("what is stored and reported is the distortion of the restored image, which is never the greater one") {
  for (const Image& image :
       {make_blobs(90, 70, 3), make_blobs(90, 70, 1), deep(make_blobs(60, 50, 3)), vqi::test::make_soft_sprite(80),
        make_blobs(80, 70, 2), vqi::test::make_image(60, 50, 3, 8, vqi::test::Content::noise)})
    for (const vqi::Method method : {vqi::Method::kmeans, vqi::Method::ecvq}) {
      const vqi::Encoded encoded = vqi::encode(image, restoring(12, method));
      vqi::EncodeOptions without = restoring(12, method);
      without.restore = false;
      const vqi::Encoded unfiltered = vqi::encode(image, without);
      const double mse = vqi::measure_distortion(image, vqi::decode(encoded.bytes)).mse;
      INFO("channels " << image.channels() << ", depth " << image.bit_depth());
      CHECK(encoded.report.distortion.mse == mse);
      CHECK(vqi::inspect(encoded.bytes).mse == mse);
      CHECK(same_samples(vqi::decode(encoded.bytes, plain()), vqi::decode(unfiltered.bytes)));
      if (encoded.report.restore) {
        CHECK(mse < unfiltered.report.distortion.mse);
        CHECK(encoded.report.restore->gain_db ==
              Approx(*encoded.report.distortion.psnr_db - *unfiltered.report.distortion.psnr_db).margin(0.03));
        CHECK(vqi::inspect(encoded.bytes).format_minor == 3);
      } else {
        CHECK(encoded.bytes == unfiltered.bytes);
        CHECK(encoded.report.warnings.back().starts_with("nothing is restored"));
      }
    }
}

TEST_CASE("soft pictures gain by the filter in grey, colour, alpha and 16 bits, and alpha itself is not touched") {
  for (const Image& image :
       {make_blobs(160, 120, 3), make_blobs(160, 120, 1), make_blobs(160, 120, 4), deep(make_blobs(160, 120, 3))}) {
    const vqi::Encoded encoded = vqi::encode(image, restoring(24));
    INFO("channels " << image.channels() << ", depth " << image.bit_depth());
    REQUIRE(encoded.report.restore);
    CHECK(encoded.report.restore->gain_db > 0.2);
    if (image.channels() != 4) continue;
    const Image restored = vqi::decode(encoded.bytes);
    const Image codewords = vqi::decode(encoded.bytes, plain());
    bool is_alpha_kept = true;
    for (std::uint32_t y = 0; y < 120; ++y)
      for (std::uint32_t x = 0; x < 160; ++x)
        is_alpha_kept &= restored.row(y)[4 * x + 3] == codewords.row(y)[4 * x + 3];
    CHECK(is_alpha_kept);
  }
}

TEST_CASE("index maps of restored files are the plain ones, and salvage restores whole strips and what is left") {
  const Image image = make_blobs(310, 450, 3);
  const vqi::Encoded encoded = encoded_in_strips(image);
  const Image whole = vqi::decode(encoded.bytes);
  const vqi::IndexedImage indexed = vqi::decode_indexed(encoded.bytes);
  const Image codewords = vqi::decode(encoded.bytes, plain());
  bool is_plain = true;
  for (std::size_t i = 0; i < indexed.indices.size(); ++i)
    is_plain &= std::equal(codewords.row(0) + 3 * i, codewords.row(0) + 3 * i + 3,
                           indexed.codebook.row(0) + 3 * std::size_t{indexed.indices[i]});
  CHECK(is_plain);

  std::vector<std::byte> damaged = encoded.bytes;
  damaged.resize(damaged.size() - 2000);  // cuts the second strip
  const vqi::Salvaged salvaged = vqi::salvage(damaged);
  REQUIRE(salvaged.unverified_rows.size() == 1);
  const std::uint32_t second = salvaged.unverified_rows[0].begin;
  CHECK(same_samples(part_of(salvaged.image, 0, 0, 310, second), part_of(whole, 0, 0, 310, second)));
  const std::uint32_t cut = salvaged.unverified_rows[0].end;
  REQUIRE(cut > second + 8);
  CHECK(same_samples(part_of(salvaged.image, 0, second, 310, cut - second - 4),
                     part_of(whole, 0, second, 310, cut - second - 4)));
  CHECK(same_samples(vqi::salvage(encoded.bytes).image, whole));
}

TEST_CASE("a filter that cannot apply is an error or a warning, and a lossless file has none") {
  const Image image = make_blobs(60, 40, 3);
  const auto code_of = [&](const vqi::EncodeOptions& options) {
    return thrown_by([&] { static_cast<void>(vqi::encode(image, options)); }).code;
  };
  vqi::EncodeOptions blocks = restoring(8);
  blocks.block_width_px = 2;
  CHECK(code_of(blocks) == vqi::ErrorCode::invalid_option);
  vqi::EncodeOptions dithered = restoring(8);
  dithered.dither = vqi::Dither::diffusion;
  CHECK(code_of(dithered) == vqi::ErrorCode::invalid_option);
  const Image few = vqi::test::make_image(60, 40, 3, 8, vqi::test::Content::few_colours);
  const vqi::Encoded exact = vqi::encode(few, restoring(200));
  CHECK_FALSE(exact.report.restore);
  CHECK(exact.report.warnings.size() == 1);
}

TEST_CASE("targets of ecvq restore without being asked, and meet their bound with the restored image") {
  const Image image = make_blobs(120, 90, 3);
  vqi::EncodeOptions options;
  options.method = vqi::Method::ecvq;
  options.effort = 4;
  vqi::Target target;
  target.psnr_db = 28;
  const vqi::Encoded restored = vqi::encode_to_target(image, target, options);
  REQUIRE(restored.report.restore);
  CHECK(*vqi::measure_distortion(image, vqi::decode(restored.bytes)).psnr_db >= 28);
  options.restore = false;
  const vqi::Encoded plain_bytes = vqi::encode_to_target(image, target, options);
  CHECK_FALSE(plain_bytes.report.restore);
  CHECK(restored.bytes.size() < plain_bytes.bytes.size());
  options.restore = std::nullopt;
  options.model = vqi::Model::fast;  // for decoders that take little
  CHECK_FALSE(vqi::encode_to_target(image, target, options).report.restore);
  options.method = vqi::Method::kmeans;
  CHECK_FALSE(vqi::encode_to_target(image, target, options).report.restore);
  options.restore = true;
  const vqi::Encoded nearest = vqi::encode_to_target(image, target, options);
  REQUIRE(nearest.report.restore);
  CHECK(*nearest.report.distortion.psnr_db >= 28);
}
