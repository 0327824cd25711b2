// stream_info: what inspect says of a whole stream, from header and sizes alone.
#include "stream_info.hpp"

#include <catch2/catch.hpp>

#include "vqi/codec.hpp"
#include "written_stream.hpp"

TEST_CASE("header and sizes are enough for what inspect says of figures, memory and distortion") {
  const vqi::test::MadeStream made = vqi::test::make_stream({64, 48, 3, 8}, 11, {vqi::Coding::entropy});
  const vqi::StreamInfo whole = vqi::inspect(made.written.bytes);
  vqi::ByteCounts sizes = made.written.counts;
  sizes.header = 0;
  const vqi::StreamInfo info = vqi::detail::stream_info(made.header, sizes);
  CHECK(info.bytes.header == made.written.counts.header);
  CHECK(info.bytes.header == whole.bytes.header);
  CHECK(info.ratio == whole.ratio);
  CHECK(info.k == 11);
  CHECK(info.model == vqi::Model::fast);
  CHECK(info.strip_count == whole.strip_count);
  CHECK(info.format_minor == whole.format_minor);
  CHECK(info.mse == 2.5);
  CHECK(info.psnr_db == whole.psnr_db);
  CHECK(info.decode_memory_bytes == whole.decode_memory_bytes);
  CHECK(info.decode_strip_memory_bytes == whole.decode_strip_memory_bytes);
  CHECK(info.sections.empty());
}
