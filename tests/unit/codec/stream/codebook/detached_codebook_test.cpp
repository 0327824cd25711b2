// Streams without their codebook: what they need, and that attaching gives back what a decoder returns.
#include "detached_codebook.hpp"

#include <catch2/catch.hpp>
#include <memory>

#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"

using vqi::ErrorCode;
using vqi::test::Content;
using vqi::test::thrown_by;

namespace {

/// A codebook of colours in steps, of 3 channels and 8 bits.
std::shared_ptr<const vqi::Codebook> steps(std::uint32_t k, std::uint32_t factor) {
  auto codebook = std::make_shared<vqi::Codebook>(vqi::Codebook{1, 1, vqi::Image(k, 1, 3, 8)});
  for (std::uint32_t i = 0; i < 3 * k; ++i) codebook->codewords.row(0)[i] = static_cast<std::byte>(i * factor % 251);
  return codebook;
}

bool same(const vqi::Image& a, const vqi::Image& b) {
  return std::equal(a.samples().begin(), a.samples().end(), b.samples().begin(), b.samples().end());
}

}  // namespace

TEST_CASE("a detached stream decodes to the same pixels once its codebook is attached") {
  const vqi::Image image = vqi::test::make_image(70, 50, 3, 8, Content::smooth);
  for (const vqi::Coding coding : {vqi::Coding::packed, vqi::Coding::entropy})
    for (const std::uint32_t k : {16U, 21U}) {
      vqi::EncodeOptions options;
      options.codebook = steps(k, 37);
      options.coding = coding;
      const vqi::Encoded whole = vqi::encode(image, options);
      options.detach = true;
      options.verify = true;
      const vqi::Encoded apart = vqi::encode(image, options);
      CHECK(apart.report.bytes.file == apart.bytes.size());
      CHECK(apart.report.bytes.codebook == 16);
      CHECK(apart.bytes.size() < whole.bytes.size());

      const vqi::StreamInfo info = vqi::inspect(apart.bytes);
      CHECK_FALSE(info.damage);
      CHECK(info.format_minor == 2);
      CHECK(info.codebook_hash == vqi::codebook_hash(*options.codebook));
      CHECK(info.bytes.file == apart.bytes.size());

      const std::vector<std::byte> attached = vqi::attach_codebook(apart.bytes, *options.codebook);
      CHECK(same(vqi::decode(attached), vqi::decode(whole.bytes)));
      CHECK_FALSE(vqi::inspect(attached).damage);
      CHECK_FALSE(vqi::inspect(attached).codebook_hash);
      CHECK(vqi::attach_codebook(attached, *steps(3, 5)) == attached);
    }
}

TEST_CASE("without its codebook, or with another, a detached stream is refused") {
  const vqi::Image image = vqi::test::make_image(20, 20, 3, 8, Content::smooth);
  vqi::EncodeOptions options;
  options.codebook = steps(12, 37);
  options.detach = true;
  const std::vector<std::byte> apart = vqi::encode(image, options).bytes;
  CHECK(thrown_by([&] { static_cast<void>(vqi::decode(apart)); }).code == ErrorCode::codebook_needed);
  CHECK(thrown_by([&] { static_cast<void>(vqi::decode_indexed(apart)); }).code == ErrorCode::codebook_needed);
  CHECK(thrown_by([&] { static_cast<void>(vqi::decode_region(apart, 0, 0, 1, 1)); }).code ==
        ErrorCode::codebook_needed);
  CHECK(thrown_by([&] { static_cast<void>(vqi::salvage(apart)); }).code == ErrorCode::codebook_needed);
  CHECK(thrown_by([&] { static_cast<void>(vqi::attach_codebook(apart, *steps(12, 36))); }).code ==
        ErrorCode::codebook_needed);
}

TEST_CASE("every cut and every changed bit of a detached stream is noticed before or after attaching") {
  const vqi::Image image = vqi::test::make_image(12, 8, 3, 8, Content::smooth);
  vqi::EncodeOptions options;
  options.codebook = steps(12, 37);
  options.detach = true;
  options.coding = vqi::Coding::packed;
  const std::vector<std::byte> apart = vqi::encode(image, options).bytes;
  const auto fails = [&](std::span<const std::byte> stream) {
    return thrown_by([&] { static_cast<void>(vqi::decode(vqi::attach_codebook(stream, *options.codebook))); })
        .code.has_value();
  };
  REQUIRE_FALSE(fails(apart));
  for (std::size_t size = 0; size < apart.size(); ++size) CHECK(fails(std::span(apart).first(size)));
  for (std::size_t bit = 0; bit < 8 * apart.size(); ++bit) {
    std::vector<std::byte> changed = apart;
    changed[bit / 8] ^= std::byte{1} << (bit % 8);
    INFO(bit);
    CHECK(fails(changed));
  }
}
