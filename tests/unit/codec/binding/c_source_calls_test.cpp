// vqi_read_region and vqi_read_rows: what C++ gives, read by a callback in C's manner.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "test_images.hpp"
#include "vqi.h"
#include "vqi/codec.hpp"

using vqi::Image;

namespace {

/// What a callback reads from, and what it has read.
struct Read {
  std::vector<std::byte> stream{};
  std::uint64_t bytes = 0;
  int calls = 0;
  int fails_at = 1000;  // the number of the call that fails
};

int read_some(void* user, std::uint64_t offset, void* buffer, std::size_t size) {
  auto& read = *static_cast<Read*>(user);
  if (++read.calls >= read.fails_at) return 1;
  std::copy_n(read.stream.begin() + static_cast<std::ptrdiff_t>(offset), size, static_cast<std::byte*>(buffer));
  read.bytes += size;
  return 0;
}

struct Rows {
  std::vector<std::byte> samples{};
  int calls = 0;
  int stops_at = 1000;
};

int take_rows(void* user, std::uint32_t, const vqi_image* rows) {
  auto& taken = *static_cast<Rows*>(user);
  if (++taken.calls >= taken.stops_at) return 1;
  const auto* samples = static_cast<const std::byte*>(rows->samples);
  taken.samples.insert(taken.samples.end(), samples, samples + rows->stride_bytes * rows->height);
  return 0;
}

std::vector<std::byte> samples_of(const Image& image) { return {image.samples().begin(), image.samples().end()}; }

Read noise_stream() {
  const Image image = vqi::test::make_image(500, 700, 1, 8, vqi::test::Content::noise);
  vqi::EncodeOptions options;
  options.k = 16;
  options.effort = 1;
  options.coding = vqi::Coding::packed;
  return {vqi::encode(image, options).bytes};
}

}  // namespace

TEST_CASE("in C a region is read by the caller's function, and the report tells how much of the stream was read") {
  Read read = noise_stream();
  vqi_result* result = nullptr;
  REQUIRE(vqi_read_region(nullptr, read_some, &read, read.stream.size(), 30, 400, 20, 10, &result) == VQI_OK);
  vqi_image image;
  REQUIRE(vqi_result_image(result, &image) == VQI_OK);
  const auto* samples = static_cast<const std::byte*>(image.samples);
  CHECK(std::vector(samples, samples + 200) == samples_of(vqi::decode_region(read.stream, 30, 400, 20, 10)));
  double number = 0;
  CHECK(vqi_result_number(result, "bytes_read", &number) == VQI_OK);
  CHECK(number == static_cast<double>(read.bytes));
  CHECK(vqi_result_number(result, "reads", &number) == VQI_OK);
  CHECK(number == 3);
  CHECK(vqi_result_number(result, "height", &number) == VQI_OK);
  CHECK(number == 700);
  vqi_result_free(result);
  CHECK(read.bytes < read.stream.size() / 2);
}

TEST_CASE("in C all rows are read by the caller's functions, with and without a report") {
  Read read = noise_stream();
  Rows rows;
  vqi_result* result = nullptr;
  REQUIRE(vqi_read_rows(nullptr, read_some, &read, read.stream.size(), take_rows, &rows, &result) == VQI_OK);
  CHECK(rows.samples == samples_of(vqi::decode(read.stream)));
  CHECK(std::string(vqi_result_json(result)).find("\"bytes_read\"") != std::string::npos);
  vqi_result_free(result);
  Rows again;
  CHECK(vqi_read_rows(nullptr, read_some, &read, read.stream.size(), take_rows, &again, nullptr) == VQI_OK);
  CHECK(again.samples == rows.samples);
}

TEST_CASE("a callback's no is a status, and so are arguments that are missing") {
  Read read = noise_stream();
  read.fails_at = 3;
  vqi_result* result = nullptr;
  CHECK(vqi_read_region(nullptr, read_some, &read, read.stream.size(), 0, 0, 9, 9, &result) == VQI_IO_FAILED);
  CHECK(result == nullptr);
  read.fails_at = 1000;
  Rows rows;
  rows.stops_at = 1;
  CHECK(vqi_read_rows(nullptr, read_some, &read, read.stream.size(), take_rows, &rows, nullptr) == VQI_CANCELLED);
  CHECK(vqi_read_region(nullptr, nullptr, nullptr, 5, 0, 0, 9, 9, &result) == VQI_INVALID_ARGUMENT);
  CHECK(vqi_read_region(nullptr, read_some, &read, 5, 0, 0, 9, 9, nullptr) == VQI_INVALID_ARGUMENT);
  CHECK(vqi_read_rows(nullptr, read_some, &read, read.stream.size(), nullptr, nullptr, nullptr) ==
        VQI_INVALID_ARGUMENT);
  CHECK(vqi_read_region(nullptr, read_some, &read, read.stream.size(), 0, 0, 501, 9, &result) == VQI_INVALID_OPTION);
  read.stream[0] ^= std::byte{1};
  CHECK(vqi_read_region(nullptr, read_some, &read, read.stream.size(), 0, 0, 9, 9, &result) == VQI_BAD_MAGIC);
}
