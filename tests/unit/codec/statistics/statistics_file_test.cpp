// Statistics files are read as they were written, and refused where a byte is wrong.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <functional>

#include "byte_tools.hpp"
#include "bytes.hpp"
#include "sections.hpp"
#include "small_file.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/statistics.hpp"

using vqi::ErrorCode;
using vqi::Statistics;
using vqi::test::Content;
using vqi::test::thrown_by;
using Bytes = std::vector<std::byte>;

namespace {

/// A part of two images of one type and one of another: all colours, or a sample that is full or not.
Bytes part_file(std::uint32_t block, std::uint32_t sample_size, std::uint32_t side = 4) {
  Statistics statistics(block, 1, sample_size);
  for (std::uint64_t seed = 1; seed < 3; ++seed)
    statistics.add(vqi::test::make_image(side, 3, 3, 8, Content::noise, seed));
  statistics.add(vqi::test::make_image(side, 3, 2, 16, Content::few_colours));
  return write_statistics(statistics);
}

vqi::test::ThrownError refusal(std::span<const std::byte> file) {
  return thrown_by([&] { static_cast<void>(vqi::read_statistics(file)); });
}

/// The file with the payload of its section `wanted` changed, checksums and length made right again.
Bytes with_payload(const Bytes& file, std::size_t wanted, const std::function<void(Bytes&)>& change) {
  Bytes changed(file.begin(), file.begin() + vqi::detail::small_header_bytes);
  std::uint64_t offset = vqi::detail::small_header_bytes;
  for (std::size_t number = 0;; ++number) {
    const vqi::detail::Section section = vqi::detail::read_section(file, offset);
    if (section.type == "END ") break;
    Bytes payload(section.payload.begin(), section.payload.end());
    if (number == wanted) change(payload);
    vqi::detail::append_section(changed, section.type, section.flags, payload);
    offset += section.size_bytes();
  }
  vqi::detail::append_end(changed);
  return changed;
}

/// A change of `count` bytes at `at` to a value.
std::function<void(Bytes&)> put(std::size_t at, std::uint64_t value, std::size_t count) {
  return [=](Bytes& payload) { vqi::detail::store_le(payload.data() + at, value, count); };
}

}  // namespace

TEST_CASE("statistics of every type come back from their file, whose bytes are the same again") {
  for (const std::uint32_t block : {1U, 3U})
    for (const std::uint32_t sample_size : {1U, 5U, 1000U}) {
      Statistics statistics(block, 2, sample_size, {2, 3});
      for (std::uint32_t channels = 1; channels <= 4; ++channels)
        for (const std::uint32_t depth : {8U, 16U})
          statistics.add(vqi::test::make_image(11, 7, channels, depth, Content::smooth, channels));
      const Bytes file = write_statistics(statistics);
      const Statistics back = vqi::read_statistics(file);
      CHECK(write_statistics(back) == file);
      CHECK(back.images() == 8);
      CHECK(back.vectors() == statistics.vectors());
      CHECK(back.sample_size() == sample_size);
      CHECK(back.is_sampled() == statistics.is_sampled());
      CHECK(back.variance() == statistics.variance());
      CHECK(back.shards() == statistics.shards());
      const vqi::StatisticsInfo info = vqi::inspect_statistics(file);
      CHECK(info.shards == statistics.shards());
      CHECK(std::tie(info.block_width_px, info.block_height_px, info.sample_size) ==
            std::tuple(block, 2U, sample_size));
    }
}

TEST_CASE("every cut and every changed bit of a statistics file is noticed with its place") {
  for (const auto& [block, sample_size] : {std::pair{1U, 1000U}, {2U, 4U}}) {
    const Bytes whole = part_file(block, sample_size);
    const auto is_refused = [&](std::span<const std::byte> file) {
      const auto error = refusal(file);
      return error.code && vqi::error_class(*error.code) == vqi::ErrorClass::data && error.offset;
    };
    CHECK(!refusal(whole).code);
    for (std::size_t size = 0; size < whole.size(); ++size) CHECK(is_refused(std::span(whole).first(size)));
    for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      Bytes changed = whole;
      changed[bit / 8] ^= std::byte{1} << (bit % 8);
      INFO(bit);
      CHECK(is_refused(changed));
    }
    Bytes longer = whole;
    longer.push_back(std::byte{0});
    CHECK(refusal(longer).code == ErrorCode::trailing_bytes);
  }
}

