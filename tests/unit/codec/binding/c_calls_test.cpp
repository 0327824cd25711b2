// The calls of vqi.h on images and streams: what C++ gives, in the library's memory and in the caller's.
#include <atomic>
#include <catch2/catch.hpp>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "test_images.hpp"
#include "vqi.h"
#include "vqi/codec.hpp"

using vqi::Image;
using vqi::test::Content;
using vqi::test::make_image;

namespace {

/// Frees handles at the end of a test.
struct Options {
  vqi_options* handle = nullptr;
  Options(const char* command, std::initializer_list<std::pair<const char*, const char*>> values) {
    REQUIRE(vqi_options_new(command, &handle) == VQI_OK);
    for (const auto& [name, value] : values) REQUIRE(vqi_options_set(handle, name, value) == VQI_OK);
  }
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  ~Options() { vqi_options_free(handle); }
};

struct Result {
  vqi_result* handle = nullptr;
  Result() = default;
  Result(const Result&) = delete;
  Result& operator=(const Result&) = delete;
  ~Result() { vqi_result_free(handle); }
  [[nodiscard]] std::vector<std::byte> bytes() const {
    std::size_t size = 0;
    const auto* first = static_cast<const std::byte*>(vqi_result_bytes(handle, &size));
    return {first, first + size};
  }
  [[nodiscard]] double number(const char* name) const {
    double value = 0;
    REQUIRE(vqi_result_number(handle, name, &value) == VQI_OK);
    return value;
  }
};

vqi_image c_image(const Image& image) {
  return {image.row(0),      nullptr,          image.row_bytes(), image.width_px(),
          image.height_px(), image.channels(), image.bit_depth()};
}

std::vector<std::byte> samples_of(const Image& image) { return {image.samples().begin(), image.samples().end()}; }

std::vector<std::byte> stream_of(const Image& image, std::uint32_t k) {
  vqi::EncodeOptions options;
  options.k = k;
  options.effort = 1;
  return vqi::encode(image, options).bytes;
}

std::vector<std::byte> samples_of_result(const Result& result) {
  vqi_image image;
  REQUIRE(vqi_result_image(result.handle, &image) == VQI_OK);
  const auto* first = static_cast<const std::byte*>(image.samples);
  CHECK(image.stride_bytes == std::size_t{image.width} * image.channels * (image.bit_depth / 8));
  return {first, first + image.stride_bytes * image.height};
}

}  // namespace

TEST_CASE("C encodes to the bytes of C++ from any stride, and decodes to its pixels") {
  for (const std::uint32_t depth : {8U, 16U}) {
    const Image image = make_image(70, 40, 3, depth, Content::smooth);
    const std::vector<std::byte> expected = stream_of(image, 32);
    const Options options("compress", {{"k", "32"}, {"effort", "1"}});
    // The same rows further apart, with other bytes between them.
    const std::size_t stride = image.row_bytes() + 10;
    std::vector<std::byte> spread(stride * image.height_px(), std::byte{0xAB});
    for (std::uint32_t y = 0; y < image.height_px(); ++y)
      std::memcpy(spread.data() + y * stride, image.row(y), image.row_bytes());
    vqi_image wide = c_image(image);
    wide.samples = spread.data();
    wide.stride_bytes = stride;
    vqi_image tight = c_image(image);
    tight.stride_bytes = 0;
    for (const vqi_image& each : {c_image(image), wide, tight}) {
      Result encoded;
      REQUIRE(vqi_encode(options.handle, &each, &encoded.handle) == VQI_OK);
      CHECK(encoded.bytes() == expected);
      CHECK(encoded.number("k") == 32);
      CHECK(encoded.number("file_bytes") == static_cast<double>(expected.size()));
    }
    Result decoded;
    REQUIRE(vqi_decode(nullptr, expected.data(), expected.size(), &decoded.handle) == VQI_OK);
    CHECK(samples_of_result(decoded) == samples_of(vqi::decode(expected)));
  }
}

