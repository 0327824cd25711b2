// A string of indices is a shorter string and one more index, so that strings come out from the end.
#include "gif_lzw.hpp"

#include "byte_window.hpp"

namespace vqi::detail {

GifLzwDecoder::GifLzwDecoder(const ByteWindow& window, std::uint64_t offset) : window_(window), at_(offset) {
  if (at_ >= window_.size()) {
    fault_ = "its pixels end early";
    return;
  }
  literal_bits_ = window_.u8(at_++);
  if (literal_bits_ < 1 || literal_bits_ > 8) {
    fault_ = "its code size is not valid";
    return;
  }
  clear_code_ = 1U << literal_bits_;
  next_ = clear_code_ + 2;
  code_bits_ = literal_bits_ + 1;
}

bool GifLzwDecoder::read(std::span<std::uint8_t> row) {
  for (std::uint8_t& index : row) {
    while (pending_count_ == 0)
      if (!fault_.empty() || !expand_next()) return false;
    index = pending_[--pending_count_];
  }
  return true;
}

std::string_view GifLzwDecoder::fault_behind_pixels() {
  constexpr std::string_view more_pixels = "more pixels follow its last one";
  if (pending_count_ > 0) return more_pixels;
  std::optional<std::uint32_t> code = next_code();
  while (code == clear_code_) {
    code_bits_ = literal_bits_ + 1;
    code = next_code();
  }
  if (!code) return {};
  if (code != clear_code_ + 1) return more_pixels;
  while (!is_at_end_ && at_ < window_.size()) {
    const std::uint8_t byte = window_.u8(at_++);
    if (block_left_ == 0) {
      block_left_ = byte;
      is_at_end_ = byte == 0;
    } else {
      if (byte != 0) return "bytes follow the end code of its pixels";
      --block_left_;
    }
  }
  return {};
}

std::optional<std::uint32_t> GifLzwDecoder::next_code() {
  while (bit_count_ < code_bits_) {
    if (is_at_end_ || at_ >= window_.size()) return std::nullopt;
    if (block_left_ == 0) {
      block_left_ = window_.u8(at_++);
      is_at_end_ = block_left_ == 0;
      continue;
    }
    bits_ |= std::uint32_t{window_.u8(at_++)} << bit_count_;
    bit_count_ += 8;
    --block_left_;
  }
  const std::uint32_t code = bits_ & ((1U << code_bits_) - 1);
  bits_ >>= code_bits_;
  bit_count_ -= code_bits_;
  return code;
}

void GifLzwDecoder::push_string(std::uint32_t code) {
  for (; code > clear_code_; code = prefix_[code]) pending_[pending_count_++] = suffix_[code];
  first_ = static_cast<std::uint8_t>(code);
  pending_[pending_count_++] = first_;
}

void GifLzwDecoder::widen_codes() {
  if (next_ >= (1U << code_bits_) && code_bits_ < 12) ++code_bits_;
}

bool GifLzwDecoder::expand_next() {
  const std::optional<std::uint32_t> read = next_code();
  if (!read) return fail("its pixels end early");
  const std::uint32_t code = *read;
  if (code == clear_code_) {
    next_ = clear_code_ + 2;
    code_bits_ = literal_bits_ + 1;
    previous_.reset();
    return true;
  }
  if (code == clear_code_ + 1) return fail("its end code comes before its last pixel");
  if (!previous_) {
    if (code > clear_code_) return fail("an LZW code is not valid");
    push_string(code);
    previous_ = code;
    widen_codes();
    return true;
  }
  if (code > next_ || (code == next_ && next_ == table_size)) return fail("an LZW code is not valid");
  if (code == next_) {
    // The string that this code is about to name: the last one and its own first index.
    ++pending_count_;
    push_string(*previous_);
    pending_[0] = first_;
  } else {
    push_string(code);
  }
  if (next_ < table_size) {
    prefix_[next_] = static_cast<std::uint16_t>(*previous_);
    suffix_[next_] = first_;
    ++next_;
    widen_codes();
  }
  previous_ = code;
  return true;
}

}  // namespace vqi::detail
