// Harness: the section reader refuses hostile bytes, or its sections, table, metadata and strips are consistent.
#include <algorithm>

#include "crc32c.hpp"
#include "harness.hpp"
#include "promises.hpp"
#include "seed_streams.hpp"
#include "stream_limits.hpp"
#include "stream_mutator.hpp"
#include "stream_reader.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

/// Promises that a section lies where it was read, and that its checksum is the same in one piece and joined from two.
void walk_sections(std::span<const std::byte> input) {
  std::uint64_t offset = std::min<std::uint64_t>(header_bytes, input.size());
  while (const auto section = accepted(input.size(), [&] { return read_section(input, offset); })) {
    promise(section->offset == offset && section->size_bytes() <= input.size() - offset, "a section lies in the file");
    const std::uint32_t joined = section->actual_crc(crc32c(section->payload));
    promise(section->crc_ok() == (joined == section->stored_crc), "a joined checksum is that of the whole");
    offset += section->size_bytes();
  }
}

void check_strips(const StreamReader& reader, std::span<const std::byte> input) {
  const std::vector<StripEntry> strips = reader.strips();
  promise(strips.size() == reader.header().strip_count(), "every strip has its entry");
  std::uint64_t next = reader.index_section().payload_offset();
  bool all_fit = true;
  for (std::uint64_t i = 0; i < strips.size(); ++i) {
    promise(strips[i].offset == next, "strips follow each other");
    next += strips[i].bytes.size();
    const std::optional<Error> fault = strip_crc_fault(reader.header(), i, strips[i]);
    if (fault) check_error(*fault, input.size(), {ErrorClass::data});
    all_fit = all_fit && !fault;
  }
  promise(next == reader.index_section().payload_offset() + reader.index_section().payload.size(),
          "strips fill their section");
  const auto index_fits = accepted(input.size(), [&] {
    reader.check_index_section();
    return true;
  });
  if (all_fit) promise(index_fits.has_value() == reader.index_section().crc_ok(), "the index checksum is the strips'");
}

bool run(std::span<const std::byte> input) {
  walk_sections(input);
  const auto reader = accepted(input.size(), [&] { return StreamReader(input, small_limits()); });
  if (!reader) return false;
  promise(reader->header().coded_codebook || reader->header().detached_codebook ||
              reader->codebook_section().payload.size() == reader->header().codebook_bytes(),
          "the codebook has its size");
  check_strips(*reader, input);
  return accepted(input.size(), [&] { return reader->metadata(); }).has_value();
}

}  // namespace

const Harness sections_harness{"sections", run, make_seed_streams, 32768, mutate_stream};

}  // namespace vqi::fuzz
