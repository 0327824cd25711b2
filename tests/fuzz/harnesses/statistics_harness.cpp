// Harness: hostile .vqs files are refused, or come back as they are, count no shard twice and can be learned from.
#include <optional>

#include "harness.hpp"
#include "loose_stream.hpp"
#include "promises.hpp"
#include "stream_limits.hpp"
#include "test_images.hpp"
#include "vqi/codebook.hpp"
#include "vqi/statistics.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

constexpr std::size_t part_header_bytes = 32;

/// Whatever the counts are, there is a codebook.
void check_learning(const Statistics& statistics) {
  EncodeOptions options;
  options.k = 3;
  options.effort = 1;
  const CodebookTraining training = train_codebook(statistics, options, small_run());
  promise(training.codebook.size() >= 1 && training.codebook.size() <= 3, "a codebook is learned");
  promise(training.mse >= 0 && training.variance.value_or(0) >= 0, "errors are no less than 0");
}

bool run(std::span<const std::byte> input) {
  std::optional<Statistics> statistics;
  check_memory_limit(
      taken_memory([&] { statistics = accepted(input.size(), [&] { return read_statistics(input, small_run()); }); }));
  const auto info = accepted(input.size(), [&] { return inspect_statistics(input, small_run()); });
  promise(info || !statistics, "what is read can be inspected");
  if (!statistics) return false;
  promise(info->shards == statistics->shards() && !info->shards.empty(), "shards are told alone as with the rest");
  const Bytes written = write_statistics(*statistics);
  promise(write_statistics(read_statistics(written)) == written, "statistics come back");
  promise(!statistics->merge(read_statistics(written)), "no shard counts twice");
  promise(write_statistics(*statistics) == written, "a merge that adds nothing changes nothing");
  if (statistics->distinct_vectors() <= 300) check_learning(*statistics);
  return true;
}

/// Types alone and mixed, pixels and blocks, samples with and without room, two shards.
std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  for (const std::uint32_t block : {1U, 2U})
    for (const std::uint32_t sample_size : {4U, 1000U})
      for (const std::uint32_t types : {1U, 3U}) {
        Statistics statistics(block, 1, sample_size);
        for (std::uint32_t n = 0; n < types; ++n)
          statistics.add(test::make_image(5, 3, (n + types) % 4 + 1, n == 1 ? 16 : 8, test::Content::smooth, n + 1));
        Statistics other(block, 1, sample_size, {2, 2});
        other.add(test::make_image(4, 4, types, 8, test::Content::few_colours));
        statistics.merge(std::move(other));
        seeds.push_back(write_statistics(statistics));
      }
  return seeds;
}

/// Changes header, flags or a payload, whose checksums are then made right.
void mutate(Bytes& file, Mutation& mutation) {
  std::optional<LooseStream> parts = split_stream(file, part_header_bytes);
  if (mutation.one_in(8) || !parts || parts->sections.empty()) return mutation.change(file);
  LooseSection& section = parts->sections[mutation.below(parts->sections.size())];
  switch (mutation.below(8)) {
    case 0:
      parts->header[8 + mutation.below(20)] = static_cast<std::byte>(mutation.below(mutation.one_in(2) ? 20 : 256));
      break;
    case 1:
      section.flags ^= static_cast<std::uint16_t>(1U << (mutation.one_in(4) ? mutation.below(16) : 0));
      break;
    case 2:
      mutation.change(section.payload);
      break;
    default:
      mutation.change_in_place(section.payload);
  }
  file = join_stream(std::move(*parts));
}

}  // namespace

const Harness statistics_harness{"statistics", run, make_seeds, 4096, mutate};

}  // namespace vqi::fuzz