TEST_CASE("a stream goes into the caller's buffer, or the size that it needs is told") {
  const Image image = make_image(50, 30, 4, 8, Content::smooth);
  const Options options("compress", {{"k", "16"}, {"effort", "1"}});
  const std::vector<std::byte> expected = stream_of(image, 16);
  const vqi_image view = c_image(image);
  std::size_t size = 0;
  CHECK(vqi_encode_into(options.handle, &view, nullptr, 0, &size, nullptr) == VQI_BUFFER_TOO_SMALL);
  CHECK(size == expected.size());
  std::vector<std::byte> buffer(size + 1, std::byte{7});
  CHECK(vqi_encode_into(options.handle, &view, buffer.data(), size - 1, &size, nullptr) == VQI_BUFFER_TOO_SMALL);
  CHECK(buffer == std::vector<std::byte>(size + 1, std::byte{7}));
  Result report;
  REQUIRE(vqi_encode_into(options.handle, &view, buffer.data(), size, &size, &report.handle) == VQI_OK);
  CHECK(std::equal(expected.begin(), expected.end(), buffer.begin()));
  CHECK(buffer.back() == std::byte{7});
  CHECK(report.bytes().empty());
  CHECK(report.number("file_bytes") == static_cast<double>(size));
}

TEST_CASE("pixels go into the caller's memory at any stride, and nothing beside them is written") {
  const Image image = make_image(500, 400, 3, 16, Content::smooth);  // several strips
  const std::vector<std::byte> stream = stream_of(image, 64);
  const Image expected = vqi::decode(stream);
  vqi_image type;
  REQUIRE(vqi_stream_image(nullptr, stream.data(), stream.size(), &type) == VQI_OK);
  CHECK(type.samples == nullptr);
  CHECK(type.width == 500);
  CHECK(type.height == 400);
  CHECK(type.channels == 3);
  CHECK(type.bit_depth == 16);
  CHECK(type.stride_bytes == expected.row_bytes());
  for (const std::size_t extra : {std::size_t{0}, std::size_t{26}}) {
    const std::size_t stride = expected.row_bytes() + extra;
    const std::size_t needed = stride * (expected.height_px() - 1) + expected.row_bytes();
    std::vector<std::byte> memory(stride * expected.height_px() + 1, std::byte{0xCD});
    std::size_t told = 0;
    CHECK(vqi_decode_into(nullptr, stream.data(), stream.size(), memory.data(), needed - 1, stride, &told) ==
          VQI_BUFFER_TOO_SMALL);
    CHECK(told == needed);
    CHECK(memory == std::vector<std::byte>(memory.size(), std::byte{0xCD}));
    REQUIRE(vqi_decode_into(nullptr, stream.data(), stream.size(), memory.data(), needed, extra == 0 ? 0 : stride,
                            &told) == VQI_OK);
    for (std::uint32_t y = 0; y < expected.height_px(); ++y) {
      const std::byte* row = memory.data() + y * stride;
      CHECK(std::memcmp(row, expected.row(y), expected.row_bytes()) == 0);
      for (std::size_t i = 0; i < extra && y + 1 < expected.height_px(); ++i)
        CHECK(row[expected.row_bytes() + i] == std::byte{0xCD});
    }
    CHECK(memory.back() == std::byte{0xCD});
  }
  std::byte one{};
  CHECK(vqi_decode_into(nullptr, stream.data(), stream.size(), &one, 1, 3, nullptr) == VQI_INVALID_ARGUMENT);
}

namespace {

struct Rows {
  std::vector<std::byte> samples{};
  std::uint32_t next_row = 0;
  std::uint32_t calls = 0;
  std::uint32_t stop_after = 0;  // calls; 0: never
};

int take_rows(void* user, std::uint32_t first_row, const vqi_image* rows) {
  Rows& taken = *static_cast<Rows*>(user);
  CHECK(first_row == taken.next_row);
  taken.next_row += rows->height;
  ++taken.calls;
  for (std::uint32_t y = 0; y < rows->height; ++y) {
    const auto* row = static_cast<const std::byte*>(rows->samples) + y * rows->stride_bytes;
    taken.samples.insert(taken.samples.end(), row,
                         row + std::size_t{rows->width} * rows->channels * (rows->bit_depth / 8));
  }
  return taken.calls == taken.stop_after ? 1 : 0;
}

}  // namespace

