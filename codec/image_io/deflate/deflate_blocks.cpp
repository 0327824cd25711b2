// The gain of joining two blocks is exact: the bits of both, of their headers too, against those of the joined one.
#include "deflate_blocks.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <queue>

#include "block_codes.hpp"
#include "huffman_code.hpp"

namespace vqi::detail {
namespace {

void write_block(const DeflateBlock& block, std::span<const DeflateStep> steps, bool is_last, BitWriter& out) {
  const BlockCodes codes = best_block_codes(block.counts);
  const std::vector<std::uint16_t> main = canonical_codes(codes.main);
  const std::vector<std::uint16_t> distances = canonical_codes(codes.distances);
  codes.write_header(is_last, out);
  for (const DeflateStep& step : steps.subspan(block.begin, block.end - block.begin)) {
    if (step.length == 0) {
      out.put(main[step.value], codes.main[step.value]);
      continue;
    }
    const std::uint32_t length = length_symbol(step.length);
    out.put(main[first_length_symbol + length], codes.main[first_length_symbol + length]);
    out.put(step.length - length_bases[length], length_extra_bits(length));
    const std::uint32_t distance = distance_symbol(step.value + 1U);
    out.put(distances[distance], codes.distances[distance]);
    out.put(step.value + 1U - distance_base(distance), distance_extra_bits(distance));
  }
  out.put(main[end_of_block], codes.main[end_of_block]);
}

DeflateBlock block_of(std::span<const DeflateStep> steps, std::size_t begin, std::size_t end) {
  DeflateBlock block{begin, end, {}, 0};
  for (const DeflateStep& step : steps.subspan(begin, end - begin)) block.counts.add(step);
  block.bits = usual_block_codes(block.counts).bits;
  return block;
}

/// Joins neighbours, the pair with the largest gain first.
class BlockJoiner {
 public:
  void add(const DeflateBlock& block) { blocks_.push_back({block, blocks_.size(), blocks_.size() + 2, 0}); }

  [[nodiscard]] std::vector<DeflateBlock> join(const std::function<void()>& poll) {
    for (std::size_t i = 0; i + 1 < blocks_.size(); ++i) offer(i);
    while (!pairs_.empty()) {
      const Pair pair = pairs_.top();
      pairs_.pop();
      Linked& first = blocks_[pair.first];
      if (first.block.end == 0 || is_last(first)) continue;  // as it was joined since
      if (first.version + blocks_[first.next - 1].version != pair.version) continue;
      poll();
      join_with_next(first, pair.gain);
      offer(pair.first);
      if (first.previous > 0) offer(first.previous - 1);
    }
    std::vector<DeflateBlock> joined;
    for (const Linked& linked : blocks_)
      if (linked.block.end != 0) joined.push_back(linked.block);
    return joined;
  }

 private:
  /// Numbers of neighbours are one more than their places, 0 before the first.
  struct Linked {
    DeflateBlock block;  // an end of 0: joined to the one before
    std::size_t previous = 0;
    std::size_t next = 0;
    std::uint64_t version = 0;  // grows with each change
  };
  struct Pair {
    std::int64_t gain = 0;
    std::size_t first = 0;
    std::uint64_t version = 0;  // of both blocks, when the gain was found
    bool operator<(const Pair& other) const { return gain != other.gain ? gain < other.gain : first > other.first; }
  };

  [[nodiscard]] bool is_last(const Linked& linked) const noexcept { return linked.next > blocks_.size(); }

  void offer(std::size_t i) {
    const Linked& first = blocks_[i];
    if (is_last(first)) return;
    const Linked& second = blocks_[first.next - 1];
    SymbolCounts counts = first.block.counts;
    counts.add(second.block.counts);
    const std::int64_t gain = static_cast<std::int64_t>(first.block.bits + second.block.bits) -
                              static_cast<std::int64_t>(usual_block_codes(counts).bits);
    if (gain > 0) pairs_.push({gain, i, first.version + second.version});
  }

