// The largest inflation of every section and coding that the format allows, against the limit of memory, and the work
// that it causes, counted in codewords and rows.
#include <catch2/catch.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "codebook_coding.hpp"
#include "counted_memory.hpp"
#include "crc32c.hpp"
#include "index_decoding.hpp"
#include "restore_kernels.hpp"
#include "stream_builder.hpp"
#include "thrown_error.hpp"
#include "vqi/vqi.hpp"

namespace {

using namespace vqi::detail;
using vqi::test::StreamBuilder;
using Bytes = std::vector<std::byte>;

constexpr std::uint64_t megabyte = 1'000'000;

struct Inflated {
  std::string name;
  Bytes bytes;
};

/// Writes the strips, all of them equal, and their table.
void set_strips(StreamBuilder& builder, const Bytes& strip) {
  builder.table.clear();
  builder.indices.clear();
  ByteWriter table(builder.table);
  for (std::uint64_t i = 0; i < builder.header.strip_count(); ++i) {
    table.integer(strip.size(), strip_length_bytes);
    table.integer(crc32c(strip), strip_crc_bytes);
    builder.indices.insert(builder.indices.end(), strip.begin(), strip.end());
  }
}

/// A stream of `grid` whose codewords are all 0, coded, and whose indices are as well.
StreamBuilder flat_stream(const BlockGrid& grid, std::uint32_t k, vqi::Model model) {
  StreamBuilder builder;
  builder.header.grid = grid;
  builder.header.k = k;
  builder.header.version_minor = context_model_minor;
  builder.header.coding = IndexCoding::context_model;
  builder.header.model = model;
  builder.header.strip_rows = grid.map_height();
  const SampleArray codebook(k, grid.dimension(), grid.bit_depth);
  builder.codebook = encode_codebook(codebook);
  builder.header.coded_codebook = builder.codebook.size() < builder.header.codebook_bytes();
  if (!builder.header.coded_codebook) builder.codebook = Bytes(builder.header.codebook_bytes());
  const std::vector<std::uint16_t> map(grid.vector_count());
  set_strips(builder, make_index_model(model, view_codebook(grid, codebook))->encode(map, grid.map_width(), {}));
  return builder;
}

/// The same bytes, whose pixels go through the decode filter.
Bytes restored(StreamBuilder builder) {
  builder.header.restore = {8, 3000, 256};
  builder.header.version_minor = restore_minor;
  return builder.bytes();
}

/// A stream of packed indices of one bit, all of them 0.
StreamBuilder one_bit_stream(std::uint32_t side_px, std::uint32_t strip_rows) {
  StreamBuilder builder = StreamBuilder::flat(side_px, side_px);
  builder.header.k = 2;
  builder.header.strip_rows = strip_rows;
  builder.codebook = {std::byte{1}, std::byte{2}};
  set_strips(builder, Bytes(side_px * strip_rows / 8));
  return builder;
}

constexpr vqi::Model models[] = {vqi::Model::fast, vqi::Model::balanced, vqi::Model::max};

std::vector<Inflated> inflated_streams() {
  std::vector<Inflated> streams;
  for (const vqi::Model model : models) {
    const std::string name = "model " + std::to_string(static_cast<int>(model));
    // The most codewords; the largest blocks; one strip of many pixels; one row as long.
    streams.push_back({name + ", 65,536 codewords", flat_stream({1, 1, 4, 16}, 65536, model).bytes()});
    streams.push_back({name + ", codewords of 2 kB", flat_stream({1, 1, 4, 16, 16, 16}, 8000, model).bytes()});
    streams.push_back({name + ", a square", flat_stream({512, 512, 4, 16}, 2, model).bytes()});
    streams.push_back({name + ", a row", flat_stream({1U << 18, 1, 1, 8}, 300, model).bytes()});
  }
  streams.push_back({"one colour", StreamBuilder::flat(8192, 8192, 1, 8).bytes()});
  streams.push_back({"one block", StreamBuilder::flat(16, 16, 4, 16).bytes()});
  StreamBuilder strips = StreamBuilder::flat(1, 1U << 20);
  streams.push_back({"strips of one column", strips.bytes()});
  StreamBuilder profile = StreamBuilder::flat(1, 1);
  Bytes payload(20 * megabyte, std::byte{'n'});
  payload[4] = std::byte{0};
  append_section(profile.before_table, "iCCP", skippable_flag, payload);
  streams.push_back({"profile", profile.bytes()});
  streams.push_back({"one bit", one_bit_stream(4096, StreamBuilder::flat(4096, 4096).header.strip_rows).bytes()});
  const auto fast = vqi::Model::fast;
  streams.push_back({"decode filter, 4,096 codewords", restored(flat_stream({64, 1024, 4, 16}, 4096, fast))});
  streams.push_back({"decode filter, a row", restored(flat_stream({1U << 18, 1, 1, 8}, 2, fast))});
  return streams;
}

using Call = std::function<void(std::span<const std::byte>, const vqi::RunOptions&)>;

/// The calls that decode; a region is all of the image.
std::vector<std::pair<std::string, Call>> calls() {
  using Run = const vqi::RunOptions&;
  return {{"decode", [](auto bytes, Run run) { static_cast<void>(vqi::decode(bytes, {}, run)); }},
          {"decode_indexed", [](auto bytes, Run run) { static_cast<void>(vqi::decode_indexed(bytes, {}, run)); }},
          {"decode_region",
           [](auto bytes, Run run) {
             const vqi::StreamInfo info = vqi::inspect(bytes);
             static_cast<void>(vqi::decode_region(bytes, 0, 0, info.width_px, info.height_px, {}, run));
           }},
          {"salvage", [](auto bytes, Run run) { static_cast<void>(vqi::salvage(bytes, {}, run)); }}};
}

/// The least limit of memory with which a call works, as its error tells.
std::uint64_t least_limit(const Call& call, std::span<const std::byte> bytes) {
  vqi::RunOptions run;
  run.max_memory_bytes = 0;
  const auto error = vqi::test::thrown_by([&] { call(bytes, run); });
  REQUIRE(error.limit == vqi::Limit::memory);
  const std::string before = "decoding takes ";
  return std::stoull(error.message.substr(error.message.find(before) + before.size()));
}

}  // namespace

