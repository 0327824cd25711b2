// Decoding strips in parallel: each is used once, the first fault is thrown, and the callback's no or exception ends
// it.
#include "strip_decoder.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>

#include "thrown_error.hpp"
#include "written_stream.hpp"

using vqi::detail::StreamReader;
using vqi::detail::StripRange;
using vqi::test::MadeStream;
using vqi::test::TestWork;

namespace {

constexpr std::uint32_t map_width = 1024;
constexpr std::uint32_t map_height = 330;

/// Five strips of 64 rows, the last one of 74, of fixed width.
MadeStream five_strips() { return vqi::test::make_stream({map_width, map_height, 1, 8}, 4, {}); }

/// What decoding hands out: the first row and the indices of each strip.
struct Used {
  std::mutex mutex;
  std::multiset<std::uint32_t> first_rows;
  std::size_t rows = 0;
  std::size_t wrong = 0;

  [[nodiscard]] vqi::detail::StripUse use(const MadeStream& made) {
    return [this, &made](std::uint32_t first_row, std::span<const std::uint16_t> indices) {
      const std::lock_guard lock(mutex);
      first_rows.insert(first_row);
      rows += indices.size() / map_width;
      const auto begin = static_cast<std::ptrdiff_t>(std::size_t{first_row} * map_width);
      if (!std::equal(indices.begin(), indices.end(), made.indices.begin() + begin)) ++wrong;
    };
  }
};

}  // namespace

TEST_CASE("every strip is decoded once with its own indices, whatever the threads and however few at once") {
  const MadeStream made = five_strips();
  const StreamReader reader(made.written.bytes, {});
  REQUIRE(reader.header().strip_count() == 5);
  for (const std::uint32_t threads : {1U, 3U})
    for (const std::uint32_t at_once : {1U, 2U, 1024U}) {
      TestWork work(threads);
      Used used;
      vqi::detail::decode_strips(reader, nullptr, {1, 5, map_height, {}, at_once}, work, used.use(made));
      CHECK(used.first_rows == std::multiset<std::uint32_t>{64, 128, 192, 256});
      CHECK(used.rows == map_height - 64);
      CHECK(used.wrong == 0);
      std::vector<std::uint16_t> map(made.indices.size());
      vqi::detail::decode_strips(reader, nullptr, {0, 5, map_height, map, at_once}, work, [](auto, auto) {});
      CHECK(map == made.indices);
    }
}

TEST_CASE("no row is decoded from the end row on, in any coding") {
  for (const auto& [k, choice] : {std::pair<std::uint32_t, vqi::detail::IndexCodingChoice>{4, {}},
                                  {5, {}},
                                  {5, {vqi::Coding::entropy, vqi::Model::fast}},
                                  {5, {vqi::Coding::entropy, vqi::Model::balanced}},
                                  {5, {vqi::Coding::entropy, vqi::Model::max}}}) {
    const MadeStream made = vqi::test::make_stream({map_width, map_height, 1, 8}, k, choice);
    const StreamReader reader(made.written.bytes, {});
    TestWork work;
    const auto codewords = vqi::detail::read_codewords(reader.header(), reader.codebook_section(), work);
    for (const std::uint32_t end_row : {1U, 50U, 64U}) {
      Used used;
      vqi::detail::decode_strips(reader, codewords.model.get(), {0, 1, end_row, {}, 1}, work, used.use(made));
      CHECK(used.rows == end_row);
      CHECK(used.wrong == 0);
    }
  }
}

TEST_CASE("the fault of the first damaged strip is thrown, in parallel too") {
  const MadeStream made = five_strips();
  std::vector<std::byte> bytes = made.written.bytes;
  for (const std::size_t strip : {1U, 3U}) bytes[StreamReader(bytes, {}).strips()[strip].offset + 9] ^= std::byte{1};
  const StreamReader reader(bytes, {});
  for (const std::uint32_t threads : {1U, 4U}) {
    TestWork work(threads);
    Used used;
    const auto error = vqi::test::thrown_by([&] {
      vqi::detail::decode_strips(reader, nullptr, {0, 5, map_height, {}, 8}, work, used.use(made));
    });
    CHECK(error.code == vqi::ErrorCode::checksum_mismatch);
    CHECK(error.offset == reader.strips()[1].offset);
    CHECK(used.first_rows.contains(0));
    CHECK_FALSE(used.first_rows.contains(64));
    CHECK(used.wrong == 0);
  }
}

TEST_CASE("no strips need no work, and a no of the callback ends decoding as cancelled") {
  const MadeStream made = five_strips();
  const StreamReader reader(made.written.bytes, {});
  TestWork idle;
  vqi::detail::for_each_strip(0, 4, 100, idle, [](auto, auto) { FAIL("there is nothing to use"); });
  TestWork stopped(1, [](const vqi::Progress&) { return false; });
  Used used;
  const auto error = vqi::test::thrown_by([&] {
    vqi::detail::decode_strips(reader, nullptr, {0, 5, map_height, {}, 4}, stopped, used.use(made));
  });
  CHECK(error.code == vqi::ErrorCode::cancelled);
  CHECK(used.first_rows.empty());
}

TEST_CASE("an Error that the callback throws is not taken for damage of the strip") {
  const MadeStream made = five_strips();
  const StreamReader reader(made.written.bytes, {});
  for (const std::uint32_t threads : {1U, 4U}) {
    TestWork work(threads, [](const vqi::Progress&) -> bool {
      throw vqi::Error(vqi::ErrorCode::corrupt_indices, "of the caller");
    });
    Used used;
    CHECK(vqi::test::thrown_by([&] {
            vqi::detail::decode_strips(reader, nullptr, {0, 5, map_height, {}, 4}, work, used.use(made));
          }).message == "of the caller");
  }
}

TEST_CASE("progress rises from strip to strip and ends at the whole") {
  std::vector<double> fractions;
  TestWork work(1, [&fractions](const vqi::Progress& progress) {
    fractions.push_back(progress.fraction);
    return true;
  });
  vqi::detail::DecodeProgress progress(work, 100);
  const vqi::detail::DecodeHook first = progress.hook(10);
  const vqi::detail::DecodeHook second = progress.hook(10);
  const auto wait = [] { std::this_thread::sleep_for(std::chrono::milliseconds(25)); };  // reports are 20 ms apart
  first(2);
  wait();
  first(4);
  wait();
  second(6);
  CHECK(fractions == std::vector<double>{0.2, 0.4, 1.0});
}

TEST_CASE("codewords come with a model where strips are coded by one") {
  vqi::detail::StreamHeader header;
  header.grid = {8, 8, 3, 8, 2, 1};
  header.k = 20;
  header.strip_rows = 8;
  vqi::detail::Random random(20);
  std::vector<std::byte> payload(header.codebook_bytes());
  for (std::byte& byte : payload) byte = static_cast<std::byte>(random.below(256));
  vqi::detail::Section section;
  section.payload = payload;
  TestWork work;
  CHECK(vqi::detail::read_codewords(header, section, work).model == nullptr);
  header.coding = vqi::detail::IndexCoding::context_model;
  for (const vqi::Model model : {vqi::Model::fast, vqi::Model::balanced, vqi::Model::max}) {
    header.model = model;
    CHECK(vqi::detail::read_codewords(header, section, work).model != nullptr);
  }
  header.k = 1;
  payload.resize(6);
  section.payload = payload;
  CHECK(vqi::detail::read_codewords(header, section, work).model == nullptr);
}
