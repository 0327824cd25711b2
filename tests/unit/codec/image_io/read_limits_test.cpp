// check_size_limits and check_memory_limit: each limit at its edge.
#include "read_limits.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "byte_tools.hpp"

TEST_CASE("each limit of size holds at its edge, without overflow") {
  vqi::DecodeLimits limits;
  limits.max_pixels = 100;
  limits.max_side_px = 50;
  const auto message = [&](std::uint64_t width_px, std::uint64_t height_px) {
    return vqi::testing::message_of([&] { vqi::detail::check_size_limits(width_px, height_px, limits); });
  };
  CHECK(message(50, 2).empty());
  CHECK(message(51, 1) == "image of 51x1 pixels has a side over the limit of 50 pixels");
  CHECK(message(11, 10) == "image of 11x10 pixels has more than the limit of 100 pixels");
  limits.max_side_px = std::numeric_limits<std::uint32_t>::max();
  CHECK_FALSE(message(0xFFFFFFFF, 0xFFFFFFFF).empty());
}

TEST_CASE("the limit of memory holds at its edge, and says which limit it is") {
  vqi::RunOptions run;
  run.max_memory_bytes = 1000;
  CHECK_NOTHROW(vqi::detail::check_memory_limit(1000, run, "reading"));
  try {
    vqi::detail::check_memory_limit(1001, run, "reading");
    FAIL("it passed");
  } catch (const vqi::Error& error) {
    CHECK(std::string(error.what()) == "reading would take 1001 bytes of memory; the limit is 1000");
    CHECK(error.error_code() == vqi::ErrorCode::limit_exceeded);
    CHECK(error.limit() == vqi::Limit::memory);
  }
}

TEST_CASE("a page is one of those that the file has") {
  const auto message = [](std::uint32_t page, std::uint32_t pages) {
    return vqi::testing::message_of([&] { vqi::detail::check_page(page, pages, "TIFF"); });
  };
  CHECK(message(1, 1).empty());
  CHECK(message(3, 3).empty());
  CHECK(message(2, 1) == "page 2 was asked for; the TIFF file has 1 picture");
  CHECK(message(0, 3) == "page 0 was asked for; the TIFF file has 3 pictures");
}

TEST_CASE("the memory of an image is counted without overflow") {
  vqi::RunOptions run;
  run.max_memory_bytes = 600;
  CHECK_NOTHROW(vqi::detail::check_image_memory(10, 20, 3, run));
  CHECK_THROWS_AS(vqi::detail::check_image_memory(10, 20, 4, run), vqi::Error);
  run.max_memory_bytes = std::uint64_t{1} << 62;
  CHECK_THROWS_AS(vqi::detail::check_image_memory(0x80000000, 0x80000000, 8, run), vqi::Error);
  run.max_memory_bytes = 700;
  CHECK_NOTHROW(vqi::detail::check_image_memory(10, 20, 3, run, 100));
  CHECK_THROWS_AS(vqi::detail::check_image_memory(10, 20, 3, run, 101), vqi::Error);
  // A sum that would be 4, and a size that no limit allows.
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  CHECK_THROWS_AS(vqi::detail::check_image_memory(5, 1, 1, run, most), vqi::Error);
  run.max_memory_bytes = most;
  CHECK_THROWS_AS(vqi::detail::check_image_memory(0x80000000, 0x80000000, 8, run), vqi::Error);
}