  void join_with_next(Linked& first, std::int64_t gain) {
    Linked& second = blocks_[first.next - 1];
    first.block.end = second.block.end;
    first.block.counts.add(second.block.counts);
    first.block.bits = first.block.bits + second.block.bits - static_cast<std::uint64_t>(gain);
    first.version += second.version + 1;
    first.next = second.next;
    if (!is_last(first)) blocks_[first.next - 1].previous = second.previous;
    second.block.end = 0;
  }

  std::vector<Linked> blocks_;
  std::priority_queue<Pair> pairs_;
};

/// Bits of a step under the codes of a block; of a symbol that the block has not, more than any code has.
class StepBits {
 public:
  explicit StepBits(const DeflateBlock& block) : codes_(usual_block_codes(block.counts)) {
    codes_.main.resize(main_symbols);
    codes_.distances.resize(distance_symbols);
    for (std::vector<std::uint8_t>* lengths : {&codes_.main, &codes_.distances})
      for (std::uint8_t& length : *lengths)
        if (length == 0) length = unknown;
  }
  [[nodiscard]] std::int64_t operator()(const DeflateStep& step) const {
    if (step.length == 0) return codes_.main[step.value];
    return codes_.main[first_length_symbol + length_symbol(step.length)] +
           codes_.distances[distance_symbol(step.value + 1U)];
  }

 private:
  static constexpr std::uint8_t unknown = 18;
  BlockCodes codes_;
};

/// Moves the ends of blocks to where the codes of one block become worse than those of the next.
void move_ends(std::vector<DeflateBlock>& blocks, std::span<const DeflateStep> steps) {
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    DeflateBlock& first = blocks[i];
    DeflateBlock& second = blocks[i + 1];
    const StepBits in_first(first);
    const StepBits in_second(second);
    std::int64_t least = 0;
    std::int64_t sum = 0;
    std::size_t end = first.begin + 1;
    for (std::size_t at = end; at + 1 < second.end; ++at) {
      sum += in_first(steps[at]) - in_second(steps[at]);
      if (sum >= least) continue;
      least = sum;
      end = at + 1;
    }
    if (end == first.end) continue;
    const DeflateBlock moved_first = block_of(steps, first.begin, end);
    const DeflateBlock moved_second = block_of(steps, end, second.end);
    if (moved_first.bits + moved_second.bits >= first.bits + second.bits) continue;
    first = moved_first;
    second = moved_second;
  }
}

}  // namespace

std::vector<DeflateBlock> split_into_blocks(std::span<const DeflateStep> steps, std::size_t first_blocks,
                                            const std::function<void()>& poll) {
  constexpr std::size_t least_steps = 64;
  constexpr std::size_t most_steps = 2000;
  const std::size_t first_steps = std::clamp(steps.size() / first_blocks, least_steps, most_steps);
  BlockJoiner joiner;
  for (std::size_t begin = 0; begin < steps.size(); begin += first_steps)
    joiner.add(block_of(steps, begin, std::min(begin + first_steps, steps.size())));
  std::vector<DeflateBlock> blocks = joiner.join(poll);
  move_ends(blocks, steps);
  return blocks;
}

std::vector<std::byte> write_deflate_blocks(std::span<const DeflateStep> steps, std::span<const std::uint8_t> bytes,
                                            const std::function<void()>& poll) {
  constexpr std::size_t first_blocks = 512;
  BitWriter out;
  out.bytes = {std::byte{0x78}, std::byte{0xDA}};  // RFC 1950: a window of 32 KiB, the most effort
  const std::vector<DeflateBlock> blocks = split_into_blocks(steps, first_blocks, poll);
  for (const DeflateBlock& block : blocks) {
    poll();
    write_block(block, steps, &block == &blocks.back(), out);
  }
  out.align();
  const std::uint32_t sum = libdeflate_adler32(1, bytes.data(), bytes.size());
  for (const std::uint32_t shift : {24U, 16U, 8U, 0U}) out.bytes.push_back(static_cast<std::byte>(sum >> shift));
  return std::move(out.bytes);
}

}  // namespace vqi::detail