TEST_CASE("what inflates most keeps the limit of memory, and a megabyte beside it, on one thread and on several") {
  for (const Inflated& stream : inflated_streams())
    for (const auto& [name, call] : calls()) {
      const std::uint64_t least = least_limit(call, stream.bytes);
      for (const std::uint32_t threads : {1U, 4U}) {
        INFO(stream.name << ", " << name << ", at least " << least << " bytes");
        vqi::RunOptions run;
        run.threads = threads;
        run.max_memory_bytes = least;
        const std::uint64_t peak = vqi::test::memory_of([&] { call(stream.bytes, run); }).peak_bytes;
        CHECK(peak <= least + megabyte);
        CHECK(peak + megabyte >= least / 2);  // the limit is not far too large
        run.max_memory_bytes = least - 1;
        std::optional<vqi::ErrorCode> code;
        const auto refused =
            vqi::test::memory_of([&] { code = vqi::test::thrown_by([&] { call(stream.bytes, run); }).code; });
        CHECK(code == vqi::ErrorCode::limit_exceeded);
        CHECK(refused.all_bytes <= megabyte);
      }
    }
}

TEST_CASE("inspect tells the least limit with which decode works") {
  for (const Inflated& stream : inflated_streams()) {
    INFO(stream.name);
    CHECK(vqi::inspect(stream.bytes).decode_memory_bytes == least_limit(calls()[0].second, stream.bytes));
  }
}

TEST_CASE("several strips under way keep the limit as well") {
  StreamBuilder builder = flat_stream({1024, 64, 1, 8}, 100, vqi::Model::balanced);
  const Bytes strip = builder.indices;
  builder.header.grid.height_px = 64 * 12;
  builder.header.strip_rows = 64;
  set_strips(builder, strip);
  const Bytes stream = builder.bytes();
  const vqi::StreamInfo info = vqi::inspect(stream);
  REQUIRE(info.strip_count == 12);
  for (const std::uint64_t more : {0U, 1U, 3U}) {
    vqi::RunOptions run;
    run.threads = 4;
    run.max_memory_bytes = info.decode_memory_bytes + more * info.decode_strip_memory_bytes;
    CHECK(vqi::test::memory_of([&] { static_cast<void>(vqi::decode(stream, {}, run)); }).peak_bytes <=
          run.max_memory_bytes + megabyte);
  }
}

