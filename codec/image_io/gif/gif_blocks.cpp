// Blocks by the GIF89a specification: a header, then images and extensions in chains of sub-blocks, up to a trailer.
#include "gif_blocks.hpp"

#include <algorithm>

#include "byte_window.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint8_t image_introducer = 0x2C;
constexpr std::uint8_t extension_introducer = 0x21;
constexpr std::uint8_t trailer = 0x3B;
constexpr std::uint8_t plain_text_label = 0x01;
constexpr std::uint8_t control_label = 0xF9;
constexpr std::uint8_t comment_label = 0xFE;
constexpr std::uint8_t application_label = 0xFF;

class BlockWalker {
 public:
  BlockWalker(const ByteWindow& window, std::uint64_t frames_wanted, std::uint64_t max_profile_bytes)
      : window_(window), frames_wanted_(frames_wanted), max_profile_bytes_(max_profile_bytes) {}

  GifFile walk() {
    file_.width_px = window_.le16(6);
    file_.height_px = window_.le16(8);
    const std::uint32_t flags = window_.u8(10);
    file_.aspect = window_.has(0, "GIF89a") ? window_.u8(12) : 0;
    at_ = 13;
    try {
      global_ = read_palette(flags);
      while (read_block()) {
      }
    } catch (const Error&) {  // of the window alone: the file ends inside a block
      fail("it ends early", window_.size());
    }
    return std::move(file_);
  }

 private:
  void fail(std::string what, std::uint64_t offset) {
    file_.fault = std::move(what);
    file_.fault_offset = offset;
  }

  GifPalette read_palette(std::uint32_t flags) {
    if ((flags & 0x80) == 0) return {};
    const GifPalette palette{at_, 2U << (flags & 7)};
    const std::uint64_t bytes = std::uint64_t{3} * palette.entries;
    static_cast<void>(window_.at(at_, bytes));
    at_ += bytes;
    return palette;
  }

  /// False behind the last block.
  bool read_block() {
    const std::uint8_t introducer = window_.u8(at_);
    ++at_;
    if (introducer == trailer) {
      file_.end_offset = at_;
      return false;
    }
    if (introducer == image_introducer) {
      read_image();
    } else if (introducer == extension_introducer) {
      read_extension();
    } else if (introducer != 0) {  // programs leave terminators over between blocks
      fail("a block is of an unknown kind", at_ - 1);
      return false;
    }
    return true;
  }

  void read_image() {
    GifFrame frame = next_;
    next_ = {};
    frame.left_px = window_.le16(at_);
    frame.top_px = window_.le16(at_ + 2);
    frame.width_px = window_.le16(at_ + 4);
    frame.height_px = window_.le16(at_ + 6);
    const std::uint32_t flags = window_.u8(at_ + 8);
    at_ += 9;
    frame.is_interlaced = (flags & 0x40) != 0;
    const GifPalette local = read_palette(flags);
    frame.palette = local.entries != 0 ? local : global_;
    frame.data_offset = at_++;
    // One without pixels is nothing to draw, and no picture to choose.
    if (frame.width_px != 0 && frame.height_px != 0) {
      ++file_.frame_count;
      if (file_.frames.size() < frames_wanted_) file_.frames.push_back(frame);
    }
    skip_blocks();
  }

  void read_extension() {
    const std::uint8_t label = window_.u8(at_++);
    if (label == control_label) {
      read_control();
    } else if (label == application_label) {
      read_application();
    } else if (label == comment_label) {
      note_dropped("text");
    } else if (label == plain_text_label) {
      next_ = {};
    }
    skip_blocks();
  }

  void read_control() {
    if (window_.u8(at_) < 4) return;
    const std::uint32_t flags = window_.u8(at_ + 1);
    next_ = {};
    switch ((flags >> 2) & 7) {
      case 2:
        next_.disposal = GifDisposal::clear;
        break;
      case 3:
      case 4:
        next_.disposal = GifDisposal::restore;
        break;  // 4: programs that took the value for a bit
      default:
        break;
    }
    if ((flags & 1) != 0) next_.transparent = window_.u8(at_ + 4);
  }

  void read_application() {
    if (window_.u8(at_) != 11) return;
    if (window_.has(at_ + 1, "XMP DataXMP")) {
      note_dropped("XMP");
    } else if (window_.has(at_ + 1, "ICCRGBG1012")) {
      at_ += 12;
      read_profile();
    }
  }

  void read_profile() {
    std::vector<std::byte> profile;
    for (std::uint64_t at = at_; window_.u8(at) != 0; at += window_.u8(at) + 1U) {
      const auto part = window_.at(at + 1, window_.u8(at));
      if (profile.size() + part.size() > max_profile_bytes_) return note_dropped("ICC profile");
      profile.insert(profile.end(), part.begin(), part.end());
    }
    if (file_.icc_profile.empty()) file_.icc_profile = std::move(profile);
  }

  void note_dropped(std::string_view what) {
    if (std::find(file_.dropped.begin(), file_.dropped.end(), what) == file_.dropped.end())
      file_.dropped.emplace_back(what);
  }

  void skip_blocks() {
    while (true) {
      const std::uint8_t length = window_.u8(at_);
      static_cast<void>(window_.at(at_ + 1, length));
      at_ += 1U + length;
      if (length == 0) return;
    }
  }

  const ByteWindow& window_;
  std::uint64_t frames_wanted_;
  std::uint64_t max_profile_bytes_;
  GifFile file_;
  GifPalette global_;
  GifFrame next_;  ///< what the graphic control says of the next frame
  std::uint64_t at_ = 0;
};

}  // namespace

bool has_gif_signature(const ByteWindow& window) noexcept { return window.has(0, "GIF87a") || window.has(0, "GIF89a"); }

GifFile read_gif_blocks(const ByteWindow& window, std::uint64_t frames_wanted, std::uint64_t max_profile_bytes) {
  return BlockWalker(window, frames_wanted, max_profile_bytes).walk();
}

}  // namespace vqi::detail
