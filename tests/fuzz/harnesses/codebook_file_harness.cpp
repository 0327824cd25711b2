// Harness: hostile .vqb files are refused, or come back as they are, and detached streams take no wrong codebook.
#include <algorithm>
#include <memory>
#include <optional>

#include "byte_tools.hpp"
#include "harness.hpp"
#include "loose_stream.hpp"
#include "promises.hpp"
#include "stream_limits.hpp"
#include "test_images.hpp"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

constexpr std::size_t book_header_bytes = 32;

bool same(const Codebook& a, const Codebook& b) {
  return a.block_width_px == b.block_width_px && a.block_height_px == b.block_height_px && a.size() == b.size() &&
         a.codewords.channels() == b.codewords.channels() && a.codewords.bit_depth() == b.codewords.bit_depth() &&
         std::equal(a.codewords.samples().begin(), a.codewords.samples().end(), b.codewords.samples().begin(),
                    b.codewords.samples().end());
}

/// A picture of the codebook's own type, whose stream leaves the codebook out.
void check_detached(const Codebook& codebook) {
  EncodeOptions options;
  options.codebook = std::make_shared<const Codebook>(codebook);
  options.detach = true;
  options.effort = 1;
  const Image image =
      test::make_image(2 * codebook.block_width_px + 1, codebook.block_height_px, codebook.codewords.channels(),
                       codebook.codewords.bit_depth(), test::Content::noise);
  Bytes stream;
  try {
    stream = encode(image, options, small_run()).bytes;
  } catch (const Error& error) {
    check_error(error, 0, {ErrorClass::limit, ErrorClass::argument});  // it has a codeword twice
    return;
  }
  const Bytes attached = attach_codebook(stream, codebook);
  static_cast<void>(decode(attached, small_limits(), small_run()));
  Codebook other = codebook;
  other.codewords.row(0)[0] ^= std::byte{1};
  promise(!accepted(stream.size(), [&] { return attach_codebook(stream, other); }),
          "a codebook that differs in one bit is another one");
}

bool run(std::span<const std::byte> input) {
  const auto codebook = accepted(input.size(), [&] { return read_codebook(input, small_run()); });
  if (!codebook) return false;
  const Bytes written = write_codebook(*codebook);
  promise(same(*codebook, read_codebook(written)), "a codebook comes back");
  if (codebook->codewords.samples().size() <= 4096) check_detached(*codebook);
  return true;
}

/// Grey and colour, 8 and 16 bits, pixels and blocks, and so smooth or random that either coding of codewords is used.
std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  for (const std::uint32_t channels : {1U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U})
      for (const std::uint32_t side : {1U, 3U})
        seeds.push_back(
            write_codebook({side, side,
                            test::make_image(20 * side, side, channels, depth,
                                             channels == 3 ? test::Content::noise : test::Content::smooth)}));
  return seeds;
}

/// Changes header, sections or a payload, and mostly gives the codebook the length that the header says.
void mutate(Bytes& file, Mutation& mutation) {
  std::optional<LooseStream> parts = split_stream(file, book_header_bytes);
  if (mutation.one_in(8) || !parts || parts->sections.empty()) return mutation.change(file);
  LooseSection& section = parts->sections[mutation.below(parts->sections.size())];
  switch (mutation.below(4)) {
    case 0:
      parts->header[8 + mutation.below(20)] = static_cast<std::byte>(mutation.below(mutation.one_in(2) ? 20 : 256));
      break;
    case 1:
      section.flags ^= static_cast<std::uint16_t>(1U << (mutation.one_in(4) ? mutation.below(16) : 0));
      break;
    default:
      mutation.change(section.payload);
  }
  if (!mutation.one_in(4)) fit_codebook_file(*parts, mutation.size_max());
  file = join_stream(std::move(*parts));
}

}  // namespace

const Harness codebook_file_harness{"codebook_file", run, make_seeds, 8192, mutate};

}  // namespace vqi::fuzz
