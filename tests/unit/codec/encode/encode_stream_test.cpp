// encode_stream: the bytes of encode from rows in any portions, with the strips under way in memory.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "random.hpp"
#include "streams/row_streams.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"
#include "vqi/streaming.hpp"

using vqi::ErrorCode;
using vqi::Image;
using vqi::test::Content;
using vqi::test::GrownBytes;
using vqi::test::make_image;
using vqi::test::RowsOfImage;
using vqi::test::thrown_by;

namespace {

struct Streamed {
  std::vector<std::byte> bytes;
  vqi::EncodeReport report;
  std::uint32_t passes = 0;
};

Streamed stream(const Image& image, const vqi::EncodeOptions& options, const vqi::RunOptions& run = {},
                std::uint64_t chunk_seed = 1) {
  RowsOfImage rows(image, chunk_seed);
  GrownBytes sink;
  Streamed streamed;
  streamed.report = vqi::encode_stream(rows.source(), sink.sink(), options, run);
  CHECK(sink.bytes.size() >= streamed.report.bytes.file);
  sink.bytes.resize(streamed.report.bytes.file);
  streamed.bytes = std::move(sink.bytes);
  streamed.passes = rows.passes;
  CHECK(rows.wrong == 0);
  return streamed;
}

/// Whether rows give the bytes and the figures of the whole image.
void check_equal(const std::string& name, const Image& image, const vqi::EncodeOptions& options,
                 const vqi::RunOptions& run = {}) {
  INFO(name);
  const vqi::Encoded whole = vqi::encode(image, options);
  const Streamed streamed = stream(image, options, run);
  CHECK(streamed.bytes == whole.bytes);
  CHECK(streamed.report.k == whole.report.k);
  CHECK(streamed.report.k_chosen == whole.report.k_chosen);
  CHECK(streamed.report.coding == whole.report.coding);
  CHECK(streamed.report.model == whole.report.model);
  CHECK(streamed.report.distinct_vectors == whole.report.distinct_vectors);
  CHECK(streamed.report.trained_vectors == whole.report.trained_vectors);
  CHECK(streamed.report.algorithm == whole.report.algorithm);
  CHECK(streamed.report.bytes.index == whole.report.bytes.index);
  CHECK(streamed.report.bytes.header == whole.report.bytes.header);
  CHECK(streamed.report.distortion.mse == whole.report.distortion.mse);
  CHECK(streamed.report.distortion.mse_straight == whole.report.distortion.mse_straight);
  CHECK(streamed.report.distortion.max_error == whole.report.distortion.max_error);
  CHECK_FALSE(streamed.report.distortion.ssim);
  CHECK(streamed.report.warnings == whole.report.warnings);
}

vqi::EncodeOptions quick(std::uint32_t k = 20) {
  vqi::EncodeOptions options;
  options.k = k;
  options.effort = 1;
  return options;
}

}  // namespace

TEST_CASE("rows give the bytes of the whole image for every type of pixel, with blocks and without") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U})
      for (const auto& [width, height] : {std::pair{1U, 1U}, {3U, 2U}}) {
        const Image image = make_image(61, 47, channels, depth, Content::smooth);
        vqi::EncodeOptions options = quick();
        options.block_width_px = width;
        options.block_height_px = height;
        check_equal(std::to_string(channels) + " channels of " + std::to_string(depth), image, options);
      }
}

TEST_CASE("rows give the bytes of the whole image with every option that needs no whole image") {
  Image image = make_image(90, 70, 3, 8, Content::smooth);
  image.metadata().gamma = 45455;
  image.metadata().icc_profile = vqi::IccProfile{"name", std::vector<std::byte>(500, std::byte{7})};
  const auto check = [&](const char* name, const auto& set) {
    vqi::EncodeOptions options = quick();
    set(options);
    check_equal(name, image, options);
  };
  check("packed", [](auto& o) { o.coding = vqi::Coding::packed; });
  check("entropy", [](auto& o) { o.coding = vqi::Coding::entropy; });
  check("balanced", [](auto& o) { o.model = vqi::Model::balanced; });
  check("max", [](auto& o) { o.model = vqi::Model::max; });
  check("k 1", [](auto& o) { o.k = 1; });
  check("k 16", [](auto& o) { o.k = 16; });
  check("default k", [](auto& o) { o.k.reset(); });
  check("effort", [](auto& o) { o.effort = 5; });
  check("k-means++ and a seed", [](auto& o) {
    o.seeding = vqi::Seeding::kmeanspp;
    o.seed = 7;
  });
  check("iterations", [](auto& o) { o.max_iterations = 2; });
  check("em", [](auto& o) {
    o.method = vqi::Method::em;
    o.covariance = vqi::Covariance::diagonal;
  });
  check("anneal", [](auto& o) {
    o.method = vqi::Method::anneal;
    o.k = 4;
  });
  check("Oklab", [](auto& o) { o.space = vqi::Space::oklab; });
  check("fixed", [](auto& o) { o.fixed = {{1, 2, 3, 255}, {200, 0, 0, 255}}; });
  check("small regions", [](auto& o) { o.keep_small = true; });
  auto book = std::make_shared<vqi::Codebook>();
  book->codewords = make_image(20, 1, 3, 8, Content::noise);
  check("codebook", [&](auto& o) {
    o.k.reset();
    o.codebook = book;
  });
  check("detached codebook", [&](auto& o) {
    o.k.reset();
    o.codebook = book;
    o.detach = true;
  });
  image = make_image(90, 70, 3, 8, Content::few_colours);
  check("lossless", [](auto& o) {
    o.k.reset();
    o.lossless = true;
  });
}

