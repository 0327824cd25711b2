// check_read_limits: each limit at its edge.
#include "read_limits.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "byte_tools.hpp"

TEST_CASE("each limit holds at its edge, without overflow") {
  vqi::DecodeLimits limits;
  limits.max_pixels = 100;
  limits.max_side_px = 50;
  limits.max_memory_bytes = 1000;
  const auto message = [&](std::uint64_t width_px, std::uint64_t height_px, std::uint64_t bytes) {
    return vqi::testing::message_of([&] { vqi::detail::check_read_limits(width_px, height_px, bytes, limits); });
  };
  CHECK(message(50, 2, 1000).empty());
  CHECK(message(50, 2, 1001) ==
        "reading the image would take 1001 bytes of memory; the limit is 1000 (raise it with --max-memory BYTES or "
        "DecodeLimits::max_memory_bytes)");
  CHECK(message(51, 1, 0) ==
        "image of 51x1 pixels has a side over the limit of 50 pixels (raise it with --max-pixels above 2^28 "
        "or DecodeLimits::max_side_px)");
  CHECK(message(11, 10, 0) ==
        "image of 11x10 pixels has more than the limit of 100 pixels (raise it with --max-pixels N or "
        "DecodeLimits::max_pixels)");
  limits.max_side_px = std::numeric_limits<std::uint32_t>::max();
  CHECK_FALSE(message(0xFFFFFFFF, 0xFFFFFFFF, 0).empty());
}