TEST_CASE("bands of the decode filter that several threads have under way keep the limit as well") {
  const Bytes stream = restored(one_bit_stream(1024, 1024));
  const auto band_bytes = static_cast<std::uint64_t>(restore_state_bytes());
  for (const auto& [name, call] : calls()) {
    if (name == "decode_indexed") continue;
    vqi::RunOptions run;
    run.max_memory_bytes = least_limit(call, stream);
    const auto peak = [&, call = call](std::uint32_t threads) {
      run.threads = threads;
      return vqi::test::memory_of([&] { call(stream, run); }).peak_bytes;
    };
    const std::uint64_t of_one = peak(1);
    INFO(name << ", a band takes " << band_bytes);
    CHECK(peak(8) <= of_one + band_bytes);  // what the threads themselves take
    run.max_memory_bytes += 2 * band_bytes;
    CHECK(peak(8) <= of_one + 3 * band_bytes);
  }
}

TEST_CASE("a coded codebook that is wrong at its end costs less than a megabyte, however large it claims to be") {
  for (const BlockGrid& grid : {BlockGrid{1, 1, 4, 16, 16, 16}, BlockGrid{1, 1, 4, 16}}) {
    StreamBuilder builder = flat_stream(grid, 2, vqi::Model::fast);
    builder.header.k = 65536;
    builder.header.coded_codebook = true;
    // So few bytes end early or hold too much, whatever they are.
    for (const std::size_t size : {1U, 20U, 3000U}) {
      builder.codebook = Bytes(size, std::byte{0x5A});
      for (const auto& [name, call] : calls()) {
        std::optional<vqi::ErrorCode> code;
        const auto memory = vqi::test::memory_of(
            [&, call = call] { code = vqi::test::thrown_by([&] { call(builder.bytes(), {}); }).code; });
        INFO(name << ", " << size << " bytes of codebook");
        CHECK(code == vqi::ErrorCode::corrupt_codebook);
        CHECK(memory.all_bytes <= megabyte);
      }
    }
  }
}

TEST_CASE("a codebook causes work for each of its samples once or twice, and none after its bytes") {
  const BlockGrid grid{1, 1, 4, 16, 16, 16};
  constexpr std::uint32_t k = 4096;
  const std::uint64_t samples = std::uint64_t{k} * grid.dimension();
  const Bytes coded = encode_codebook(SampleArray(k, grid.dimension(), 16));
  CHECK(coded.size() * 4000 < samples * 2);  // it inflates 4,000 times
  constexpr std::uint64_t samples_per_call = 1U << 15;
  std::uint64_t calls = 0;
  CHECK(check_coded_codebook(coded, k, grid.dimension(), 16, [&calls] { ++calls; }));
  CHECK(calls == samples / samples_per_call);
  calls = 0;
  CHECK_FALSE(check_coded_codebook(coded, 65536, grid.dimension(), 16, [&calls] { ++calls; }));
  CHECK(calls <= samples / samples_per_call * 2);
}

TEST_CASE("a strip causes work for each vector once, and little after its bytes") {
  const BlockGrid grid{2048, 256, 1, 8};
  for (const vqi::Model model : models) {
    StreamBuilder builder = flat_stream(grid, 3, model);
    StreamHeader header = builder.header;
    const SampleArray codebook(3, 1, 8);
    const auto index_model = make_index_model(model, view_codebook(header.grid, codebook));
    std::size_t rows = 0;
    const auto rows_decoded = [&](const Bytes& bytes, std::uint32_t height) {
      header.grid.height_px = height;
      std::vector<std::uint16_t> indices(header.grid.vector_count());
      rows = 0;
      return decode_indices(header, index_model.get(), bytes, StripBytes::complete, indices,
                            [&rows](std::size_t complete) { rows = complete; });
    };
    INFO("model " << static_cast<int>(model) << ", " << builder.indices.size() << " bytes");
    CHECK(rows_decoded(builder.indices, 256).ended);
    // The same bytes for a hundred times the rows.
    Bytes noise(200, std::byte{0xC5});
    noise[0] = std::byte{0};
    const DecodedRows decoded = rows_decoded(noise, 25'600);
    CHECK_FALSE(decoded.ended);
    CHECK(decoded.rows < 2000);
    CHECK(rows < 2000);
  }
}