TEST_CASE("several strips of each coding, any portions of rows and any number of threads give the same bytes") {
  const Image image = make_image(1000, 300, 3, 8, Content::smooth);
  const Image noise = make_image(300, 700, 1, 8, Content::noise);
  for (const vqi::Coding coding : {vqi::Coding::packed, vqi::Coding::entropy, vqi::Coding::automatic})
    for (const std::uint32_t k : {16U, 11U}) {
      vqi::EncodeOptions options = quick(k);
      options.coding = coding;
      const std::vector<std::byte> whole = vqi::encode(image, options).bytes;
      const std::vector<std::byte> whole_noise = vqi::encode(noise, options).bytes;
      for (const std::uint32_t threads : {1U, 2U, 8U}) {
        CHECK(stream(image, options, {.threads = threads}, threads).bytes == whole);
        CHECK(stream(noise, options, {.threads = threads}, threads).bytes == whole_noise);
      }
    }
}

TEST_CASE("two passes are made, and a third where another coding is smaller than the one that was written") {
  const Image smooth = make_image(300, 200, 3, 8, Content::smooth);
  CHECK(stream(smooth, quick()).passes == 2);
  vqi::EncodeOptions packed = quick(16);
  packed.coding = vqi::Coding::packed;
  CHECK(stream(smooth, packed).passes == 2);
  const Image noise = make_image(300, 200, 1, 8, Content::noise);
  const Streamed smaller = stream(noise, quick(64));
  CHECK(smaller.report.coding == vqi::Coding::packed);
  CHECK(smaller.passes == 3);
  packed.k = 11;
  const Image few = make_image(20, 10, 3, 8, Content::smooth);  // states of the range coder cost more than they save
  CHECK(stream(few, packed).passes == 3);
  check_equal("few", few, packed);
}

TEST_CASE("what needs the whole image is refused by name, and nothing is written") {
  const Image image = make_image(40, 30, 3, 8, Content::smooth);
  const auto refused = [&](const auto& set, const std::string& name) {
    vqi::EncodeOptions options = quick();
    set(options);
    RowsOfImage rows(image, 1);
    GrownBytes sink;
    const auto error = thrown_by([&] { static_cast<void>(vqi::encode_stream(rows.source(), sink.sink(), options)); });
    INFO(error.message);
    CHECK(error.code == ErrorCode::invalid_option);
    CHECK(vqi::test::holds(error.message, name));
    CHECK(sink.bytes.empty());
    CHECK(rows.passes == 0);
  };
  refused([](auto& o) { o.method = vqi::Method::ecvq; }, "ecvq");
  refused([](auto& o) { o.dither = vqi::Dither::bayer; }, "dither");
  refused([](auto& o) { o.verify = true; }, "verify");
  refused([](auto& o) { o.restore = true; }, "restore");
  refused([](auto& o) { o.weights = std::make_shared<Image>(make_image(40, 30, 1, 8, Content::smooth)); }, "weights");
  refused([](auto& o) { o.k = 0; }, "k");
}

TEST_CASE("a source that ends early or changes between passes is refused, and what callbacks throw passes through") {
  const Image image = make_image(40, 30, 3, 8, Content::smooth);
  const Image other = make_image(40, 30, 3, 8, Content::smooth, 2);
  RowsOfImage rows(image, 1);
  GrownBytes sink;
  const auto code = [&](const vqi::RowSource& source) {
    return thrown_by([&] { static_cast<void>(vqi::encode_stream(source, sink.sink(), quick())); }).code;
  };
  vqi::RowSource source = rows.source();
  CHECK_FALSE(code(source));
  source.read = [](std::uint32_t, std::uint32_t, std::span<std::byte>) { return 0U; };
  CHECK(code(source) == ErrorCode::invalid_image);
  source.read = [](std::uint32_t, std::uint32_t most, std::span<std::byte>) { return most + 1; };
  CHECK(code(source) == ErrorCode::invalid_image);
  int pass = 0;
  source.read = [&](std::uint32_t first, std::uint32_t, std::span<std::byte> samples) {
    if (first == 0) ++pass;
    const Image& from = pass == 1 ? image : other;
    std::copy_n(from.row(first), from.row_bytes(), samples.begin());
    return 1U;
  };
  CHECK(code(source) == ErrorCode::invalid_image);
  source.read = [](std::uint32_t, std::uint32_t, std::span<std::byte>) -> std::uint32_t { throw 7; };
  CHECK_THROWS_AS(vqi::encode_stream(source, sink.sink(), quick()), int);
  const vqi::ByteSink full{[](std::uint64_t, std::span<const std::byte>) { throw 8; }};
  CHECK_THROWS_AS(vqi::encode_stream(rows.source(), full, quick()), int);
  vqi::RunOptions stopped;
  stopped.progress = [](const vqi::Progress&) { return false; };
  CHECK(thrown_by([&] { static_cast<void>(vqi::encode_stream(rows.source(), sink.sink(), quick(), stopped)); }).code ==
        ErrorCode::cancelled);
}

TEST_CASE("distinct vectors that take more memory than is allowed are refused while they are counted") {
  const Image noise = make_image(400, 400, 4, 8, Content::noise);
  RowsOfImage rows(noise, 1);
  GrownBytes sink;
  vqi::RunOptions run;
  run.max_memory_bytes = 4'000'000;  // 160,000 vectors take some 50 bytes each
  const auto error =
      thrown_by([&] { static_cast<void>(vqi::encode_stream(rows.source(), sink.sink(), quick(), run)); });
  CHECK(error.limit == vqi::Limit::memory);
  CHECK(sink.bytes.empty());
}
