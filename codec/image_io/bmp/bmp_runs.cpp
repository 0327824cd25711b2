// Pairs of bytes: a count and what to repeat, or 0 and a code; codes over 2 are counts of literal pixels.
#include "bmp_runs.hpp"

#include <algorithm>

#include "row_progress.hpp"

namespace vqi::detail {
namespace {

class RunDecoder {
  static constexpr std::uint16_t end_of_bitmap = 0x0100;  // bytes 0 and 1

 public:
  RunDecoder(const ByteWindow& window, const BmpHeader& header, DamageReport& damage)
      : window_(window),
        header_(header),
        damage_(damage),
        at_(header.pixel_offset),
        cells_(std::size_t{header.width_px} * header.height_px, skipped_bmp_cell) {}

  /// Decodes until the row `end` is begun, or all is done.
  void decode_until(std::uint32_t end) {
    while (!is_done_ && y_ < end) decode_pair();
  }

  /// What was decoded, when all rows are done.
  BmpRuns take() {
    if (!is_done_ && has(2) && window_.le16(at_) == end_of_bitmap)
      at_ += 2;
    else if (!is_done_)
      end_early();
    return {std::move(cells_), std::min<std::uint64_t>(at_, window_.size())};
  }

 private:
  void decode_pair() {
    if (!has(2)) return end_early();
    const std::uint32_t count = window_.u8(at_);
    const std::uint32_t code = window_.u8(at_ + 1);
    if (count != 0) return decode_run(count);
    at_ += 2;
    if (code == 0) {
      x_ = 0;
      ++y_;
    } else if (code == 1) {
      is_done_ = true;
    } else if (code == 2) {
      decode_delta();
    } else {
      decode_literals(code);
    }
  }

  [[nodiscard]] bool has(std::uint64_t bytes) const { return at_ <= window_.size() && window_.size() - at_ >= bytes; }

  /// Without an end of bitmap the last row may still be whole.
  void end_early() {
    is_done_ = true;
    const bool is_whole = y_ == header_.height_px || (y_ + 1 == header_.height_px && x_ >= header_.width_px);
    if (is_whole)
      return damage_.beside_pixels("its runs have no end of bitmap", std::min<std::uint64_t>(at_, window_.size()));
    damage_.rows_missing("its runs end early", window_.size(), y_, header_.height_px);
  }

  void decode_delta() {
    if (!has(2)) return end_early();
    const std::uint64_t x = x_ + window_.u8(at_);
    const std::uint64_t y = std::uint64_t{y_} + window_.u8(at_ + 1);
    if (x > header_.width_px || y > header_.height_px) {
      damage_.in_pixels("a delta leads out of the picture", at_);
      is_done_ = true;
      return;
    }
    at_ += 2;
    x_ = x;
    y_ = static_cast<std::uint32_t>(y);
  }

  void decode_run(std::uint32_t count) {
    const std::uint64_t pattern_bytes = header_.coding == BmpCoding::rle24 ? 3 : 1;
    if (!has(1 + pattern_bytes)) return end_early();
    for (std::uint32_t i = 0; i < count; ++i)
      put(header_.coding == BmpCoding::rle4 ? nibble(at_ + 1, i % 2) : value(at_ + 1));
    at_ += 1 + pattern_bytes;
  }

  void decode_literals(std::uint32_t count) {
    std::uint64_t bytes = count;
    if (header_.coding == BmpCoding::rle4) bytes = (count + 1) / 2;
    if (header_.coding == BmpCoding::rle24) bytes = std::uint64_t{3} * count;
    if (!has(bytes)) return end_early();
    for (std::uint32_t i = 0; i < count; ++i) {
      if (header_.coding == BmpCoding::rle4)
        put(nibble(at_ + i / 2, i % 2));
      else
        put(value(at_ + bytes / count * i));
    }
    at_ += bytes + bytes % 2;  // padded to two bytes
  }

  [[nodiscard]] std::uint32_t nibble(std::uint64_t offset, std::uint32_t second) const {
    return second != 0 ? window_.u8(offset) & 15U : window_.u8(offset) >> 4U;
  }
  [[nodiscard]] std::uint32_t value(std::uint64_t offset) const {
    if (header_.coding == BmpCoding::rle8) return window_.u8(offset);
    return window_.le16(offset) | static_cast<std::uint32_t>(window_.u8(offset + 2)) << 16;
  }

  void put(std::uint32_t cell) {
    if (x_ < header_.width_px) cells_[std::size_t{y_} * header_.width_px + static_cast<std::size_t>(x_)] = cell;
    ++x_;
  }

  const ByteWindow& window_;
  const BmpHeader& header_;
  DamageReport& damage_;
  std::uint64_t at_;
  std::uint64_t x_ = 0;
  std::uint32_t y_ = 0;
  bool is_done_ = false;
  std::vector<std::uint32_t> cells_;
};

}  // namespace

BmpRuns decode_bmp_runs(const ByteWindow& window, const BmpHeader& header, DamageReport& damage,
                        const ProgressCallback& callback) {
  RunDecoder decoder(window, header, damage);
  RowProgress progress(callback, Stage::read, header.height_px);
  progress.in_bands(header.height_px, [&](std::uint32_t, std::uint32_t end) { decoder.decode_until(end); });
  return decoder.take();
}

}  // namespace vqi::detail