TEST_CASE("fields that contradict each other are refused though checksums are right") {
  const Bytes colours = part_file(1, 1000);  // sections SHRD, IMGS, SMPL of grey with alpha, COLR of RGB
  const Bytes sample = part_file(2, 4);      // sections SHRD, IMGS, SMPL, SMPL, the last of them full
  CHECK(!refusal(with_payload(colours, 9, {})).code);
  const auto code_of = [](const Bytes& file, std::size_t section, const std::function<void(Bytes&)>& change) {
    const auto error = refusal(with_payload(file, section, change));
    CHECK(error.offset.has_value());
    return error.code;
  };
  const auto corrupt = ErrorCode::corrupt_section;
  CHECK(code_of(colours, 0, [](Bytes& payload) { payload.clear(); }) == corrupt);
  CHECK(code_of(colours, 0, [](Bytes& payload) { payload.resize(32); }) == corrupt);  // not ascending
  CHECK(code_of(colours, 1, [](Bytes& payload) { payload.clear(); }) == corrupt);
  CHECK(code_of(colours, 1, [](Bytes& payload) { payload.pop_back(); }) == corrupt);
  CHECK(code_of(colours, 1, [](Bytes& payload) { std::memset(payload.data() + 76, 0, 16); }) == corrupt);
  CHECK(code_of(colours, 1, put(16, 0, 4)) == corrupt);           // no width
  CHECK(code_of(colours, 1, put(16, 0xFFFFFFFF, 8)) == corrupt);  // 2^64 pixels
  CHECK(code_of(colours, 1, put(16, 5, 4)) == corrupt);           // more vectors than are counted
  CHECK(code_of(colours, 1, put(24, 5, 1)) == corrupt);           // five channels
  CHECK(code_of(colours, 1, put(25, 9, 1)) == corrupt);           // nine bits
  CHECK(code_of(colours, 1, put(26, 1, 2)) == ErrorCode::reserved_set);
  CHECK(code_of(colours, 1, put(28, std::uint64_t{1} << 60, 8)) == corrupt);  // a sum above what samples have
  CHECK(code_of(colours, 1, put(68, 1, 8)) == corrupt);                       // a sum of squares
  CHECK(code_of(colours, 2, put(0, 3, 1)) == corrupt);                        // the vectors of another type
  CHECK(code_of(colours, 3, put(2, 1, 1)) == ErrorCode::reserved_set);
  CHECK(code_of(colours, 3, put(4, 1, 8)) == corrupt);  // one colour of many
  CHECK(code_of(colours, 3, put(4, ~std::uint64_t{0}, 8)) == corrupt);
  CHECK(code_of(colours, 3, [](Bytes& payload) { payload.resize(5); }) == corrupt);
  CHECK(code_of(sample, 3, put(4, 3, 8)) == corrupt);                   // a full sample of fewer entries
  CHECK(code_of(sample, 3, put(4, 5, 8)) == corrupt);                   // of more
  CHECK(code_of(sample, 3, put(12, 0, 8)) == corrupt);                  // all vectors, but fewer than the images have
  CHECK(code_of(sample, 3, put(12, 1, 8)) == corrupt);                  // ranks above those that were left out
  CHECK(code_of(sample, 3, put(20, 0, 8)) == corrupt);                  // rank 0
  CHECK(code_of(sample, 3, put(28, 0, 4)) == corrupt);                  // count 0
  CHECK(code_of(sample, 3, put(20, ~std::uint64_t{0}, 8)) == corrupt);  // a rank above the threshold
  CHECK(code_of(colours, 2, [](Bytes& payload) {
          std::swap_ranges(payload.begin() + 20, payload.begin() + 36, payload.begin() + 36);  // not ascending
        }) == corrupt);
}

TEST_CASE("sections in another order, twice or unknown are refused, and skippable ones are left out") {
  const Bytes whole = part_file(1, 1000);
  const auto with_section = [&](const char* type, std::uint16_t flags, bool first) {
    Bytes file(whole.begin(), whole.begin() + vqi::detail::small_header_bytes);
    if (first) vqi::detail::append_section(file, type, flags, {});
    file.insert(file.end(), whole.begin() + vqi::detail::small_header_bytes, whole.end() - 24);
    if (!first) vqi::detail::append_section(file, type, flags, {});
    vqi::detail::append_end(file);
    return file;
  };
  for (const bool first : {true, false}) {
    CHECK(!refusal(with_section("note", 1, first)).code);
    CHECK(refusal(with_section("note", 0, first)).code == ErrorCode::corrupt_section);
    for (const char* const type : {"SHRD", "IMGS", "COLR", "SMPL", "END "}) {
      if (!first && std::string(type) == "END ") continue;
      CHECK(refusal(with_section(type, 0, first)).code == ErrorCode::corrupt_section);
    }
  }
}

TEST_CASE("the memory limit holds before vectors are read, and statistics of no image are not written") {
  const Bytes file = part_file(1, 1000, 300);
  vqi::RunOptions run;
  run.max_memory_bytes = 5000;
  CHECK(thrown_by([&] { static_cast<void>(vqi::read_statistics(file, run)); }).limit == vqi::Limit::memory);
  CHECK(thrown_by([] { static_cast<void>(write_statistics(Statistics())); }).code == ErrorCode::invalid_option);
}
