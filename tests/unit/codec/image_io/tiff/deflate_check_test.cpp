// is_whole_zlib_stream: every changed bit and every cut is noticed.
#include "deflate_check.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "streams/counting_source.hpp"

namespace {

using vqi::testing::Bytes;

Bytes deflated(const std::string& text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  Bytes result(size);
  compress2(reinterpret_cast<Bytef*>(result.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
            static_cast<uLong>(text.size()), 9);
  result.resize(size);
  return result;
}

/// The same of a stream that lies in a file between other bytes, in memory or not.
bool is_whole_zlib_stream(const Bytes& stream, std::uint64_t least_bytes) {
  Bytes file(3, std::byte{7});
  vqi::testing::append(file, stream);
  file.push_back(std::byte{9});
  const bool is_whole =
      vqi::detail::is_whole_zlib_stream(vqi::detail::FileBytes(file, "TIFF"), {3, stream.size()}, least_bytes);
  vqi::test::CountingSource counting(file);
  const vqi::detail::FileBytes elsewhere(counting.source(), "TIFF");
  CHECK(vqi::detail::is_whole_zlib_stream(elsewhere, {3, stream.size()}, least_bytes) == is_whole);
  CHECK(counting.wrong == 0);
  return is_whole;
}

}  // namespace

TEST_CASE("a whole stream is told from one of a changed bit, a cut one and a short one") {
  std::string text;
  for (int i = 0; i < 400; ++i) text += static_cast<char>(i * i % 97);
  const Bytes stream = deflated(text);
  CHECK(is_whole_zlib_stream(stream, text.size()));
  CHECK(is_whole_zlib_stream(stream, text.size() - 7));
  CHECK_FALSE(is_whole_zlib_stream(stream, text.size() + 1));
  for (std::size_t i = 0; i < stream.size(); ++i) {
    CHECK_FALSE(is_whole_zlib_stream(Bytes(stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(i)), 400));
    // What the first bytes say of the window does not matter to what comes out.
    for (int bit = 0; bit < 8 && i >= 2; ++bit) {
      Bytes changed = stream;
      changed[i] ^= static_cast<std::byte>(1 << bit);
      INFO("byte " << i << ", bit " << bit);
      CHECK_FALSE(is_whole_zlib_stream(changed, text.size()));
    }
  }
}

TEST_CASE("a stream of far more than is asked for is not inflated to its end") {
  CHECK_FALSE(is_whole_zlib_stream(deflated(std::string(10'000'000, 'a')), 100));
}
