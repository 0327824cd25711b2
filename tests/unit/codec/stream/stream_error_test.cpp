// The wording of errors about bytes of a stream.
#include "stream_error.hpp"

#include <catch2/catch.hpp>

TEST_CASE("an error about a stream says what, where and what to do, in one line") {
  const vqi::Error error = vqi::detail::stream_error(vqi::ErrorCode::corrupt_section, 70, "section is wrong");
  CHECK(error.error_code() == vqi::ErrorCode::corrupt_section);
  CHECK(error.offset() == 70U);
  CHECK(std::string(error.what()) == "section is wrong (at byte 70), the file is damaged: get a fresh copy of it");
}

TEST_CASE("an Error for bytes after the end counts them") {
  const vqi::Error one = vqi::detail::trailing_error(1, 70, "stream");
  CHECK(one.error_code() == vqi::ErrorCode::trailing_bytes);
  CHECK(one.offset() == 70U);
  CHECK(std::string(one.what()).find("1 byte follows the end of the stream (at byte 70)") == 0);
  CHECK(std::string(vqi::detail::trailing_error(2, 70, "codebook").what())
            .find("2 bytes follow the end of the codebook") == 0);
}
