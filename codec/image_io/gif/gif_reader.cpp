// Frames are drawn one over the other on an empty RGBA canvas, each after the disposal of the one before.
#include "gif_reader.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "byte_window.hpp"
#include "damage_report.hpp"
#include "gif_blocks.hpp"
#include "gif_lzw.hpp"
#include "icc_profile.hpp"
#include "image_errors.hpp"
#include "opaque_image.hpp"
#include "read_limits.hpp"
#include "row_progress.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t rgba_bytes = 4;

/// The picture's sides: those of the screen, or more if the first frame needs them.
std::pair<std::uint32_t, std::uint32_t> canvas_size(const GifFile& file) {
  if (file.frames.empty()) return {file.width_px, file.height_px};
  const GifFrame& first = file.frames.front();
  return {std::max(file.width_px, first.left_px + first.width_px),
          std::max(file.height_px, first.top_px + first.height_px)};
}

/// The rows of a frame in the order in which they are stored.
std::vector<std::uint32_t> stored_rows(const GifFrame& frame) {
  struct Pass {
    std::uint32_t first;
    std::uint32_t step;
  };
  std::vector<Pass> passes{{0, 1}};
  if (frame.is_interlaced) passes = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
  std::vector<std::uint32_t> rows;
  for (const Pass& pass : passes)
    for (std::uint32_t y = pass.first; y < frame.height_px; y += pass.step) rows.push_back(y);
  return rows;
}

class Canvas {
 public:
  Canvas(const ByteWindow& window, std::uint32_t width_px, std::uint32_t height_px, DamageReport& damage)
      : window_(window), image_(width_px, height_px, rgba_bytes, 8), damage_(damage) {
    std::fill_n(image_.samples().data(), image_.size_bytes(), std::byte{0});
  }

  /// Makes room for `frame` as the one before it says, and draws it.
  void draw(const GifFrame& frame, const ProgressCallback& callback) {
    if (last_ != nullptr && last_->disposal == GifDisposal::clear) clear(*last_);
    if (last_ != nullptr && last_->disposal == GifDisposal::restore) image_ = saved_;
    if (frame.disposal == GifDisposal::restore) saved_ = image_;
    last_ = &frame;

    const auto palette = window_.at(frame.palette.offset, std::uint64_t{3} * frame.palette.entries);
    GifLzwDecoder decoder(window_, frame.data_offset);
    const std::vector<std::uint32_t> rows = stored_rows(frame);
    std::vector<std::uint8_t> indices(frame.width_px);
    RowProgress progress(callback, Stage::read, rows.size());
    bool is_whole = true;
    progress.in_bands(frame.height_px, [&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t i = begin; i < end && is_whole; ++i) {
        is_whole = decoder.read(indices);
        if (is_whole)
          draw_row(frame, palette, rows[i], indices, decoder.offset());
        else
          damage_.rows_missing(std::string(decoder.fault()), decoder.offset(), i, frame.height_px);
      }
    });
    if (!is_whole || has_told_of_bytes_) return;
    const std::string_view fault = decoder.fault_behind_pixels();
    has_told_of_bytes_ = !fault.empty();
    if (has_told_of_bytes_) damage_.beside_pixels(std::string(fault), decoder.offset());
  }

  /// The picture, without alpha if every pixel is opaque.
  Image take() { return without_opaque_alpha(std::move(image_)); }

 private:
  /// Columns of the frame that lie on the canvas.
  [[nodiscard]] std::uint32_t visible_width(const GifFrame& frame) const {
    return std::min(frame.width_px, image_.width_px() - std::min(frame.left_px, image_.width_px()));
  }
  std::byte* pixel(std::uint32_t x, std::uint32_t y) { return image_.row(y) + std::size_t{rgba_bytes} * x; }

  void clear(const GifFrame& frame) {
    const std::uint32_t width_px = visible_width(frame);
    const std::uint32_t bottom = std::min(image_.height_px(), frame.top_px + frame.height_px);
    for (std::uint32_t y = frame.top_px; width_px > 0 && y < bottom; ++y)
      std::fill_n(pixel(frame.left_px, y), std::size_t{rgba_bytes} * width_px, std::byte{0});
  }

  void draw_row(const GifFrame& frame, std::span<const std::byte> palette, std::uint32_t row,
                const std::vector<std::uint8_t>& indices, std::uint64_t offset) {
    const std::uint32_t y = frame.top_px + row;
    const std::uint32_t width_px = y < image_.height_px() ? visible_width(frame) : 0;
    std::byte* target = width_px > 0 ? pixel(frame.left_px, y) : nullptr;
    for (std::uint32_t x = 0; x < width_px; ++x, target += rgba_bytes) {
      const std::size_t index = indices[x];
      if (frame.transparent == index) continue;
      if (index >= frame.palette.entries) {
        damage_.in_pixels("a pixel's index lies outside of the palette", offset);
        continue;
      }
      std::memcpy(target, palette.data() + 3 * index, 3);
      target[3] = std::byte{255};
    }
  }

  const ByteWindow& window_;
  Image image_;
  Image saved_;
  const GifFrame* last_ = nullptr;
  DamageReport& damage_;
  bool has_told_of_bytes_ = false;  // behind the pixels of a frame
};