TEST_CASE("rows come from the first to the last in bands, and the callback can end them") {
  const Image image = make_image(1400, 1900, 1, 8, Content::few_colours);  // 2.7 megapixels
  vqi::EncodeOptions asked;
  asked.k = 8;
  asked.block_width_px = 2;
  asked.block_height_px = 3;
  asked.coding = vqi::Coding::packed;
  asked.effort = 1;
  const std::vector<std::byte> stream = vqi::encode(image, asked).bytes;
  Rows rows;
  REQUIRE(vqi_decode_rows(nullptr, stream.data(), stream.size(), take_rows, &rows) == VQI_OK);
  CHECK(rows.next_row == 1900);
  CHECK(rows.calls > 1);
  CHECK(rows.samples == samples_of(vqi::decode(stream)));
  Rows stopped;
  stopped.stop_after = 1;
  CHECK(vqi_decode_rows(nullptr, stream.data(), stream.size(), take_rows, &stopped) == VQI_CANCELLED);
  CHECK(stopped.calls == 1);
  Result region;
  REQUIRE(vqi_decode_region(nullptr, stream.data(), stream.size(), 100, 200, 31, 17, &region.handle) == VQI_OK);
  CHECK(samples_of_result(region) == samples_of(vqi::decode_region(stream, 100, 200, 31, 17)));
}

TEST_CASE("a damaged stream is a status with its offset, and the caller's options set limits") {
  const Image image = make_image(64, 64, 3, 8, Content::smooth);
  std::vector<std::byte> stream = stream_of(image, 16);
  stream.back() ^= std::byte{1};
  Result result;
  CHECK(vqi_decode(nullptr, stream.data(), stream.size(), &result.handle) == VQI_CHECKSUM_MISMATCH);
  CHECK(result.handle == nullptr);
  std::uint64_t offset = 0;
  CHECK(vqi_error_offset(&offset) == 1);
  CHECK(offset > 0);
  CHECK(std::string(vqi_error_message()).size() > 10);
  CHECK(vqi_decode(nullptr, stream.data(), 3, &result.handle) == VQI_TRUNCATED);
  CHECK(vqi_decode(nullptr, "no stream, but long enough to be one", 36, &result.handle) == VQI_BAD_MAGIC);
  CHECK(vqi_decode(nullptr, nullptr, 5, &result.handle) == VQI_INVALID_ARGUMENT);
  CHECK(vqi_error_offset(&offset) == 0);
  const Options few("decompress", {{"max-pixels", "100"}});
  const std::vector<std::byte> whole = stream_of(image, 16);
  CHECK(vqi_decode(few.handle, whole.data(), whole.size(), &result.handle) == VQI_LIMIT_EXCEEDED);
  vqi_image type;
  CHECK(vqi_stream_image(few.handle, whole.data(), whole.size(), &type) == VQI_LIMIT_EXCEEDED);
  const Options wrong("compress", {});
  CHECK(vqi_decode(wrong.handle, whole.data(), whole.size(), &result.handle) == VQI_INVALID_ARGUMENT);
  CHECK(std::string(vqi_error_message()).find("another command") != std::string::npos);
}

TEST_CASE("an image that cannot be encoded is refused by its status") {
  const Image image = make_image(8, 8, 3, 8, Content::noise);
  Result result;
  CHECK(vqi_encode(nullptr, nullptr, &result.handle) == VQI_INVALID_ARGUMENT);
  vqi_image view = c_image(image);
  CHECK(vqi_encode(nullptr, &view, nullptr) == VQI_INVALID_ARGUMENT);
  view.channels = 5;
  CHECK(vqi_encode(nullptr, &view, &result.handle) == VQI_INVALID_IMAGE);
  view = c_image(image);
  view.stride_bytes = 23;
  CHECK(vqi_encode(nullptr, &view, &result.handle) == VQI_INVALID_IMAGE);
  view = c_image(image);
  view.samples = nullptr;
  CHECK(vqi_encode(nullptr, &view, &result.handle) == VQI_INVALID_IMAGE);
  const Options both("compress", {{"k", "4"}, {"psnr", "30"}});
  view = c_image(image);
  CHECK(vqi_encode(both.handle, &view, &result.handle) == VQI_INVALID_OPTION);
  const Options unreachable("compress", {{"max-bytes", "10"}});
  CHECK(vqi_encode(unreachable.handle, &view, &result.handle) == VQI_TARGET_UNREACHABLE);
}

