// Harness: what inspect says of hostile bytes is consistent.
#include "harness.hpp"
#include "promises.hpp"
#include "seed_streams.hpp"
#include "stream_limits.hpp"
#include "stream_mutator.hpp"
#include "vqi/codec.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

bool run(std::span<const std::byte> input) {
  const auto info = accepted(input.size(), [&] { return inspect(input, small_limits()); });
  if (!info) return false;
  promise(info->bytes.file == input.size(), "the file has its size");
  promise(!info->sections.empty() && info->sections.front().type == "HEAD", "the header comes first");
  std::uint64_t next = 0;
  bool all_whole = true;
  for (const SectionInfo& section : info->sections) {
    promise(section.offset == next, "sections follow each other");
    next += section.bytes;
    all_whole = all_whole && section.crc_ok;
  }
  promise(next <= input.size(), "sections lie in the file");
  if (info->damage) {
    check_error(*info->damage, input.size(), {ErrorClass::data});
    return false;
  }
  const ByteCounts& bytes = info->bytes;
  promise(all_whole && next == input.size(), "a whole stream has whole sections to its end");
  promise(bytes.header + bytes.codebook + bytes.index + bytes.metadata == bytes.file, "the parts add up to the file");
  promise(info->width_px > 0 && info->height_px > 0 && info->k > 0, "a whole stream has pixels and codewords");
  return true;
}

}  // namespace

const Harness inspect_harness{"inspect", run, make_seed_streams, 32768, mutate_stream};

}  // namespace vqi::fuzz