void keep_metadata(GifFile& file, ReadImage& result) {
  constexpr std::uint32_t square_aspect = 49;
  if (file.aspect != 0 && file.aspect != square_aspect)
    result.image.metadata().density = PixelDensity{64, file.aspect + 15, 0};
  result.dropped = std::move(file.dropped);
  if (!file.icc_profile.empty()) keep_icc_profile(file.icc_profile, result);
}

/// Checks that the frame that is asked for is there, and that it and those before it may be read.
void check_frames(const GifFile& file, const ReadOptions& options) {
  if (options.page == 0 || file.frames.size() < options.page) {
    if (!file.fault.empty()) throw_damaged("GIF", file.fault, file.fault_offset);
    if (file.frame_count == 0) throw_damaged("GIF", "it has no picture", 13);
    check_page(options.page, static_cast<std::uint32_t>(file.frame_count), "GIF");
  }
  for (const GifFrame& frame : file.frames) {
    check_size_limits(frame.width_px, frame.height_px, options.limits);
    if (frame.palette.entries == 0) throw_damaged("GIF", "a picture has no palette", frame.data_offset);
  }
}

}  // namespace

bool is_gif(std::span<const std::byte> bytes) { return has_gif_signature(ByteWindow(bytes, "GIF")); }

ImageFileInfo inspect_gif(std::span<const std::byte> bytes) {
  const GifFile file = read_gif_blocks(ByteWindow(bytes, "GIF"), 1, 0);
  const auto [width_px, height_px] = canvas_size(file);
  if (file.frames.empty())
    throw_damaged("GIF", file.fault.empty() ? "it has no picture" : file.fault,
                  file.fault.empty() ? 13 : file.fault_offset);
  return {"GIF", width_px, height_px, rgba_bytes, 8};
}

ReadImage read_gif(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  const ByteWindow window(bytes, "GIF");
  GifFile file = read_gif_blocks(window, options.page, std::min(run.max_memory_bytes, max_sensible_profile_bytes));
  check_frames(file, options);
  const auto [width_px, height_px] = canvas_size(file);
  check_size_limits(width_px, height_px, options.limits);
  // The canvas, what is saved of it for a frame that is taken away again, and the picture without alpha.
  const bool saves = std::any_of(file.frames.begin(), file.frames.end(),
                                 [](const GifFrame& frame) { return frame.disposal == GifDisposal::restore; });
  check_image_memory(width_px, height_px, rgba_bytes + (saves ? rgba_bytes : 0) + 3, run);

  ReadImage result;
  result.format = "GIF";
  result.is_palette = true;
  result.sample_bits = static_cast<std::uint32_t>(std::bit_width(file.frames.back().palette.entries - 1));
  DamageReport damage(result, options.damage);
  Canvas canvas(window, width_px, height_px, damage);
  for (const GifFrame& frame : file.frames) canvas.draw(frame, run.progress);
  result.image = canvas.take();
  keep_metadata(file, result);
  if (file.frame_count > 1 && options.page == 1)
    result.warnings.push_back(first_picture_warning(file.frame_count, "GIF"));
  if (!file.fault.empty() && !result.lost_pixels) damage.beside_pixels(file.fault, file.fault_offset);
  if (file.fault.empty()) note_trailing_bytes(bytes.size() - file.end_offset, file.end_offset, options.damage, result);
  return result;
}

}  // namespace vqi::detail