TEST_CASE("targets, palettes, sweeps, training, comparing and inspecting work through C") {
  const Image image = make_image(64, 48, 3, 8, Content::smooth);
  const vqi_image view = c_image(image);
  const Options target("compress", {{"psnr", "30"}, {"effort", "1"}});
  Result met;
  REQUIRE(vqi_encode(target.handle, &view, &met.handle) == VQI_OK);
  CHECK(met.number("psnr_db") >= 30);
  CHECK(std::string(vqi_result_json(met.handle)).find("\"method\":\"ecvq\"") != std::string::npos);
  const Options palette("compress", {{"palette", "#fff,#000,red"}});
  Result given;
  REQUIRE(vqi_encode(palette.handle, &view, &given.handle) == VQI_OK);
  CHECK(given.number("k") == 3);
  const Options lists("sweep", {{"k", "2,4"}, {"coding", "packed,entropy"}, {"effort", "1"}});
  Result swept;
  REQUIRE(vqi_sweep(lists.handle, &view, &swept.handle) == VQI_OK);
  std::size_t rows = 0;
  const std::string json = vqi_result_json(swept.handle);
  for (std::size_t at = 0; (at = json.find("\"on_hull\"", at)) != std::string::npos; ++at) ++rows;
  CHECK(rows == 4);
  const Options learning("train", {{"k", "8"}, {"effort", "1"}});
  const Image other = make_image(32, 32, 3, 8, Content::few_colours);
  const vqi_image images[] = {view, c_image(other)};
  Result book;
  REQUIRE(vqi_train(learning.handle, images, 2, &book.handle) == VQI_OK);
  CHECK(book.number("vectors") == 64 * 48 + 32 * 32);
  const std::vector<std::byte> codebook = book.bytes();
  const Options detached("compress", {{"detach", ""}});
  REQUIRE(vqi_options_set_codebook(detached.handle, codebook.data(), codebook.size()) == VQI_OK);
  Result small;
  REQUIRE(vqi_encode(detached.handle, &view, &small.handle) == VQI_OK);
  const std::vector<std::byte> stream = small.bytes();
  Result decoded;
  CHECK(vqi_decode(nullptr, stream.data(), stream.size(), &decoded.handle) == VQI_CODEBOOK_NEEDED);
  const Options with_book("decompress", {});
  REQUIRE(vqi_options_set_codebook(with_book.handle, codebook.data(), codebook.size()) == VQI_OK);
  REQUIRE(vqi_decode(with_book.handle, stream.data(), stream.size(), &decoded.handle) == VQI_OK);
  vqi_image back;
  REQUIRE(vqi_result_image(decoded.handle, &back) == VQI_OK);
  Result compared;
  REQUIRE(vqi_compare(nullptr, &view, &back, &compared.handle) == VQI_OK);
  CHECK(compared.number("mse") == small.number("mse"));
  Result info;
  REQUIRE(vqi_inspect(nullptr, stream.data(), stream.size(), &info.handle) == VQI_OK);
  CHECK(info.number("k") == 8);
  double value = 0;
  CHECK(vqi_result_number(info.handle, "nothing", &value) == VQI_INVALID_ARGUMENT);
}

namespace {

int stop_at_once(void* user, const char* stage, double fraction) {
  CHECK(fraction >= 0);
  CHECK(std::strlen(stage) > 0);
  ++*static_cast<std::atomic<int>*>(user);
  return 1;
}

}  // namespace

TEST_CASE("a progress callback that says stop ends an encode") {
  const Image image = make_image(400, 400, 3, 8, Content::smooth);
  const vqi_image view = c_image(image);
  const Options options("compress", {{"effort", "9"}});
  std::atomic<int> calls{0};
  REQUIRE(vqi_options_set_progress(options.handle, stop_at_once, &calls) == VQI_OK);
  Result result;
  CHECK(vqi_encode(options.handle, &view, &result.handle) == VQI_CANCELLED);
  CHECK(calls >= 1);
  CHECK(vqi_status_exit_code(VQI_CANCELLED) == 130);
}

TEST_CASE("threads encode in parallel with one set of options, and each has its own error") {
  const Image image = make_image(60, 60, 3, 8, Content::smooth);
  const std::vector<std::byte> expected = stream_of(image, 16);
  const Options options("compress", {{"k", "16"}, {"effort", "1"}});
  const vqi_image view = c_image(image);
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&, i] {
      vqi_result* result = nullptr;
      const bool fails = i % 2 == 1;
      vqi_image each = view;
      if (fails) each.channels = 9;
      const vqi_status status = vqi_encode(options.handle, &each, &result);
      std::size_t size = 0;
      const void* bytes = vqi_result_bytes(result, &size);
      const bool same = size == expected.size() && std::memcmp(bytes, expected.data(), size) == 0;
      const bool told = std::strlen(vqi_error_message()) > 0;
      if (fails ? status == VQI_INVALID_IMAGE && told : status == VQI_OK && same && !told) ++right;
      vqi_result_free(result);
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(right == 4);
}
