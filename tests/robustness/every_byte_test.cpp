// Every function that reads a stream notices a cut at any byte and a flip of any bit.
#include <catch2/catch.hpp>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "conformance_files.hpp"
#include "random.hpp"
#include "small_streams.hpp"
#include "test_images.hpp"
#include "vqi/vqi.hpp"

using vqi::test::Content;

namespace {

using Stream = std::vector<std::byte>;

/// The Error that a function reports of a stream, or none if it accepts the stream.
using Reader = std::function<std::optional<vqi::Error>(std::span<const std::byte>)>;

template <typename Read>
Reader reader_that(const Read& read) {
  return [read](std::span<const std::byte> bytes) -> std::optional<vqi::Error> {
    try {
      return read(bytes);
    } catch (const vqi::Error& error) {
      return error;
    }
  };
}

/// A function that reads streams, with its name.
struct NamedReader {
  std::string name;
  Reader read;
};

vqi::RunOptions one_thread() {
  vqi::RunOptions run;
  run.threads = 1;
  return run;
}

/// Every function that reads a stream; a region is the whole image here.
std::vector<NamedReader> all_readers() {
  using Result = std::optional<vqi::Error>;
  return {
      {"decode", reader_that([](std::span<const std::byte> bytes) -> Result {
         static_cast<void>(vqi::decode(bytes, {}, one_thread()));
         return {};
       })},
      {"decode_indexed", reader_that([](std::span<const std::byte> bytes) -> Result {
         static_cast<void>(vqi::decode_indexed(bytes, {}, one_thread()));
         return {};
       })},
      {"decode_region", reader_that([](std::span<const std::byte> bytes) -> Result {
         const vqi::StreamInfo info = vqi::inspect(bytes);
         static_cast<void>(vqi::decode_region(bytes, 0, 0, info.width_px, info.height_px, {}, one_thread()));
         return {};
       })},
      {"inspect", reader_that([](std::span<const std::byte> bytes) -> Result { return vqi::inspect(bytes).damage; })},
      {"salvage", reader_that([](std::span<const std::byte> bytes) -> Result {
         const vqi::Salvaged salvaged = vqi::salvage(bytes, {}, one_thread());
         return salvaged.faults.empty() ? Result{} : salvaged.faults.front();
       })},
  };
}

/// Streams under a kilobyte: the frozen files, which cover every feature, and some that encode writes today.
std::vector<vqi::test::ConformanceFile> small_streams() {
  std::vector<vqi::test::ConformanceFile> streams = vqi::test::conformance_files(1000);
  REQUIRE(streams.size() > 50);
  for (vqi::test::SmallStream& stream : vqi::test::small_streams())
    streams.push_back({"fresh, " + stream.name, std::move(stream.bytes)});
  return streams;
}

/// Five strips of 65,536 vectors, with a K for each coding.
Stream large_stream(std::uint32_t k) {
  vqi::EncodeOptions options;
  options.k = k;
  options.effort = 1;
  options.coding = vqi::Coding::packed;
  return vqi::encode(vqi::test::make_image(512, 5 * 128 + 9, 1, 8, Content::noise), options).bytes;
}

Stream flipped(Stream stream, std::size_t bit) {
  stream[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
  return stream;
}

std::span<const std::byte> cut(const Stream& stream, std::size_t size) { return std::span(stream).first(size); }

/// What is wrong with an Error about a damaged stream; empty if nothing is.
std::string complaint(const std::optional<vqi::Error>& error, std::size_t size_bytes) {
  if (!error) return "no damage was noticed";
  const std::string message = error->what();
  if (error->error_class() != vqi::ErrorClass::data) return "not an error of class data: " + message;
  if (!error->offset() || *error->offset() > size_bytes) return "no byte offset inside the file: " + message;
  if (message.find("(at byte " + std::to_string(*error->offset()) + ")") == std::string::npos)
    return "the offset is not in the message: " + message;
  if (message.find('\n') != std::string::npos) return "more than a line: " + message;
  return {};
}

void check_all(const std::function<void(const NamedReader&)>& check) {
  for (const NamedReader& reader : all_readers()) check(reader);
}

}  // namespace

TEST_CASE("a small stream cut at any byte is refused by every reader, with class, offset and one line") {
  for (const vqi::test::ConformanceFile& stream : small_streams())
    check_all([&](const NamedReader& reader) {
      REQUIRE_FALSE(reader.read(stream.bytes));
      for (std::size_t size = 0; size < stream.bytes.size(); ++size) {
        const std::string fault = complaint(reader.read(cut(stream.bytes, size)), size);
        if (!fault.empty()) FAIL(stream.name << " cut at " << size << ", " << reader.name << ": " << fault);
      }
    });
}

TEST_CASE("any flipped bit of a small stream is refused by every reader, with class, offset and one line") {
  for (const vqi::test::ConformanceFile& stream : small_streams())
    check_all([&](const NamedReader& reader) {
      for (std::size_t bit = 0; bit < stream.bytes.size() * 8; ++bit) {
        const std::string fault = complaint(reader.read(flipped(stream.bytes, bit)), stream.bytes.size());
        if (!fault.empty())
          FAIL(stream.name << ", bit " << bit % 8 << " of byte " << bit / 8 << ", " << reader.name << ": " << fault);
      }
    });
}

TEST_CASE("flipped bits and cuts of large streams of several strips are refused by every reader") {
  vqi::detail::Random random(7);
  for (const std::uint32_t k : {4U, 5U}) {
    const Stream stream = large_stream(k);
    check_all([&](const NamedReader& reader) {
      for (int round = 0; round < 60; ++round) {
        const std::size_t bit = random.below(stream.size() * 8);
        INFO("K = " << k << ", bit " << bit % 8 << " of byte " << bit / 8 << ", " << reader.name);
        CHECK(complaint(reader.read(flipped(stream, bit)), stream.size()).empty());
        const std::size_t size = random.below(stream.size());
        INFO("cut at " << size);
        CHECK(complaint(reader.read(cut(stream, size)), size).empty());
      }
    });
  }
}

TEST_CASE("damage in a section's payload is reported with the section's name, and a strip's with its rows") {
  const Stream stream = large_stream(5);
  for (const vqi::SectionInfo& section : vqi::inspect(stream).sections) {
    if (section.type == "HEAD") continue;
    const std::size_t payload_bit = 8 * (section.offset + 12) + 3;
    const std::string expected = section.type == "INDX" ? "strip 0 (pixel rows 0 to 127)" : '"' + section.type + '"';
    check_all([&](const NamedReader& reader) {
      CHECK_THAT(reader.read(flipped(stream, payload_bit))->what(), Catch::Contains(expected));
    });
  }
}
